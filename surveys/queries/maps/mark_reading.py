"""Marks and respondents in one row, as the database gives a million of them.

One row of four long values, because a row per mark costs more than the whole analysis, and from the
indexes ``ix_marked_place_tenant`` and ``ix_response_groups`` alone, because looking up a row per
mark costs still more. SQLite joins texts; PostgreSQL joins bytes, which cost it half as much.
Only the job process and commands import this: it uses numpy.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Integer,
    String,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from maps.engine.grid import Ints
from maps.engine.stand_ins import Keys, mixed
from maps.places import Precision
from surveys.db import AS_BYTES
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.models.theme import Theme
from surveys.queries.maps.marks import PER_DEGREE
from surveys.queries.results.filters import Filters

NOWHERE = 1000  # degrees: no position
BY_NAME, DISTRICT = 1, 2

# How many bits each has in the one number that they are read as.
_BITS = {"reasons": 16, "times": 8, "precision": 2, "place": 37}


# What the database gives of all marks: ids, latitudes, longitudes, and the rest.
MarkRow = Sequence[Any]


def read_marks(session: Session, municipality: Municipality, dialogue: Dialogue) -> MarkRow:
    """All counted unsafe marks as the database gives them, for ``unpack_marks``."""
    as_bytes = _is_bytes(session)
    # One pass of one reader: the n-th value of each text belongs to the same mark.
    return _one(
        session,
        select(
            _ids(MarkedPlace.response_id, as_bytes),
            _joined(_whole(MarkedPlace.lat, as_bytes), as_bytes),
            _joined(_whole(MarkedPlace.lon, as_bytes), as_bytes),
            _joined(_packed(), as_bytes),
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
    columns = {"lat": _numbers(row[1]), "lon": _numbers(row[2])}
    rest = _numbers(row[3])
    for name, bits in _BITS.items():
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
    if as_bytes:
        return func.string_agg(func.uuid_send(column), literal(b""))
    return func.aggregate_strings(cast(column, String), "")


def _joined(number: ColumnElement[int], as_bytes: bool) -> ColumnElement[Any]:
    """The number of all rows: eight bytes each, or with commas between."""
    if as_bytes:
        return func.string_agg(func.int8send(number), literal(b""))
    return func.aggregate_strings(cast(number, String), ",")


def _packed() -> ColumnElement[int]:
    """Reasons, times, precision and named place in one number, the first in its lowest bits."""
    precision = case(
        (MarkedPlace.precision == Precision.PLACE, BY_NAME),
        (MarkedPlace.precision == Precision.DISTRICT, DISTRICT),
        else_=0,
    )
    values = {
        "reasons": func.coalesce(type_coerce(MarkedPlace.reasons, Integer), 0),
        "times": func.coalesce(type_coerce(MarkedPlace.times, Integer), 0),
        "precision": precision,
        "place": func.coalesce(MarkedPlace.named_place_id, 0),
    }
    packed: ColumnElement[int] = literal(0, BigInteger)
    shift = 0
    for name, bits in _BITS.items():
        packed = packed + cast(values[name], BigInteger) * literal(1 << shift, BigInteger)
        shift += bits
    return packed


def _numbers(joined: bytes | str | None) -> Ints:
    if isinstance(joined, bytes):
        return np.frombuffer(joined, dtype=">i8").astype(np.int64)
    return np.fromstring(joined, dtype=np.int64, sep=",") if joined else np.zeros(0, dtype=np.int64)


def _whole(degrees: Any, as_bytes: bool) -> ColumnElement[int]:
    parts = func.coalesce(degrees, NOWHERE) * PER_DEGREE
    if as_bytes:
        return cast(func.round(parts), BigInteger)
    # SQLite's own rounding does just this, but calls a function for each of a million.
    return cast(parts + case((degrees < 0, -0.5), else_=0.5), BigInteger)


def _halves(joined: bytes | str | None) -> Keys:
    """Ids that stand one after another, as bytes or as hexadecimals."""
    digits = joined if isinstance(joined, bytes) else bytes.fromhex(joined or "")
    return np.frombuffer(digits, dtype=">u8").reshape(-1, 2).T.astype(np.uint64, order="C")
