"""What a map of a part of the marks may tell, held against all marks (docs/decisions/0028).

Whoever sees the map of all marks and that of a part of them can subtract. So a square, an area or
a hotspot of a part is told only where those who were left out of it could not be told apart
either: none in a large group, or at least as many as the limit. For the job process only.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from maps.crs import shape_to_metres
from maps.engine.clusters import Concentration
from maps.engine.grid import Bools, Floats, Grid, Ints
from maps.engine.hotspots import Analysis
from maps.engine.mark_scan import ScanArea
from maps.engine.marks import Marks, same_place, spread
from surveys.privacy import SMALL_GROUP
from surveys.queries.ground.divisions import Division
from surveys.queries.maps.mark_columns import Everybody

STRIP_M = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    """The parts that a filter makes of everybody: how many, and the row of each person's.

    No parts where it makes none. A person is of one part, whatever the mark; ``chosen`` is the
    row of those whom the filter chooses.
    """

    parts: int
    row: Ints
    chosen: int


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """Distinct persons by place: chosen, all, and all by part; `part` is the chosen one's row."""

    chosen: Ints
    whole: Ints
    parts: Ints  # (parts, places); no rows where the filter makes no parts
    part: int


def hold_back(analysis: Analysis, everybody: Everybody, marks: Marks) -> tuple[Analysis, int]:
    """The analysis without squares and areas that may not be told, and how many areas went.

    Squares that may not be told have no respondents, so that nothing that is drawn or exported
    from the analysis can show them. The density is kept: it is drawn where the whole map is.
    ``marks`` are those of everybody that stand on the map.
    """
    surface, least = analysis.surface, analysis.settings.min_respondents
    if surface is None:
        return analysis, 0
    split = _split(everybody)
    with ThreadPoolExecutor(1) as pool:  # squares and areas have nothing to do with each other
        squares = pool.submit(_of_squares, surface.grid, marks, everybody, split)
        inside = list(_inside_each(analysis.areas, marks, everybody, split))
    told = _may_tell(squares.result(), least).reshape(surface.grid.shape)
    held = replace(surface, respondents=np.where(told, surface.respondents, 0))
    kept = [
        area
        for area, tally in zip(analysis.areas, inside, strict=True)
        if _may_tell(tally, least)[0]
    ]
    n_gone = len(analysis.areas) - len(kept)
    ranked = [replace(area, rank=rank) for rank, area in enumerate(kept, start=1)]
    scan = analysis.scan
    if scan is not None:
        of_scan = tuple(area for area in ranked if isinstance(area, ScanArea))
        scan = replace(scan, areas=of_scan, too_few=())
    others = tuple(area for area in ranked if isinstance(area, Concentration))
    held_back = replace(analysis, surface=held, scan=scan, concentrations=others, too_few=())
    return held_back, n_gone


def areas_to_hide(
    divisions: Sequence[Division],
    area_of_mark: Mapping[str, Ints],
    everybody: Everybody,
    least: int,
) -> Mapping[str, frozenset[str]]:
    """The codes of areas that may not be told, by kind; `least` is the limit of crossed tables.

    ``area_of_mark`` has by kind the area of each of everybody's marks, -1 in none.
    """
    hidden, split = {}, _split(everybody)
    for division in divisions:
        area = area_of_mark[division.kind]
        inside = np.flatnonzero(area >= 0)
        tally = _tally(
            area[inside],
            everybody.located.person[inside],
            everybody.is_chosen[inside],
            split,
            len(division.codes),
        )
        told = _may_tell(tally, least)
        hidden[division.kind] = frozenset(
            code for code, is_told in zip(division.codes, told, strict=True) if not is_told
        )
    return hidden


def _of_squares(grid: Grid, marks: Marks, everybody: Everybody, split: _Split) -> _Tally:
    entries = spread(marks, grid)
    chosen = everybody.is_chosen[marks.source[entries.mark]]
    return _tally(entries.cell, entries.person, chosen, split, grid.size)


