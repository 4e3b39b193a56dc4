"""Through the database: what a hotspot is held to, and that chance is not called one."""

import uuid

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.crs import to_degrees, to_metres
from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind, PopulationGrid
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import Feeling, MarkedPlace, PlaceReason, TimeOfDay
from surveys.queries.maps.hotspots import RunSummary, get_latest_run
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark
from tests.factories.municipalities import box, make_named_place
from tests.factories.population import make_population

WEST, SOUTH, EAST, NORTH = 17.0, 61.28, 17.1, 61.32
TOWN, PARK = (61.295, 17.03), (61.31, 17.075)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    municipality.outline = box(WEST, SOUTH, EAST, NORTH)
    make_named_place(session, municipality, "Parken", lat=PARK[0], lon=PARK[1], radius_m=300)
    return make_dialogue(session, municipality)


def around(middle: tuple[float, float], spread_m: float, n: int, seed: int) -> list[MarkedPlace]:
    """Pins around a point, most of them within the spread."""
    draw = np.random.default_rng(seed)
    east, north = (float(axis) for axis in to_metres(*middle))
    lat, lon = to_degrees(draw.normal(east, spread_m, n), draw.normal(north, spread_m, n))
    return [mark(float(a), float(b)) for a, b in zip(lat, lon, strict=True)]


def answer(session: Session, dialogue: Dialogue, marks: list[MarkedPlace]) -> None:
    """One respondent for each mark, with ids that are the same each time."""
    for number, place in enumerate(marks):
        unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{number} {place.lat} {place.lon}")
        make_response(session, dialogue, {2: ("ja", None)}, [place], id=unique)


def add_grid(session: Session, municipality: Municipality) -> None:
    """Squares of 250 m, most people around the town."""
    east, north = (float(axis) for axis in to_metres(*TOWN))
    step = np.arange(-2000, 3500, 250.0)
    x, y = (axis.ravel() for axis in np.meshgrid(east + step, north + step))
    number = 0.05 + 300 * np.exp(-((x - east) ** 2 + (y - north) ** 2) / (2 * 500**2))
    lat, lon = to_degrees(x, y)
    session.add(
        PopulationGrid(
            municipality_id=municipality.id,
            source="Befolkning per ruta, påhittad",
            cell_m=250,
            n_cells=int(x.size),
            population=int(number.sum()),
            cells=np.column_stack([lon, lat, number]).astype("<f8").tobytes(),
        )
    )
    session.flush()


def add_areas(session: Session, municipality: Municipality, *, counts: list[int | None]) -> None:
    """The town's area and the rest, as two areas."""
    shapes = [box(17.01, 61.285, 17.05, 61.305), box(17.05, SOUTH, EAST, NORTH)]
    for number, (shape, count) in enumerate(zip(shapes, counts, strict=True)):
        session.add(
            Area(
                municipality_id=municipality.id,
                kind=AreaKind.DESO,
                code=f"D{number}",
                name=f"Område {number}",
                geometry=shape,
                population=count,
                source="Områden, påhittade",
            )
        )
    session.flush()


def add_place(session: Session, municipality: Municipality) -> None:
    """The town with its inhabitants."""
    make_named_place(
        session,
        municipality,
        "Stan",
        kind=PlaceKind.LOCALITY,
        lat=TOWN[0],
        lon=TOWN[1],
        radius_m=1000,
        population=9000,
    )


def compute(session: Session, dialogue: Dialogue) -> RunSummary:
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    latest = get_latest_run(session, dialogue.municipality, dialogue)
    assert latest is not None
    assert latest.id == run.id
    return latest


def test_a_planted_hotspot_is_found_by_square_and_named(
    session: Session, dialogue: Dialogue
) -> None:
    add_grid(session, dialogue.municipality)
    add_areas(session, dialogue.municipality, counts=[9000, 200])
    add_place(session, dialogue.municipality)
    dark = frozenset({PlaceReason.DARK})
    planted = around(PARK, 60, 20, seed=2)
    for place in planted:
        place.reasons, place.times = dark, frozenset({TimeOfDay.NIGHT})
    answer(session, dialogue, [*around(TOWN, 500, 150, seed=12), *planted])
    run = compute(session, dialogue)
    assert (run.baseline, run.method) == ("population", "density_gi_star_scan")
    assert run.settings["scan"]["source"] == "Befolkning per ruta, påhittad"
    (spot,) = run.hotspots
    assert spot.name == "Parken"
    assert spot.n_marks >= spot.n_respondents >= 18
    assert spot.expected is not None
    assert spot.expected < 3
    assert spot.relative_risk is not None
    assert spot.relative_risk > 6
    assert spot.p_value is not None
    assert spot.p_value <= 0.05
    assert spot.z is None
    assert [(row.member, row.n_respondents) for row in spot.reasons] == [
        (PlaceReason.DARK, spot.n_respondents)
    ]
    assert [row.member for row in spot.times] == [TimeOfDay.NIGHT]


