"""A dialogue's marks as columns, for the analysis: positions without anybody's words.

A million marks are read in one row of four texts, because a row per mark costs more than the whole
analysis, and from the index ``ix_marked_place_tenant`` alone, because looking up a row per mark
costs still more. Only the job process and commands import this: it uses numpy.
"""

import enum
import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
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

from maps.distinct import distinct
from maps.marks import Located
from maps.places import Precision
from maps.stand_ins import Keys, mixed
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.queries.filters import NO_FILTERS, Filters

_PER_DEGREE = 10_000_000  # a centimetre
_NOWHERE = 1000  # degrees: no position
_BY_NAME, _DISTRICT = 1, 2

# How many bits each has in the one number that they are read as.
_BITS = {"reasons": 16, "times": 8, "precision": 2, "place": 37}

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Streets = tuple[tuple[BaseGeometry, ...], Ints]  # lines, and for each place its line or -1


@dataclass(frozen=True, slots=True, eq=False)
class Everybody:
    """All marks with a position, of which some are chosen.

    ``part`` is each respondent's own value of the one filter by which each has one value and no
    more (channel, event), as a number; all 0 where there is no such filter.
    """

    located: Located
    is_chosen: Bools
    part: Ints


@dataclass(frozen=True, slots=True, eq=False)
class MarkColumns:
    """Marks with a position, and their reasons and times as stored bits.

    In an order of their own that is the same for the same marks, whatever order the database read
    them in. ``data_hash`` covers every mark, those without a position (``n_unplaced``) too.
    """

    located: Located
    reasons: Ints
    times: Ints
    n_unplaced: int
    data_hash: str

    @property
    def size(self) -> int:
        """The number of marks with a position."""
        return int(self.located.lat.size)


def load_marks(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
) -> MarkColumns:
    """The counted unsafe marks that ``municipality``'s respondents set in ``dialogue``.

    A mark given by a place's name stands at that place with the place's extent. A reason or a time
    in ``filters`` chooses among the marks, everything else among the respondents; the municipality
    in it is not looked at.
    """
    read = _read_chosen(session, municipality, dialogue, filters)
    return _chosen_marks(read, _ground(session, municipality, read))


