"""What a map of a part of the marks may tell, held against all marks (docs/decisions/0028).

Whoever sees the map of all marks and that of a part of them can subtract. So a square, an area or
a hotspot of a part is told only where those who were left out of it could not be told apart
either: none in a large group, or at least as many as the limit. For the job process only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from maps.area_counts import areas_of_marks
from maps.areas import Outline
from maps.clusters import Concentration
from maps.crs import shape_to_metres
from maps.distinct import distinct
from maps.grid import Bools, Ints
from maps.hotspots import Analysis
from maps.mark_scan import ScanArea
from maps.marks import Marks, place_marks
from maps.said import cell_persons
from surveys.privacy import SMALL_GROUP
from surveys.queries.divisions import Division
from surveys.queries.mark_columns import Everybody


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """Distinct persons by place: chosen, all, and all by part; `part` is the chosen one's row."""

    chosen: Ints
    whole: Ints
    parts: Ints  # (parts, places); no rows where the filter makes no parts
    part: int


def hold_back(
    analysis: Analysis, everybody: Everybody, outline: Outline | None
) -> tuple[Analysis, int]:
    """The analysis without squares and areas that may not be told, and how many areas went.

    Squares that may not be told have no respondents, so that nothing that is drawn or exported
    from the analysis can show them. The density is kept: it is drawn where the whole map is.
    """
    surface, least = analysis.surface, analysis.settings.min_respondents
    if surface is None:
        return analysis, 0
    marks = place_marks(everybody.located, outline)
    rows = cell_persons(marks, surface.grid)
    chosen = rows.fold(everybody.is_chosen.astype(np.int64)) == 1
    part = everybody.part[rows.sources[rows.starts]]
    tally = _tally_of_rows(rows.cell, chosen, part, surface.grid.size)
    told = _may_tell(tally, least).reshape(surface.grid.shape)
    held = replace(surface, respondents=np.where(told, surface.respondents, 0))
    kept = [a for a in analysis.areas if _may_tell(_inside(a, marks, everybody), least)[0]]
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
    divisions: Sequence[Division], everybody: Everybody, least: int
) -> Mapping[str, frozenset[str]]:
    """The codes of areas that may not be told, by kind; `least` is the limit of crossed tables."""
    hidden = {}
    for division in divisions:
        area = areas_of_marks(everybody.located, division.geometries)
        inside = np.flatnonzero(area >= 0)
        tally = _tally(
            area[inside],
            everybody.located.person[inside],
            everybody.is_chosen[inside],
            everybody.part[inside],
            len(division.codes),
        )
        told = _may_tell(tally, least)
        hidden[division.kind] = frozenset(
            code for code, is_told in zip(division.codes, told, strict=True) if not is_told
        )
    return hidden


def is_total_told(everybody: Everybody, least: int) -> bool:
    """Whether the number of persons of the whole map may be told."""
    nowhere = np.zeros(everybody.part.size, dtype=np.int64)
    tally = _tally(nowhere, everybody.located.person, everybody.is_chosen, everybody.part, 1)
    return bool(_may_tell(tally, least)[0])


def _inside(area: Concentration | ScanArea, marks: Marks, everybody: Everybody) -> _Tally:
    """Who marked inside an area: pins in it, and names that reach into it."""
    shape = shape_to_metres(area.polygon)
    west, south, east, north = shape.bounds
    near = np.flatnonzero(
        (marks.east >= west - marks.extent_m)
        & (marks.east <= east + marks.extent_m)
        & (marks.north >= south - marks.extent_m)
        & (marks.north <= north + marks.extent_m)
    )
    shapely.prepare(shape)
    is_pin = marks.extent_m[near] <= 0
    pins, names = near[is_pin], near[~is_pin]
    in_it = pins[shapely.intersects_xy(shape, marks.east[pins], marks.north[pins])]
    middles = shapely.points(marks.east[names], marks.north[names])
    reaching = names[shapely.dwithin(shape, middles, marks.extent_m[names])]
    inside = np.concatenate([in_it, reaching])
    of = marks.source[inside]
    nowhere = np.zeros(inside.size, dtype=np.int64)
    return _tally(nowhere, marks.person[inside], everybody.is_chosen[of], everybody.part[of], 1)


def _tally_of_rows(place: Ints, chosen: Bools, part: Ints, places: int) -> _Tally:
    """`_tally` where each person has one row in each place, so that rows are counted."""

    def count(rows: Ints) -> Ints:
        return np.bincount(rows, minlength=places).astype(np.int64)

    parts = np.unique(part)
    at_chosen = part[chosen]
    own = int(np.searchsorted(parts, at_chosen[0])) if at_chosen.size else 0
    rows = [count(place[part == value]) for value in parts] if parts.size > 1 else []
    return _Tally(
        chosen=count(place[chosen]),
        whole=count(place),
        parts=np.array(rows, dtype=np.int64).reshape(-1, places),
        part=own,
    )


def _tally(place: Ints, person: Ints, chosen: Bools, part: Ints, places: int) -> _Tally:
    """`place`, `person`, `chosen` and `part` by mark or by person in a place."""
    parts = np.unique(part)
    at_chosen = part[chosen]
    own = int(np.searchsorted(parts, at_chosen[0])) if at_chosen.size else 0
    several = parts if parts.size > 1 else parts[:0]
    rows = [_distinct(place[part == value], person[part == value], places) for value in several]
    return _Tally(
        chosen=_distinct(place[chosen], person[chosen], places),
        whole=_distinct(place, person, places),
        parts=np.array(rows, dtype=np.int64).reshape(-1, places),
        part=own,
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


def _distinct(place: Ints, person: Ints, places: int) -> Ints:
    if place.size == 0:
        return np.zeros(places, dtype=np.int64)
    most = int(person.max()) + 1
    pairs = distinct(place * most + person)
    return np.bincount(pairs // most, minlength=places).astype(np.int64)