def test_where_people_live_is_no_hotspot(session: Session, dialogue: Dialogue) -> None:
    add_grid(session, dialogue.municipality)
    answer(session, dialogue, around(TOWN, 500, 170, seed=12))
    run = compute(session, dialogue)
    assert (run.baseline, run.hotspots) == ("population", ())


def test_areas_come_before_places_and_places_before_nothing(
    session: Session, dialogue: Dialogue
) -> None:
    marks = [*around(TOWN, 500, 100, seed=12), *around(PARK, 60, 20, seed=2)]
    answer(session, dialogue, marks)
    nothing = compute(session, dialogue)
    assert (nothing.baseline, nothing.settings["scan"]) == (None, None)
    assert nothing.hotspots  # density: told as such, by Gi*
    assert all(spot.expected is None and spot.z is not None for spot in nothing.hotspots)
    add_place(session, dialogue.municipality)
    places = compute(session, dialogue)
    assert places.baseline == "places"
    assert [spot.name for spot in places.hotspots] == ["Parken"]
    add_areas(session, dialogue.municipality, counts=[9000, 200])
    areas = compute(session, dialogue)
    assert areas.baseline == "areas"
    assert "Parken" in [spot.name for spot in areas.hotspots]


def test_areas_without_all_their_counts_are_not_used(session: Session, dialogue: Dialogue) -> None:
    add_areas(session, dialogue.municipality, counts=[9000, None])
    answer(session, dialogue, around(TOWN, 400, 60, seed=1))
    assert compute(session, dialogue).baseline is None


def test_only_counted_marks_that_feel_unsafe_make_a_hotspot(
    session: Session, dialogue: Dialogue
) -> None:
    add_grid(session, dialogue.municipality)
    safe, left_out = around(PARK, 60, 20, seed=2), around(PARK, 60, 20, seed=3)
    for place in safe:
        place.feeling = Feeling.SAFE
    for place in left_out:
        place.is_counted = False
    answer(session, dialogue, [*around(TOWN, 500, 150, seed=12), *safe, *left_out])
    run = compute(session, dialogue)
    assert (run.n_respondents, run.hotspots) == (150, ())


def test_a_name_counts_over_its_extent_and_a_district_not_at_all(
    session: Session, dialogue: Dialogue
) -> None:
    add_grid(session, dialogue.municipality)
    park = make_named_place(
        session, dialogue.municipality, "Skogen", lat=PARK[0], lon=PARK[1], radius_m=400
    )
    named = [MarkedPlace(named_place_id=park.id, precision=Precision.PLACE) for _ in range(25)]
    whole = [MarkedPlace(named_place_id=park.id, precision=Precision.DISTRICT) for _ in range(25)]
    for number, place in enumerate([*named, *whole]):
        make_response(
            session, dialogue, {2: ("ja", None)}, [place], id=uuid.UUID(int=10_000 + number)
        )
    answer(session, dialogue, around(TOWN, 500, 150, seed=12))
    run = compute(session, dialogue)
    assert run.n_respondents == 200
    stored = session.get(HotspotRun, run.id)
    assert stored is not None
    assert stored.settings["scan"]["n"] == 175
    (spot,) = run.hotspots
    ring = np.array(spot.geometry["coordinates"][0])
    assert np.ptp(ring[:, 1]) > 0.004  # 450 metres and more: one point would be 100


@pytest.mark.parametrize("seed", range(4))
def test_chance_is_no_hotspot(session: Session, dialogue: Dialogue, seed: int) -> None:
    """At p at most 0.05 one run in twenty may report one; these seeds have none."""
    add_grid(session, dialogue.municipality)
    answer(session, dialogue, around(TOWN, 500, 120, seed=100 + seed))
    assert compute(session, dialogue).hotspots == ()


def test_a_grid_is_held_to_how_many_are_known_to_live_in_the_municipality(
    session: Session, dialogue: Dialogue
) -> None:
    """The squares hold some three thousand; then the counts by age, which tell of everybody."""
    here = dialogue.municipality
    add_grid(session, here)
    answer(session, dialogue, around(TOWN, 60, 150, seed=12))
    assert compute(session, dialogue).settings["scan"]["covers"] is None
    add_place(session, here)
    first = compute(session, dialogue).settings["scan"]["covers"]
    assert first == {"n": first["n"], "known": 9000, "is_whole": False, "source": first["source"]}
    grid = session.scalars(
        select(PopulationGrid).where(PopulationGrid.municipality_id == here.id)
    ).one()
    assert 0 < first["n"] <= grid.population + 1  # what lies outside is not counted
    add_areas(session, here, counts=[9000, 200])
    second = compute(session, dialogue).settings["scan"]["covers"]
    assert (second["known"], second["is_whole"]) == (9200, True)
    make_population(session, here)
    third = compute(session, dialogue).settings["scan"]["covers"]
    assert (third["known"], third["is_whole"], third["source"]) == (25_643, True, "SCB")
