"""Circular windows on a grid of cells, small ones centred on every cell, large ones on blocks.

A window of radius r holds the cells (or blocks) whose middle is at most r from its centre. Blocks
of 2, 4, 8 ... cells keep the step between centres at most a fifth of the radius and the cost of
large circles small. Where cells are coarse the smallest windows also lie around their corners and
sides, as a cluster narrower than a cell may. Arrays over the grid have whole blocks: their sides
are multiples of `pad_to`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from maps.engine.grid import Bools, Floats

_EDGE = 1e-9  # a middle exactly on the circle belongs to the window
_SMALL_RADII = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.5, 8.0)  # in cells
_ONE_CELL = 0.5  # a window of its own where five cells are more than a square kilometre
LARGE_CELL_M = 300.0
_COARSE_CELL_M = 100.0  # larger cells are wider than the clusters that are to be found
_AROUND_SIDES = (0.5, 1.25, 1.6)  # two, six and eight cells
_AROUND_CORNERS = (0.75, 1.6)  # four and twelve
_GROWTH = (1.25, 1.25, 1.28)  # 8 -> 10 -> 12.5 -> 16, then again with blocks of twice the side
_BLOCKS_PER_RADIUS = 8.0
LARGEST_RADIUS_M = 4000.0

_BETWEEN = 2.5  # cells from middle to middle: less has one cell or none between
_TWO_AROUND = np.hypot(*np.mgrid[-2:3, -2:3]) < _BETWEEN

Numbers = npt.NDArray[Any]
Run = tuple[int, int, int]  # rows from a block, and the blocks to its left and right


@dataclass(frozen=True, slots=True)
class Window:
    """One circle: its radius and block side, and its centre as row and column of blocks.

    `index` is the place of the radius in the list that the windows were made with.
    """

    index: int
    radius: float  # in cells
    block: int  # cells per side
    row: int
    column: int
    aside: tuple[float, float] = (0.0, 0.0)  # of the block's middle, in blocks

    @property
    def centre(self) -> tuple[float, float]:
        """Row and column of the centre, in cells from the grid's first corner."""
        north, east = self.aside
        return (self.row + 0.5 + north) * self.block, (self.column + 0.5 + east) * self.block


@dataclass(frozen=True, slots=True)
class Radius:
    """A radius in cells, and the side of the blocks that its windows are made of.

    Its windows lie around places that are `aside` (rows and columns, 0 or 0.5) of the middles of
    blocks, in blocks.
    """

    cells: float
    block: int
    aside: tuple[float, float] = (0.0, 0.0)

    @property
    def runs(self) -> list[Run]:
        """The blocks of a window, row by row from the one it is named by."""
        blocks = self.cells / self.block
        north, east = self.aside
        reach = math.floor(blocks + _EDGE + north)
        runs = []
        for step in sorted(range(-reach, reach + 1), key=abs):
            across = blocks**2 - (step - north) ** 2
            if across >= -_EDGE:
                half = math.sqrt(max(0.0, across)) + _EDGE
                runs.append((step, math.floor(half - east), math.floor(half + east)))
        return runs

    def window(self, index: int, row: int, column: int) -> Window:
        """The window around one block; `index` is the place of this radius in its list."""
        return Window(index, self.cells, self.block, row, column, self.aside)


def radii_for(cell_m: float, *, largest_m: float = LARGEST_RADIUS_M) -> tuple[Radius, ...]:
    """Radii from one cell to `largest_m`: sixteen with cells of 100 m, steps of about a quarter.

    With large cells the first window is a cell alone, with coarse ones those that are hardly wider
    than a cell lie around corners and sides as well.
    """
    most = max(1.0, largest_m / cell_m) + _EDGE
    alone = (_ONE_CELL,) if cell_m > LARGE_CELL_M else ()
    radii = [Radius(cells, 1) for cells in (*alone, *_SMALL_RADII) if cells <= most]
    if cell_m > _COARSE_CELL_M:
        between = [radius for radius in _between_cells() if radius.cells <= most]
        radii = sorted([*radii, *between], key=lambda radius: radius.cells)
    cells, block, step = _SMALL_RADII[-1], 1, 0
    while True:
        cells *= _GROWTH[step % len(_GROWTH)]
        if cells > most:
            return tuple(radii)
        if cells > _BLOCKS_PER_RADIUS * block + _EDGE:
            block *= 2
        radii.append(Radius(cells, block))
        step += 1


def _between_cells() -> list[Radius]:
    """Windows around the corners of cells and around their sides."""
    sides = [Radius(cells, 1, aside) for cells in _AROUND_SIDES for aside in ((0, 0.5), (0.5, 0))]
    return [*sides, *(Radius(cells, 1, (0.5, 0.5)) for cells in _AROUND_CORNERS)]


def pad_to(radii: tuple[Radius, ...]) -> int:
    """The number of cells that the sides of arrays must be a multiple of."""
    return max(radius.block for radius in radii)


def window_sums(
    values: Numbers, radii: tuple[Radius, ...], *, first: np.dtype[Any] | None = None
) -> Iterator[tuple[int, Numbers]]:
    """For each radius its index and the sum over the window around every block.

    In the dtype of the values, those of single cells in `first` if given: exact for whole numbers
    as long as the dtype can hold the sum of a window. `radii` in rising order.
    """
    for chosen, sums in levels(values, radii, first=first):
        yield from level_sums(sums, [(i, radius.runs) for i, radius in chosen])