def load_part(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> tuple[MarkColumns, Everybody]:
    """What ``load_marks`` gives, and all marks with which of them those are, of one reading."""
    read = _read_chosen(session, municipality, dialogue, filters)
    part = np.zeros(read.person.size, dtype=np.int64)
    for number, one in enumerate(_parts(dialogue, filters), start=1):
        of_part = _persons(_ids(_respondents(session, municipality, dialogue, one)))
        part[np.isin(read.person, of_part)] = number
    ground = _ground(session, municipality, read)
    # Carried along in two columns that are not asked for here, to stand in the marks' order.
    carried = read.columns | {"reasons": read.kept.astype(np.int64), "times": part}
    marks = _placed(read.person, carried, *ground)
    everybody = Everybody(marks.located, marks.reasons == 1, marks.times)
    return _chosen_marks(read, ground), everybody


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """All marks as they were read, and which of them the filters choose."""

    person: Keys
    columns: dict[str, Ints]
    kept: Bools


def _read_chosen(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> _Chosen:
    columns = _read(session, municipality, dialogue)
    person = _persons(columns.pop("response"))
    kept = _kept(columns, filters)
    asked = replace(filters, reason=None, time=None, municipality=None)
    if asked != NO_FILTERS:
        chosen = _persons(_ids(_respondents(session, municipality, dialogue, asked)))
        kept &= np.isin(person, chosen)
    return _Chosen(person, columns, kept)


def _ground(
    session: Session, municipality: Municipality, read: _Chosen
) -> tuple[dict[str, npt.NDArray[Any]], Streets]:
    """The places and streets that marks by name stand at."""
    places = _places(session, municipality)
    return places, _streets(session, municipality, places["id"], read.columns["place"])


def _chosen_marks(
    read: _Chosen, ground: tuple[dict[str, npt.NDArray[Any]], Streets]
) -> MarkColumns:
    if read.kept.all():
        return _placed(read.person, read.columns, *ground)
    columns = {name: column[read.kept] for name, column in read.columns.items()}
    return _placed(read.person[read.kept], columns, *ground)


def _parts(dialogue: Dialogue, filters: Filters) -> list[Filters]:
    """Filters that each respondent is chosen by one of at most, where ``filters`` is such a one."""
    if set(filters.as_json()) == {"channel"}:
        return [Filters(channel=channel) for channel in Channel]
    if set(filters.as_json()) == {"event"}:
        return [Filters(event=event.code) for event in dialogue.events]
    return []


def _placed(
    person: Keys, columns: dict[str, Ints], places: dict[str, npt.NDArray[Any]], streets: Streets
) -> MarkColumns:
    """Put the marks in their order, those by name at their place."""
    lat, lon = (columns[name] / _PER_DEGREE for name in ("lat", "lon"))
    named = np.searchsorted(places["id"], columns["place"])
    by_name = (columns["precision"] > 0) & (places["id"][named] == columns["place"])
    lines, line_of = streets
    lat = np.where(by_name, places["lat"][named], lat)
    lon = np.where(by_name, places["lon"][named], lon)
    is_district = columns["precision"] == _DISTRICT
    extent = np.where(by_name & ~is_district, places["radius_m"][named], 0.0)
    order = np.argsort(mixed(person, *columns.values()), kind="stable")
    digest = hashlib.sha256()
    for column in (person, lat, lon, extent, columns["precision"], *columns.values()):
        digest.update(np.ascontiguousarray(column[order]).tobytes())
    order = order[(lat[order] < _NOWHERE) & (lon[order] < _NOWHERE)]
    return MarkColumns(
        located=Located(
            lat[order],
            lon[order],
            np.unique(person, return_inverse=True)[1][order].astype(np.int64),
            extent[order],
            is_district[order],
            np.where(by_name, line_of[named], -1)[order] if lines else None,
            lines,
        ),
        reasons=columns["reasons"][order],
        times=columns["times"][order],
        n_unplaced=int(person.size - order.size),
        data_hash=digest.hexdigest(),
    )


def _kept(columns: dict[str, Ints], filters: Filters) -> npt.NDArray[np.bool_]:
    """Which marks have the reason and the time that are asked for."""
    kept = np.ones(columns["lat"].size, dtype=bool)
    for name, member in (("reasons", filters.reason), ("times", filters.time)):
        if member is not None:
            kept &= (columns[name] & _bit(member)) != 0
    return kept


def _bit(member: enum.Enum) -> int:
    return 1 << list(type(member)).index(member)


def _read(session: Session, municipality: Municipality, dialogue: Dialogue) -> dict[str, Any]:
    """The columns as whole numbers, and the responses' ids as two halves."""
    # One pass of one reader: the n-th value of each text belongs to the same mark.
    row = session.execute(
        select(
            func.aggregate_strings(cast(MarkedPlace.response_id, String), ""),
            *(
                func.aggregate_strings(cast(column, String), ",")
                for column in (_whole(MarkedPlace.lat), _whole(MarkedPlace.lon), _packed())
            ),
        ).where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == Feeling.UNSAFE,
        )
    ).one()
    columns = {"response": _ids(row[0]), "lat": _numbers(row[1]), "lon": _numbers(row[2])}
    rest = _numbers(row[3])
    for name, bits in _BITS.items():
        columns[name] = rest & ((1 << bits) - 1)
        rest >>= bits
    return columns


def _respondents(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> str | None:
    """The ids of those whom the filters choose, in one text."""
    return session.scalar(
        select(func.aggregate_strings(cast(Response.id, String), "")).where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
            *filters.conditions(municipality, dialogue),
        )
    )


def _packed() -> ColumnElement[int]:
    """Reasons, times, precision and named place in one number, the first in its lowest bits."""
    precision = case(
        (MarkedPlace.precision == Precision.PLACE, _BY_NAME),
        (MarkedPlace.precision == Precision.DISTRICT, _DISTRICT),
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


def _ids(text: str | None) -> npt.NDArray[Any]:
    """Ids that stand one after another as hexadecimal digits, as two halves each."""
    digits = bytes.fromhex((text or "").replace("-", ""))
    return np.frombuffer(digits, dtype=">u8").reshape(-1, 2)


def _numbers(text: str | None) -> Ints:
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)


def _whole(degrees: Any) -> ColumnElement[int]:
    return cast(func.round(func.coalesce(degrees, _NOWHERE) * _PER_DEGREE), BigInteger)


def _persons(ids: npt.NDArray[Any]) -> Keys:
    """A number per id, the same wherever it stands."""
    halves = ids.astype(np.uint64)
    return mixed(halves[:, 0], halves[:, 1])


def _streets(session: Session, municipality: Municipality, ids: Ints, named: Ints) -> Streets:
    """The runs of the streets that marks name, and for each of ``ids`` its run's place or -1."""
    rows = session.execute(
        select(NamedPlace.id, NamedPlace.line)
        .where(
            NamedPlace.municipality_id == municipality.id,
            NamedPlace.line.is_not(None),
            NamedPlace.id.in_(distinct(named).tolist()),
        )
        .order_by(NamedPlace.id)
    ).all()
    line_of = np.full(ids.size, -1, dtype=np.int64)
    if rows:
        line_of[np.searchsorted(ids, [street for street, _ in rows])] = np.arange(len(rows))
    return tuple(shape(line) for _, line in rows), line_of


def _places(session: Session, municipality: Municipality) -> dict[str, npt.NDArray[Any]]:
    """The register as columns by rising id; a last row that no mark has keeps look-ups inside."""
    rows = session.execute(
        select(NamedPlace.id, NamedPlace.lat, NamedPlace.lon, NamedPlace.radius_m)
        .where(NamedPlace.municipality_id == municipality.id)
        .order_by(NamedPlace.id)
    ).all()
    table = np.array([*(tuple(row) for row in rows), (2**53, 0.0, 0.0, 0.0)], dtype=np.float64)
    ids = table[:, 0].astype(np.int64)
    return {"id": ids, "lat": table[:, 1], "lon": table[:, 2], "radius_m": table[:, 3]}
