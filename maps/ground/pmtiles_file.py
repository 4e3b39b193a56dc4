"""Reads a PMTiles file: whether it is a base map that we can draw, and one tile at a time.

The web process imports this module, so nothing here reads a whole file.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pmtiles.reader import Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

from maps.ground.base_layers import BaseLayer
from maps.ground.vector_tile import BadTile, TileLayer, read_tile

_MOST_TILE_BYTES = 8_000_000  # of one tile or directory when it is no longer compressed
_GZIP = b"\x1f\x8b"
_MOST_DIRECTORY_BYTES = 16_000_000
_WHOLE = 10_000_000  # positions are kept in ten-millionths of a degree


class BadPmtiles(ValueError):
    """The file is no base map that we can draw: `code` says why, `values` fill the sentence."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class PmtilesFacts:
    """What a file says of itself. `bounds` are west, south, east and north in degrees."""

    bounds: tuple[float, float, float, float]
    min_zoom: int
    max_zoom: int
    layers: tuple[str, ...]
    attribution: str


def read_facts(path: Path) -> PmtilesFacts:
    """Check a file and tell what is in it. Raises BadPmtiles."""
    with _reading(path) as reader:
        header = reader.header()
        if header["tile_type"] is not TileType.MVT:
            raise BadPmtiles("not_vector")
        if header["tile_compression"] not in (Compression.GZIP, Compression.NONE):
            raise BadPmtiles("compression")
        edges = [
            header[f"{end}_{axis}_e7"] / _WHOLE for end in ("min", "max") for axis in ("lon", "lat")
        ]
        west, south, east, north = edges
        is_on_globe = (
            abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 90 and abs(north) <= 90
        )
        if not (is_on_globe and west < east and south < north):
            raise BadPmtiles("bounds")
        end = header["tile_data_offset"] + header["tile_data_length"]
        if path.stat().st_size < end or header["tile_entries_count"] == 0:
            raise BadPmtiles("cut_off")
        about = reader.metadata()
        layers = tuple(str(layer["id"])[:60] for layer in about.get("vector_layers", []))
        known = [layer for layer in layers if layer in set(BaseLayer)]
        if not known:
            raise BadPmtiles("no_known_layer", layers=", ".join(layers)[:200] or "–")
        reader.get(0, 0, 0)  # its directory can be read
        return PmtilesFacts(
            bounds=(west, south, east, north),
            min_zoom=header["min_zoom"],
            max_zoom=header["max_zoom"],
            layers=layers,
            attribution=str(about.get("attribution") or ""),
        )


def read_layers(path: Path, z: int, x: int, y: int) -> tuple[TileLayer, ...]:
    """The layers of one tile; none where the file has no such tile. Raises BadPmtiles."""
    with _reading(path) as reader:
        content = reader.get(z, x, y)
        if content is None:
            return ()
        if reader.header()["tile_compression"] is Compression.GZIP:
            content = _unpacked(content)
    try:
        return read_tile(content)
    except BadTile as error:
        raise BadPmtiles("broken") from error


def bytes_of(opened: BinaryIO) -> Callable[[int, int], bytes]:
    """How the reader of PMTiles asks an open file for its bytes."""

    def get_bytes(offset: int, length: int) -> bytes:
        if length > _MOST_DIRECTORY_BYTES:
            raise BadPmtiles("broken")
        opened.seek(offset)
        content = opened.read(length)
        if content.startswith(_GZIP):  # the reader unpacks directories without a limit of its own
            _unpacked(content)
        return content

    return get_bytes


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    try:
        with path.open("rb") as opened:
            yield Reader(bytes_of(opened))
    except (MagicNumberNotFound, SpecVersionUnsupported) as error:
        raise BadPmtiles("no_pmtiles") from error
    except OSError as error:
        code = "broken" if isinstance(error, gzip.BadGzipFile) else "missing"
        raise BadPmtiles(code, path=path.name) from error
    except (KeyError, IndexError, TypeError, EOFError, zlib.error) as error:
        raise BadPmtiles("broken") from error
    except ValueError as error:
        raise (error if isinstance(error, BadPmtiles) else BadPmtiles("broken")) from error


def _unpacked(content: bytes) -> bytes:
    """What is packed may be small and fill the memory: unpacked only up to a limit."""
    unpacker = zlib.decompressobj(wbits=31)
    plain = unpacker.decompress(content, _MOST_TILE_BYTES)
    if unpacker.unconsumed_tail or unpacker.unused_data.startswith(_GZIP):
        raise BadPmtiles("broken")
    return plain
