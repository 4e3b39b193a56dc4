"""Everything that a staff map tells, subtracted from everything else: nobody stands alone."""

import itertools
import json
import re
from collections.abc import Iterable, Mapping

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.area_counts import count_persons
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.hotspot import HotspotRun
from surveys.models.map_export import ExportFormat
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace
from surveys.queries.maps.hotspots import RunSummary, get_latest_run
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.map_export_making import make_files, read_exports
from surveys.services.maps.map_exports import request_exports
from surveys.services.maps.zone_differences import Zones, choose_told
from surveys.services.maps.zone_pieces import group_persons
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, mark
from tests.factories.municipalities import box, make_named_place

K = 5
Sets = Mapping[str, frozenset[int]]


def few_between(zones: Sets, people: Sets, told: Iterable[str]) -> list[tuple[str, ...]]:
    """What an attacker finds: a zone, others that lie in it and not in each other, and a few left.

    ``zones`` are the marks of each zone (what lies in what can be seen on the map), ``people`` its
    persons.
    """
    found = []
    told = list(told)
    for outer in told:
        inner = [z for z in told if z != outer and zones[z] and zones[z] < zones[outer]]
        for size in range(1, 4):
            for chosen in itertools.combinations(inner, size):
                if any(zones[a] & zones[b] for a, b in itertools.combinations(chosen, 2)):
                    continue
                left = len(people[outer]) - sum(len(people[z]) for z in chosen)
                if 0 < left < K:
                    found.append((outer, *chosen))
    return found


def test_of_nested_zones_no_difference_is_a_few_persons() -> None:
    """Areas of two kinds, hotspots in and across them; one mark each, so that sums hold."""
    n_fine = found_without = 0
    for seed in range(40):
        kinds = _plant(np.random.default_rng(seed))
        person = np.arange(kinds["all"].size)
        zones = {
            f"{kind}{zone}": frozenset(np.flatnonzero(of == zone).tolist())
            for kind, of in kinds.items()
            for zone in range(int(of.max()) + 1)
        }
        rows = [_zones(kind, of, person) for kind, of in kinds.items()]
        flags = choose_told(rows, group_persons(person), K)
        told = [
            f"{kind}{zone}"
            for kind, of_kind in zip(kinds, flags, strict=True)
            for zone in np.flatnonzero(of_kind)
        ]
        n_fine += sum(name.startswith("fine") for name in told)
        assert few_between(zones, zones, told) == [], seed
        without_rule = [name for name, members in zones.items() if len(members) >= K]
        found_without += bool(few_between(zones, zones, without_rule))
    assert (n_fine > 100, found_without > 20) == (True, True)  # else nothing would have been tried


def _plant(draw: np.random.Generator, n: int = 160) -> dict[str, np.ndarray]:
    """The zone of each mark in each kind: -1 in none. The last hotspot lies across two areas."""
    fine = draw.choice(12, size=n, p=draw.dirichlet(np.full(12, 0.7)))
    spot = np.where((fine < 6) & (draw.random(n) < 0.85), np.minimum(fine, 4), -1)
    return {"spot": spot, "all": np.zeros(n, dtype=int), "coarse": fine // 3, "fine": fine}


def _zones(kind: str, of: np.ndarray, person: np.ndarray) -> Zones:
    inside = np.flatnonzero(of >= 0)
    n = count_persons(of, person, int(of.max()) + 1)
    return Zones(inside, of[inside], n, n >= K, is_kept=kind == "spot")


def test_a_person_with_marks_in_two_zones_is_one_person() -> None:
    """Twenty in all and eighteen of them in a part: two are outside, whatever else is told."""
    person = np.array([*range(20), *range(7)])
    part = np.array([*[0] * 18, 1, 1, *[1] * 7])
    whole = np.zeros(person.size, dtype=int)
    told = choose_told(
        [_zones("all", whole, person), _zones("fine", part, person)], group_persons(person), K
    )
    assert told[0].tolist() == [True]
    assert told[1].tolist() == [False, True]  # 20 - 9 is no few


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """A hotspot at the station in a DeSO, which with two others makes a RegSO; few lie between."""
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue, persons=16)
    lat, lon = STATION
    areas = [
        (AreaKind.DESO, "D1", box(lon - 0.004, lat - 0.004, lon + 0.004, lat + 0.004), 3),
        (AreaKind.DESO, "D2", box(lon + 0.004, lat - 0.004, lon + 0.008, lat + 0.004), 7),
        (AreaKind.DESO, "D3", box(lon - 0.008, lat - 0.004, lon - 0.004, lat + 0.004), 2),
        (AreaKind.REGSO, "R1", box(lon - 0.008, lat - 0.004, lon + 0.008, lat + 0.004), 0),
    ]
    for kind, code, outline, more in areas:
        session.add(
            Area(municipality=municipality, kind=kind, code=code, name=code, geometry=outline,
                 source="prov")
        )  # fmt: skip
        west, south, east, _ = _bounds(outline)
        for _each in range(more):  # at the area's corner, away from the station
            place = mark(south + 0.0005, west + 0.0005 if code != "D2" else east - 0.0005)
            make_response(session, dialogue, {2: ("ja", None)}, [place])
    session.flush()
    compute(session, dialogue)
    return dialogue


