"""The cells of a published map: who has marked each, and what of it is drawn.

The grid is the same for every edition: whole multiples of the cell in SWEREF 99 TM. A cell is
never cut at a border or a shore, since a sliver would be a place of its own. Imports numpy and
pyproj: for the job process, never for the web process.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.areas import Outline
from maps.crs import shape_to_degrees, shape_to_metres, to_degrees, to_metres
from maps.edition_rule import Told, class_limits
from maps.geojson import collection, feature
from maps.places import SPOT_RADIUS_M, NamedPoint, Place, Precision, nearest, nearest_spot
from maps.streets import STREET_REACH_M, StreetNames

# How far round the shown cells the hatch for "too few" reaches, in cells.
HATCH_CELLS = 1
NAMING_REACH_M = 300
MAX_EXTENT_CELLS = 40  # across: a name that covers more is a part of the country, not a place

Cell = tuple[int, int]  # column and row, counted from the origin of the projection
Lines = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class PublicMark:
    """A mark and whether it is about a home or a place that a map could stigmatise."""

    place: Place
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class CellPersons:
    """Who has marked each cell, by `cell_key`, and how many marks are in none and why."""

    cells: dict[str, frozenset[str]]
    n_marks: int
    n_without_position: int
    n_outside: int
    n_sensitive: int


def cell_key(cell: Cell) -> str:
    """The cell as text, for JSON."""
    return f"{cell[0]}:{cell[1]}"


def persons_by_cell(
    marks: Sequence[PublicMark],
    *,
    cell_m: int,
    outline: Outline | None,
    sensitive: Sequence[NamedPoint] = (),
) -> CellPersons:
    """Distinct persons per cell; `respondent` must be given for each mark.

    A mark given by name counts in each cell whose middle lies in the extent of the name, a
    district nowhere. Cells that a sensitive place reaches into are left out whole, and so are
    those whose middle lies outside the outline.
    """
    located = [m for m in marks if m.place.precision is not Precision.DISTRICT]
    counted = [mark for mark in located if not mark.is_sensitive]
    east, north = to_metres([m.place.lat for m in counted], [m.place.lon for m in counted])
    closed = _cells_reached(sensitive, cell_m)
    area = None if outline is None else shape_to_metres(outline.geometry)
    is_inside = _Inside(area, cell_m)
    cells: defaultdict[Cell, set[str]] = defaultdict(set)
    n_marks = n_outside = n_unusable = 0
    n_sensitive = len(located) - len(counted)
    for mark, x, y in zip(counted, east.tolist(), north.tolist(), strict=True):
        if not (np.isfinite(x) and np.isfinite(y)):
            n_unusable += 1
            continue
        inside = [cell for cell in _covered(mark.place, x, y, cell_m) if is_inside(cell)]
        open_cells = [cell for cell in inside if cell not in closed]
        for cell in open_cells:
            cells[cell].add(str(mark.place.respondent))
        n_outside += not inside
        n_sensitive += bool(inside) and not open_cells
        n_marks += bool(open_cells)
    return CellPersons(
        cells={cell_key(cell): frozenset(who) for cell, who in sorted(cells.items())},
        n_marks=n_marks,
        n_without_position=len(marks) - len(located) + n_unusable,
        n_outside=n_outside,
        n_sensitive=n_sensitive,
    )


def drawn_cells(
    keys: Iterable[str],
    *,
    cell_m: int,
    outline: Outline | None,
    sensitive: Sequence[NamedPoint] = (),
) -> frozenset[str]:
    """Those of the cells that a map may show: no sensitive place reaches into them."""
    closed = _cells_reached(sensitive, cell_m)
    is_inside = _Inside(None if outline is None else shape_to_metres(outline.geometry), cell_m)
    cells = ((key, _read_key(key)) for key in keys)
    return frozenset(key for key, cell in cells if cell not in closed and is_inside(cell))


def cells_document(
    told: Mapping[str, Told], *, cell_m: int, least: int, outline: Outline | None
) -> dict[str, Any]:
    """A FeatureCollection in WGS 84: a square per shown cell, and one surface of too few.

    A cell carries `level` and `at_least`; the last feature has level 0: cells near the shown ones
    that have too few or nobody. It follows from the shown cells alone and tells nothing more.
    """
    levels = shown_levels(told)
    limits = class_limits(least)
    features = [
        feature(_square(cell, cell_m), {"level": level, "at_least": limits[level - 1]})
        for cell, level in sorted(levels.items(), key=lambda row: (-row[1], row[0]))
    ]
    area = None if outline is None else shape_to_metres(outline.geometry)
    is_inside = _Inside(area, cell_m)
    few = [cell for cell in _around(levels) if is_inside(cell)]
    if few:
        surface = shapely.unary_union([_square_m(cell, cell_m) for cell in few])
        features.append(feature(shape_to_degrees(surface), {"level": 0, "at_least": None}))
    return collection(features)


def named_cells(
    told: Mapping[str, Told],
    names: Sequence[NamedPoint],
    *,
    cell_m: int,
    least: int,
    streets: StreetNames | None = None,
) -> list[dict[str, Any]]:
    """The same cells as rows for a list: the name of what is nearest, the class, how many cells."""
    limits = class_limits(least)
    counted: defaultdict[tuple[str, int], int] = defaultdict(int)
    for cell, level in shown_levels(told).items():
        lat, lon = to_degrees([(cell[0] + 0.5) * cell_m], [(cell[1] + 0.5) * cell_m])
        counted[_name(float(lat[0]), float(lon[0]), names, streets), level] += 1
    rows = sorted(counted.items(), key=lambda row: (-row[0][1], row[0][0]))
    return [
        {"name": name, "level": level, "at_least": limits[level - 1], "n_cells": n}
        for (name, level), n in rows
    ]


def shown_levels(told: Mapping[str, Told]) -> dict[Cell, int]:
    """The cells that an edition shows, with their classes."""
    return {_read_key(key): cell.level for key, cell in told.items() if cell.level > 0}


def _name(lat: float, lon: float, names: Sequence[NamedPoint], streets: StreetNames | None) -> str:
    """A spot within sight says more than the street, and the street more than the town."""
    spot = nearest_spot(lat, lon, names)
    is_seen = spot is not None and spot.distance_m - spot.named.radius_m <= NAMING_REACH_M
    if spot is not None and is_seen and spot.named.radius_m <= SPOT_RADIUS_M:
        return spot.named.name
    street = streets.near(lat, lon) if streets else ""
    wide = spot if is_seen else nearest(lat, lon, names)
    return street or (wide.named.name if wide else "")


class _Inside:
    """Whether the middle of a cell lies in the area; everything does where there is none."""

    def __init__(self, area: BaseGeometry | None, cell_m: int) -> None:
        self._area, self._cell_m = area, cell_m
        self._known: dict[Cell, bool] = {}
        if area is not None:
            shapely.prepare(area)

    def __call__(self, cell: Cell) -> bool:
        if self._area is None:
            return True
        if cell not in self._known:
            x, y = (cell[0] + 0.5) * self._cell_m, (cell[1] + 0.5) * self._cell_m
            self._known[cell] = bool(shapely.contains_xy(self._area, x, y))
        return self._known[cell]


def _covered(place: Place, x: float, y: float, cell_m: int) -> list[Cell]:
    if place.precision is not Precision.PLACE or place.extent_m <= 0:
        return [(int(x // cell_m), int(y // cell_m))]
    if place.line:
        return _cells_of_street(place.line, cell_m)
    return _cells_of_name(x, y, place.extent_m, cell_m)


@lru_cache(maxsize=1024)
def _cells_of_street(line: Lines, cell_m: int) -> list[Cell]:
    """The cells whose middle lies along the street."""
    run = shape_to_metres(shapely.MultiLineString(line))
    west, south, east, north = run.buffer(STREET_REACH_M).bounds
    columns = range(int(west // cell_m), int(east // cell_m) + 1)
    rows = range(int(south // cell_m), int(north // cell_m) + 1)
    cells = [(column, row) for column in columns for row in rows]
    middles = shapely.points([((c + 0.5) * cell_m, (r + 0.5) * cell_m) for c, r in cells])
    near = shapely.dwithin(run, middles, STREET_REACH_M)
    return [cell for cell, is_near in zip(cells, near, strict=True) if is_near]


@lru_cache(maxsize=1024)  # a register has some hundred names, each given by many
def _cells_of_name(x: float, y: float, extent_m: float, cell_m: int) -> list[Cell]:
    own = (int(x // cell_m), int(y // cell_m))
    reach = min(int(extent_m // cell_m) + 1, MAX_EXTENT_CELLS // 2)
    near = [
        (column, row)
        for column in range(own[0] - reach, own[0] + reach + 1)
        for row in range(own[1] - reach, own[1] + reach + 1)
        if np.hypot((column + 0.5) * cell_m - x, (row + 0.5) * cell_m - y) <= extent_m
    ]
    return near or [own]


def _cells_reached(sensitive: Sequence[NamedPoint], cell_m: int) -> frozenset[Cell]:
    """The cells that the discs of the places reach into, be it with a corner."""
    if not sensitive:
        return frozenset()
    east, north = to_metres([p.lat for p in sensitive], [p.lon for p in sensitive])
    reached = set()
    for place, x, y in zip(sensitive, east.tolist(), north.tolist(), strict=True):
        radius = place.radius_m
        disc = shapely.Point(x, y).buffer(max(radius, 1.0))
        for column in range(int((x - radius) // cell_m), int((x + radius) // cell_m) + 1):
            for row in range(int((y - radius) // cell_m), int((y + radius) // cell_m) + 1):
                if disc.intersects(_square_m((column, row), cell_m)):
                    reached.add((column, row))
    return frozenset(reached)


def _around(shown: Iterable[Cell]) -> list[Cell]:
    cells = set(shown)
    steps = range(-HATCH_CELLS, HATCH_CELLS + 1)
    near = {(column + i, row + j) for column, row in cells for i in steps for j in steps}
    return sorted(near - cells)


def _square(cell: Cell, cell_m: int) -> BaseGeometry:
    return shape_to_degrees(_square_m(cell, cell_m))


def _square_m(cell: Cell, cell_m: int) -> BaseGeometry:
    column, row = cell
    west, south = column * cell_m, row * cell_m
    return shapely.box(west, south, west + cell_m, south + cell_m)


def _read_key(key: str) -> Cell:
    column, row = key.split(":")
    return int(column), int(row)
