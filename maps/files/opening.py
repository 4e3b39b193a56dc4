"""How a file of geography is opened: GDAL reads it, and neither another file nor a host.

Some formats that GDAL knows hold no shapes but say where they are to be had: a virtual file names
paths and addresses, a service file a server. Such a file under the name of a map, sent by somebody
to be imported, would have this computer ask hosts or show files of its own. Imports pyogrio: for
commands and the job process only, never for the web process.
"""

import os
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyogrio
from pyogrio import errors as gdal

UNREADABLE = (
    gdal.DataSourceError,
    gdal.DataLayerError,
    gdal.FeatureError,
    gdal.FieldError,
    gdal.GeometryError,
    gdal.CRSError,
    ValueError,
    OSError,
)
# Those that hold their shapes themselves.
_DRIVERS = frozenset(
    ("CSV", "DXF", "ESRI Shapefile", "ESRIJSON", "FlatGeobuf", "GeoJSON", "GeoJSONSeq", "GML")
    + ("GPKG", "GPX", "JSONFG", "KML", "LIBKML", "MapInfo File", "OpenFileGDB", "OSM", "ODS")
    + ("S57", "SQLite", "TopoJSON", "XLSX")
)
_NOWHERE = "socks5h://127.0.0.1:0"  # nothing can listen on port 0, and no name is looked up
_NO_PROXY = ("NO_PROXY", "no_proxy")


class BadGeoFile(ValueError):
    """The file cannot be used: `code` says why, `values` fill in the sentence."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@contextmanager
def offline() -> Iterator[None]:
    """While it lasts GDAL reaches no host: a coordinate system, too, may be given as an address."""
    before = {name: os.environ.pop(name) for name in _NO_PROXY if name in os.environ}
    pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": _NOWHERE})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what GDAL thinks of a file's other layers
            yield
    finally:
        pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": None})
        os.environ.update(before)


def check_file(path: Path, most_bytes: int) -> None:
    """Raise BadGeoFile for what is no such file, too large, or only refers to where shapes are."""
    if not path.is_file():
        raise BadGeoFile("missing", path=str(path))
    size = _size(path)
    if size == 0:
        raise BadGeoFile("empty")
    if size > most_bytes:
        raise BadGeoFile("too_large", limit=most_bytes // 1_000_000)
    try:
        with offline():
            driver = pyogrio.read_info(path.resolve())["driver"]
    except UNREADABLE as error:
        raise BadGeoFile("no_geo", path=path.name) from error
    if driver not in _DRIVERS:
        raise BadGeoFile("no_geo", path=path.name)


def _size(path: Path) -> int:
    """In bytes; of a packed file what it unpacks to, since that is what is read."""
    packed = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as opened:
            return max(packed, sum(part.file_size for part in opened.infolist()))
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return packed
