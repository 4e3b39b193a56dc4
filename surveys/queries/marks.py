"""The marks of a dialogue as the analysis takes them: positions without anybody's words."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Integer, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from maps.places import Place, Precision
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import Feeling, MarkedPlace

MICRODEGREES = 1_000_000
NO_MARKS = "0"


@dataclass(frozen=True, slots=True)
class MarkSet:
    """Marks with a position, in a fixed order; reasons and times as stored bits, by mark.

    ``data_hash`` covers every mark, those without a position (``n_unplaced``) too.
    """

    places: tuple[Place, ...]
    reasons: tuple[int, ...]
    times: tuple[int, ...]
    n_unplaced: int
    data_hash: str


def load_marks(session: Session, municipality: Municipality, dialogue: Dialogue) -> MarkSet:
    """All counted unsafe marks that ``municipality``'s respondents set in ``dialogue``.

    A mark given by a place's name stands at that place with the place's extent.
    """
    statement = (
        select(
            MarkedPlace.response_id,
            MarkedPlace.precision,
            MarkedPlace.lat,
            MarkedPlace.lon,
            type_coerce(MarkedPlace.reasons, Integer),
            type_coerce(MarkedPlace.times, Integer),
            NamedPlace.lat,
            NamedPlace.lon,
            NamedPlace.radius_m,
        )
        .outerjoin(NamedPlace, NamedPlace.id == MarkedPlace.named_place_id)
        .where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            _is_unsafe(),
        )
        .order_by(MarkedPlace.response_id, MarkedPlace.position, MarkedPlace.id)
    )
    places, reasons, times = [], [], []
    digest, n = hashlib.sha256(), 0
    for row in session.execute(statement):
        n += 1
        digest.update(repr((row[0].hex, row[1].value, *row[2:])).encode())
        place = _place(row[0].hex, row[1], (row[2], row[3]), tuple(row[6:9]))
        if place is not None:
            places.append(place)
            reasons.append(row[4] or 0)
            times.append(row[5] or 0)
    return MarkSet(
        places=tuple(places),
        reasons=tuple(reasons),
        times=tuple(times),
        n_unplaced=n - len(places),
        data_hash=digest.hexdigest(),
    )


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


def _place(
    respondent: str,
    precision: Precision,
    mark: tuple[float | None, float | None],
    named: tuple[float | None, ...],
) -> Place | None:
    lat, lon = mark
    named_lat, named_lon, radius_m = named
    by_name = precision in (Precision.PLACE, Precision.DISTRICT)
    if by_name and named_lat is not None and named_lon is not None:
        extent_m = float(radius_m or 0)
        return Place(named_lat, named_lon, precision, respondent=respondent, extent_m=extent_m)
    if lat is None or lon is None:
        return None
    return Place(lat, lon, precision, respondent=respondent)
