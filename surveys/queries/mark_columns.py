"""A dialogue's marks as columns, for the analysis: positions without anybody's words.

A million marks are read in one row of texts, a text per column, because a row per mark costs more
than the whole analysis. Only the job process and commands import this: it uses numpy.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    case,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from maps.marks import Located
from maps.places import Precision
from maps.stand_ins import Keys, mixed
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import Feeling, MarkedPlace

_PER_DEGREE = 10_000_000  # a centimetre
_NOWHERE = 1000  # degrees: no position
_BY_NAME, _DISTRICT = 1, 2

Ints = npt.NDArray[np.int64]


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


def load_marks(session: Session, municipality: Municipality, dialogue: Dialogue) -> MarkColumns:
    """All counted unsafe marks that ``municipality``'s respondents set in ``dialogue``.

    A mark given by a place's name stands at that place with the place's extent.
    """
    columns = _read(session, municipality, dialogue)
    places = _places(session, municipality)
    person = _persons(columns.pop("response"))
    lat, lon = (columns[name] / _PER_DEGREE for name in ("lat", "lon"))
    named = np.searchsorted(places["id"], columns["place"])
    by_name = (columns["precision"] > 0) & (places["id"][named] == columns["place"])
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
        ),
        reasons=columns["reasons"][order],
        times=columns["times"][order],
        n_unplaced=int(person.size - order.size),
        data_hash=digest.hexdigest(),
    )


def _read(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[str, npt.NDArray[Any]]:
    """The columns as whole numbers, and the responses' ids as hexadecimal digits."""
    columns = _columns()
    # One pass of one reader: the n-th value of each text belongs to the same mark.
    texts = (
        func.aggregate_strings(cast(column, String), "" if name == "response" else ",")
        for name, column in columns.items()
    )
    row = session.execute(
        select(*texts).where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == Feeling.UNSAFE,
        )
    ).one()
    read: dict[str, npt.NDArray[Any]] = {}
    for name, text in zip(columns, row, strict=True):
        if name == "response":
            digits = bytes.fromhex((text or "").replace("-", ""))
            read[name] = np.frombuffer(digits, dtype=">u8").reshape(-1, 2)
        else:
            read[name] = np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, int)
    return read


def _columns() -> dict[str, ColumnElement[Any]]:
    precision = case(
        (MarkedPlace.precision == Precision.PLACE, _BY_NAME),
        (MarkedPlace.precision == Precision.DISTRICT, _DISTRICT),
        else_=0,
    )
    return {
        "response": cast(MarkedPlace.response_id, String),
        "lat": _whole(MarkedPlace.lat),
        "lon": _whole(MarkedPlace.lon),
        "reasons": func.coalesce(type_coerce(MarkedPlace.reasons, Integer), 0),
        "times": func.coalesce(type_coerce(MarkedPlace.times, Integer), 0),
        "precision": precision,
        "place": func.coalesce(MarkedPlace.named_place_id, 0),
    }


def _whole(degrees: Any) -> ColumnElement[int]:
    return cast(func.round(func.coalesce(degrees, _NOWHERE) * _PER_DEGREE), BigInteger)


def _persons(ids: npt.NDArray[Any]) -> Keys:
    """A number per id, the same wherever it stands."""
    halves = ids.astype(np.uint64)
    return mixed(halves[:, 0], halves[:, 1])


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