def _bounds(outline: dict) -> tuple[float, float, float, float]:
    lons, lats = zip(*outline["coordinates"][0], strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def compute(session: Session, dialogue: Dialogue) -> None:
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)


def _run(session: Session, dialogue: Dialogue) -> RunSummary:
    run = get_latest_run(session, dialogue.municipality, dialogue)
    assert run is not None
    return run


def _truth(session: Session, dialogue: Dialogue, run: RunSummary) -> Sets:
    """The marks of each zone, as the attacker sees on the map which lies in which."""
    marks = session.scalars(select(MarkedPlace).where(MarkedPlace.dialogue_id == dialogue.id)).all()
    shapes = {f"hotspot{h.rank}": _bounds(dict(h.geometry)) for h in run.hotspots}
    areas = session.scalars(select(Area).where(Area.municipality_id == dialogue.municipality_id))
    shapes |= {area.code: _bounds(area.geometry) for area in areas}
    inside = {
        name: frozenset(
            at
            for at, m in enumerate(marks)
            if m.lat is not None and m.lon is not None
            if west <= m.lon < east and south <= m.lat < north
        )
        for name, (west, south, east, north) in shapes.items()
    }
    return inside | {"all": frozenset(range(len(marks)))}


def test_a_hotspot_its_area_and_all_areas_leave_no_few_between_them(
    session: Session, dialogue: Dialogue
) -> None:
    run = _run(session, dialogue)
    truth = _truth(session, dialogue, run)
    assert run.hotspots[0].n_respondents == 16
    assert (len(truth["D1"]), len(truth["D2"]), len(truth["R1"])) == (19, 7, 28)
    told = {row.name: row.n for view in run.layers.areas for row in view.rows if row.n is not None}
    # D1 less the hotspot would be three, R1 less D1 and D2 the two of D3.
    assert "D1" not in told
    assert told["R1"] == 28
    told |= {f"hotspot{h.rank}": h.n_respondents for h in run.hotspots}
    assert run.n_respondents is not None
    told["all"] = run.n_respondents
    assert {name: len(truth[name]) for name in told} == told
    assert few_between(truth, truth, told) == []


def test_neither_page_nor_script_nor_files_hold_a_square_s_number(
    session: Session, dialogue: Dialogue
) -> None:
    """The numbers that a square has are looked for wherever the map is told."""
    run = _run(session, dialogue)
    surface_numbers = {16, 7}
    request_exports(session, dialogue.municipality, dialogue, now=NOW)
    source = read_exports(session, dialogue.municipality, run.id)
    assert source is not None
    files = make_files(source, None)
    assert files is not None
    features = json.loads(files[ExportFormat.GEOJSON])["features"]
    cells = [f["properties"] for f in features if f["properties"]["layer"] == "cells"]
    assert [(c["from_respondents"], c["to_respondents"]) for c in cells] == [(10, None), (5, 9)]
    for cell in cells:
        assert not surface_numbers & {value for value in cell.values() if value is not None}
    shown = {f["properties"]["code"]: f["properties"]["n_respondents"]
             for f in features if f["properties"]["layer"].startswith("areas_")}  # fmt: skip
    told = {row.name: row.n for view in run.layers.areas for row in view.rows}
    assert shown == told
    stored = session.get(HotspotRun, run.id)
    assert stored is not None
    assert stored.map_script is not None
    groups = re.search(r'"groups": (\[\[.*?\]\]\])', stored.map_script)
    assert groups is not None
    numbers = {n for level in json.loads(groups[1]) for _, n in level}
    assert numbers
    assert all(n % K == 0 for n in numbers)
    assert run.layers.groups is not None
    assert {low for _, low, _ in run.layers.groups.rows} <= numbers
