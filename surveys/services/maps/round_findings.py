"""What is counted in two rounds at the same places. For the job process and commands only.

Whole counts: ``surveys.queries.maps.round_maps`` withholds the small ones when they are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_metres
from maps.drawing.round_maps import zones_at
from maps.drawing.spots import Spot
from maps.engine.clusters import Concentration
from maps.engine.hotspots import Analysis
from maps.engine.mark_scan import ScanArea
from maps.engine.marks import Marks, place_marks
from maps.region_counts import Region, Zones, lies_within, region_in, regions_of
from maps.streets import STREET_REACH_M
from surveys.queries.ground.people import source_of
from surveys.queries.maps.round_counts import PLACE, RING, SIDES, ZONES
from surveys.services.maps.hotspot_holding import told_of_round
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.round_telling import Ground, tell_regions


@dataclass(frozen=True, slots=True)
class Counted:
    """One round: what it was read from, its analysis and its areas' names.

    ``exact`` is the analysis with numbers that ``analysis`` tells rounded down.
    """

    data: RunInput
    analysis: Analysis
    names: Mapping[int, str]
    exact: Analysis

    @property
    def marks(self) -> Marks:
        """The marks that stand on the map."""
        return place_marks(self.data.marks.located, self.data.outline)


def find_in_rounds(rounds: Sequence[Counted], spots: Sequence[tuple[int, Spot]]) -> dict[str, Any]:
    """Persons in each area of either round and at each place, in both rounds.

    ``within`` tells of each region which others hold it, by the keys that the counts have: what
    two numbers could give away together is decided when they are read.
    """
    marks = [each.marks for each in rounds]
    areas = [
        (side, area, shape_to_metres(area.polygon))
        for side, each in enumerate(rounds)
        for area in each.analysis.areas
    ]
    zones = [(id_, zones_at(spot)) for id_, spot in spots]
    grounds = [_ground(rounds, marks, side, zones) for side in range(len(rounds))]
    return {
        "rounds": [{"side": side} | _round(each, marks[side]) for side, each in enumerate(rounds)],
        "areas": [_area(rounds, grounds, side, area) for side, area, _ in areas],
        "places": [
            _place(spot, id_, ground, [g.places[number] for g in grounds], areas)
            for number, ((id_, spot), (_, ground)) in enumerate(zip(spots, zones, strict=True))
        ],
        "within": _within(areas, zones),
        "told": [sorted(tell_regions(g) | _exact(side, rounds)) for side, g in enumerate(grounds)],
    }


def _ground(
    rounds: Sequence[Counted], marks: Sequence[Marks], side: int, zones: Sequence[tuple[int, Zones]]
) -> Ground:
    """What is counted in one round besides the areas that stand out in it."""
    other, here = rounds[1 - side].analysis, marks[side]
    return Ground(
        data=rounds[side].data,
        analysis=rounds[side].exact,
        marks=here,
        areas={
            f"{SIDES[1 - side]}{area.rank}": region_in(here, area.polygon) for area in other.areas
        },
        places=[
            dict(zip((f"{zone}{id_}" for zone in ZONES), regions_of(here, ground), strict=True))
            for id_, ground in zones
        ],
    )


def _exact(side: int, rounds: Sequence[Counted]) -> frozenset[str]:
    """The round's own areas that tell an exact number on its own map."""
    areas = rounds[side].analysis.areas
    return frozenset(f"{SIDES[side]}{area.rank}" for area in areas if not area.is_at_least)


_Area = tuple[int, Concentration | ScanArea, BaseGeometry]


def _round(each: Counted, marks: Marks) -> dict[str, Any]:
    analysis, scan = each.analysis, each.analysis.scan
    held_to = scan.baseline if scan is not None and analysis.is_tested else None
    source = source_of(each.data.people, held_to) if held_to is not None else None
    return {
        "n": each.data.marks.n_persons,
        **told_of_round(each.data),
        "n_marks": int(marks.east.size),
        "n_districts": marks.n_districts,
        "state": analysis.state.value,
        "baseline": held_to.value if held_to is not None else None,
        "settings": {
            "cell_m": analysis.settings.cell_m,
            "radius_m": analysis.settings.radius_m,
            "reach_m": analysis.settings.reach_m,
            "false_discovery_rate": analysis.settings.false_discovery_rate,
            "min_respondents": analysis.settings.min_respondents,
            "min_marks": analysis.settings.min_marks,
            "scan_cell_m": scan.cell_m if scan is not None and analysis.is_tested else None,
            "source": source.source if source is not None else None,
            "dated_on": source.dated_on.isoformat() if source and source.dated_on else None,
        },
    }


def _area(
    rounds: Sequence[Counted], grounds: Sequence[Ground], side: int, area: Concentration | ScanArea
) -> dict[str, Any]:
    """Persons in the area's own round are those that its own map tells."""
    key = f"{SIDES[side]}{area.rank}"
    persons = [area.n_respondents, area.n_respondents]
    persons[1 - side] = grounds[1 - side].areas[key].n_persons
    other = rounds[1 - side].analysis
    here = shape_to_metres(area.polygon)
    # Two areas a cell apart are one place: where a line between them falls is chance.
    near = here.buffer(max(each.analysis.areas_cell_m for each in rounds) / 2)
    return {
        "key": key,
        "side": side,
        "rank": area.rank,
        "name": rounds[side].names[area.rank],
        "persons": persons,
        "others": [
            one.rank for one in other.areas if near.intersects(shape_to_metres(one.polygon))
        ],
    }


def _place(
    spot: Spot,
    id_: int,
    ground: Zones,
    counts: Sequence[Mapping[str, Region]],
    areas: Sequence[_Area],
) -> dict[str, Any]:
    return {
        "id": id_,
        "letter": spot.letter,
        "name": spot.name,
        "radius_m": STREET_REACH_M if spot.line is not None else spot.radius_m,
        "is_street": spot.line is not None,
        "ring_m": ground.ring_m,
        "persons": [[region.n_persons for region in each.values()] for each in counts],
        "in_areas": [
            [
                area.rank
                for at, area, shape in areas
                if at == side and shape.intersects(ground.place)
            ]
            for side in range(len(counts))
        ],
    }


def _within(areas: Sequence[_Area], zones: Sequence[tuple[int, Zones]]) -> dict[str, list[str]]:
    regions = {f"{SIDES[side]}{area.rank}": shape for side, area, shape in areas}
    for id_, ground in zones:
        regions[f"{PLACE}{id_}"], regions[f"{RING}{id_}"] = ground.place, ground.ring
    keys = list(regions)
    return {
        key: [keys[other] for other in holders]
        for key, holders in zip(keys, lies_within(list(regions.values())), strict=True)
        if holders
    }
