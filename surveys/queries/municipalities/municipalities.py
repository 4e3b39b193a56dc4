"""Readers for the tenant itself."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace


def get_municipality(session: Session, slug: str) -> Municipality:
    """The municipality with this address part; raise NotFound."""
    municipality = session.scalar(select(Municipality).where(Municipality.slug == slug))
    if municipality is None:
        raise NotFound(slug)
    return municipality


def list_municipalities(session: Session) -> list[Municipality]:
    """All municipalities of the installation, by name."""
    return list(session.scalars(select(Municipality).order_by(Municipality.name)))


def list_outlines(session: Session) -> list[dict[str, Any]]:
    """The outlines of all municipalities that have one, as GeoJSON geometries."""
    statement = select(Municipality.outline).where(Municipality.outline.is_not(None))
    return [outline for outline in session.scalars(statement) if outline]


def find_named_place(
    session: Session, municipality: Municipality, place_id: int | None
) -> NamedPlace | None:
    """The place of the register with this id, None for none; raise NotFound for another's."""
    if place_id is None:
        return None
    found = session.scalar(
        select(NamedPlace).where(
            NamedPlace.municipality_id == municipality.id, NamedPlace.id == place_id
        )
    )
    if found is None:
        raise NotFound(f"place {place_id}")
    return found


def list_named_places(session: Session, municipality: Municipality) -> list[NamedPlace]:
    """The municipality's place register, by name; its streets are not in it."""
    statement = (
        select(NamedPlace)
        .where(NamedPlace.municipality_id == municipality.id, NamedPlace.search_key.is_(None))
        .order_by(NamedPlace.name)
    )
    return list(session.scalars(statement))
