"""Files of geography that an operator imports: any that GDAL reads, converted to degrees.

Imports pyogrio: for commands and the job process only, never for the web process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from maps.areas import BadOutline, read_outline
from maps.crs import WGS84
from maps.files.opening import UNREADABLE, BadGeoFile, check_file, offline
from maps.places import BadCoordinate, check_position

MAX_BYTES = 1_000_000_000
MAX_FEATURES = 500_000
_ROUND_EARTH = 180.0  # degrees: longer than any street


@dataclass(frozen=True, slots=True)
class GeoRow:
    """One feature: its number in the file from 1, its shape in WGS 84, and its columns."""

    number: int
    shape: BaseGeometry | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GeoFile:
    """A read file. `crs` names what it was converted from."""

    columns: tuple[str, ...]
    rows: tuple[GeoRow, ...]
    crs: str


def read_geo(path: Path, *, wanted: str = "") -> GeoFile:
    """All features in degrees. Raises BadGeoFile for what is no such file or says no CRS.

    Of a file with several layers the first is read that has shapes of the ``wanted`` kind
    ("LineString"), else the first.
    """
    frame = _frame(path, wanted)
    if frame.crs is None:
        raise BadGeoFile("no_crs", path=path.name)
    crs = frame.crs.to_string()[:60]
    shapes = frame.to_crs(WGS84).geometry
    columns = tuple(str(name) for name in frame.columns if name != frame.geometry.name)
    rows = tuple(
        GeoRow(number, shape, dict(zip(columns, values, strict=True)))
        for number, (shape, values) in enumerate(
            zip(shapes, frame[list(columns)].itertuples(index=False), strict=True), start=1
        )
    )
    return GeoFile(columns, rows, crs)


def surface(row: GeoRow) -> tuple[BaseGeometry, bool]:
    """The polygons of a feature, made valid, and whether they had to be.

    Raises BadGeoFile: no_surface, off_globe, swapped.
    """
    if row.shape is None or row.shape.is_empty:
        raise BadGeoFile("no_surface")
    middle = row.shape.envelope.centroid
    _check(float(middle.y), float(middle.x), shapely.get_coordinates(row.shape))
    try:
        outline = read_outline(mapping(row.shape))
    except BadOutline as error:
        raise BadGeoFile("no_surface") from error
    return outline.geometry, outline.repaired


def middle(row: GeoRow) -> tuple[float, float]:
    """Latitude and longitude of a point, or of the middle of a square.

    Raises BadGeoFile: no_position, off_globe, swapped.
    """
    if row.shape is None or row.shape.is_empty:
        raise BadGeoFile("no_position")
    point = row.shape.centroid
    if point.is_empty:
        raise BadGeoFile("no_position")
    lat, lon = float(point.y), float(point.x)
    _check(lat, lon, np.array([[lon, lat]]))
    return lat, lon


def run(row: GeoRow) -> BaseGeometry | None:
    """The lines of a feature that have a length; None where it has none.

    A line across the 180th meridian would go round the whole earth, through every municipality.

    Raises BadGeoFile: off_globe, swapped.
    """
    if row.shape is None or row.shape.is_empty:
        return None
    coordinates = shapely.get_coordinates(row.shape)
    _check(float(coordinates[0][1]), float(coordinates[0][0]), coordinates)
    parts = shapely.get_parts(shapely.force_2d(row.shape))
    lines = [it for it in parts if it.geom_type == "LineString" and 0 < it.length < _ROUND_EARTH]
    return shapely.MultiLineString(lines) if lines else None


def _check(lat: float, lon: float, coordinates: np.ndarray) -> None:
    if not np.isfinite(coordinates).all() or (np.abs(coordinates) > (180, 90)).any():
        raise BadGeoFile("off_globe")
    try:
        check_position(lat, lon)
    except BadCoordinate as error:
        raise BadGeoFile(error.code, typed=error.typed) from error


def _layer(path: Path, wanted: str) -> str | None:
    """The name of the first layer with such shapes; None for GDAL's own choice."""
    listed = pyogrio.list_layers(path.resolve()) if wanted else ()
    return next((str(name) for name, kind in listed if kind and wanted in str(kind)), None)


def _frame(path: Path, wanted: str) -> gpd.GeoDataFrame:
    check_file(path, MAX_BYTES)
    try:
        with offline():
            frame = pyogrio.read_dataframe(
                path.resolve(),
                layer=_layer(path, wanted),
                max_features=MAX_FEATURES + 1,
                on_invalid="fix",  # closes open rings; what cannot be a shape has none
            )
    except UNREADABLE as error:
        raise BadGeoFile("no_geo", path=path.name) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise BadGeoFile("no_geo", path=path.name)
    if len(frame) == 0:
        raise BadGeoFile("empty")
    if len(frame) > MAX_FEATURES:
        raise BadGeoFile("too_many_rows", limit=MAX_FEATURES)
    return frame
