"""Writes an export as GeoPackage (with QGIS' styles), GeoJSON and CSV.

Imports pyogrio: for the job process and commands only, never for the web process.
"""

import csv
import io
import json
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import shapely

from maps.crs import SWEREF99_TM, WGS84
from maps.files.export_data import ExportLayer, MapExportData
from maps.files.export_styles import style_of
from maps.geojson import rounded

_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""
_FORMULA = (*"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20",)  # the last four: the same signs, full width


def as_geopackage(data: MapExportData) -> bytes:
    """A layer for each of the export's, in SWEREF 99 TM, with styles and metadata tables."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.gpkg"
        facts = {name: str(value) for name, value in data.facts.items() if value is not None}
        facts |= {"about": " ".join(data.about)}
        for place, layer in enumerate(layer for layer in data.layers if layer.rows):
            pyogrio.write_dataframe(
                _frame(layer),
                file,
                layer=layer.name,
                driver="GPKG",
                append=place > 0,
                promote_to_multi=True,
                geometry_type="MultiPolygon",
                dataset_metadata=facts | {"title": data.title} if place == 0 else None,
                layer_metadata=facts | {"title": layer.title},
                IDENTIFIER=f"{data.title}: {layer.title}",
                DESCRIPTION=facts["about"] or facts["method"],
            )
        if not file.is_file():  # nothing to show is a file all the same, which says why
            empty = gpd.GeoDataFrame({"rank": []}, geometry=[], crs=SWEREF99_TM)
            pyogrio.write_dataframe(
                empty, file, layer="hotspots", driver="GPKG", geometry_type="MultiPolygon",
                dataset_metadata=facts | {"title": data.title},
            )  # fmt: skip
        _add_styles(file, data)
        return file.read_bytes()


def as_geojson(data: MapExportData) -> bytes:
    """All layers as one FeatureCollection in WGS 84, with the facts as foreign members."""
    features = [
        {
            "type": "Feature",
            "properties": {"layer": layer.name, **row.values},
            "geometry": rounded(row.geometry),
        }
        for layer in data.layers
        for row in layer.rows
    ]
    about = list(data.about)
    document = {"type": "FeatureCollection", "title": data.title, "about": about, **data.facts}
    return json.dumps(document | {"features": features}, ensure_ascii=False).encode()


def as_csv(data: MapExportData) -> bytes:
    """All layers as one table, with the middle in degrees and the shape as WKT; UTF-8 with BOM."""
    columns = dict.fromkeys(
        name for layer in data.layers for row in layer.rows for name in row.values
    )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["layer", *columns, "lat", "lon", "wkt"])
    for layer in data.layers:
        for row in layer.rows:
            middle = row.geometry.representative_point()
            values = [_cell(row.values.get(name)) for name in columns]
            place = [f"{middle.y:.5f}", f"{middle.x:.5f}"]
            shape = shapely.to_wkt(row.geometry, rounding_precision=5)
            writer.writerow([layer.name, *values, *place, shape])
    for sentence in data.about:
        writer.writerow(["# about", _cell(sentence)])
    for name, value in data.facts.items():
        writer.writerow([f"# {name}", _cell(value)])
    return ("\ufeff" + text.getvalue()).encode()


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would read as a formula, after blanks too, is a text to us."""
    is_formula = isinstance(value, str) and (
        value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)
    )
    return f"'{value}" if is_formula else value


def _frame(layer: ExportLayer) -> gpd.GeoDataFrame:
    names = list(layer.rows[0].values)
    columns: Mapping[str, list[Any]] = {
        name: [row.values[name] for row in layer.rows] for name in names
    }
    shapes = [row.geometry for row in layer.rows]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS84).to_crs(SWEREF99_TM)


def _add_styles(file: Path, data: MapExportData) -> None:
    """The table in which QGIS looks for the styles of a GeoPackage's layers."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(_STYLES)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles')"
        )
        for layer in data.layers:
            if not layer.rows:
                continue
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
                " owner) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '')",
                (layer.name, layer.name, style_of(layer.name, layer.limits), layer.title),
            )
