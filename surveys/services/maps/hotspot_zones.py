"""Which areas and hotspots of a map tell a number, beside its total and that of the results.

For the job process only.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maps.area_counts import areas_of_marks, count_persons
from maps.engine.clusters import Concentration
from maps.engine.grid import Bools, Ints
from maps.engine.hotspots import Analysis
from maps.engine.mark_scan import ScanArea
from surveys.models.geography import AreaKind
from surveys.queries.ground.divisions import Division
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.zone_differences import Zones, choose_told
from surveys.services.maps.zone_pieces import Persons, group_persons

# The coarse before the fine: of a zone and one within it the smaller is withheld.
_ORDER = tuple(kind.value for kind in (AreaKind.REGSO, AreaKind.DISTRICT, AreaKind.DESO))


@dataclass(frozen=True, slots=True, eq=False)
class ToldAreas:
    """One division: the persons of each area, and which areas tell a number."""

    n: Ints
    told: Bools


@dataclass(frozen=True, slots=True, eq=False)
class ToldZones:
    """What a map tells: areas by the kind of their division, and which of its hotspots tell exact
    numbers.
    """

    areas: Mapping[str, ToldAreas]
    exact: Bools


@dataclass(frozen=True, slots=True, eq=False)
class AreaZones:
    """The areas of a map as zones: for each of ``divisions``, the coarse before the fine, one of
    ``zones``. Made before anything is found among the marks. ``persons`` are of all marks; None
    where there are no areas, since most such maps ask nothing of them.
    """

    divisions: tuple[Division, ...] = ()
    zones: tuple[Zones, ...] = ()
    persons: Persons | None = None


def area_zones(
    data: RunInput, area_of_mark: Mapping[str, Ints], hidden: Mapping[str, frozenset[str]]
) -> AreaZones:
    """``area_of_mark`` is by division each mark's area; ``hidden`` areas are never told."""
    divisions = tuple(sorted(data.divisions, key=lambda each: _ORDER.index(each.kind)))
    if not divisions:
        return AreaZones()
    person, least = data.marks.located.person, data.min_respondents
    zones = tuple(
        _areas(each, area_of_mark[each.kind], person, hidden.get(each.kind, frozenset()), least)
        for each in divisions
    )
    return AreaZones(divisions, zones, _persons(data))


def tell_zones(data: RunInput, analysis: Analysis, areas: AreaZones) -> ToldZones:
    """Which zones of the map tell a number beside each other and beside the results.

    How many have marked a place stands in the results whatever the map does (docs/decisions/0031).
    So a hotspot with all but a few of them tells no exact number, and then areas give way to
    hotspots. Of a part no hotspot does: it would be taken from one of all marks (0028).
    """
    least = analysis.settings.min_respondents
    hotspots = _hotspots(analysis)
    is_part = data.everybody is not None
    if not areas.divisions and (is_part or _is_much_outside(hotspots, data, least)):
        return ToldZones({}, hotspots.may & (not is_part))
    kinds = [_everybody(data), hotspots, *areas.zones]
    _, exact, *told = choose_told(kinds, areas.persons or _persons(data), least)
    by_kind = {
        each.kind: ToldAreas(zones.n, is_told)
        for each, zones, is_told in zip(areas.divisions, areas.zones, told, strict=True)
    }
    return ToldZones(by_kind, exact & (not is_part))


def tell_beside(data: RunInput, analysis: Analysis, others: Sequence[Zones]) -> list[Bools]:
    """For each of the ``others`` which of its zones tell a number beside all that the map tells."""
    area_of = {d.kind: areas_of_marks(data.marks.located, d.shapes) for d in data.divisions}
    areas = area_zones(data, area_of, {})
    kinds = [_everybody(data), _hotspots(analysis), *areas.zones]
    persons, least = areas.persons or _persons(data), analysis.settings.min_respondents
    return choose_told([*kinds, *others], persons, least)[len(kinds) :]


def _person_of_mark(data: RunInput) -> Ints:
    return np.concatenate([data.marks.located.person, data.marks.unplaced.person])


def _persons(data: RunInput) -> Persons:
    return group_persons(_person_of_mark(data))


def make_inexact(analysis: Analysis, exact: Bools) -> Analysis:
    """The analysis whose areas that are not ``exact`` tell at least how many, and no ratio.

    From a number rounded down to a multiple of the limit, taken from an exact one, there is always
    room for nobody or for enough.
    """
    step = analysis.settings.min_respondents
    rounded = [
        area if is_exact else _at_least(area, step)
        for area, is_exact in zip(analysis.areas, exact, strict=True)
    ]
    if not analysis.is_tested or analysis.scan is None:
        found = tuple(area for area in rounded if isinstance(area, Concentration))
        return replace(analysis, concentrations=found)
    found_by_scan = tuple(area for area in rounded if isinstance(area, ScanArea))
    return replace(analysis, scan=replace(analysis.scan, areas=found_by_scan))


def _at_least(area: Concentration | ScanArea, step: int) -> Concentration | ScanArea:
    n_marks, n = (number - number % step for number in (area.n_marks, area.n_respondents))
    if isinstance(area, ScanArea):
        return replace(
            area, n_marks=n_marks, n_respondents=n, relative_risk=math.inf, is_at_least=True
        )
    return replace(area, n_marks=n_marks, n_respondents=n, is_at_least=True)


def _is_much_outside(hotspots: Zones, data: RunInput, least: int) -> bool:
    """Whether enough persons are in no hotspot, as a set and by the numbers: then all is well.

    Looked at first, because most maps have no areas and a million marks.
    """
    n_persons = data.marks.n_persons
    inside = np.zeros(n_persons, dtype=bool)
    inside[data.marks.located.person[hotspots.mark]] = True  # those found have a position
    is_few = n_persons - int(hotspots.n.sum()) in range(1, least)
    return n_persons - int(np.count_nonzero(inside)) >= least and not is_few


def _everybody(data: RunInput) -> Zones:
    """All who have marked a place, also those whose marks have no position: always told."""
    marks = np.arange(data.marks.size + data.marks.unplaced.size, dtype=np.int64)
    n = np.array([data.marks.n_persons])
    return Zones(marks, np.zeros_like(marks), n, np.array([True]), is_kept=True)


def _hotspots(analysis: Analysis) -> Zones:
    members: Sequence[Ints] = [np.array(a.members, dtype=np.int64) for a in analysis.areas]
    zone = np.repeat(np.arange(len(members)), [each.size for each in members])
    mark = np.concatenate([*members, np.zeros(0, dtype=np.int64)])
    n = np.array([area.n_respondents for area in analysis.areas], dtype=np.int64)
    return Zones(mark, zone, n, np.ones(n.size, dtype=bool))


def _areas(
    division: Division, of_mark: Ints, person: Ints, closed: frozenset[str], least: int
) -> Zones:
    inside = np.flatnonzero(of_mark >= 0)
    is_open = np.array([code not in closed for code in division.codes])
    n = count_persons(of_mark, person, len(division.codes))
    return Zones(inside, of_mark[inside], n, is_open & (n >= least))
