"""Persons by area of a division, and the areas as a map draws them."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_degrees, shape_to_metres
from maps.divisions import WIDEST_NAME_M, Shapes
from maps.engine.distinct import distinct
from maps.engine.grid import Ints
from maps.engine.marks import Located
from maps.many_areas import find_areas_of_many

_TOLERANCE_M = 25.0  # of a border that is drawn: about a line's width where an area fills a page


def areas_of_marks(located: Located, shapes: Shapes) -> Ints:
    """The position of each mark's area, -1 in none; districts and wide names are in none."""
    found = find_areas_of_many(shapes, located.lat, located.lon)
    found[located.is_district | (located.extent_m > WIDEST_NAME_M)] = -1
    return found


def count_persons(area: Ints, person: Ints, areas: int) -> Ints:
    """Distinct persons with a mark in each area."""
    inside = area >= 0
    if not inside.any():
        return np.zeros(areas, dtype=np.int64)
    most = int(person.max()) + 1
    pairs = distinct(area[inside] * most + person[inside])
    return np.bincount(pairs // most, minlength=areas).astype(np.int64)


def simplified(shapes: Shapes) -> list[BaseGeometry]:
    """The areas with fewer corners, without gaps between neighbours, in WGS 84."""
    metres = [shape_to_metres(shape) for shape in shapes]
    drawn = shapely.coverage_simplify(metres, _TOLERANCE_M)
    return [
        shape_to_degrees(area if not area.is_empty else whole)
        for area, whole in zip(drawn, metres, strict=True)
    ]
