"""Which areas of a map tell a number beside its hotspots and its total.

For the job process only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maps.area_counts import count_persons
from maps.engine.grid import Bools, Ints
from maps.engine.hotspots import Analysis
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


def tell_zones(
    data: RunInput,
    analysis: Analysis,
    on_map: Ints,
    area_of_mark: Mapping[str, Ints],
    hidden: Mapping[str, frozenset[str]],
) -> tuple[dict[str, ToldAreas], bool]:
    """Which areas of each division are told, and whether the number of the whole map is.

    ``on_map`` are the marks that the total counts, ``area_of_mark`` by division each mark's area;
    ``hidden`` areas are never told. Hotspots are told always: they are what the map is for.
    """
    located, least = data.marks.located, analysis.settings.min_respondents
    ordered = sorted(data.divisions, key=lambda division: _ORDER.index(division.kind))
    kinds = [_hotspots(analysis)]
    if not ordered and (
        data.filters.key or _is_much_outside(kinds[0], located.person, on_map, least)
    ):
        return {}, not data.filters.key
    if not data.filters.key:  # of a part the total is told by a rule of its own
        kinds.append(_whole(analysis, on_map))
    for division in ordered:
        closed = hidden.get(division.kind, frozenset())
        of_mark = area_of_mark[division.kind]
        kinds.append(_areas(division, of_mark, located.person, closed, least))
    told = choose_told(kinds, located.person, least)
    first = len(kinds) - len(ordered)
    areas = {
        division.kind: ToldAreas(zones.n, is_told)
        for division, zones, is_told in zip(ordered, kinds[first:], told[first:], strict=True)
    }
    is_total_told = bool(told[1][0]) if not data.filters.key else False
    return areas, is_total_told


def _is_much_outside(hotspots: Zones, person: Ints, on_map: Ints, least: int) -> bool:
    """Whether enough persons are in no hotspot, as a set and by the numbers: then all is well.

    Looked at first, because most maps have no areas and a million marks.
    """
    seen = np.zeros(int(person.max(initial=-1)) + 1, dtype=bool)
    seen[person[on_map]] = True
    n_all = int(np.count_nonzero(seen))
    seen[person[hotspots.mark]] = False
    by_number = n_all - int(hotspots.n.sum())
    return int(np.count_nonzero(seen)) >= least and not 0 < by_number < least


def _hotspots(analysis: Analysis) -> Zones:
    members: Sequence[Ints] = [np.array(a.members, dtype=np.int64) for a in analysis.areas]
    zone = np.repeat(np.arange(len(members)), [each.size for each in members])
    mark = np.concatenate([*members, np.zeros(0, dtype=np.int64)])
    n = np.array([area.n_respondents for area in analysis.areas], dtype=np.int64)
    return Zones(mark, zone, n, np.ones(n.size, dtype=bool), is_kept=True)


def _whole(analysis: Analysis, on_map: Ints) -> Zones:
    n = np.array([analysis.n_respondents])
    return Zones(on_map, np.zeros_like(on_map), n, np.array([True]))


def _areas(
    division: Division, of_mark: Ints, person: Ints, closed: frozenset[str], least: int
) -> Zones:
    inside = np.flatnonzero(of_mark >= 0)
    is_open = np.array([code not in closed for code in division.codes])
    n = count_persons(of_mark, person, len(division.codes))
    return Zones(inside, of_mark[inside], n, is_open & (n >= least))
