"""Where people live, from the best source that there is: by square, by area, or by named place.

Each source gives the share of the people in each cell of a grid in SWEREF 99 TM. It also says what
it is, because "more than expected" means nothing without it.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_metres, to_metres
from maps.engine.expected import (
    Baseline,
    NoBaseline,
    area_shares,
    coarse_side_m,
    population_shares,
)
from maps.engine.grid import Floats, Grid

# A named place's people lie around its middle as a bell with this part of its radius as standard
# deviation: six in seven within the radius, hardly any beyond one and a half.
_BELL = 0.5
_CUT = 3.0  # standard deviations


class People(Protocol):
    """A source of expected counts."""

    @property
    def baseline(self) -> Baseline:
        """Which kind of source this is."""

    def shares(self, grid: Grid, area: BaseGeometry | None) -> Floats:
        """Shares per cell that sum to 1, only within `area` (metres). Raises NoBaseline."""

    def coarse_m(self, cell_m: float) -> float | None:
        """The side of its squares where they are coarser than cells of `cell_m`."""


@dataclass(frozen=True, slots=True, eq=False)
class SquarePeople:
    """Middles of squares in degrees, and how many live in each."""

    lon: Floats
    lat: Floats
    number: Floats
    baseline: Baseline = Baseline.POPULATION

    def shares(self, grid: Grid, area: BaseGeometry | None) -> Floats:
        """The people of each square, even over it."""
        return population_shares(grid, *to_metres(self.lat, self.lon), self.number, area)

    def number_within(self, area: BaseGeometry | None) -> float:
        """How many live in the squares whose middles lie in `area` (degrees)."""
        if area is None:
            return float(self.number.sum())
        return float(self.number[shapely.contains_xy(area, self.lon, self.lat)].sum())

    def coarse_m(self, cell_m: float) -> float | None:
        """By the distances between the middles."""
        return coarse_side_m(*to_metres(self.lat, self.lon), cell_m=cell_m)


@dataclass(frozen=True, slots=True, eq=False)
class AreaPeople:
    """Areas in degrees, and how many live in each."""

    shapes: tuple[BaseGeometry, ...]
    number: tuple[float, ...]
    baseline: Baseline = Baseline.AREAS

    def shares(self, grid: Grid, area: BaseGeometry | None) -> Floats:
        """The people of each area, even over it."""
        people = np.zeros(grid.shape)
        for shape, number in zip(self.shapes, self.number, strict=True):
            _add_evenly(people, grid, shape_to_metres(shape), number)
        return _within(people, grid, area)

    def coarse_m(self, cell_m: float) -> float | None:  # noqa: ARG002 - it has no squares
        """None: what it is made of is told by its kind."""
        return None


@dataclass(frozen=True, slots=True, eq=False)
class PlacePeople:
    """Middles of named places in degrees, their radii in metres, and how many live in each.

    A place whose middle lies in a larger one is a part of it: its people are not counted twice.
    """

    lat: Floats
    lon: Floats
    radius_m: Floats
    number: Floats
    baseline: Baseline = Baseline.PLACES

    def shares(self, grid: Grid, area: BaseGeometry | None) -> Floats:
        """The people of each place as a bell around its middle."""
        east, north = to_metres(self.lat, self.lon)
        own = _without_parts(east, north, self.radius_m, self.number)
        people = np.zeros(grid.shape)
        for where in zip(east, north, self.radius_m, own, strict=True):
            _add_bell(people, grid, *(float(value) for value in where))
        return _within(people, grid, area)

    def number_in_all(self) -> float:
        """How many live in the places."""
        own = _without_parts(*to_metres(self.lat, self.lon), self.radius_m, self.number)
        return float(own.sum())

    def coarse_m(self, cell_m: float) -> float | None:  # noqa: ARG002 - it has no squares
        """None: what it is made of is told by its kind."""
        return None


def _without_parts(east: Floats, north: Floats, radius_m: Floats, number: Floats) -> Floats:
    own = number.astype(np.float64)
    for part in np.argsort(radius_m, kind="stable"):
        gap = np.hypot(east - east[part], north - north[part])
        around = np.flatnonzero((gap <= radius_m) & (radius_m > radius_m[part]))
        if around.size:
            whole = around[np.argmin(radius_m[around])]
            own[whole] = max(0.0, own[whole] - number[part])
    return own


def _add_bell(
    people: Floats, grid: Grid, east: float, north: float, radius_m: float, number: float
) -> None:
    spread = max(_BELL * radius_m, grid.cell_m / 2)
    flat = grid.cells_within(east, north, _CUT * spread)
    if flat.size == 0:
        return
    cell_east, cell_north = grid.centre(flat)
    weight = np.exp(-((cell_east - east) ** 2 + (cell_north - north) ** 2) / (2 * spread**2))
    people.ravel()[flat] += number * weight / weight.sum()


def _add_evenly(people: Floats, grid: Grid, shape: BaseGeometry, number: float) -> None:
    """Only the part of the grid around the shape is looked at: there may be a hundred areas."""
    west, south, east, north = shape.bounds
    first_column = max(0, math.floor((west - grid.east_m) / grid.cell_m))
    first_row = max(0, math.floor((south - grid.north_m) / grid.cell_m))
    columns = min(grid.columns, math.ceil((east - grid.east_m) / grid.cell_m)) - first_column
    rows = min(grid.rows, math.ceil((north - grid.north_m) / grid.cell_m)) - first_row
    if number <= 0 or columns <= 0 or rows <= 0 or shape.area <= 0:
        return
    part = Grid(
        grid.east_m + first_column * grid.cell_m,
        grid.north_m + first_row * grid.cell_m,
        grid.cell_m,
        columns,
        rows,
    )
    box = shapely.box(
        part.east_m,
        part.north_m,
        part.east_m + columns * part.cell_m,
        part.north_m + rows * part.cell_m,
    )
    inside = float(shapely.intersection(shape, box).area) / float(shape.area)
    try:
        share = area_shares(part, shape)
    except NoBaseline:
        return  # thinner than the points that cells are sampled by: no people to speak of
    rows_of, columns_of = (
        slice(first_row, first_row + rows),
        slice(first_column, first_column + columns),
    )
    people[rows_of, columns_of] += number * inside * share


def _within(people: Floats, grid: Grid, area: BaseGeometry | None) -> Floats:
    if area is not None:
        people = people * (area_shares(grid, area) > 0)
    total = float(people.sum())
    if not (total > 0 and math.isfinite(total)):
        raise NoBaseline
    shares: Floats = people / total
    return shares
