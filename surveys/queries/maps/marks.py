"""Short sums of the marks of dialogues, for seeing that they have changed since an analysis."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Integer, func, select, type_coerce
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.packed_marks import parts_of
from surveys.queries.results.filters import NO_FILTERS, Filters

NO_MARKS = "0"


def get_fingerprint(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
) -> str:
    """A short sum of the dialogue's marks, for seeing that they have changed since a run.

    Of a part of the marks it is of the part and of the whole: what the part may tell hangs on both.
    """
    statement = select(*_sums()).where(
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        _is_unsafe(),
    )
    whole = join_sums(tuple(session.execute(statement).one()))
    if not filters.key:
        return whole
    chosen = statement.where(*are_chosen(municipality, dialogue, filters))
    return of_part(join_sums(tuple(session.execute(chosen).one())), whole)


def of_part(part: str, whole: str) -> str:
    """The fingerprint of a part of the marks, from that of its own marks and that of all."""
    return f"{part}/{whole}"


def are_chosen(
    municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> list[ColumnElement[bool]]:
    """What a ``MarkedPlace`` must fulfil to be among the chosen; nothing for all marks.

    Filters by reason and time of day choose marks, all others choose respondents.
    """
    conditions = filters.of_marks()
    of_respondents = replace(filters, reason=None, time=None)
    if of_respondents.key:
        respondents = select(Response.id).where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            *of_respondents.conditions(municipality, dialogue),
        )
        conditions.append(MarkedPlace.response_id.in_(respondents))
    return conditions


def count_fingerprints(session: Session) -> dict[tuple[int, int], str]:
    """The fingerprints of all marks by (municipality id, dialogue id), for the worker's round."""
    keys = (MarkedPlace.municipality_id, MarkedPlace.dialogue_id)
    statement = (
        select(*keys, *_sums())
        .where(MarkedPlace.is_counted.is_(True), _is_unsafe())
        .group_by(*keys)
    )
    return {(row[0], row[1]): join_sums(tuple(row[2:])) for row in session.execute(statement)}


def _is_unsafe() -> ColumnElement[bool]:
    """Places that feel safe are no part of where people feel unsafe."""
    return MarkedPlace.feeling == Feeling.UNSAFE


def _sums() -> list[ColumnElement[int]]:
    n, degrees = func.count(MarkedPlace.id), (MarkedPlace.lat, MarkedPlace.lon)
    wholes = (func.coalesce(func.sum(parts_of(one)), 0) for one in degrees)
    numbers = (MarkedPlace.reasons, MarkedPlace.times, MarkedPlace.named_place_id)
    sums = (func.coalesce(func.sum(type_coerce(number, Integer)), 0) for number in numbers)
    return [n, *wholes, *sums]


def join_sums(sums: Sequence[int]) -> str:
    """The sums of some marks as one text, their number first."""
    return NO_MARKS if not sums[0] else ":".join(str(int(value)) for value in sums)
