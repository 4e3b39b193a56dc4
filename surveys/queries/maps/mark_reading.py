"""Marks and respondents in one row, as the database gives a million of them.

One row of two long values, because a row per mark costs more than the whole analysis, and from the
indexes ``ix_marked_place_tenant`` and ``ix_response_groups`` alone, because looking up a row per
mark costs still more. SQLite joins texts; PostgreSQL joins bytes, which cost it half as much.
Only the job process and commands import this: it uses numpy.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Executable, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from maps.engine.grid import Ints
from maps.engine.stand_ins import Keys, mixed
from surveys.db import AS_BYTES
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.models.theme import Theme
from surveys.packed_marks import BITS, NO_DEGREES, PER_DEGREE
from surveys.queries.results.filters import Filters

NOWHERE = 1000  # degrees: no position

# What the database gives of all marks: their respondents' ids and what is packed of each.
MarkRow = Sequence[Any]


def read_marks(session: Session, municipality: Municipality, dialogue: Dialogue) -> MarkRow:
    """All counted unsafe marks as the database gives them, for ``unpack_marks``."""
    as_bytes = _is_bytes(session)
    # One pass of one reader: the n-th value of each belongs to the same mark.
    return _one(
        session,
        select(
            _ids(MarkedPlace.response_id, as_bytes), _joined(MarkedPlace.packed, as_bytes)
        ).where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == Feeling.UNSAFE,
        ),
    )


def unpack_marks(row: MarkRow) -> tuple[Keys, dict[str, Ints]]:
    """The respondent's id of each mark, and what was stored of it as whole numbers.

    Ids are two rows of numbers, their first and their last eight bytes. ``lat`` and ``lon`` in
    parts of a degree (NOWHERE where there is no position), ``reasons`` and ``times`` as bits,
    ``precision`` (BY_NAME, DISTRICT or 0) and ``place`` (0: none).
    """
    packed = np.frombuffer(_bytes(row[1]), dtype=[("lat", ">i4"), ("lon", ">i4"), ("rest", ">i8")])
    columns = {}
    for name in ("lat", "lon"):
        whole = packed[name].astype(np.int64)
        columns[name] = np.where(whole == NO_DEGREES, NOWHERE * PER_DEGREE, whole)
    rest = packed["rest"].astype(np.int64)
    for name, bits in BITS.items():
        columns[name] = rest & ((1 << bits) - 1)
        rest >>= bits
    return _halves(row[0]), columns


def read_respondents(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters,
    *parts: ColumnElement[bool],
    only: ColumnElement[bool] | None = None,
) -> tuple[Keys, Ints]:
    """The ids of those whom the filters choose, and which of ``parts`` each fulfils: the first is
    1, none 0. ``only`` leaves out those who fulfil no part.
    """
    numbered = [(condition, f"{n:04x}") for n, condition in enumerate(parts, start=1)]
    part = case(*numbered, else_="0000") if numbered else literal("")
    row = _one(
        session,
        select(_ids(Response.id, _is_bytes(session)), func.aggregate_strings(part, "")).where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
            *filters.conditions(municipality, dialogue),
            *(() if only is None else (only,)),
        ),
    )
    numbers = np.frombuffer(bytes.fromhex(row[1] or ""), dtype=">u2")
    return _halves(row[0]), numbers.astype(np.int64)


def read_about(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> Keys:
    """The ids of those who said the theme of the filters, some of them more than once."""
    # Codings and those with the theme are read apart: to look up the themes of each takes longer.
    as_bytes = _is_bytes(session)
    codings = select(_ids(Coding.response_id, as_bytes), _ids(Coding.id, as_bytes)).where(
        Coding.municipality_id == municipality.id,
        Coding.dialogue_id == dialogue.id,
        Coding.is_current.is_(True),
    )
    with_theme = (
        select(_ids(CodingTheme.coding_id, as_bytes))
        .join(Theme)
        .where(Theme.municipality_id == municipality.id, Theme.code == filters.theme)
    )
    persons, read = (_halves(value) for value in _one(session, codings))
    (about,) = (_halves(value) for value in _one(session, with_theme))
    return persons[:, np.isin(keys_of(read), keys_of(about))]


def keys_of(ids: Keys) -> Keys:
    """One number per id."""
    return mixed(*ids)


def do_rise(ids: Keys) -> bool:
    """Whether they stand in order, as where an index is read."""
    first, last = ids
    rises = (first[1:] == first[:-1]) & (last[1:] >= last[:-1])
    return bool((rises | (first[1:] > first[:-1])).all())


def _is_bytes(session: Session) -> bool:
    """Whether the database joins bytes; else texts."""
    return session.get_bind().dialect.name == "postgresql"


def _one(session: Session, statement: Executable) -> Sequence[Any]:
    return session.execute(statement, execution_options={AS_BYTES: True}).one()


def _ids(column: Any, as_bytes: bool) -> ColumnElement[Any]:
    """The ids of all rows, one after another."""
    return _joined(func.uuid_send(column) if as_bytes else cast(column, String), as_bytes)


def _joined(column: Any, as_bytes: bool) -> ColumnElement[Any]:
    """The column's values one after another."""
    if as_bytes:
        return func.string_agg(column, literal(b""))
    return func.aggregate_strings(column, "")


def _halves(joined: bytes | str | None) -> Keys:
    """Ids that stand one after another."""
    both = np.frombuffer(_bytes(joined), dtype=">u8").reshape(-1, 2)
    return both.T.astype(np.uint64, order="C")


def _bytes(joined: bytes | str | None) -> bytes:
    """What the database gave, as bytes or as hexadecimals."""
    return joined if isinstance(joined, bytes) else bytes.fromhex(joined or "")
