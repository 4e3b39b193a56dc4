"""Circular windows on a grid of cells, small ones centred on every cell, large ones on blocks.

A window of radius r holds the cells (or blocks) whose middle is at most r from its centre. Blocks
of 2, 4, 8 ... cells keep the step between centres at most a fifth of the radius and the cost of
large circles small. Arrays over the grid have whole blocks: their sides are multiples of `pad_to`.
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
_GROWTH = (1.25, 1.25, 1.28)  # 8 -> 10 -> 12.5 -> 16, then again with blocks of twice the side
_BLOCKS_PER_RADIUS = 8.0
LARGEST_RADIUS_M = 4000.0

Numbers = npt.NDArray[Any]


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

    @property
    def centre(self) -> tuple[float, float]:
        """Row and column of the centre, in cells from the grid's first corner."""
        return (self.row + 0.5) * self.block, (self.column + 0.5) * self.block


@dataclass(frozen=True, slots=True)
class Radius:
    """A radius in cells, and the side of the blocks that its windows are made of."""

    cells: float
    block: int

    @property
    def half_widths(self) -> list[int]:
        """Blocks to each side of the centre, for rows 0, 1, 2 ... from it."""
        blocks = self.cells / self.block
        reach = math.floor(blocks + _EDGE)
        return [
            math.floor(math.sqrt(max(0.0, blocks**2 - step**2)) + _EDGE)
            for step in range(reach + 1)
        ]


def radii_for(cell_m: float, *, largest_m: float = LARGEST_RADIUS_M) -> tuple[Radius, ...]:
    """Radii from one cell to `largest_m`: sixteen with cells of 100 m, steps of about a quarter.

    With large cells the first window is a cell alone.
    """
    most = max(1.0, largest_m / cell_m) + _EDGE
    alone = (_ONE_CELL,) if cell_m > LARGE_CELL_M else ()
    radii = [Radius(cells, 1) for cells in (*alone, *_SMALL_RADII) if cells <= most]
    cells, block, step = _SMALL_RADII[-1], 1, 0
    while True:
        cells *= _GROWTH[step % len(_GROWTH)]
        if cells > most:
            return tuple(radii)
        if cells > _BLOCKS_PER_RADIUS * block + _EDGE:
            block *= 2
        radii.append(Radius(cells, block))
        step += 1


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
        yield from level_sums(sums, [(i, radius.half_widths) for i, radius in chosen])


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
    inside = (row - window.row) ** 2 + (column - window.column) ** 2 <= (blocks + _EDGE) ** 2
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

    By their places in the list. One cell between is no ground: marks heap up on crossings.
    """
    kept: list[int] = []
    around = np.zeros_like(parts[0])
    for place, cells in enumerate(parts):
        if not (around & cells).any():
            kept.append(place)
            around |= ndimage.binary_dilation(cells, structure=np.ones((5, 5)))
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
    values: Numbers, chosen: list[tuple[int, list[int]]]
) -> Iterator[tuple[int, Numbers]]:
    """Disks of several radii share the sums along rows that they are put together from."""
    rows, columns = values.shape
    reach = max(widths[0] for _, widths in chosen)
    running = np.zeros((rows, columns + 2 * reach + 1), dtype=values.dtype)
    middle = running[:, reach + 1 : reach + 1 + columns]
    np.cumsum(values, axis=1, dtype=values.dtype, out=middle)
    running[:, reach + 1 + columns :] = middle[:, -1:]
    along: dict[int, Numbers] = {}
    for index, widths in chosen:
        for width in set(widths) - along.keys():
            right = running[:, reach + width + 1 : reach + width + 1 + columns]
            along[width] = right - running[:, reach - width : reach - width + columns]
        total = along[widths[0]].copy()
        for step, width in enumerate(widths[1:], start=1):
            if step >= rows:
                break
            total[step:] += along[width][:-step]
            total[:-step] += along[width][step:]
        yield index, total


def disk_sums(
    values: Numbers, chosen: list[tuple[int, list[int]]], *, halo: int
) -> Iterator[tuple[int, Numbers]]:
    """The same over many squares at once, shape (rows, columns, squares), without their margins.

    `chosen` are indices with their half widths, none wider than the margin of `halo`.
    """
    side = values.shape[0] - 2 * halo
    running = np.zeros((values.shape[0], values.shape[1] + 1, values.shape[2]), dtype=values.dtype)
    np.cumsum(values, axis=1, dtype=values.dtype, out=running[:, 1:])
    along: dict[int, Numbers] = {}
    for index, widths in chosen:
        for width in set(widths) - along.keys():
            right = running[:, halo + width + 1 : halo + width + 1 + side]
            along[width] = right - running[:, halo - width : halo - width + side]
        total = along[widths[0]][halo : halo + side].copy()
        for step, width in enumerate(widths[1:], start=1):
            total += along[width][halo - step : halo - step + side]
            total += along[width][halo + step : halo + step + side]
        yield index, total