def _inside_each(
    areas: Sequence[Concentration | ScanArea], marks: Marks, everybody: Everybody, split: _Split
) -> Iterator[_Tally]:
    """Who marked inside each area: pins in it, and names that reach into it."""
    pins = np.flatnonzero(marks.extent_m <= 0)
    order = np.argsort(_strip(marks.east[pins]), kind="stable")
    pins = pins[order]
    strips = _strip(marks.east[pins])
    names = same_place(marks, np.flatnonzero(marks.extent_m > 0))
    first = np.array([group[0] for group in names], dtype=np.int64)
    middles, extents = shapely.points(marks.east[first], marks.north[first]), marks.extent_m[first]
    for area in areas:
        shape = shape_to_metres(area.polygon)
        shapely.prepare(shape)
        west, south, east, north = shape.bounds
        low, high = (
            np.searchsorted(strips, _strip(west)),
            np.searchsorted(strips, _strip(east), "right"),
        )
        near = pins[low:high]
        near = near[(marks.north[near] >= south) & (marks.north[near] <= north)]
        in_it = near[shapely.intersects_xy(shape, marks.east[near], marks.north[near])]
        reaching = np.flatnonzero(shapely.dwithin(shape, middles, extents))
        inside = np.concatenate([in_it, *(names[k] for k in reaching)])
        chosen = everybody.is_chosen[marks.source[inside]]
        yield _tally(np.zeros_like(inside), marks.person[inside], chosen, split, 1)


def _split(everybody: Everybody) -> _Split:
    person = everybody.located.person
    values = np.flatnonzero(np.bincount(everybody.part))
    row = np.zeros(int(person.max(initial=-1)) + 1, dtype=np.int64)
    row[person] = np.searchsorted(values, everybody.part)
    at_chosen = everybody.part[everybody.is_chosen]
    chosen = int(np.searchsorted(values, at_chosen[0])) if at_chosen.size else 0
    return _Split(values.size if values.size > 1 else 0, row, chosen)


def _strip(east: Floats | float) -> Any:
    """The number of the strip of land from north to south: such small numbers sort at once."""
    return np.clip(np.floor_divide(east, STRIP_M), 0, np.iinfo(np.uint16).max).astype(np.uint16)


def _tally(place: Ints, person: Ints, chosen: Bools, split: _Split, places: int) -> _Tally:
    """`place`, `person` and `chosen` by mark or by person in a place."""
    there, who, is_chosen = _once_each(place, person, chosen, split.row.size, places)
    rows = np.zeros((split.parts, places), dtype=np.int64)
    for row in range(split.parts):
        rows[row] = np.bincount(there[split.row[who] == row], minlength=places)
    return _Tally(
        chosen=np.bincount(there[is_chosen], minlength=places),
        whole=np.bincount(there, minlength=places),
        parts=rows,
        part=split.chosen,
    )


def _may_tell(tally: _Tally, least: int) -> Bools:
    """By place, whether the chosen may be told, by the house's rule for a number of a group."""
    chosen, whole = tally.chosen, tally.whole
    rest = whole - chosen
    small = whole < SMALL_GROUP * least
    told: Bools = (chosen >= least) & ~((rest > 0) & (rest < least)) & ~(small & (rest == 0))
    if tally.parts.shape[0] == 0:
        return told
    # The parts add up to the whole: where those that are too small to tell are together fewer
    # than the limit, the smallest of the others is withheld with them.
    is_small = (tally.parts > 0) & (tally.parts < least)
    withheld = np.where(is_small, tally.parts, 0).sum(axis=0)
    lacking = (withheld > 0) & (withheld < least)
    larger = np.where(tally.parts >= least, tally.parts, np.iinfo(np.int64).max)
    told &= ~(lacking & (np.argmin(larger, axis=0) == tally.part))
    return told


def _once_each(
    place: Ints, person: Ints, chosen: Bools, persons: int, places: int
) -> tuple[Ints, Ints, Bools]:
    """Each person once in each place: the places, who, and whether any mark there is chosen."""
    if places == 1:  # nothing to sort
        is_there, is_chosen = np.zeros(persons, dtype=bool), np.zeros(persons, dtype=bool)
        is_there[person] = True
        is_chosen[person[chosen]] = True
        who = np.flatnonzero(is_there)
        return np.zeros(who.size, dtype=np.int64), who, is_chosen[who]
    # The chosen of a person in a place come first among the equals.
    keys = np.sort((place * persons + person) * 2 + ~chosen)
    both = keys >> 1
    first = np.flatnonzero(np.diff(both, prepend=-1))
    there, who = np.divmod(both[first], max(1, persons))
    return there, who, keys[first] & 1 == 0
