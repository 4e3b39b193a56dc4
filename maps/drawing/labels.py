"""Names on the map: which are shown at which zoom so that they do not run into each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import shapely

from maps.ground.basemap import Basemap, GroundKind
from maps.places import metres_per_degree

FARTHEST_ZOOM = 8
NEAREST_ZOOM = 17
_METRES_PER_PIXEL_ZOOM_0 = 156_543.034  # at the equator, tiles of 256 pixels
_LETTER_PX = 8.0
_LINE_PX = 20.0


class LabelKind(StrEnum):
    """What a name stands for; the order is the order in which names get their room."""

    LOCALITY = "locality"
    ROAD = "road"
    PLACE = "place"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a point in degrees. Names come from registers and basemaps, never residents."""

    name: str
    kind: LabelKind
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label and the zoom from which it has room."""

    label: Label
    from_zoom: int


def ground_labels(basemap: Basemap) -> list[Label]:
    """The names of waters and main roads, at a point of each."""
    kinds = {GroundKind.WATER: LabelKind.WATER, GroundKind.MAIN_ROAD: LabelKind.ROAD}
    return [
        _ground_label(feature.name, kinds[feature.kind], feature.geometry)
        for feature in basemap.features
        if feature.kind in kinds and feature.name
    ]


def place_labels(labels: Iterable[Label]) -> list[PlacedLabel]:
    """Give each label the farthest zoom at which it clears those before it in line.

    Kinds take their turn in the order of LabelKind, within a kind in the order given; a label
    that never has room is left out.
    """
    order = list(LabelKind)
    placed: list[PlacedLabel] = []
    for label in sorted(labels, key=lambda label: order.index(label.kind)):
        first = _first_zoom(label.kind)
        for zoom in range(first, NEAREST_ZOOM + 1):
            # Two names are nearest each other at the farthest zoom that shows both.
            if not any(_collide(label, o.label, max(zoom, o.from_zoom)) for o in placed):
                placed.append(PlacedLabel(label, zoom))
                break
    return placed


def visible_labels(placed: Sequence[PlacedLabel], zoom: float) -> list[Label]:
    """The labels that are shown at a zoom."""
    return [entry.label for entry in placed if entry.from_zoom <= zoom]


def metres_per_pixel(lat: float, zoom: float) -> float:
    """Ground metres in one pixel of a web map at this latitude and zoom."""
    return _METRES_PER_PIXEL_ZOOM_0 * math.cos(math.radians(lat)) / 2**zoom


def _first_zoom(kind: LabelKind) -> int:
    # Towns from the farthest: a phone shows a whole municipality there.
    return {
        LabelKind.LOCALITY: FARTHEST_ZOOM,
        LabelKind.ROAD: 9,
        LabelKind.WATER: 10,
        LabelKind.PLACE: 13,
    }[kind]


def _collide(one: Label, other: Label, zoom: int) -> bool:
    """Whether the two boxes of text would overlap, both centred on their points."""
    per_lat, per_lon = metres_per_degree(one.lat)
    pixel_m = metres_per_pixel(one.lat, zoom)
    apart_x = abs(one.lon - other.lon) * per_lon / pixel_m
    apart_y = abs(one.lat - other.lat) * per_lat / pixel_m
    width = (len(one.name) + len(other.name)) / 2 * _LETTER_PX
    return apart_x < width and apart_y < _LINE_PX


def _ground_label(name: str, kind: LabelKind, geometry: shapely.Geometry) -> Label:
    if kind is LabelKind.ROAD:
        point = geometry.interpolate(0.62, normalized=True)  # clear of the town in the middle
    else:
        point = geometry.representative_point()
    return Label(name, kind, point.y, point.x)
