"""The flat metres to reckon in: SWEREF 99 TM in Sweden, elsewhere the local UTM zone.

Imports pyproj: for the job process and the console command, never for the web process.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from shapely import transform
from shapely.geometry.base import BaseGeometry

from maps.crs import SWEREF99_TM, WGS84
from maps.places import SWEDEN_LAT, SWEDEN_LON

_UTM_NORTH, _UTM_SOUTH = 32600, 32700
_UTM_LIMIT_LAT = 84.0
EARTH_RADIUS_M = 6_371_008.8

Floats = npt.NDArray[np.float64]


class TooFarNorth(ValueError):
    """The place lies so near a pole that no UTM zone covers it."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A projection with metres, named by its EPSG code."""

    epsg: int

    def to_metres(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """East and north; infinity for what cannot be projected."""
        east, north = _between(WGS84, self.epsg).transform(
            np.asarray(lon, float), np.asarray(lat, float)
        )
        return np.asarray(east, float), np.asarray(north, float)

    def to_degrees(self, east: npt.ArrayLike, north: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Longitude and latitude."""
        lon, lat = _between(self.epsg, WGS84).transform(
            np.asarray(east, float), np.asarray(north, float)
        )
        return np.asarray(lon, float), np.asarray(lat, float)

    def shape_to_metres(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in degrees, longitude first, as the same shape in metres."""
        return transform(shape, lambda xy: np.column_stack(self.to_metres(xy[:, 0], xy[:, 1])))

    def shape_to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in metres as the same shape in degrees, longitude first."""
        return transform(shape, lambda xy: np.column_stack(self.to_degrees(xy[:, 0], xy[:, 1])))


def plane_at(lon: float, lat: float) -> Plane:
    """The plane for places around a position. Raises TooFarNorth near the poles."""
    if abs(lat) > _UTM_LIMIT_LAT:
        raise TooFarNorth(f"{lat:.2f}")
    if SWEDEN_LAT[0] <= lat <= SWEDEN_LAT[1] and SWEDEN_LON[0] <= lon <= SWEDEN_LON[1]:
        return Plane(SWEREF99_TM)
    zone = min(60, max(1, math.floor((lon + 180) / 6) + 1))
    return Plane((_UTM_NORTH if lat >= 0 else _UTM_SOUTH) + zone)


def on_sphere(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Positions as points on a sphere of the earth's mean radius, in metres, shape (n, 3).

    Straight lines between them rank as great circles do, whatever the extent.
    """
    east, north = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    return EARTH_RADIUS_M * np.column_stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    )


@cache
def _between(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
