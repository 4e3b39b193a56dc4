"""A square grid in SWEREF 99 TM metres, its lines on whole multiples of the cell.

Arrays over the grid have shape (rows, columns); row 0 is the southernmost, column 0 the
westernmost. The lines do not depend on the points, so two rounds of a dialogue share their cells.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

DEFAULT_CELL_M = 250.0
MAX_CELLS = 4_000_000

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class GridTooLarge(ValueError):
    """The points lie so far apart that the grid would have more than MAX_CELLS cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """South-west corner, cell side in metres and the number of columns and rows."""

    east_m: float
    north_m: float
    cell_m: float
    columns: int
    rows: int

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns), the shape of arrays over the grid."""
        return self.rows, self.columns

    @property
    def size(self) -> int:
        """The number of cells."""
        return self.rows * self.columns

    def index(self, east: Floats, north: Floats) -> Ints:
        """The flat index of each point's cell, -1 outside; the south and west edges belong."""
        column = np.floor((east - self.east_m) / self.cell_m)
        row = np.floor((north - self.north_m) / self.cell_m)
        inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        flat = np.full(east.shape, -1, dtype=np.int64)
        flat[inside] = (row[inside] * self.columns + column[inside]).astype(np.int64)
        return flat

    def count(self, east: Floats, north: Floats) -> Ints:
        """How many of the points fall in each cell; those outside the grid are left out."""
        flat = self.index(east, north)
        return np.bincount(flat[flat >= 0], minlength=self.size).reshape(self.shape)

    def centre(self, flat: Ints) -> tuple[Floats, Floats]:
        """East and north of the middle of each cell."""
        row, column = np.divmod(flat, self.columns)
        return (
            self.east_m + (column + 0.5) * self.cell_m,
            self.north_m + (row + 0.5) * self.cell_m,
        )

    def centres_inside(self, area: BaseGeometry) -> Bools:
        """True for each cell whose middle lies in the area (metres)."""
        east, north = self.centre(np.arange(self.size, dtype=np.int64))
        shapely.prepare(area)
        inside: Bools = shapely.contains_xy(area, east, north).reshape(self.shape)
        return inside

    def cells_within(self, east: float, north: float, radius_m: float) -> Ints:
        """Flat indices of the cells whose middle is at most radius_m from the point.

        The point's own cell stands in when no middle is that near; empty outside the grid.
        """
        own = self.index(np.array([east]), np.array([north]))
        reach = math.ceil(radius_m / self.cell_m) + 1
        column = int((east - self.east_m) // self.cell_m)
        row = int((north - self.north_m) // self.cell_m)
        columns = np.arange(max(0, column - reach), min(self.columns, column + reach + 1))
        rows = np.arange(max(0, row - reach), min(self.rows, row + reach + 1))
        flat = (rows[:, None] * self.columns + columns[None, :]).ravel().astype(np.int64)
        cell_east, cell_north = self.centre(flat)
        near = flat[np.hypot(cell_east - east, cell_north - north) <= radius_m]
        return near if near.size else own[own >= 0]

    def polygon(self, flat: int) -> Polygon:
        """One cell as a square in metres."""
        row, column = divmod(int(flat), self.columns)
        west = self.east_m + column * self.cell_m
        south = self.north_m + row * self.cell_m
        return shapely.box(west, south, west + self.cell_m, south + self.cell_m)


def grid_around(
    east: Floats, north: Floats, *, cell_m: float = DEFAULT_CELL_M, margin_m: float = 0.0
) -> Grid:
    """The smallest aligned grid that holds the points and a margin around them.

    Raises ValueError without points or with points that are not finite, and GridTooLarge.
    """
    if not (cell_m > 0 and math.isfinite(cell_m)):
        raise ValueError("cell_m must be positive")
    if east.size == 0 or not (np.isfinite(east).all() and np.isfinite(north).all()):
        raise ValueError("a grid needs at least one point, all of them finite")
    west, first_column = _aligned(float(east.min()) - margin_m, cell_m)
    south, first_row = _aligned(float(north.min()) - margin_m, cell_m)
    columns = math.floor((float(east.max()) + margin_m) / cell_m) - first_column + 1
    rows = math.floor((float(north.max()) + margin_m) / cell_m) - first_row + 1
    if columns * rows > MAX_CELLS:
        raise GridTooLarge(f"{columns} x {rows} cells of {cell_m:g} m")
    return Grid(west, south, cell_m, columns, rows)


def _aligned(value: float, cell_m: float) -> tuple[float, int]:
    step = math.floor(value / cell_m)
    return step * cell_m, step


def outline_of(grid: Grid, cells: Bools) -> BaseGeometry:
    """The union of cells in metres, put together from their runs along rows."""
    edges = np.diff(np.pad(cells.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    row, start = np.nonzero(edges == 1)
    _, end = np.nonzero(edges == -1)
    west, east = (grid.east_m + column * grid.cell_m for column in (start, end))
    south = grid.north_m + row * grid.cell_m
    runs = shapely.box(west, south, east, south + grid.cell_m)
    return shapely.simplify(shapely.union_all(runs), 0)
