"""The schematic ground of a map: what is drawn under the data, read from GeoJSON.

The same kinds, classes and widths serve the live map and the still picture. Colours are not here:
each line and surface has a class that the site's style sheet colours, in light and in dark.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

MAX_NAME = 80


class GroundKind(StrEnum):
    """What a feature of the ground is; the order is the order of drawing."""

    WOOD = "wood"
    BUILT = "built"
    WATER = "water"
    LAND = "land"
    RIVER = "river"
    STREET = "street"
    MAIN_ROAD = "main_road"
    RAIL = "rail"
    OUTLINE = "outline"


class BadBasemap(ValueError):
    """The GeoJSON is not a ground that can be drawn."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One pass of drawing: the class that colours it, the line's width in pixels, its dashes."""

    css_class: str
    width_px: float
    dashes: str | None = None


# A road is a wide edge with a narrower surface on top; the railway's light dashes make it striped.
STROKES: Mapping[GroundKind, tuple[Stroke, ...]] = {
    GroundKind.WOOD: (Stroke("m-wood", 0),),
    GroundKind.BUILT: (Stroke("m-built", 0),),
    GroundKind.WATER: (Stroke("m-water", 1),),
    GroundKind.LAND: (Stroke("m-land", 0),),
    GroundKind.RIVER: (Stroke("m-river", 4), Stroke("m-river2", 2.5)),
    GroundKind.STREET: (Stroke("m-road", 4), Stroke("m-road2", 2.5)),
    GroundKind.MAIN_ROAD: (Stroke("m-road", 6), Stroke("m-road2", 4)),
    GroundKind.RAIL: (Stroke("m-rail", 3), Stroke("m-rail2", 1.5, "6 6")),
    GroundKind.OUTLINE: (Stroke("m-edge", 1.5, "8 4 2 4"),),
}
# Data lie between the streets and these, so that places are recognised through them.
ABOVE_DATA = frozenset({GroundKind.MAIN_ROAD, GroundKind.RAIL, GroundKind.OUTLINE})


@dataclass(frozen=True, slots=True)
class GroundFeature:
    """One line or surface in WGS 84, longitude first; the name is empty where it has none."""

    kind: GroundKind
    geometry: BaseGeometry
    name: str = ""


@dataclass(frozen=True, slots=True)
class Basemap:
    """A ground in drawing order."""

    features: tuple[GroundFeature, ...]

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """South, west, north and east of the outline, else of everything; None when empty."""
        outlines = [f.geometry for f in self.features if f.kind is GroundKind.OUTLINE]
        drawn = outlines or [f.geometry for f in self.features]
        if not drawn:
            return None
        west, south, east, north = (float(edge) for edge in shapely.total_bounds(drawn))
        return south, west, north, east

    def of_kind(self, kind: GroundKind) -> list[BaseGeometry]:
        """The geometries of one kind."""
        return [feature.geometry for feature in self.features if feature.kind is kind]


EMPTY_BASEMAP = Basemap(())


def read_basemap(source: str | bytes | Mapping[str, Any]) -> Basemap:
    """Read a FeatureCollection whose features carry `kind`, and for roads `level`.

    Unknown kinds are left out, so that an operator's file may hold more than we draw. Raises
    BadBasemap for what is no FeatureCollection or has broken geometry.
    """
    try:
        document = json.loads(source) if isinstance(source, (str, bytes)) else source
        if document["type"] != "FeatureCollection":
            raise BadBasemap("not a FeatureCollection")
        read = [_feature(entry) for entry in document["features"]]
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        raise BadBasemap(f"not a drawable ground: {error}") from error
    order = list(GroundKind)
    found = [feature for feature in read if feature is not None]
    return Basemap(tuple(sorted(found, key=lambda feature: order.index(feature.kind))))


def _feature(entry: Mapping[str, Any]) -> GroundFeature | None:
    properties = entry.get("properties") or {}
    kind = _kind(properties)
    if kind is None or entry["geometry"] is None:
        return None
    with np.errstate(invalid="ignore"):  # NaN in a coordinate is refused below
        geometry = shape(entry["geometry"])
    if geometry.is_empty:
        return None
    if not (np.abs(shapely.get_coordinates(geometry)) <= 180).all():  # NaN fails it too
        raise BadBasemap("coordinates are not degrees")
    return GroundFeature(kind, geometry, str(properties.get("name") or "")[:MAX_NAME])


def _kind(properties: Mapping[str, Any]) -> GroundKind | None:
    written = properties.get("kind")
    if written == "road":
        main = properties.get("level") == "main"
        return GroundKind.MAIN_ROAD if main else GroundKind.STREET
    try:
        return GroundKind(str(written))
    except ValueError:
        return None
