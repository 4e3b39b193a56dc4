"""The ground of a still picture, out of the vector tiles of the imported base map.

The web process imports this module, so it uses shapely and the standard library only.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.drawing.labels import metres_per_pixel
from maps.drawing.static import View
from maps.ground.base_layers import BY_WORD, BaseLayer
from maps.ground.basemap import MAX_NAME, Basemap, GroundFeature, GroundKind
from maps.ground.pmtiles_file import PmtilesFacts, read_layers
from maps.ground.vector_tile import TileLayer

_MOST_TILES = 12
_KEPT_TILES = 48
_BUILDINGS_FROM_PX = 0.35  # pixels for one metre: smaller, houses are a grey noise
_STREETS_FROM_PX = 0.06  # smaller, streets run into one white patch
_DETAIL_PX = 0.7  # what is nearer than this in the picture is one point
_NAMED = frozenset({GroundKind.WATER, GroundKind.MAIN_ROAD})

_KINDS = {
    BaseLayer.WATERWAYS: GroundKind.RIVER,
    BaseLayer.ISLANDS: GroundKind.LAND,
    BaseLayer.BUILDINGS: GroundKind.BUILT,
    BaseLayer.STREETS: GroundKind.STREET,
    BaseLayer.ROADS: GroundKind.MAIN_ROAD,
    BaseLayer.RAIL: GroundKind.RAIL,
}

Grouped = dict[tuple[GroundKind, str], list[BaseGeometry]]


def ground_of(path: Path, facts: PmtilesFacts, view: View) -> Basemap:
    """What the file shows of the part of the world in the picture. Raises BadPmtiles."""
    zoom = _zoom(facts, view)
    grouped: Grouped = {}
    earth: list[BaseGeometry] = []
    stamp = path.stat().st_mtime_ns
    for x, y in _tiles(view, zoom):
        for layer in _layers(path, stamp, zoom, x, y):
            for kind, name, geometry in _drawn(layer, view):
                where = _placed(geometry, layer.extent, (zoom, x, y))
                if kind is None:
                    earth.append(where)
                else:
                    grouped.setdefault((kind, name), []).append(where)
    if earth:  # a file of land: whatever is not land is the sea
        box = shapely.box(view.west, view.south, view.east, view.north).buffer(0.01)
        sea = shapely.difference(box, shapely.union_all(earth))
        grouped.setdefault((GroundKind.WATER, ""), []).append(sea)
    order = list(GroundKind)
    features = [
        GroundFeature(kind, whole, name)
        for (kind, name), parts in sorted(
            grouped.items(), key=lambda g: (order.index(g[0][0]), g[0][1])
        )
        if not (whole := _joined(parts, view)).is_empty
    ]
    return Basemap(tuple(features))


@lru_cache(maxsize=_KEPT_TILES)
def _layers(path: Path, _stamp: int, z: int, x: int, y: int) -> tuple[TileLayer, ...]:
    """A tile, read once: a page asks for the same few again and again."""
    return read_layers(path, z, x, y)


def _zoom(facts: PmtilesFacts, view: View) -> int:
    """The file's zoom for the picture's scale: its tiles are as fine as 512 pixels."""
    middle = (view.south + view.north) / 2
    shown = math.log2(metres_per_pixel(middle, 0) * view.px_per_m)
    zoom = min(max(round(shown) - 1, facts.min_zoom), facts.max_zoom)
    while zoom > facts.min_zoom and len(list(_tiles(view, zoom))) > _MOST_TILES:
        zoom -= 1
    return zoom


def _tiles(view: View, zoom: int) -> Iterator[tuple[int, int]]:
    (west, north), (east, south) = (
        _tile_at(lat, lon, zoom) for lat, lon in ((view.north, view.west), (view.south, view.east))
    )
    return ((x, y) for x in range(west, east + 1) for y in range(north, south + 1))


def _tile_at(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    across = (lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    side = 2**zoom
    return min(max(int(across * side), 0), side - 1), min(max(int(down * side), 0), side - 1)


def _drawn(layer: TileLayer, view: View) -> Iterator[tuple[GroundKind | None, str, BaseGeometry]]:
    """Kind, name and shape of what a still picture shows of a layer; land has no kind."""
    for feature in layer.features:
        properties, geometry = feature.properties, feature.geometry
        surface = shapely.get_dimensions(geometry) == 2
        if layer.name == BaseLayer.EARTH:
            if surface:
                yield None, "", geometry
            continue
        kind = _kind(layer.name, str(properties.get("kind", "")), is_surface=bool(surface))
        if kind is None or _is_too_fine(layer.name, kind, view):
            continue
        name = str(properties.get("name") or "")[:MAX_NAME] if kind in _NAMED else ""
        yield kind, name, geometry


def _kind(layer: str, kind: str, *, is_surface: bool) -> GroundKind | None:
    """What is drawn, in the words of our own files and of those of Protomaps."""
    if layer == BaseLayer.WATER:
        return GroundKind.WATER if is_surface else GroundKind.RIVER
    slot = BY_WORD.get(kind)
    if layer == BaseLayer.LANDUSE:
        found = {"wood": GroundKind.WOOD, "built": GroundKind.BUILT}
        word = "residential_area" if kind == "residential" else kind
        slot = BY_WORD.get(word)
        return found.get(slot.kind) if slot and is_surface else None
    if layer == BaseLayer.ROADS and slot is not None:
        return None if is_surface else _KINDS.get(slot.layer)
    try:
        found_kind = _KINDS.get(BaseLayer(layer))
    except ValueError:
        return None
    wants_surface = found_kind in (GroundKind.LAND, GroundKind.BUILT)
    return found_kind if wants_surface == is_surface else None


def _is_too_fine(layer: str, kind: GroundKind, view: View) -> bool:
    if layer == BaseLayer.BUILDINGS:
        return view.px_per_m < _BUILDINGS_FROM_PX
    return kind is GroundKind.STREET and view.px_per_m < _STREETS_FROM_PX


def _placed(geometry: BaseGeometry, extent: int, tile: tuple[int, int, int]) -> BaseGeometry:
    """From the tile's units to degrees, without the rim that tiles share with their neighbours."""
    zoom, x, y = tile
    side = 2**zoom
    seen = shapely.clip_by_rect(shapely.make_valid(geometry), 0, 0, extent, extent)

    def to_degrees(points: np.ndarray) -> np.ndarray:
        across = (points[:, 0] / extent + x) / side
        down = (points[:, 1] / extent + y) / side
        lat = np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * down))))
        return np.column_stack([across * 360 - 180, lat])

    return shapely.transform(seen, to_degrees)


def _joined(parts: list[BaseGeometry], view: View) -> BaseGeometry:
    """One shape without the seams of tiles, as fine as the picture shows."""
    whole = shapely.union_all([part for part in parts if not part.is_empty])
    if shapely.get_dimensions(whole) == 1:
        whole = shapely.line_merge(whole)
    detail = _DETAIL_PX * (view.east - view.west) / view.width_px
    return shapely.simplify(whole, detail)
