"""Which area of a division a point lies in. Uses shapely and numpy only."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

Shapes = npt.NDArray[np.object_]

# A name that covers more than this may lie in several areas: it is placed in none.
WIDEST_NAME_M = 300


def find_areas(
    geometries: Sequence[Mapping[str, Any]],
    lat: npt.NDArray[np.float64],
    lon: npt.NDArray[np.float64],
) -> npt.NDArray[np.int64]:
    """The position in ``geometries`` (GeoJSON, WGS 84) of the area each point lies in, or -1.

    A point on the border of several is in the first of them.
    """
    return find_shapes(read_shapes(geometries), lat, lon)


def read_shapes(geometries: Sequence[Mapping[str, Any]]) -> Shapes:
    """The areas as an array, ready to be asked many times."""
    shapes = np.array([shape(geometry) for geometry in geometries], dtype=object)
    shapely.prepare(shapes)
    return shapes


def find_shapes(
    shapes: Shapes, lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """``find_areas`` where the areas have been read already."""
    found = np.full(lat.size, -1, dtype=np.int64)
    if not shapes.size or not lat.size:
        return found
    points, areas = shapely.STRtree(shapes).query(shapely.points(lon, lat))
    inside = shapely.intersects_xy(shapes[areas], lon[points], lat[points])
    points, areas = points[inside], areas[inside]
    # The last to be written stays, and the first area is to stay.
    order = np.argsort(-areas, kind="stable")
    found[points[order]] = areas[order]
    return found
