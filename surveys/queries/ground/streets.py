"""The municipality's streets: places that are found by search and stand in no list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.questionnaire import PlaceChoice
from surveys.text.place_search import fold

PREFIX_LETTERS = 2  # so little of what a resident types leaves the device
PAGE_SIZE = 400
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class StreetPage:
    """Some of the streets that begin as asked, by name, and whether there are more of them."""

    streets: tuple[PlaceChoice, ...]
    has_more: bool


def list_streets(
    session: Session, municipality: Municipality, prefix: str, page: int = 1
) -> StreetPage:
    """The streets of which a word of the name begins with ``prefix``, folded as the search folds.

    Only its first letters count. None without so many letters; raise NotFound for a page
    beyond. Sensitive ones are left out.
    """
    if not 1 <= page <= MOST_PAGES:
        raise NotFound(f"page {page}")
    start = fold(prefix)[:PREFIX_LETTERS]
    if len(start) < PREFIX_LETTERS or " " in start:
        return StreetPage((), has_more=False)
    found = session.execute(
        select(NamedPlace.name, NamedPlace.lat, NamedPlace.lon, NamedPlace.radius_m)
        .where(
            NamedPlace.municipality_id == municipality.id,
            NamedPlace.search_key.contains(f" {start}", autoescape=True),
            NamedPlace.is_sensitive.is_(False),
        )
        .order_by(NamedPlace.name)
        .limit(PAGE_SIZE + 1)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    if page > 1 and not found:
        raise NotFound(f"page {page}")
    rows = found[:PAGE_SIZE]
    return StreetPage(
        tuple(PlaceChoice(name, (), lat, lon, radius_m) for name, lat, lon, radius_m in rows),
        has_more=len(found) > PAGE_SIZE,
    )


def has_streets(session: Session, municipality: Municipality) -> bool:
    """Whether a network of streets has been imported."""
    statement = select(NamedPlace.id).where(
        NamedPlace.municipality_id == municipality.id, NamedPlace.search_key.is_not(None)
    )
    return session.scalar(statement.limit(1)) is not None


def list_all_streets(session: Session, municipality: Municipality) -> list[NamedPlace]:
    """All streets, by name."""
    return list(
        session.scalars(
            select(NamedPlace)
            .where(
                NamedPlace.municipality_id == municipality.id, NamedPlace.search_key.is_not(None)
            )
            .order_by(NamedPlace.name)
        )
    )


def list_naming_streets(
    session: Session, municipality: Municipality
) -> list[tuple[str, BaseGeometry]]:
    """Names and lines in WGS 84 of the streets that may name a spot: none that is sensitive."""
    rows = session.execute(
        select(NamedPlace.name, NamedPlace.line)
        .where(
            NamedPlace.municipality_id == municipality.id,
            NamedPlace.line.is_not(None),
            NamedPlace.is_sensitive.is_(False),
        )
        .order_by(NamedPlace.name)
    )
    return [(name, shape(line)) for name, line in rows if line]


def get_streets(
    session: Session, municipality: Municipality, names: Collection[str]
) -> Sequence[NamedPlace]:
    """The streets with exactly these names."""
    if not names:
        return ()
    return session.scalars(
        select(NamedPlace).where(
            NamedPlace.municipality_id == municipality.id,
            NamedPlace.search_key.is_not(None),
            NamedPlace.name.in_(names),
        )
    ).all()
