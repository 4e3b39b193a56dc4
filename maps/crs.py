"""WGS 84 degrees to and from metres in SWEREF 99 TM (EPSG:3006).

Imports pyproj: for the job process, never for the web process.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from shapely import transform
from shapely.geometry.base import BaseGeometry

WGS84 = 4326
SWEREF99_TM = 3006

Floats = npt.NDArray[np.float64]


def to_metres(lat: npt.ArrayLike, lon: npt.ArrayLike) -> tuple[Floats, Floats]:
    """East and north in metres of positions in degrees; arrays of one shape in and out.

    What cannot be projected (NaN, infinity) comes back as infinity.
    """
    east, north = _forward().transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(east, float), np.asarray(north, float)


def to_degrees(east: npt.ArrayLike, north: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Latitude and longitude in degrees of positions in metres."""
    lon, lat = _backward().transform(np.asarray(east, float), np.asarray(north, float))
    return np.asarray(lat, float), np.asarray(lon, float)


def shape_to_metres(shape: BaseGeometry) -> BaseGeometry:
    """A shape in degrees, longitude first, as the same shape in metres."""
    return transform(shape, lambda xy: np.column_stack(_forward().transform(xy[:, 0], xy[:, 1])))


def shape_to_degrees(shape: BaseGeometry) -> BaseGeometry:
    """A shape in metres as the same shape in degrees, longitude first."""
    return transform(shape, lambda xy: np.column_stack(_backward().transform(xy[:, 0], xy[:, 1])))


@cache
def _forward() -> Transformer:
    return Transformer.from_crs(WGS84, SWEREF99_TM, always_xy=True)


@cache
def _backward() -> Transformer:
    return Transformer.from_crs(SWEREF99_TM, WGS84, always_xy=True)
