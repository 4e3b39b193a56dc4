"""One row in every table, made from the tables' own description."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    insert,
)

from surveys.db import EnumSet, UtcDateTime
from surveys.models.registry import metadata

MOMENT = datetime(2023, 7, 31, 10, 0, tzinfo=UTC)


def fill_every_table(connection: Connection) -> dict[str, int]:
    """Insert one row in each table, parents first; returns the number of rows per table."""
    keys: dict[str, Any] = {}
    for table in metadata.sorted_tables:
        values = {
            column.name: _value(column, keys) for column in table.columns if column.name != "packed"
        }
        connection.execute(insert(table).values(values))
        for column in table.primary_key:
            keys[f"{table.name}.{column.name}"] = values[column.name]
    return count_rows(connection)


def count_rows(connection: Connection) -> dict[str, int]:
    """The number of rows in each table."""
    return {table.name: _count(connection, table) for table in metadata.sorted_tables}


def _count(connection: Connection, table: Table) -> int:
    return len(connection.execute(table.select()).all())


def _is_of_one_subject(table: object) -> bool:
    constraints = getattr(table, "constraints", ())
    return any(str(constraint.name).endswith("one_subject") for constraint in constraints)


def _value(column: Column[Any], keys: dict[str, Any]) -> Any:
    if column.name == "withdrawn_on":
        return None  # no version before may be given a withdrawn answer
    if _is_of_one_subject(column.table) and column.name in ("picture_id", "plan_id"):
        return None  # a row about a picture, a promise or a plan: here about the promise
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).target_fullname
        return keys.get(target)  # a table that points at itself: at nothing
    kind = column.type
    samples: tuple[tuple[type, Any], ...] = (
        (UtcDateTime, MOMENT),
        (EnumSet, frozenset()),
        (Date, date(2023, 7, 31)),
        (Boolean, False),
        (Uuid, uuid.UUID(int=7)),
        (Integer, 1),
        (Float, 61.3),
        (LargeBinary, b"7"),
        (JSON, ["å"]),
    )
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class))  # type: ignore[arg-type]
    for sample_type, sample in samples:
        if isinstance(kind, sample_type):
            return sample
    return "å" * min(getattr(kind, "length", None) or 8, 4)
