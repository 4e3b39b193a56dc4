"""Short sums of the marks of dialogues, for seeing that they have changed since an analysis."""

from sqlalchemy import BigInteger, ColumnElement, Integer, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace

MICRODEGREES = 1_000_000
NO_MARKS = "0"


def get_fingerprint(session: Session, municipality: Municipality, dialogue: Dialogue) -> str:
    """A short sum of the dialogue's marks, for seeing that they have changed since a run."""
    statement = select(*_sums()).where(
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        _is_unsafe(),
    )
    return _joined(tuple(session.execute(statement).one()))


def count_fingerprints(session: Session) -> dict[tuple[int, int], str]:
    """The fingerprints of all marks by (municipality id, dialogue id), for the worker's round."""
    keys = (MarkedPlace.municipality_id, MarkedPlace.dialogue_id)
    statement = (
        select(*keys, *_sums())
        .where(MarkedPlace.is_counted.is_(True), _is_unsafe())
        .group_by(*keys)
    )
    return {(row[0], row[1]): _joined(tuple(row[2:])) for row in session.execute(statement)}


def _is_unsafe() -> ColumnElement[bool]:
    """Places that feel safe are no part of where people feel unsafe."""
    return MarkedPlace.feeling == Feeling.UNSAFE


def _sums() -> list[ColumnElement[int]]:
    columns: list[ColumnElement[int]] = [func.count(MarkedPlace.id)]
    for degrees in (MarkedPlace.lat, MarkedPlace.lon):
        whole = cast(func.round(degrees * MICRODEGREES), BigInteger)
        columns.append(func.coalesce(func.sum(whole), 0))
    numbers = (MarkedPlace.reasons, MarkedPlace.times, MarkedPlace.named_place_id)
    sums = (func.coalesce(func.sum(type_coerce(number, Integer)), 0) for number in numbers)
    return [*columns, *sums]


def _joined(sums: tuple[int, ...]) -> str:
    return NO_MARKS if not sums[0] else ":".join(str(int(value)) for value in sums)
