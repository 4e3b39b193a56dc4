"""The outline of a municipality: is a point inside it, near it or outside, and how far.

The web process imports this module, so it uses shapely and the standard library only.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from maps.places import distance_m, metres_per_degree

NEAR_LIMIT_M = 1000.0


class Position(StrEnum):
    """Where a point lies in relation to an outline."""

    INSIDE = "inside"
    NEAR = "near"
    OUTSIDE = "outside"


class BadOutline(ValueError):
    """The GeoJSON holds no usable polygon."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A polygon in WGS 84 degrees, longitude first.

    `repaired` tells that the source crossed itself and was made valid, which may move its edge.
    """

    geometry: Polygon | MultiPolygon
    repaired: bool = False

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north and east in degrees."""
        west, south, east, north = self.geometry.bounds
        return south, west, north, east

    @property
    def across_m(self) -> float:
        """From corner to corner of the box round it, in metres; roughly, where it is very large."""
        south, west, north, east = self.bounds
        up, along = metres_per_degree((south + north) / 2)
        return math.hypot(up * (north - south), along * (east - west))


def read_outline(source: str | bytes | Mapping[str, Any]) -> Outline:
    """Read GeoJSON (geometry, feature or collection) into one outline.

    A collection whose features carry `kind` gives those of kind "outline"; otherwise all its
    polygons together. Raises BadOutline when no polygon remains.
    """
    try:
        document = json.loads(source) if isinstance(source, (str, bytes)) else source
        polygons = [part for part in _polygons(document) if not part.is_empty]
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        raise BadOutline(f"not a GeoJSON polygon: {error}") from error
    if not polygons:
        raise BadOutline("no polygon in the GeoJSON")
    repaired = not all(part.is_valid for part in polygons)
    merged = shapely.union_all([shapely.make_valid(part) for part in polygons])
    surface = _surface_of(merged)
    if surface is None or not np.isfinite(shapely.get_coordinates(surface)).all():
        raise BadOutline("the polygon has no surface")
    return Outline(surface, repaired)


def distance_outside_m(outline: Outline, lat: float, lon: float) -> float:
    """0 inside or on the outline, else metres to its nearest edge.

    The plane is laid through the point itself, with the ellipsoid's curvature at its latitude;
    held to EPSG:3006 within 1 % in the tests.
    """
    if outline.geometry.intersects(shapely.Point(lon, lat)):
        return 0.0
    scale = np.array([metres_per_degree(lat)[1], metres_per_degree(lat)[0]])
    here = np.array([lon, lat])

    def local_metres(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        metres: npt.NDArray[np.float64] = (degrees - here) * scale
        return metres

    plane = shapely.transform(outline.geometry, local_metres)
    closest = shapely.shortest_line(shapely.Point(0, 0), plane)
    edge_lon, edge_lat = shapely.get_coordinates(closest)[-1] / scale + here
    return distance_m(lat, lon, float(edge_lat), float(edge_lon))


def position(
    outline: Outline, lat: float, lon: float, *, near_limit_m: float = NEAR_LIMIT_M
) -> Position:
    """Inside, near (at most `near_limit_m` outside) or outside the outline."""
    metres = distance_outside_m(outline, lat, lon)
    if metres == 0:
        return Position.INSIDE
    return Position.NEAR if metres <= near_limit_m else Position.OUTSIDE


def _polygons(document: Mapping[str, Any]) -> Iterator[BaseGeometry]:
    kind = document["type"]
    if kind == "FeatureCollection":
        features = list(document["features"])
        marked = [f for f in features if (f.get("properties") or {}).get("kind") == "outline"]
        for feature in marked or features:
            yield from _polygons(feature)
    elif kind == "Feature":
        if document["geometry"] is not None:
            yield from _polygons(document["geometry"])
    elif kind == "GeometryCollection":
        for part in document["geometries"]:
            yield from _polygons(part)
    elif kind in ("Polygon", "MultiPolygon"):
        yield shape(document)


def _surface_of(geometry: BaseGeometry) -> Polygon | MultiPolygon | None:
    """The polygons of a repaired geometry without the stray lines and points repair can leave."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    nested = [
        inner
        for part in shapely.get_parts(geometry)
        if isinstance(part, MultiPolygon)
        for inner in part.geoms
    ]
    surfaces = [part for part in [*parts, *nested] if part.area > 0]
    if not surfaces:
        return None
    return surfaces[0] if len(surfaces) == 1 else MultiPolygon(surfaces)
