"""Which area of a division each of a million points lies in.

Far from every border it is enough to ask for one point of a field that no border crosses; only
those in a square with a border in it are asked for one by one. For the job process: uses scipy.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage

from maps.divisions import Shapes, find_shapes
from maps.engine.grid import Bools, Floats, Ints

FEW_POINTS = 20_000  # so many are asked for one by one as fast
_SQUARES = 1024  # along each side
_STEP = 0.5  # of a square, between two corners of a border
_REACH = 0.26  # of a square: no point of a border is farther from the nearest of its corners


def find_areas_of_many(shapes: Shapes, lat: Floats, lon: Floats) -> Ints:
    """What ``find_shapes`` finds: the position of each point's area in ``shapes``, or -1."""
    shapely.prepare(shapes)
    squares = _squares_over(shapes) if shapes.size and lat.size >= FEW_POINTS else None
    if squares is None:
        return find_shapes(shapes, lat, lon)
    has_border = squares.on_borders(shapes)
    fields, _ = ndimage.label(~has_border)
    field = fields.ravel()
    one_of = np.zeros(int(field.max()) + 1, dtype=np.int64)
    one_of[field] = np.arange(field.size)
    area_of_field = find_shapes(shapes, *squares.middles(one_of))
    at = squares.index(lat, lon)
    found = np.where(at >= 0, area_of_field[field[at]], -1)
    near = np.flatnonzero((at >= 0) & (field[at] == 0))
    found[near] = find_shapes(shapes, lat[near], lon[near])
    return found


@dataclass(frozen=True, slots=True)
class _Squares:
    """Squares over all areas, in degrees: rows from the south, columns from the west."""

    south: float
    west: float
    height: float
    width: float

    def index(self, lat: Floats, lon: Floats) -> Ints:
        """The square of each point, -1 outside all areas."""
        row, column = (lat - self.south) / self.height, (lon - self.west) / self.width
        inside = (row >= 0) & (row < _SQUARES) & (column >= 0) & (column < _SQUARES)
        at = np.full(lat.size, -1, dtype=np.int64)
        at[inside] = row[inside].astype(np.int64) * _SQUARES + column[inside].astype(np.int64)
        return at

    def middles(self, at: Ints) -> tuple[Floats, Floats]:
        """Latitude and longitude of the middle of each square."""
        row, column = np.divmod(at, _SQUARES)
        lat: Floats = self.south + (row + 0.5) * self.height
        lon: Floats = self.west + (column + 0.5) * self.width
        return lat, lon

    def on_borders(self, shapes: Shapes) -> Bools:
        """Which squares any border may touch, by row and column."""
        borders = shapely.boundary(shapes)
        corner, size = np.array([self.west, self.south]), np.array([self.width, self.height])
        in_squares = shapely.transform(borders, lambda xy: (xy - corner) / size)
        x, y = shapely.get_coordinates(shapely.segmentize(in_squares, _STEP)).T
        touched = np.zeros((_SQUARES, _SQUARES), dtype=bool)
        for along in (-_REACH, _REACH):
            for across in (-_REACH, _REACH):
                row = np.clip(np.floor(y + along).astype(np.int64), 0, _SQUARES - 1)
                column = np.clip(np.floor(x + across).astype(np.int64), 0, _SQUARES - 1)
                touched[row, column] = True
        return touched


def _squares_over(shapes: Shapes) -> _Squares | None:
    """None where the areas have no extent to lay squares over."""
    west, south, east, north = shapely.total_bounds(shapes)
    # A little larger, so that what lies on the outermost border is inside.
    height, width = (north - south) * 1.001 / _SQUARES, (east - west) * 1.001 / _SQUARES
    if not (height > 0 and width > 0):
        return None
    return _Squares(south - height / 4, west - width / 4, height, width)
