"""Which places of the register readers may be given, by name and on a map: one rule for all pages.

Of what residents feel only public ground is named and pointed at: homes and premises (shops,
schools and the like) would be blamed for what people feel outside them, and so would any place that
somebody has marked as sensitive. What the parties themselves do may be told with the name of the
premises where they do it ("polisen finns vid köpcentret"), since they have decided to say so; it is
not pointed at on a map either.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.municipalities.municipalities import list_named_places

NAMEABLE_KINDS = frozenset(
    {
        PlaceKind.LOCALITY,
        PlaceKind.SQUARE,
        PlaceKind.STATION,
        PlaceKind.PARK,
        PlaceKind.PATH,
        PlaceKind.TRAIL,
        PlaceKind.ROAD,
        PlaceKind.TUNNEL,
        PlaceKind.DISTRICT,
    }
)


HOME_KINDS = frozenset({PlaceKind.HOME, PlaceKind.HOUSING})
"""Where somebody lives: never public, whoever it came from."""


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place that readers are given: degrees (WGS 84), and how far the name reaches in metres.

    Position and extent are None where it may be named only, and where an edition names what the
    register has no longer.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    extent_m: int | None = None


def may_be_named(kind: PlaceKind | None, *, is_sensitive: bool) -> bool:
    """Whether readers may be given the name and the position of such a place, as it is today."""
    return kind in NAMEABLE_KINDS and not is_sensitive


def list_nameable_places(session: Session, municipality: Municipality) -> list[NamedPlace]:
    """The places of the register that readers may be given, by name."""
    register = list_named_places(session, municipality)
    return [p for p in register if may_be_named(p.kind, is_sensitive=p.is_sensitive)]


def tell_place(place: NamedPlace | None) -> PlaceTold | None:
    """Where the parties do something, for readers; None where it is nobody's to know."""
    if place is None or place.is_sensitive or place.kind in HOME_KINDS:
        return None
    if not may_be_named(place.kind, is_sensitive=place.is_sensitive):
        return PlaceTold(place.name)
    return PlaceTold(place.name, place.lat, place.lon, place.radius_m)


def find_by_name(
    session: Session, municipality_ids: Collection[int], names: Collection[str]
) -> dict[str, NamedPlace]:
    """The places that an edition names, as the register has them today, by name.

    Where two municipalities have the name, the one that may not be told decides. A name that no
    place has now leads to the place that had it before, where that may not be told.
    """
    if not names:
        return {}
    statement = select(NamedPlace).where(
        NamedPlace.municipality_id.in_(municipality_ids), NamedPlace.name.in_(names)
    )
    rows = sorted(
        session.scalars(statement), key=lambda place: (tell_place(place) is None, place.id)
    )
    found = {place.name: place for place in rows}
    lacking = set(names) - found.keys()
    if lacking:
        closed = select(NamedPlace).where(
            NamedPlace.municipality_id.in_(municipality_ids),
            or_(NamedPlace.is_sensitive.is_(True), NamedPlace.kind.in_(HOME_KINDS)),
        )
        for place in session.scalars(closed):
            found |= dict.fromkeys(lacking & set(place.aliases), place)
    return found
