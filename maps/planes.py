"""The flat metres to reckon in: SWEREF 99 TM in Sweden, elsewhere the local UTM zone.

Imports pyproj: for the job process and the console command, never for the web process.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely import transform
from shapely.geometry.base import BaseGeometry

from maps.crs import SWEREF99_TM, WGS84
from maps.places import SWEDEN_LAT, SWEDEN_LON

_UTM_NORTH, _UTM_SOUTH = 32600, 32700
_UTM_LIMIT_LAT = 84.0
_WEST_NORWAY_LAT = (56.0, 64.0)
_SVALBARD_LAT, _SVALBARD_EDGES = 72.0, (9.0, 21.0, 33.0, 42.0)
_HALF_TURN = 180.0
_STEP_DEGREES = 0.02  # of an edge: no point of it is then more than a quarter of a metre off
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
        """A shape in degrees, longitude first, as the same shape in metres.

        Its edges are straight in degrees, as GeoJSON's are: a long one bends in the plane. Parts
        that the date line divides are joined again.
        """
        bent = shapely.segmentize(shape, _STEP_DEGREES)
        flat = transform(bent, lambda xy: np.column_stack(self.to_metres(xy[:, 0], xy[:, 1])))
        if flat.is_valid or not np.isfinite(shapely.get_coordinates(flat)).all():
            return flat
        return shapely.union_all(shapely.make_valid(shapely.get_parts(flat)))

    def shape_to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in metres as the same shape in degrees, longitude first.

        One that crosses the date line is cut in two there, as GeoJSON wants it.
        """
        turned = transform(shape, lambda xy: np.column_stack(self.to_degrees(xy[:, 0], xy[:, 1])))
        west, south, east, north = turned.bounds
        if not east - west > _HALF_TURN:
            return turned
        whole = transform(turned, lambda xy: np.column_stack([xy[:, 0] % 360, xy[:, 1]]))
        sides = (shapely.box(0, south, 180, north), shapely.box(180, south, 360, north))
        before, after = (whole.intersection(side) for side in sides)
        halves = [*shapely.get_parts(before), *shapely.get_parts(transform(after, _turned_back))]
        return shapely.multipolygons([half for half in halves if half.area > 0])


def plane_at(lon: float, lat: float) -> Plane:
    """The plane for places around a position. Raises TooFarNorth near the poles."""
    if abs(lat) > _UTM_LIMIT_LAT:
        raise TooFarNorth(f"{lat:.2f}")
    if SWEDEN_LAT[0] <= lat <= SWEDEN_LAT[1] and SWEDEN_LON[0] <= lon <= SWEDEN_LON[1]:
        return Plane(SWEREF99_TM)
    return Plane((_UTM_NORTH if lat >= 0 else _UTM_SOUTH) + _zone(lon, lat))


def plane_around(lon: Floats, lat: Floats) -> Plane:
    """The plane for marks, by the middle one of them, on both sides of the date line too."""
    east = np.radians(lon)
    towards = math.degrees(math.atan2(float(np.sin(east).sum()), float(np.cos(east).sum())))
    middle = towards + float(np.median(_wrapped(lon - towards)))
    return plane_at(float(_wrapped(middle)), float(np.median(lat)))


def _wrapped(lon: Floats | float) -> Floats | float:
    return (lon + 180) % 360 - 180


def _turned_back(lon_lat: Floats) -> Floats:
    return lon_lat - (360, 0)


def _zone(lon: float, lat: float) -> int:
    """The UTM zone; those by Norway's coast and Svalbard are wider than six degrees."""
    if _WEST_NORWAY_LAT[0] <= lat < _WEST_NORWAY_LAT[1] and 3 <= lon < 12:
        return 32
    if lat >= _SVALBARD_LAT and 0 <= lon < _SVALBARD_EDGES[-1]:
        return 31 + 2 * int(np.searchsorted(_SVALBARD_EDGES, lon, side="right"))
    return min(60, max(1, math.floor((lon + 180) / 6) + 1))


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
