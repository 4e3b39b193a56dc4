"""How many marks each cell would hold if they fell by a baseline: by people, or by ground.

The baseline is always named in the result, because "more than expected" means nothing without it.
"""

import math
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from maps.engine.grid import Floats, Grid, Ints

_FINENESS = 10  # an edge cell's share of an area, by 10 x 10 points
_BLOCK = 16  # cells to a side
_ENTRIES_AT_ONCE = 2_000_000
_SAMPLE = 5000
_COARSE = 1.5  # times the analysis' cell: people's cells that cannot tell what lies inside them
_SLIVER = 0.01  # of a cell or square: what rounded degrees put over a line is nobody
_AXIS = 0.35  # an offset this much flatter than steep is a step along the axis


class Baseline(StrEnum):
    """What the expected counts rest on."""

    POPULATION = "population"  # inhabitants per cell of an imported grid
    AREAS = "areas"  # inhabitants per area, even over each
    PLACES = "places"  # inhabitants of named places, smoothed over the extent of each: approximate
    BOUNDARY = "boundary"  # even over the given area
    HULL = "hull"  # even over the convex hull of the marks


class NoBaseline(ValueError):
    """The baseline is zero everywhere in the area."""


def area_shares(grid: Grid, area: BaseGeometry) -> Floats:
    """The share of the area (in metres) that lies in each cell; they sum to 1.

    Raises NoBaseline when no cell holds any of it.
    """
    flat = np.arange(grid.size, dtype=np.int64)
    east, north = grid.centre(flat)
    shapely.prepare(area)
    part = shapely.contains_xy(area, east, north).astype(float)
    crossed = _crossed(grid, area.boundary)
    part[crossed] = _parts_inside(area, east[crossed], north[crossed], grid.cell_m)
    if crossed.size and not part.any():  # thinner than the points that cells are sampled by
        part[crossed] = shapely.area(shapely.intersection(area, _squares(grid, crossed)))
    return _shares(part.reshape(grid.shape))


def even_shares(grid: Grid, ground: BaseGeometry, counts: Floats) -> Floats:
    """Even shares; a marked cell at the edge that the area only grazes has a grazed cell's."""
    share = area_shares(grid, ground)
    missing = (counts > 0) & (share <= 0)
    if missing.any():
        share = np.where(missing, share[share > 0].min(), share)
    even: Floats = share / share.sum()
    return even


