"""What maps are made from of a mark, in sixteen bytes that are written with it.

A million marks are read as one long value, and to make one of four numbers a mark as it is read
took longer than the whole analysis. A generated column would be the database's own, but SQLite
reads no generated column from an index alone. So it is written here, and the database refuses a
row in which it does not say what the other columns do.
"""

import enum
import math
import struct
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    SQLColumnExpression,
    String,
    TypeDecorator,
    case,
    cast,
    column,
    func,
    literal,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from maps.places import Precision
from surveys.db import bits_of

PER_DEGREE = 10_000_000  # a centimetre
NO_DEGREES = -(1 << 31)
BY_NAME, DISTRICT = 1, 2  # as ``precision``; else 0
# How many bits each has in the one number, the first in the lowest.
BITS = {"reasons": 16, "times": 8, "precision": 2, "place": 37}

_PRECISIONS = {Precision.PLACE: BY_NAME, Precision.DISTRICT: DISTRICT}


class PackedType(TypeDecorator[bytes]):
    """Sixteen bytes, which SQLite has as hexadecimals because it joins texts only.

    Latitude and longitude in parts of a degree, four bytes each, and the rest in eight, the most
    significant byte first.
    """

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = String(32) if dialect.name == "sqlite" else LargeBinary(16)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> Any:
        return value.hex() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, _dialect: Dialect) -> bytes | None:
        return bytes.fromhex(value) if isinstance(value, str) else value


Members = Collection[enum.Enum] | int  # those of one kind, or bits as ``EnumSet`` has them


def pack(
    *,
    lat: float | None,
    lon: float | None,
    precision: Precision,
    reasons: Members,
    times: Members,
    place: int | None,
) -> bytes:
    """The sixteen bytes of a mark."""
    values = {
        "reasons": bits_of(reasons),
        "times": bits_of(times),
        "precision": _PRECISIONS.get(precision, 0),
        "place": place or 0,
    }
    rest, shift = 0, 0
    for name, bits in BITS.items():
        rest |= values[name] << shift
        shift += bits
    return struct.pack(">iiq", _parts(lat), _parts(lon), rest)


def packed_of_row(context: Any) -> bytes:
    """The default of the column: of the other values of the row that is written."""
    row = context.get_current_parameters()
    return pack(
        lat=row.get("lat"),
        lon=row.get("lon"),
        precision=row["precision"],
        reasons=row["reasons"],
        times=row["times"],
        place=row.get("named_place_id"),
    )


def packed_check(name: str) -> CheckConstraint:
    """That the column ``name`` says what the others of the row do."""
    return CheckConstraint(column(name, PackedType()) == PackedMark(), name=name)


def parts_of(degrees: SQLColumnExpression[Any]) -> ColumnElement[int]:
    """Degrees in whole parts, half a part away from zero, as ``pack`` has them."""
    half = case((degrees < 0, -0.5), else_=0.5)
    return cast(_Truncated(degrees * PER_DEGREE + half), BigInteger)


class _Truncated(FunctionElement[float]):
    """A number without its decimals."""

    name = "truncated"
    inherit_cache = True
    type = Float()


@compiles(_Truncated, "sqlite")
def _truncated_by_cast(element: _Truncated, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS INTEGER)"


@compiles(_Truncated, "postgresql")
def _truncated_by_name(element: _Truncated, compiler: SQLCompiler, **options: Any) -> str:
    return f"trunc({compiler.process(element.clauses, **options)})"


class PackedMark(ColumnElement[bytes]):
    """The sixteen bytes as the database makes them of the row's other columns."""

    inherit_cache = True
    type = PackedType()


@compiles(PackedMark, "sqlite")
def _hexadecimals(_element: PackedMark, compiler: SQLCompiler, **options: Any) -> str:
    lat, lon = (_degrees(name).op("&")(0xFFFFFFFF) for name in ("lat", "lon"))
    return compiler.process(func.printf("%08x%08x%016x", lat, lon, _rest()), **options)


@compiles(PackedMark, "postgresql")
def _bytes(_element: PackedMark, compiler: SQLCompiler, **options: Any) -> str:
    lat, lon = (func.int4send(cast(_degrees(name), Integer)) for name in ("lat", "lon"))
    parts = (lat, lon, func.int8send(_rest()))
    return " || ".join(compiler.process(part, **options) for part in parts)


def _degrees(name: str) -> ColumnElement[int]:
    return func.coalesce(parts_of(column(name, Float)), NO_DEGREES)


def _rest() -> ColumnElement[int]:
    precision = column("precision", String)
    values = {
        "reasons": column("reasons", Integer),
        "times": column("times", Integer),
        "precision": case(
            *((precision == member.value, number) for member, number in _PRECISIONS.items()),
            else_=0,
        ),
        "place": func.coalesce(column("named_place_id", Integer), 0),
    }
    rest: ColumnElement[int] = literal(0, BigInteger)
    shift = 0
    for name, bits in BITS.items():
        rest = rest + cast(values[name], BigInteger) * literal(1 << shift, BigInteger)
        shift += bits
    return rest


def _parts(degrees: float | None) -> int:
    if degrees is None:
        return NO_DEGREES
    parts = degrees * PER_DEGREE
    return math.trunc(parts + (0.5 if parts >= 0 else -0.5))
