"""Marks and respondents in texts of a row each, as the database gives a million of them.

One row of four texts, because a row per mark costs more than the whole analysis, and from the
indexes ``ix_marked_place_tenant`` and ``ix_response_groups`` alone, because looking up a row per
mark costs still more. Only the job process and commands import this: it uses numpy.
"""

from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
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
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.queries.maps.marks import PER_DEGREE
from surveys.queries.results.filters import Filters

NOWHERE = 1000  # degrees: no position
BY_NAME, DISTRICT = 1, 2

# How many bits each has in the one number that they are read as.
_BITS = {"reasons": 16, "times": 8, "precision": 2, "place": 37}


def read_marks(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[Keys, dict[str, Ints]]:
    """The respondent of each counted unsafe mark, and what was stored of it as whole numbers.

    ``lat`` and ``lon`` in parts of a degree (NOWHERE where there is no position), ``reasons`` and
    ``times`` as bits, ``precision`` (BY_NAME, DISTRICT or 0) and ``place`` (0: none).
    """
    # One pass of one reader: the n-th value of each text belongs to the same mark.
    row = session.execute(
        select(
            _joined(MarkedPlace.response_id, ""),
            _joined(_whole(MarkedPlace.lat), ","),
            _joined(_whole(MarkedPlace.lon), ","),
            _joined(_packed(), ","),
        ).where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == Feeling.UNSAFE,
        )
    ).one()
    columns = {"lat": _numbers(row[1]), "lon": _numbers(row[2])}
    rest = _numbers(row[3])
    for name, bits in _BITS.items():
        columns[name] = rest & ((1 << bits) - 1)
        rest >>= bits
    return _persons(row[0]), columns


def read_respondents(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters,
    *numbers: ColumnElement[int],
) -> tuple[Keys, list[Ints]]:
    """Those whom the filters choose, and of each what is asked for in ``numbers``."""
    row = session.execute(
        select(_joined(Response.id, ""), *(_joined(number, ",") for number in numbers)).where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
            *filters.conditions(municipality, dialogue),
        )
    ).one()
    return _persons(row[0]), [_numbers(text) for text in row[1:]]


def read_about(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> Keys:
    """Those who said the theme of the filters, some of them more than once."""
    said = filters.with_theme(municipality, dialogue).subquery()
    return _persons(session.scalar(select(_joined(said.c.response_id, ""))))


def _joined(column: Any, between: str) -> ColumnElement[str]:
    """The column's values of all rows in one text."""
    return func.aggregate_strings(cast(column, String), between)


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


def _numbers(text: str | None) -> Ints:
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)


def _whole(degrees: Any) -> ColumnElement[int]:
    return cast(func.round(func.coalesce(degrees, NOWHERE) * PER_DEGREE), BigInteger)


def _persons(text: str | None) -> Keys:
    """A number per id, the same wherever it stands, of ids one after another as hexadecimals."""
    digits = bytes.fromhex((text or "").replace("-", ""))
    halves = np.frombuffer(digits, dtype=">u8").reshape(-1, 2).astype(np.uint64)
    return mixed(halves[:, 0], halves[:, 1])