def population_shares(
    grid: Grid, east: Floats, north: Floats, population: Floats, area: BaseGeometry | None = None
) -> Floats:
    """The share of the population in each cell of the grid; they sum to 1.

    Each row is a square or rectangle of people around its middle, spread evenly over the cells
    that it touches; its sides are read from the distances between the middles. With an `area`
    (metres) only the people in it count. Raises NoBaseline when nobody is left.
    """
    width, height = cell_sides(east, north, fallback=grid.cell_m)
    people = np.zeros(grid.size)
    reach_x, reach_y = (math.ceil(side / grid.cell_m) + 1 for side in (width, height))
    step = max(1, _ENTRIES_AT_ONCE // (reach_x * reach_y))
    for first in range(0, east.size, step):
        part = slice(first, first + step)
        column, across = _overlaps(east[part] - grid.east_m, width, grid.cell_m, reach_x)
        row, along = _overlaps(north[part] - grid.north_m, height, grid.cell_m, reach_y)
        share = population[part, None, None] * along[:, :, None] * across[:, None, :]
        rows, columns = np.broadcast_arrays(row[:, :, None], column[:, None, :])
        inside = (rows >= 0) & (rows < grid.rows) & (columns >= 0) & (columns < grid.columns)
        flat = rows[inside] * grid.columns + columns[inside]
        people += np.bincount(flat, weights=share[inside], minlength=grid.size)
    shaped = people.reshape(grid.shape)
    if area is not None:
        shaped = shaped * (area_shares(grid, area) > 0)
    return _shares(shaped)


def with_unpeopled(share: Floats, counts: Floats, ground: Floats) -> tuple[Floats, int]:
    """Shares where marks also stand on ground without people, and how many marks do.

    People mark parks and paths where nobody lives. Those marks are expected evenly over all the
    ground without people (`ground` is its share per cell), so that one of them is no wonder and
    many in one spot still are. Where none do the shares are returned as they are.
    """
    empty = share <= 0
    n = round(float(counts[empty].sum()))
    if n == 0:
        return share, 0
    even = np.where(empty & ((ground > 0) | (counts > 0)), np.maximum(ground, _least(ground)), 0.0)
    part = n / float(counts.sum())
    filled: Floats = (1 - part) * share + part * even / even.sum()
    return filled, n


def cell_sides(east: Floats, north: Floats, *, fallback: float) -> tuple[float, float]:
    """Width and height in metres of the cells whose middles are given.

    The usual distance to the next middle along each axis; `fallback` where there is none.
    """
    points = np.unique(np.round(np.column_stack([east, north]), 1), axis=0)
    if len(points) < 2:
        return fallback, fallback
    tree = cKDTree(points)
    some = points[:: max(1, len(points) // _SAMPLE)]
    _, near = tree.query(some, k=min(9, len(points)))
    offsets = np.abs(points[near[:, 1:]] - some[:, None, :]).reshape(-1, 2)
    width = _usual(offsets[offsets[:, 1] < _AXIS * offsets[:, 0], 0])
    height = _usual(offsets[offsets[:, 0] < _AXIS * offsets[:, 1], 1])
    return width or height or fallback, height or width or fallback


def coarse_side_m(east: Floats, north: Floats, *, cell_m: float) -> float | None:
    """The side of people's cells whose middles are given, rounded to two figures.

    None where they are about as fine as cells of `cell_m`. What lies inside a coarse cell is held
    to even people, so an area smaller than it may only show where in it they live.
    """
    side_m = max(cell_sides(east, north, fallback=cell_m))
    return float(f"{side_m:.2g}") if side_m > _COARSE * cell_m else None


def _usual(steps: Floats) -> float:
    """The single step among single, double and longer ones."""
    return float(np.quantile(steps, 0.1)) if steps.size else 0.0


def _overlaps(middle: Floats, side: float, cell: float, reach: int) -> tuple[Ints, Floats]:
    """The indices of the cells that a stretch around each middle touches, and its share in each.

    A sliver goes to the others: a cell with a millionth of an inhabitant would expect no mark at
    all, where a cell without inhabitants has its part of what is expected on such ground.
    """
    low, high = middle - side / 2, middle + side / 2
    first = np.floor(low / cell).astype(np.int64)
    index = first[:, None] + np.arange(reach)
    start, end = index * cell, (index + 1) * cell
    length = np.minimum(end, high[:, None]) - np.maximum(start, low[:, None])
    length[length < _SLIVER * min(side, cell)] = 0.0
    return index, length / length.sum(axis=1, keepdims=True)


def _crossed(grid: Grid, edge: BaseGeometry) -> Ints:
    """The cells that the edge touches. Looked for in blocks of cells that it touches."""
    shapely.prepare(edge)
    side, slack = _BLOCK * grid.cell_m, grid.cell_m / 100
    west = grid.east_m + side * np.arange(math.ceil(grid.columns / _BLOCK)) - slack
    south = (grid.north_m + side * np.arange(math.ceil(grid.rows / _BLOCK)) - slack)[:, None]
    blocks = shapely.box(west, south, west + side + 2 * slack, south + side + 2 * slack)
    touched = shapely.intersects(edge, blocks).repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1)
    flat = np.flatnonzero(touched[: grid.rows, : grid.columns])
    found: Ints = flat[shapely.intersects(edge, _squares(grid, flat))]
    return found


def _squares(grid: Grid, flat: Ints) -> npt.NDArray[np.object_]:
    east, north = grid.centre(flat)
    half = grid.cell_m / 2
    squares: npt.NDArray[np.object_] = shapely.box(
        east - half, north - half, east + half, north + half
    )
    return squares


def _parts_inside(area: BaseGeometry, east: Floats, north: Floats, cell_m: float) -> Floats:
    offsets = ((np.arange(_FINENESS) + 0.5) / _FINENESS - 0.5) * cell_m
    inside = np.zeros(east.size)
    for up in offsets:
        for aside in offsets:
            inside += shapely.contains_xy(area, east + aside, north + up)
    parts: Floats = inside / _FINENESS**2
    return parts


def _shares(values: Floats) -> Floats:
    total = float(values.sum())
    if not (total > 0 and math.isfinite(total)):
        raise NoBaseline
    shares: Floats = values / total
    return shares


def _least(ground: Floats) -> float:
    """A share for a marked cell just outside the ground: the smallest there is."""
    return float(ground[ground > 0].min()) if (ground > 0).any() else 1.0
