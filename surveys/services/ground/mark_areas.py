"""Finds the area that each marked place lies in, once, so that no table has to.

Run by the worker's round and when a division is brought in.
"""

import uuid

import numpy as np
from sqlalchemy import Select, exists, func, insert, select
from sqlalchemy.orm import Session

from maps.divisions import WIDEST_NAME_M, find_areas
from maps.places import Precision
from surveys.models.geography import Area, AreaKind, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import MarkedPlace


def list_divisions(session: Session) -> list[tuple[int, AreaKind]]:
    """Municipalities (by id) and the divisions they have, for the worker's round."""
    statement = select(Area.municipality_id, Area.kind).distinct().order_by(Area.municipality_id)
    return [(municipality_id, kind) for municipality_id, kind in session.execute(statement)]


def place_marks_in_areas(session: Session, municipality: Municipality, kind: AreaKind) -> int:
    """Place the marks that lie in no area of ``kind`` yet; return how many were placed."""
    areas = session.execute(
        select(Area.id, Area.geometry)
        .where(Area.municipality_id == municipality.id, Area.kind == kind)
        .order_by(Area.code)
    ).all()
    marks = session.execute(_unplaced(municipality, kind)).all()
    if not areas or not marks:
        return 0
    lat, lon = (np.array([mark[i] for mark in marks], dtype=np.float64) for i in (1, 2))
    found = find_areas([geometry for _, geometry in areas], lat, lon)
    rows = [
        {"mark_id": mark[0], "area_id": areas[at][0]}
        for mark, at in zip(marks, found.tolist(), strict=True)
        if at >= 0
    ]
    if rows:
        session.execute(insert(MarkArea), rows)
    return len(rows)


def _unplaced(
    municipality: Municipality, kind: AreaKind
) -> Select[uuid.UUID, float | None, float | None]:
    """Marks with a position, and those named by a place that is small enough to lie in one area."""
    placed = (
        exists()
        .where(MarkArea.mark_id == MarkedPlace.id)
        .where(Area.id == MarkArea.area_id, Area.kind == kind)
    )
    lat = func.coalesce(MarkedPlace.lat, NamedPlace.lat)
    lon = func.coalesce(MarkedPlace.lon, NamedPlace.lon)
    return (
        select(MarkedPlace.id, lat, lon)
        .outerjoin(
            NamedPlace,
            (NamedPlace.id == MarkedPlace.named_place_id) & (NamedPlace.radius_m <= WIDEST_NAME_M),
        )
        .where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.precision != Precision.DISTRICT,
            lat.is_not(None),
            lon.is_not(None),
            ~placed,
        )
    )
