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


def tell_zones(
    data: RunInput,
    analysis: Analysis,
    area_of_mark: Mapping[str, Ints],
    hidden: Mapping[str, frozenset[str]],
) -> ToldZones:
    """Which zones of the map tell a number beside each other and beside the results.

    ``area_of_mark`` is by division each mark's area; ``hidden`` areas are never told. How many have
    marked a place stands in the results whatever the map does (docs/decisions/0031). So a hotspot
    with all but a few of them tells no exact number, and then areas give way to hotspots. Of a part
    no hotspot does: it would be taken from one of all marks (0028).
    """
    marks, least = data.marks, analysis.settings.min_respondents
    person = _person_of_mark(data)
    divisions = _ordered(data, area_of_mark)
    hotspots = _hotspots(analysis)
    is_part = data.everybody is not None
    if not divisions and (is_part or _is_much_outside(hotspots, person, marks.n_persons, least)):
        return ToldZones({}, hotspots.may & (not is_part))
    kinds = _kinds(data, analysis, area_of_mark, hidden)
    _, exact, *told = choose_told(kinds, person, least)
    areas = {
        each.kind: ToldAreas(zones.n, is_told)
        for each, zones, is_told in zip(divisions, kinds[2:], told, strict=True)
    }
    return ToldZones(areas, exact & (not is_part))


def tell_beside(data: RunInput, analysis: Analysis, others: Sequence[Zones]) -> list[Bools]:
    """For each of the ``others`` which of its zones tell a number beside all that the map tells."""
    area_of = {d.kind: areas_of_marks(data.marks.located, d.shapes) for d in data.divisions}
    kinds = _kinds(data, analysis, area_of, {})
    least = analysis.settings.min_respondents
    return choose_told([*kinds, *others], _person_of_mark(data), least)[len(kinds) :]


def _person_of_mark(data: RunInput) -> Ints:
    return np.concatenate([data.marks.located.person, data.marks.unplaced.person])


def _ordered(data: RunInput, area_of_mark: Mapping[str, Ints]) -> list[Division]:
    divisions = [each for each in data.divisions if each.kind in area_of_mark]
    return sorted(divisions, key=lambda division: _ORDER.index(division.kind))


def _kinds(
    data: RunInput,
    analysis: Analysis,
    area_of_mark: Mapping[str, Ints],
    hidden: Mapping[str, frozenset[str]],
) -> list[Zones]:
    """All who have marked a place, hotspots, and areas, in the order in which they are told."""
    n_marks = _person_of_mark(data).size
    kinds = [_everybody(n_marks, data.marks.n_persons), _hotspots(analysis)]
    person, least = data.marks.located.person, analysis.settings.min_respondents
    for each in _ordered(data, area_of_mark):
        closed = hidden.get(each.kind, frozenset())
        kinds.append(_areas(each, area_of_mark[each.kind], person, closed, least))
    return kinds


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


def _is_much_outside(hotspots: Zones, person: Ints, n_persons: int, least: int) -> bool:
    """Whether enough persons are in no hotspot, as a set and by the numbers: then all is well.

    Looked at first, because most maps have no areas and a million marks.
    """
    inside = np.zeros(n_persons, dtype=bool)
    inside[person[hotspots.mark]] = True
    is_few = n_persons - int(hotspots.n.sum()) in range(1, least)
    return n_persons - int(np.count_nonzero(inside)) >= least and not is_few


def _everybody(n_marks: int, n_persons: int) -> Zones:
    """All who have marked a place, also those whose marks have no position: always told."""
    marks = np.arange(n_marks, dtype=np.int64)
    return Zones(marks, np.zeros_like(marks), np.array([n_persons]), np.array([True]), is_kept=True)


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
