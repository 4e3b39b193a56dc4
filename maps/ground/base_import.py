"""Makes one PMTiles file of vector tiles out of any file of geography that GDAL reads.

GDAL draws the tiles, one file for each layer; a tile of several layers is theirs one after the
other, as protobuf has it. Imports pyogrio: for commands only, never for the web process.
"""

import gzip
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pmtiles.reader import Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from maps.crs import WGS84
from maps.files.geofiles import MAX_BYTES
from maps.files.opening import UNREADABLE, BadGeoFile, check_file, offline
from maps.ground.base_layers import (
    FIRST_ZOOM,
    KIND_COLUMNS,
    LAST_ZOOM,
    LINES,
    NAME_COLUMNS,
    SURFACES,
    BaseLayer,
    slot_of,
)
from maps.ground.basemap import MAX_NAME
from maps.ground.pmtiles_file import bytes_of

MAX_FEATURES = 3_000_000
_TILE_BYTES = 400_000  # GDAL thins out what would be larger: a phone must be able to fetch it
_BEYOND = 0.25  # degrees: maps show a little of what lies around
_DIMENSIONS = {"Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 1}
_DIMENSIONS |= {"LinearRing": 1, "Polygon": 2, "MultiPolygon": 2}

Bounds = tuple[float, float, float, float]
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of a file: features by layer, how many are not drawn, how many were mended."""

    layers: Mapping[BaseLayer, int]
    n_unknown: int
    n_mended: int


def make_tiles(source: Path, target: Path, *, near: Bounds | None, told: Told) -> Drawn:
    """Write the PMTiles file `target` from `source`.

    `near` (west, south, east, north in degrees) leaves out what lies elsewhere, and what reaches
    farther than ``_BEYOND`` degrees outside it is cut off there; `told` is given the name of each
    layer as it is read and drawn. Raises BadGeoFile.
    """
    frames: dict[BaseLayer, list[gpd.GeoDataFrame]] = {}
    n_unknown = n_features = 0
    for name in _layer_names(source):
        told(name)
        frame = _read(source, name, near)
        n_features += len(frame)
        if n_features > MAX_FEATURES:
            raise BadGeoFile("too_many_rows", limit=MAX_FEATURES)
        sorted_out, unknown = _sort_out(frame, name)
        n_unknown += unknown
        for layer, part in sorted_out.items():
            frames.setdefault(layer, []).append(part)
    n_mended = 0
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        pieces = {}
        for layer in BaseLayer:
            if layer not in frames:
                continue
            told(layer)
            whole = pd.concat(frames[layer], ignore_index=True)
            n_mended += _mend(whole)
            piece = _draw(layer, whole, near, Path(folder))
            if piece is not None:
                pieces[layer] = piece
        if not pieces:
            raise BadGeoFile("nothing_to_draw", kinds=", ".join(BaseLayer))
        _merge(pieces.values(), target)
    counts = {layer: sum(map(len, frames[layer])) for layer in pieces}
    return Drawn(counts, n_unknown, n_mended)


def _layer_names(source: Path) -> list[str]:
    # A GeoPackage is read layer by layer and within a box; a GeoJSON file as one whole.
    check_file(source, MAX_BYTES * 4 if source.suffix.casefold() == ".gpkg" else MAX_BYTES)
    try:
        with offline():
            listed = pyogrio.list_layers(source.resolve())
    except UNREADABLE as error:
        raise BadGeoFile("no_geo", path=source.name) from error
    return [str(name) for name, kind in listed if kind is not None]


def _read(source: Path, layer: str, near: Bounds | None) -> gpd.GeoDataFrame:
    try:
        with offline():
            about = pyogrio.read_info(source.resolve(), layer=layer)
            if about["crs"] is None:
                raise BadGeoFile("no_crs", path=source.name)
            box = None if near is None else _box_in(about["crs"], near)
            wanted = [c for c in about["fields"] if str(c).casefold() in _COLUMNS]
            frame = pyogrio.read_dataframe(
                source.resolve(),
                layer=layer,
                bbox=box,
                columns=wanted,
                force_2d=True,
                max_features=MAX_FEATURES + 1,
                on_invalid="fix",  # closes open rings; what cannot be a shape has none
            )
            return frame.to_crs(WGS84)
    except UNREADABLE as error:
        raise BadGeoFile("no_geo", path=source.name) from error


_COLUMNS = {*KIND_COLUMNS, *NAME_COLUMNS, "level"}


def _box_in(crs: str, near: Bounds) -> Bounds:
    corners = gpd.GeoSeries([shapely.box(*near).segmentize(0.1)], crs=WGS84).to_crs(crs)
    west, south, east, north = (float(edge) for edge in corners.total_bounds)
    return west, south, east, north


def _sort_out(
    frame: gpd.GeoDataFrame, layer_name: str
) -> tuple[dict[BaseLayer, gpd.GeoDataFrame], int]:
    """The features by layer with their kind and name, and how many belong to none."""
    frame = frame[~(frame.geometry.isna() | frame.geometry.is_empty)].reset_index(drop=True)
    if len(frame) == 0:
        return {}, 0
    bounds = frame.total_bounds
    if not np.isfinite(bounds).all() or (np.abs(bounds) > (180, 85, 180, 85)).any():
        raise BadGeoFile("off_globe")
    columns = {name: frame[name].map(_text) for name in frame.columns if name != "geometry"}
    rows = pd.DataFrame(
        {str(name).casefold(): texts for name, texts in columns.items()}, index=frame.index
    )
    known = [name for name in (*KIND_COLUMNS, "level") if name in rows]
    dimensions = frame.geom_type.map(lambda kind: _DIMENSIONS.get(kind, -1))
    keys = pd.MultiIndex.from_arrays([*(rows[name] for name in known), dimensions])
    slots = {
        key: slot_of(dict(zip(known, key[:-1], strict=True)), layer_name, dimension=key[-1])
        for key in keys.unique()
    }
    found = [slots[key] for key in keys]
    drawn = gpd.GeoDataFrame(
        {
            "layer": ["" if slot is None else str(slot.layer) for slot in found],
            "kind": ["" if slot is None else slot.kind for slot in found],
            "name": _names(rows),
        },
        geometry=frame.geometry,
        crs=WGS84,
    )
    parts = {
        BaseLayer(name): part.drop(columns="layer") for name, part in drawn.groupby("layer") if name
    }
    return parts, int((drawn["layer"] == "").sum())


def _names(rows: pd.DataFrame) -> Any:
    names = pd.Series("", index=rows.index)
    for column in NAME_COLUMNS:
        if column in rows:
            names = names.where(names != "", rows[column].str[:MAX_NAME])
    return names


def _text(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    return "".join(letter for letter in str(value).strip() if letter.isprintable())


def _mend(frame: gpd.GeoDataFrame) -> int:
    """Make shapes valid in place, empty where a number in them is none; how many were not."""
    broken = ~frame.geometry.is_valid
    if broken.any():
        shapes = frame.geometry[broken]
        is_finite = [bool(np.isfinite(shapely.get_coordinates(it)).all()) for it in shapes]
        frame.loc[broken, "geometry"] = shapes.where(is_finite, shapely.Point()).make_valid()
    return int(broken.sum())


def _cut(frame: gpd.GeoDataFrame, near: Bounds | None) -> gpd.GeoDataFrame:
    """Valid shapes without what lies far away: tiles would be drawn all over a country's sea."""
    if near is None:
        return frame
    west, south, east, north = near
    box = shapely.box(west - _BEYOND, south - _BEYOND, east + _BEYOND, north + _BEYOND)
    far = ~frame.geometry.within(box)
    frame.loc[far, "geometry"] = frame.geometry[far].intersection(box)
    return frame


def _draw(
    layer: BaseLayer, frame: gpd.GeoDataFrame, near: Bounds | None, folder: Path
) -> Path | None:
    """The tiles of one layer, of what has its dimension after the mending; None where nothing."""
    dimension = 2 if layer in SURFACES else 1 if layer in LINES else 0
    if layer is BaseLayer.BOUNDARIES:
        surfaces = frame.geom_type.str.endswith("Polygon")
        frame.loc[surfaces, "geometry"] = frame.geometry[surfaces].boundary
    parts = _cut(frame, near).explode(ignore_index=True)
    is_alike = parts.geom_type.map(_DIMENSIONS) == dimension
    has_extent = (shapely.length(parts.geometry.array) > 0) | (dimension == 0)
    kept = parts[is_alike & has_extent & ~parts.geometry.is_empty]
    if len(kept) == 0:
        return None
    target = folder / f"{layer}.pmtiles"
    pyogrio.write_dataframe(
        kept,
        target,
        driver="PMTiles",
        layer=str(layer),
        MINZOOM=FIRST_ZOOM[layer],
        MAXZOOM=LAST_ZOOM,
        MAX_SIZE=_TILE_BYTES,
        NAME=str(layer),
        TYPE="baselayer",
    )
    return target


def _merge(pieces: Iterable[Path], target: Path) -> None:
    """One file of all layers: tiles in the order of their numbers, as readers like them."""
    tiles: dict[int, list[bytes]] = {}
    vector_layers: list[Any] = []
    edges = []
    for piece in pieces:
        with piece.open("rb") as opened:
            source = bytes_of(opened)
            reader = Reader(source)
            header = reader.header()
            edges.append([header[name] for name in _EDGES])
            vector_layers += reader.metadata()["vector_layers"]
            for (z, x, y), content in all_tiles(source):
                tiles.setdefault(zxy_to_tileid(z, x, y), []).append(content)
    low, high = np.min(edges, axis=0), np.max(edges, axis=0)
    header = dict(zip(_EDGES, map(int, [*low[:2], *high[2:]]), strict=True))
    header |= {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "center_zoom": 12,
        "center_lon_e7": (header["min_lon_e7"] + header["max_lon_e7"]) // 2,
        "center_lat_e7": (header["min_lat_e7"] + header["max_lat_e7"]) // 2,
    }
    with target.open("wb") as opened:
        writer = Writer(opened)
        for number in sorted(tiles):
            plain = b"".join(map(gzip.decompress, tiles[number]))
            if not plain:  # GDAL writes tiles in which nothing is left at that zoom
                continue
            writer.write_tile(number, gzip.compress(plain, mtime=0))
        writer.finalize(header, {"vector_layers": vector_layers, "type": "baselayer"})


_EDGES = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
