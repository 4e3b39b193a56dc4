"""The places and streets that marks name, as columns. Only the job process imports this."""

from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.engine.distinct import distinct
from maps.engine.grid import Ints
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace

Streets = tuple[tuple[BaseGeometry, ...], Ints]  # lines, and for each place its line or -1


def read_streets(session: Session, municipality: Municipality, ids: Ints, named: Ints) -> Streets:
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


def read_places(session: Session, municipality: Municipality) -> dict[str, npt.NDArray[Any]]:
    """The register as columns by rising id; a last row that no mark has keeps look-ups inside."""
    rows = session.execute(
        select(NamedPlace.id, NamedPlace.lat, NamedPlace.lon, NamedPlace.radius_m)
        .where(NamedPlace.municipality_id == municipality.id)
        .order_by(NamedPlace.id)
    ).all()
    table = np.array([*(tuple(row) for row in rows), (2**53, 0.0, 0.0, 0.0)], dtype=np.float64)
    ids = table[:, 0].astype(np.int64)
    return {"id": ids, "lat": table[:, 1], "lon": table[:, 2], "radius_m": table[:, 3]}
