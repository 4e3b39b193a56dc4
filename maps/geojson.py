"""GeoJSON out (RFC 7946): longitude first, five decimals, and nothing that residents wrote.

The web process and the queries import this module, so it uses shapely and numpy only. Five
decimals are about one metre in Sweden.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

DECIMALS = 5
_PARTS = 10.0**DECIMALS
_SURE_BELOW = 1e12  # parts of a unit: up to here a product is off by far less than a thousandth
_NEARLY_HALF = 0.499


class PublicName(str):
    """A name from the municipality's own register: the only free text a feature may carry."""

    __slots__ = ()


Property = PublicName | StrEnum | int | float | None


def feature(geometry: BaseGeometry, properties: Mapping[str, Property]) -> dict[str, Any]:
    """One feature with rounded coordinates.

    Raises TypeError for plain strings: a text must be an enum's code or a PublicName, so that
    no resident's words reach a map by mistake.
    """
    for name, value in properties.items():
        if isinstance(value, str) and not isinstance(value, (PublicName, StrEnum)):
            raise TypeError(f"free text is not allowed in property {name!r}")
        if value is not None and not isinstance(value, (str, int, float)):
            raise TypeError(f"property {name!r} is neither a number nor a code")
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": rounded(geometry),
    }


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A FeatureCollection of the given features, in their order."""
    return {"type": "FeatureCollection", "features": list(features)}


def rounded(geometry: BaseGeometry) -> dict[str, Any]:
    """The geometry as a GeoJSON object, each coordinate rounded to five decimals.

    Rings turn as RFC 7946 wants: outer ones counter-clockwise, holes clockwise.
    """
    turned = shapely.orient_polygons(geometry)
    return {"type": turned.geom_type, "coordinates": _coordinates(turned)}


def dumps(document: Mapping[str, Any]) -> str:
    """Compact JSON text, the same for the same document; NaN and infinity raise ValueError."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _coordinates(geometry: BaseGeometry) -> list[Any]:
    """Nested as GeoJSON has them."""
    if geometry.geom_type == "GeometryCollection":
        raise TypeError("a collection of geometries has no coordinates of its own")
    if isinstance(geometry, Polygon):
        rings = [] if geometry.is_empty else [geometry.exterior, *geometry.interiors]
        return [_coordinates(ring) for ring in rings]
    parts = getattr(geometry, "geoms", None)
    if parts is not None:
        return [_coordinates(part) for part in parts]
    xyz = shapely.get_coordinates(geometry, include_z=geometry.has_z)
    with np.errstate(over="ignore", invalid="ignore"):  # infinity stays what it is
        corners: list[Any] = _round(xyz).tolist()
    return corners[0] if isinstance(geometry, Point) and corners else corners


def _round(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What Python's ``round`` gives of each to the last bit, for thousands of corners at once."""
    scaled = values * _PARTS
    whole = np.rint(scaled)
    rounded_values: npt.NDArray[np.float64] = whole / _PARTS
    # Near the middle between two, or for huge values, the product may fall on the wrong side.
    is_sure = (np.abs(scaled - whole) < _NEARLY_HALF) & (np.abs(scaled) < _SURE_BELOW)
    for at in zip(*np.nonzero(~is_sure & np.isfinite(values)), strict=True):
        rounded_values[at] = round(float(values[at]), DECIMALS)
    return rounded_values
