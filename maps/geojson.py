"""GeoJSON out (RFC 7946): longitude first, five decimals, and nothing that residents wrote.

The web process and the queries import this module, so it uses shapely and the standard library
only. Five decimals are about one metre in Sweden.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

DECIMALS = 5


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
    shaped = mapping(turned)
    return {"type": shaped["type"], "coordinates": _round(shaped["coordinates"])}


def dumps(document: Mapping[str, Any]) -> str:
    """Compact JSON text, the same for the same document; NaN and infinity raise ValueError."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _round(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(float(coordinates), DECIMALS)
    return [_round(part) for part in coordinates]
