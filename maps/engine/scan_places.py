"""The best place of a found circle between the places where windows lie.

The centres of windows are a fifth of their radius apart at most, and their radii a quarter. That is
enough to find a cluster, not to tell how well one circle explains it: where its edge runs through
densely marked ground, half such a step loses a fifth of the ratio, and several circles seem the
better answer. So the circle is moved and stretched by ever smaller steps as long as that makes it
likelier (a pattern search, Hooke and Jeeves 1961).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maps.engine.grid import Floats
from maps.engine.scan_windows import Window

_WIDER = 1.26  # a step between radii: so much wider or narrower at most
_STEP = 1 / 8  # of the radius: the first step, or a block where that is more
_FINEST = 0.5  # cells
_MOST_MOVES = 16
_EDGE = 1e-9
_NOWHERE = -math.inf


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle in cells, anywhere on the grid."""

    row: float
    column: float
    radius: float

    @property
    def centre(self) -> tuple[float, float]:
        """Row and column, in cells from the grid's first corner."""
        return self.row, self.column


class Sums:
    """What the cells of any circle near a window hold of some grids of one shape.

    Sums along rows: a circle costs one look per row.
    """

    def __init__(self, grids: tuple[Floats, ...], window: Window) -> None:
        reach = window.radius * _WIDER + _reach(window) + 1
        self._first = tuple(max(0, math.floor(middle - reach)) for middle in window.centre)
        last = tuple(math.ceil(middle + reach) + 1 for middle in window.centre)
        row, column = (slice(*ends) for ends in zip(self._first, last, strict=True))
        self._sums = np.stack(
            [np.pad(np.cumsum(grid[row, column], axis=1), ((0, 0), (1, 0))) for grid in grids]
        )

    def of(self, circle: Circle) -> list[float]:
        """The sum of each grid over the cells whose middle is in the circle."""
        _, rows, columns = self._sums.shape
        north = np.arange(rows) + 0.5 + self._first[0] - circle.row
        half = np.sqrt(np.maximum(circle.radius**2 - north**2, 0.0)) + _EDGE
        on = np.flatnonzero(np.abs(north) <= circle.radius + _EDGE)
        middle = circle.column - self._first[1] - 0.5
        start = np.clip(np.ceil(middle - half[on]), 0, columns - 1).astype(np.int64)
        end = np.clip(np.floor(middle + half[on]) + 1, 0, columns - 1).astype(np.int64)
        end = np.maximum(start, end)
        sums: list[float] = (self._sums[:, on, end] - self._sums[:, on, start]).sum(axis=1).tolist()
        return sums


def best_circle(window: Window, ratio_of: Callable[[Circle], float]) -> Circle:
    """The likeliest circle near the window, at most a step in radius and a block away from it."""
    best = Circle(*window.centre, window.radius)
    most, step = ratio_of(best), max(_STEP * window.radius, float(window.block))
    for _ in range(_MOST_MOVES):
        tried = [(ratio_of(near), near) for near in _around(best, step, window)]
        ratio, moved = max(tried, key=lambda one: one[0])
        if ratio > most:
            most, best = ratio, moved
        elif step <= _FINEST:
            break
        else:
            step = max(_FINEST, step / 2)
    return best


def _around(circle: Circle, step: float, window: Window) -> list[Circle]:
    """One step aside, wider or narrower, or both at once: then its far edge stays where it is."""
    row, column = window.centre
    steps = (-step, 0.0, step)
    near = [
        Circle(circle.row + north, circle.column + east, circle.radius + more)
        for north in steps
        for east in steps
        for more in steps
    ]
    return [
        one
        for one in near
        if max(abs(one.row - row), abs(one.column - column)) <= _reach(window)
        and window.radius / _WIDER <= one.radius <= window.radius * _WIDER
    ]


def _reach(window: Window) -> float:
    return window.block + (_WIDER - 1) * window.radius
