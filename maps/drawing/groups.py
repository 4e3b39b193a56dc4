"""Marks gathered in groups round the squares with most persons, for a map that tells numbers.

Only squares that the map shows are gathered, so a group's number tells of no square that is
withheld: what is not shown cannot be had by subtraction. No group stands for a single pin. The
numbers are rounded down to multiples of the limit: beside an area's exact number they leave room
for so many persons that nobody stands alone.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from maps.crs import to_degrees
from maps.drawing.labels import metres_per_pixel
from maps.engine.distinct import distinct
from maps.engine.grid import Floats, Grid, Ints
from maps.engine.said import CellPersons
from maps.engine.surface import Surface

# From each of these zooms on, groups nearer to each other than so many pixels are one.
ZOOMS = (8, 10, 11, 12, 13, 14)
APART_PX = 64


@dataclass(frozen=True, slots=True)
class Group:
    """Persons in neighbouring squares; the point is the middle of the square with most.

    `n_respondents` is the lowest number that it may be: the highest is the limit less one more.
    """

    lat: float
    lon: float
    n_respondents: int


@dataclass(frozen=True, slots=True)
class GroupLayer:
    """The groups that a map shows from each zoom on, the largest first."""

    zooms: tuple[int, ...]
    groups: tuple[tuple[Group, ...], ...]

    @property
    def finest(self) -> tuple[Group, ...]:
        """The groups of the nearest zoom: those of the list."""
        return self.groups[-1] if self.groups else ()


def group_layer(surface: Surface, persons: CellPersons, least: int) -> GroupLayer:
    """Every square with at least `least` persons belongs to the group of its nearest peak."""
    n = surface.respondents.ravel()
    cells = np.flatnonzero(n >= least)
    if cells.size == 0:
        return GroupLayer((), ())
    peaks, at = np.unique(_climb(surface.grid, n, cells), return_inverse=True)
    order = np.lexsort((peaks, -n[peaks]))
    east, north = surface.grid.centre(peaks[order])
    lat, lon = to_degrees(east, north)
    of_cell = np.full(surface.grid.size, -1, dtype=np.int64)
    of_cell[cells] = np.argsort(order)[at]
    shown = of_cell[persons.cell] >= 0
    several = int(persons.person.max()) + 1
    # Each person once at each peak, by rising peak: the groups of every zoom are made of these.
    at_peak = distinct(of_cell[persons.cell[shown]] * several + persons.person[shown])
    peak, who = np.divmod(at_peak, several)
    levels = []
    alone_m = _alone_m(east, north)
    for zoom in ZOOMS:
        apart_m = APART_PX * metres_per_pixel(float(lat.mean()), zoom)
        sizes = _distinct(_join(east, north, alone_m, apart_m)[peak], who, peaks.size)
        sizes -= sizes % least
        kept = np.flatnonzero(sizes)
        kept = kept[np.argsort(-sizes[kept], kind="stable")]
        levels.append(tuple(Group(float(lat[k]), float(lon[k]), int(sizes[k])) for k in kept))
    return GroupLayer(ZOOMS, tuple(levels))


def _climb(grid: Grid, n: Ints, cells: Ints) -> Ints:
    """From each square uphill over its eight neighbours to where none has more persons."""
    row, column = np.divmod(cells, grid.columns)
    best = cells.copy()
    for step_row in (-1, 0, 1):
        for step_column in (-1, 0, 1):
            to_row, to_column = row + step_row, column + step_column
            inside = (
                (to_row >= 0) & (to_row < grid.rows)
                & (to_column >= 0) & (to_column < grid.columns)
            )  # fmt: skip
            other = np.where(inside, to_row * grid.columns + to_column, cells)
            # Of equals the one with the higher number, so that nobody walks in a ring.
            higher = (n[other] > n[best]) | ((n[other] == n[best]) & (other > best))
            best = np.where(higher, other, best)
    while True:
        further = best[np.searchsorted(cells, best)]
        if np.array_equal(further, best):
            return best
        best = further


def _alone_m(east: Floats, north: Floats) -> Floats:
    """How far each has to the next; infinite where there is but one."""
    points = np.column_stack([east, north])
    distance: Floats = KDTree(points).query(points, k=2)[0][:, 1]
    return distance


def _join(east: Floats, north: Floats, alone_m: Floats, apart_m: float) -> Ints:
    """The first of those nearer than `apart_m`, in the order given: the largest comes first."""
    joined = np.arange(east.size)
    rest = np.flatnonzero(alone_m < apart_m)  # most of a near zoom are alone
    while rest.size:
        first = rest[0]
        near = (east[rest] - east[first]) ** 2 + (north[rest] - north[first]) ** 2 < apart_m**2
        joined[rest[near]] = first
        rest = rest[~near]
    return joined


def _distinct(group: Ints, person: Ints, groups: int) -> Ints:
    """How many different persons each group has."""
    if group.size == 0:
        return np.zeros(groups, dtype=np.int64)
    several = int(person.max()) + 1
    keys = group * several + person
    if groups * several < np.iinfo(np.int32).max:  # half as long, sorted in half the time
        keys = keys.astype(np.int32)
    return np.bincount(distinct(keys) // several, minlength=groups).astype(np.int64)
