"""Hotspots among residents' marks: what the scan finds to be more than where people live.

A circle is told as a hotspot at p at most 0.05 and with enough distinct respondents. What it was
held to is named in the result, and where nothing can be held to, the result says why and no
hotspot is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.areas import Outline
from maps.crs import shape_to_degrees, shape_to_metres, to_degrees
from maps.engine.cell_size import TooWide, sized_grid
from maps.engine.clusters import TooFew
from maps.engine.distinct import count_distinct, distinct
from maps.engine.expected import Baseline, NoBaseline, area_shares, with_unpeopled
from maps.engine.grid import Bools, Floats, Grid, Ints, outline_of
from maps.engine.marks import Marks, cells_of_name, same_place
from maps.engine.people import People
from maps.engine.scan_hotspots import ALPHA, SIMULATIONS, Hotspot, ScanSettings, scan_hotspots
from maps.engine.stand_ins import stand_ins

_MARGIN_M = 1000.0  # around marks where no outline bounds the ground


@dataclass(frozen=True, slots=True, eq=False)
class ScanArea:
    """One hotspot: its cells in WGS 84, and what was marked and expected there.

    `n_marks` counts a respondent once per place. `lat` and `lon` are the middle of its most marked
    cell, the point to name it from. `members` are indices of its marks in the analysed sequence,
    those that another mark of the same person counts for too. Where `is_at_least` both numbers
    have been rounded down, and `relative_risk` would tell them.
    """

    rank: int
    polygon: BaseGeometry
    lat: float
    lon: float
    n_marks: int
    n_respondents: int
    expected: float
    relative_risk: float
    p: float
    members: tuple[int, ...]
    is_at_least: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ScanResult:
    """Hotspots and what they rest on. `untested` is why there was no test, None where there was.

    `n` marks were tested, `n_unpeopled` of them on ground where nobody lives by the baseline.
    `people_cell_m` is the side of people's squares where they are coarser than the cells.
    """

    baseline: Baseline | None
    cell_m: float
    n: int
    n_unpeopled: int
    seed: int
    simulations: int
    areas: tuple[ScanArea, ...] = ()
    too_few: tuple[TooFew, ...] = ()
    untested: str | None = None
    people_cell_m: float | None = None


def scan_marks(
    marks: Marks,
    sources: Sequence[People],
    outline: Outline | None = None,
    *,
    seed: int = 1,
    min_respondents: int = 5,
    simulations: int = SIMULATIONS,
) -> ScanResult:
    """Hold the marks to the first of the sources that has people in the area.

    `untested`: "no_people" without such a source, "elsewhere" when no mark stands where its people
    live, "too_wide" when the marks lie further apart than the country is long.
    """
    empty = ScanResult(None, 0.0, 0, 0, seed, simulations)
    area = None if outline is None else shape_to_metres(outline.geometry)
    try:
        grid = sized_grid(_bounds(marks, area), None)
    except TooWide:
        return replace(empty, untested="too_wide")
    source, share = _first_shares(sources, grid, area)
    if source is None:
        return replace(empty, untested="no_people")
    ground = np.full(grid.shape, 1 / grid.size) if area is None else area_shares(grid, area)
    one = stand_ins(marks)
    cell = assign_cells(marks, distinct(one), grid, ground > 0, seed=seed)
    counts = _count(cell, grid)
    bare, (share, n_unpeopled) = share <= 0, with_unpeopled(share, counts, ground)
    n = round(float(counts.sum()))
    result = replace(
        empty, baseline=source.baseline, cell_m=grid.cell_m, n=n, n_unpeopled=n_unpeopled,
        people_cell_m=source.coarse_m(grid.cell_m),
    )  # fmt: skip
    if n_unpeopled == n:
        return replace(result, untested="elsewhere")
    settings = ScanSettings(grid.cell_m, seed, simulations)
    found = scan_hotspots(counts, share, settings, unpeopled=bare)
    told = [_area(marks, grid, spot, cell[one], counts) for spot in found if spot.p <= ALPHA]
    enough = [area for area in told if area.n_respondents >= min_respondents]
    few = [area for area in told if area.n_respondents < min_respondents]
    return replace(
        result,
        areas=tuple(replace(area, rank=rank) for rank, area in enumerate(enough, start=1)),
        too_few=tuple(TooFew(a.lat, a.lon, a.n_respondents, a.members) for a in few),
    )


def assign_cells(marks: Marks, kept: Ints, grid: Grid, ground: Bools, *, seed: int) -> Ints:
    """The cell of each kept mark, -1 for the others and for what lies outside the grid.

    The scan draws whole marks, so a mark by name cannot be shared among cells as the density does.
    Those that name one place are dealt out over its extent as evenly as whole marks can be: with k
    marks and m cells each cell gets k/m rounded down or up. Chance draws (with the seed) only which
    mark stands where: a random draw of cells would itself make clusters in the extent. Only ground
    of the municipality is dealt to, where the extent holds any.
    """
    cell = np.full(marks.east.size, -1, dtype=np.int64)
    pins = kept[marks.extent_m[kept] <= 0]
    cell[pins] = grid.index(marks.east[pins], marks.north[pins])
    draw = np.random.default_rng(seed)
    for group in same_place(marks, kept[marks.extent_m[kept] > 0]):
        extent = cells_of_name(marks, grid, group[0])
        on_ground = extent[ground.ravel()[extent]]
        cells = on_ground if on_ground.size else extent
        if cells.size:
            step = cells.size / group.size
            places = np.floor((np.arange(group.size) + draw.random()) * step).astype(np.int64)
            cell[draw.permutation(group)] = cells[places % cells.size]
    return cell


def _bounds(marks: Marks, area: BaseGeometry | None) -> tuple[float, float, float, float]:
    east, north, reach = marks.east, marks.north, marks.extent_m + _MARGIN_M * (area is None)
    west, south = float((east - reach).min()), float((north - reach).min())
    far_east, far_north = float((east + reach).max()), float((north + reach).max())
    if area is None:
        return west, south, far_east, far_north
    bounds = area.bounds
    return (
        min(west, bounds[0]),
        min(south, bounds[1]),
        max(far_east, bounds[2]),
        max(far_north, bounds[3]),
    )


def _first_shares(
    sources: Sequence[People], grid: Grid, area: BaseGeometry | None
) -> tuple[People | None, Floats]:
    for source in sources:
        try:
            return source, source.shares(grid, area)
        except NoBaseline:
            continue
    return None, np.zeros(grid.shape)


def _count(cell: Ints, grid: Grid) -> Floats:
    on_grid = cell[cell >= 0]
    counts = np.bincount(on_grid, minlength=grid.size).astype(np.float64)
    return counts.reshape(grid.shape)


def _area(marks: Marks, grid: Grid, spot: Hotspot, cell: Ints, counts: Floats) -> ScanArea:
    """`cell` is that of the mark that counts for each mark."""
    inside = (cell >= 0) & spot.cells.ravel()[cell]
    members = np.flatnonzero(inside)
    flat = np.flatnonzero(spot.cells)
    best = flat[np.argmax(counts.ravel()[flat])]
    lat, lon = to_degrees(*grid.centre(np.array([best])))
    shape = shapely.simplify(outline_of(grid, spot.cells), 0)
    return ScanArea(
        rank=spot.rank,
        polygon=shape_to_degrees(shape),
        lat=float(lat[0]),
        lon=float(lon[0]),
        n_marks=spot.n,
        n_respondents=count_distinct(marks.person[members]),
        expected=spot.expected,
        relative_risk=spot.relative_risk,
        p=spot.p,
        members=tuple(np.sort(marks.source[members]).tolist()),
    )