def levels(
    values: Numbers, radii: tuple[Radius, ...], *, first: np.dtype[Any] | None = None
) -> Iterator[tuple[list[tuple[int, Radius]], Numbers]]:
    """For each side of blocks its radii with their indices, and the values summed by block."""
    block = 1
    for side in sorted({radius.block for radius in radii}):
        while block < side:
            values = _halved(values)
            block *= 2
        chosen = [(i, radius) for i, radius in enumerate(radii) if radius.block == side]
        yield chosen, values.astype(first) if first and side == 1 else values


def window_cells(window: Window, shape: tuple[int, int]) -> Bools:
    """The cells of one window, over a grid of `shape`."""
    rows, columns = shape[0] // window.block, shape[1] // window.block
    row, column = np.ogrid[0:rows, 0:columns]
    blocks = window.radius / window.block
    middle = window.row + window.aside[0], window.column + window.aside[1]
    inside = (row - middle[0]) ** 2 + (column - middle[1]) ** 2 <= (blocks + _EDGE) ** 2
    cells: Bools = np.repeat(np.repeat(inside, window.block, axis=0), window.block, axis=1)
    return cells


def strip(shape: tuple[int, ...], start: Floats, end: Floats, half: float) -> Bools:
    """The cells between two places (row, column), at most `half` from the line between them."""
    row, column = np.ogrid[0 : shape[0], 0 : shape[1]]
    along = end - start
    length = max(float(np.hypot(*along)), 1e-9)
    north, east = row + 0.5 - start[0], column + 0.5 - start[1]
    forth = (north * along[0] + east * along[1]) / length
    aside = np.abs(north * along[1] - east * along[0]) / length
    inside: Bools = (forth >= 0) & (forth <= length) & (aside <= half)
    return inside


def lying_apart(parts: Sequence[Bools]) -> list[int]:
    """The first of these sets of cells, and each with two cells or more between it and those.

    By their places in the list, and as far aslant as along a row. One cell between is no ground:
    marks heap up on crossings.
    """
    kept: list[int] = []
    around = np.zeros_like(parts[0])
    for place, cells in enumerate(parts):
        if not (around & cells).any():
            kept.append(place)
            around |= ndimage.binary_dilation(cells, structure=_TWO_AROUND)
    return kept


def padded(values: Floats, side: int) -> Floats:
    """`values` with rows and columns of zeros up to whole blocks of `side` cells."""
    rows, columns = (-(-length // side) * side for length in values.shape)
    out = np.zeros((rows, columns))
    out[: values.shape[0], : values.shape[1]] = values
    return out


def _halved(values: Numbers) -> Numbers:
    rows = values[0::2] + values[1::2]
    halved: Numbers = rows[:, 0::2] + rows[:, 1::2]
    return halved


def level_sums(
    values: Numbers, chosen: list[tuple[int, list[Run]]]
) -> Iterator[tuple[int, Numbers]]:
    """Disks of several radii share the sums along rows that they are put together from."""
    rows, columns = values.shape
    reach = max(right for _, runs in chosen for _, _, right in runs)
    running = np.zeros((rows, columns + 2 * reach + 1), dtype=values.dtype)
    middle = running[:, reach + 1 : reach + 1 + columns]
    np.cumsum(values, axis=1, dtype=values.dtype, out=middle)
    running[:, reach + 1 + columns :] = middle[:, -1:]
    along: dict[tuple[int, int], Numbers] = {}
    for index, runs in chosen:
        for left, right in {run[1:] for run in runs} - along.keys():
            end = running[:, reach + right + 1 : reach + right + 1 + columns]
            along[left, right] = end - running[:, reach - left : reach - left + columns]
        total = along[runs[0][1:]].copy()
        for step, left, right in runs[1:]:
            if abs(step) < rows:
                total[max(0, -step) : rows - max(0, step)] += along[left, right][
                    max(0, step) : rows + min(0, step)
                ]
        yield index, total


def disk_sums(
    values: Numbers, chosen: list[tuple[int, list[Run]]], *, halo: int
) -> Iterator[tuple[int, Numbers]]:
    """The same over many squares at once, shape (rows, columns, squares), without their margins.

    `chosen` are indices with their runs of blocks, none wider than the margin of `halo`.
    """
    side = values.shape[0] - 2 * halo
    running = np.zeros((values.shape[0], values.shape[1] + 1, values.shape[2]), dtype=values.dtype)
    np.cumsum(values, axis=1, dtype=values.dtype, out=running[:, 1:])
    along: dict[tuple[int, int], Numbers] = {}
    for index, runs in chosen:
        for left, right in {run[1:] for run in runs} - along.keys():
            end = running[:, halo + right + 1 : halo + right + 1 + side]
            along[left, right] = end - running[:, halo - left : halo - left + side]
        total = along[runs[0][1:]][halo : halo + side].copy()
        for step, left, right in runs[1:]:
            total += along[left, right][halo + step : halo + step + side]
        yield index, total
