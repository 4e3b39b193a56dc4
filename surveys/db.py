"""The declarative base, column types and engine settings that every table shares.

The web process binds this ``Base`` to Flask-SQLAlchemy; jobs, commands and tests use it with a
plain ``Session``. Nothing here knows about a web.
"""

import enum
import sqlite3
import uuid
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    TypeDecorator,
    Uuid,
    event,
)
from sqlalchemy.engine import Connection, Engine, ExecutionContext
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import ConnectionPoolEntry

# Alembic can only alter constraints whose names it can predict, on both databases.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_MS = 5000  # how long a statement waits for another writer before it gives up

# Execution option that makes a SQLite transaction take the write lock at its start.
WRITE_OPTION = "trygghetsdialog_write"
# Execution option of a statement whose values are long: PostgreSQL sends them as they are.
AS_BYTES = "trygghetsdialog_as_bytes"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time: SQLite hands back naive values, so the zone is put on here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: times are stored in UTC and must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def bits_of(members: Collection[enum.Enum] | int) -> int:
    """Members of one kind as a bit each, in order of definition; a number is such bits already."""
    if isinstance(members, int):
        return members
    return sum(1 << list(type(member)).index(member) for member in frozenset(members))


class EnumSet(TypeDecorator[frozenset[Any]]):
    """A set of enum members kept as one integer, a bit a member in order of definition.

    One integer a row keeps a million marks small and lets SQL filter with ``&``. The order of the
    members is therefore part of the stored format: new members go last.
    """

    impl = Integer
    cache_ok = True

    def __init__(self, enum_class: type[enum.Enum]) -> None:
        super().__init__()
        self.enum_class = enum_class

    def bit(self, member: enum.Enum) -> int:
        return 1 << list(self.enum_class).index(member)

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return bits_of(value)  # a number is a mask in a filter: ``column.op("&")(mask)``

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[Any] | None:
        if value is None:
            return None
        return frozenset(m for i, m in enumerate(self.enum_class) if value & (1 << i))


# Set on the registry and not on the class: the web extension derives a base of its own from ours,
# and a map on the class would then count as a second one.
_registry = registry(
    metadata=MetaData(naming_convention=NAMING_CONVENTION),
    type_annotation_map={
        datetime: UtcDateTime(),
        uuid.UUID: Uuid(),
        dict[str, Any]: JSON(),
        dict[str, str]: JSON(),
        list[str]: JSON(),
        list[float]: JSON(),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
    },
)


class Base(DeclarativeBase):
    """Base of every table of the project."""

    registry = _registry


@event.listens_for(Engine, "connect")
def configure_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Give each SQLite connection WAL, waiting, foreign keys and explicit transactions."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the "begin" listener below opens transactions itself
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        # What is destroyed is written over; else its bytes lie in the file until they are reused.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def configure_postgres(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Let no PostgreSQL connection wait longer for a lock than a SQLite one does.

    Without it a page waits for ever, and a few of them are all the threads there are.
    """
    if isinstance(connection, psycopg.Connection):
        usual = connection.autocommit
        connection.autocommit = True  # a setting made in a transaction goes with it
        connection.execute(f"SET lock_timeout = {BUSY_MS}")
        connection.autocommit = usual


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """Open the transaction; a writing one takes the lock at once.

    A deferred transaction that reads and then writes fails at once with "database is locked" when
    another writer came between, whatever the waiting time is set to.
    """
    if connection.dialect.name != "sqlite":
        return
    immediate = connection.get_execution_options().get(WRITE_OPTION, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@event.listens_for(Engine, "before_cursor_execute")
def ask_for_bytes(
    _connection: Connection,
    cursor: Any,
    _statement: str,
    _parameters: Any,
    context: ExecutionContext | None,
    _many: bool,
) -> None:
    """Let PostgreSQL send the values of an AS_BYTES statement as they are, not as digits."""
    is_asked = context is not None and context.execution_options.get(AS_BYTES, False)
    if is_asked and isinstance(cursor, psycopg.Cursor):
        cursor.format = psycopg.pq.Format.BINARY
