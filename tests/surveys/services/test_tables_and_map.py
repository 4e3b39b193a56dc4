"""All crossed tables of a dialogue and its staff map, kept by one who looks for single persons."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, MarkedPlace, PlaceReason, TimeOfDay
from surveys.queries.maps.hotspots import HotspotSummary, RunSummary, get_latest_run
from surveys.queries.results.crosstabs import Crosstab, Group, make_crosstab
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.queries.results.table_choices import list_choices
from surveys.queries.results.unplaced import count_unplaced
from surveys.services.ground.mark_areas import place_marks_in_areas
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, mark
from tests.factories.municipalities import box, make_named_place

K = 5
LONELY = set(range(1, K))
LAT, LON = STATION
HALF, HERE = 0.03, 0.008
# Four DeSO around the station's, which is D1, and a RegSO of them all.
OUTLINES = {
    "D1": (LON - HERE, LAT - HERE, LON + HERE, LAT + HERE),
    "D2": (LON + HERE, LAT - HALF, LON + HALF, LAT + HALF),
    "D3": (LON - HALF, LAT - HALF, LON - HERE, LAT + HALF),
    "D4": (LON - HERE, LAT + HERE, LON + HERE, LAT + HALF),
    "R1": (LON - HALF, LAT - HALF, LON + HALF, LAT + HALF),
}


@dataclass(frozen=True)
class Between:
    """What the attacker knows of a number: at least and at most so many."""

    low: int
    high: int

    def within(self, other: "Between") -> "Between":
        return Between(max(self.low, other.low), min(self.high, other.high))

    def less(self, part: "Between") -> set[int]:
        """How many may be left when a part is taken from it."""
        return set(range(max(0, self.low - part.high), self.high - part.low + 1))


ANY = Between(0, 10**6)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    for code, corners in OUTLINES.items():
        kind = AreaKind.REGSO if code == "R1" else AreaKind.DESO
        session.add(
            Area(municipality=municipality, kind=kind, code=code, name=code,
                 geometry=box(*corners), source="prov")
        )  # fmt: skip
    return make_dialogue(session, municipality)


def answer_at_random(session: Session, dialogue: Dialogue, seed: int) -> None:
    """A crowd at the station, one to four more in its area, and noise over all of them."""
    draw = np.random.default_rng(seed)
    spots = [STATION] * int(draw.integers(35, 50))
    spots += [(LAT - 0.007, LON - 0.007)] * int(draw.integers(1, K))
    for code in ("D2", "D3", "D4"):
        west, south, east, north = OUTLINES[code]
        n, off = int(draw.integers(12, 40)), 0.007  # away from the crowd
        lats, lons = draw.uniform(south + off, north, n), draw.uniform(west + off, east - off, n)
        spots += list(zip(lats, lons, strict=True))
    for number, (lat, lon) in enumerate(spots):
        marks = [_mark(draw, float(lat), float(lon))]
        if draw.random() < 0.2:
            marks.append(_mark(draw, LAT - 0.02, LON + 0.02))
        make_response(
            session, dialogue, {1: (str(draw.integers(1, 6)), None), 2: ("ja", None)}, marks,
            id=uuid.UUID(int=seed * 10_000 + number), gender=list(Gender)[draw.integers(0, 2)],
            age_band=list(AgeBand)[draw.integers(1, 5)], channel=Channel.WEB,
        )  # fmt: skip


def _mark(draw: np.random.Generator, lat: float, lon: float) -> MarkedPlace:
    reasons = {PlaceReason.DARK} if draw.random() < 0.8 else {PlaceReason.DRUGS}
    return mark(lat, lon, reasons=frozenset(reasons), times=frozenset({TimeOfDay.EVENING}))


def draw_map(session: Session, dialogue: Dialogue, filters: Filters = NO_FILTERS) -> RunSummary:
    session.flush()
    here = dialogue.municipality
    for kind in (AreaKind.DESO, AreaKind.REGSO):
        place_marks_in_areas(session, here, kind)
    run = request_run(session, here, dialogue, filters=filters, now=NOW)
    compute_run(session, here, run.id, now=NOW, simulations=99)
    found = get_latest_run(session, here, dialogue, filters)
    assert found is not None
    return found


def every_table(session: Session, dialogue: Dialogue) -> list[Crosstab]:
    """All that an account without rows may ask for: every measure by every split."""
    here, tables = dialogue.municipality, []
    choices = list_choices(session, here, dialogue)
    measures = [*(key for key, _ in choices.questions), *choices.measures]
    for measure in measures:
        for by in (None, *choices.groups):
            try:
                tables.append(make_crosstab(session, here, dialogue, measure=measure, by=by))
            except InvalidInput:
                assert by in (Group.DESO, Group.REGSO)
    return tables


def told_by_tables(tables: Iterable[Crosstab]) -> dict[tuple[str, str], Between]:
    """By area, and by area and row, what the tables tell together; the row "" is everybody."""
    known: dict[tuple[str, str], Between] = {}

    def hear(area: str, row: str, n: int | None, step: int) -> None:
        if n is not None:
            heard = Between(n, n + step - 1) if n else Between(0, 0)
            known[area, row] = known.get((area, row), ANY).within(heard)

    for table in tables:
        for j, column in enumerate(table.columns):
            if table.by not in (Group.DESO, Group.REGSO) or column.key == "":
                continue
            step = table.step_of(column)
            hear(column.key, "", column.n_respondents, step)
            for row, cells in zip(table.rows, table.cells, strict=True):
                hear(column.key, row.key, cells[j].count, step)
                if cells[j].share is not None:
                    hear(column.key, row.key, cells[j].share.count, 1)
    return known


def lies_in(session: Session, dialogue: Dialogue, spot: HotspotSummary, code: str) -> bool:
    """Whether all marks of the hotspot are the area's, as who reads the map may see."""
    ring = spot.geometry["coordinates"][0]
    lons, lats = zip(*ring, strict=True)
    around = (min(lons), min(lats), max(lons), max(lats))
    rows = session.execute(
        select(MarkedPlace.lat, MarkedPlace.lon).where(MarkedPlace.dialogue_id == dialogue.id)
    ).all()
    marks = [(float(lat), float(lon)) for lat, lon in rows if is_in(around, lat, lon)]
    return bool(marks) and all(is_in(OUTLINES[code], lat, lon) for lat, lon in marks)


