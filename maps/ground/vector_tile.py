"""Reads Mapbox vector tiles (version 2): protobuf messages of layers, features and drawn lines.

The web process imports this module, so it uses shapely and the standard library only. Writing is
GDAL's work; reading is a hundred lines, and a reader of protobuf would weigh more than the pages.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MOVE_TO, _LINE_TO, _CLOSE = 1, 2, 7
_POINT, _LINE, _POLYGON = 1, 2, 3
_MOST_STEPS = 2_000_000

Value = str | int | float | bool
Ring = list[tuple[int, int]]


class BadTile(ValueError):
    """The bytes are no vector tile."""


@dataclass(frozen=True, slots=True)
class TileFeature:
    """One feature in the tile's own units: x to the east, y to the south, from 0 to `extent`."""

    geometry: BaseGeometry
    properties: dict[str, Value]


@dataclass(frozen=True, slots=True)
class TileLayer:
    """A layer's features and how many units its tile is wide."""

    name: str
    extent: int
    features: tuple[TileFeature, ...]


@dataclass(slots=True)
class _Raw:
    name: str = ""
    extent: int = 4096
    features: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)


def read_tile(content: bytes) -> tuple[TileLayer, ...]:
    """All layers of a tile that is no longer compressed. Raises BadTile."""
    try:
        return tuple(_layer(part) for number, part in _fields(content) if number == 3)
    except (IndexError, KeyError, TypeError, ValueError, struct.error) as error:
        raise BadTile("not a vector tile") from error
    except shapely.errors.ShapelyError as error:
        raise BadTile("a broken geometry") from error


def _layer(content: Any) -> TileLayer:
    raw = _Raw()
    for number, value in _fields(content):
        if number == 1:
            raw.name = bytes(value).decode()
        elif number == 2:
            raw.features.append(value)
        elif number == 3:
            raw.keys.append(bytes(value).decode())
        elif number == 4:
            raw.values.append(_value(value))
        elif number == 5:
            raw.extent = int(value)
    if raw.extent < 1:
        raise BadTile("a tile without extent")
    read = (_feature(content, raw) for content in raw.features)
    return TileLayer(raw.name, raw.extent, tuple(f for f in read if f is not None))


def _feature(content: bytes, layer: _Raw) -> TileFeature | None:
    shape, tags, drawn = 0, b"", b""
    for number, value in _fields(content):
        if number == 2:
            tags = value
        elif number == 3:
            shape = int(value)
        elif number == 4:
            drawn = value
    numbers = list(_varints(tags))
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    geometry = _geometry(shape, list(_varints(drawn)))
    if geometry is None or geometry.is_empty:
        return None
    return TileFeature(geometry, {layer.keys[key]: layer.values[value] for key, value in pairs})


def _geometry(shape: int, numbers: list[int]) -> BaseGeometry | None:
    parts = _parts(numbers)
    if shape == _POINT:
        points = [point for part in parts for point in part]
        return Point(points[0]) if len(points) == 1 else MultiPoint(points)
    if shape == _LINE:
        lines = [part for part in parts if len(part) > 1]
        return LineString(lines[0]) if len(lines) == 1 else MultiLineString(lines)
    if shape == _POLYGON:
        return _polygons([part for part in parts if len(part) > 2])
    return None


def _parts(numbers: list[int]) -> list[Ring]:
    """The strokes of a drawing: each begins where the pen is set down."""
    parts: list[Ring] = []
    x = y = at = 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == _CLOSE:
            continue
        if command not in (_MOVE_TO, _LINE_TO) or count > _MOST_STEPS:
            raise BadTile("an unknown stroke")
        for _ in range(count):
            x, y = x + _signed(numbers[at]), y + _signed(numbers[at + 1])
            at += 2
            if command == _MOVE_TO:
                parts.append([])
            parts[-1].append((x, y))
    return parts


def _polygons(rings: list[Ring]) -> BaseGeometry | None:
    """Outer rings turn one way and the holes after each the other."""
    found: list[tuple[Ring, list[Ring]]] = []
    for ring in rings:
        area = _doubled_area(ring)
        if area > 0:
            found.append((ring, []))
        elif area < 0 and found:
            found[-1][1].append(ring)
    polygons = [Polygon(outer, holes) for outer, holes in found]
    if not polygons:
        return None
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _doubled_area(ring: Ring) -> int:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, ring[0]]))


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _value(content: bytes) -> Value:
    """The last of what stands in it, as protobuf has it."""
    found: Value = ""
    for number, value in _fields(content):
        if number == 1:
            found = bytes(value).decode()
        elif number == 2:
            found = float(struct.unpack("<f", value)[0])
        elif number == 3:
            found = float(struct.unpack("<d", value)[0])
        elif number in (4, 5):
            found = int(value)
        elif number == 6:
            found = _signed(int(value))
        elif number == 7:
            found = bool(value)
    return found


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field: a whole number, or the bytes of it."""
    at, end = 0, len(content)
    while at < end:
        key, at = _varint(content, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(content, at)
            yield number, value
            continue
        if kind == _BYTES:
            length, at = _varint(content, at)
        elif kind in (_FIXED64, _FIXED32):
            length = 8 if kind == _FIXED64 else 4
        else:
            raise BadTile("an unknown field")
        if at + length > end:
            raise BadTile("a tile that is cut off")
        yield number, content[at : at + length]
        at += length


def _varints(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        number, at = _varint(content, at)
        yield number


def _varint(content: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
        shift += 7
        if shift > 63:
            raise BadTile("a number without end")