def is_in(corners: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    west, south, east, north = corners
    return west <= lon <= east and south <= lat <= north


def number_of(spot: HotspotSummary) -> Between:
    return Between(spot.n_respondents, spot.n_respondents + (K - 1 if spot.is_at_least else 0))


@pytest.mark.parametrize("seed", range(4))
def test_no_table_tells_what_the_map_withholds_of_an_area(
    session: Session, dialogue: Dialogue, seed: int
) -> None:
    answer_at_random(session, dialogue, seed)
    run = draw_map(session, dialogue)
    on_map = {row.name: row.n for view in run.layers.areas for row in view.rows}
    assert on_map["D1"] is None, "a few stand beside the hotspot in it: else nothing is tried"
    known = told_by_tables(every_table(session, dialogue))
    assert len(known) > 5, "the tables by area tell something"
    for (area, row), number in known.items():
        assert on_map[area] is not None, (area, row, "the map closes it, a table does not")
        assert number.high > number.low or number.high == 0, (area, row, number)
    spots = [spot for spot in run.hotspots if lies_in(session, dialogue, spot, "D1")]
    assert spots, "the crowd at the station stands out"
    for spot in spots:
        assert not left_beside(known.get(("D1", ""), ANY), number_of(spot))
        for said in (*spot.reasons, *spot.times):
            told = said.n_respondents
            if told is not None:
                number = known.get(("D1", said.member.value), ANY)
                assert not left_beside(number, Between(told, told))


def left_beside(whole: Between, part: Between) -> bool:
    """Whether there must be one to four between the two."""
    return whole.less(part) <= LONELY


@pytest.mark.parametrize("seed", range(4))
def test_tables_kept_from_before_the_map_tell_no_few_beside_it_either(
    session: Session, dialogue: Dialogue, seed: int
) -> None:
    """The map is drawn after somebody has read the tables: steps hold where nothing is closed."""
    answer_at_random(session, dialogue, seed)
    session.flush()
    for kind in (AreaKind.DESO, AreaKind.REGSO):
        place_marks_in_areas(session, dialogue.municipality, kind)
    known = told_by_tables(every_table(session, dialogue))
    assert ("D1", "") in known
    run = draw_map(session, dialogue)
    for spot in run.hotspots:
        for code in ("D1", "R1"):
            if lies_in(session, dialogue, spot, code):
                assert not left_beside(known[code, ""], number_of(spot))
                for said in (*spot.reasons, *spot.times):
                    if said.n_respondents is not None and (code, said.member.value) in known:
                        one = Between(said.n_respondents, said.n_respondents)
                        assert not left_beside(known[code, said.member.value], one)


def test_who_may_see_rows_gets_exact_numbers_by_area(session: Session, dialogue: Dialogue) -> None:
    answer_at_random(session, dialogue, 0)
    draw_map(session, dialogue)
    here = dialogue.municipality
    exact = make_crosstab(session, here, dialogue, measure="reasons", by=Group.DESO, sees_rows=True)
    told = make_crosstab(session, here, dialogue, measure="reasons", by=Group.DESO)
    assert (exact.step, told.step) == (1, K)
    truth = {column.key: column.n_respondents for column in exact.columns}
    for column in told.columns[1:]:
        n = truth[column.key]
        assert n is not None
        assert column.n_respondents in (None, n - n % K)
        assert column.n_missing is None


@pytest.mark.parametrize(("n", "low", "high"), [(0, 0, 0), (3, 0, 4), (11, 10, 14)])
def test_marks_in_no_area_are_told_in_steps(
    session: Session, dialogue: Dialogue, n: int, low: int, high: int
) -> None:
    """The map tells them by kind: their exact sum would tell the kind that it withholds."""
    for number in range(n):
        far = mark(LAT + 0.1, LON + 0.1)
        make_response(session, dialogue, {2: ("ja", None)}, [far], id=uuid.UUID(int=number + 1))
    session.flush()
    here = dialogue.municipality
    told = count_unplaced(session, here, dialogue, Group.DESO)
    assert told is not None
    assert (told.n_in_none, told.at_most) == (low, high)
    exact = count_unplaced(session, here, dialogue, Group.DESO, sees_rows=True)
    assert exact is not None
    assert (exact.n_in_none, exact.at_most) == (n, n)
