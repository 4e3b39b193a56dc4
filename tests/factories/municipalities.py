"""Municipalities, accounts and places to test with."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from surveys.models.account import Membership, User
from surveys.models.municipality import LocalPoliceArea, Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.permissions import StaffRole
from surveys.text.slugs import make_slug

CREATED_AT = datetime(2021, 8, 1, 8, 0, tzinfo=UTC)


def box(west: float, south: float, east: float, north: float) -> dict[str, object]:
    """A GeoJSON polygon with four corners."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def make_municipality(session: Session, slug: str = "soderhamn", **values: object) -> Municipality:
    """Söderhamn with an outline of four corners, unless told otherwise."""
    columns: dict[str, object] = {
        "code": "2182",
        "slug": slug,
        "name": "Söderhamn",
        "genitive": "Söderhamns",
        "official_name": "Söderhamns kommun",
        "outline": box(16.6, 61.05, 17.4, 61.5),
        "center_lat": 61.3037,
        "center_lon": 17.0592,
        "municipal_contact": "Trygghetssamordnaren",
        "police_contact": "Kommunpolisen",
    } | values
    municipality = Municipality(**columns)
    session.add(municipality)
    session.flush()
    return municipality


def make_police_area(
    session: Session, municipality: Municipality, name: str = "Hälsingland"
) -> LocalPoliceArea:
    """The local police area that ``municipality`` belongs to."""
    area = LocalPoliceArea(
        name=name, slug=make_slug(name), police_region="Mitt", municipalities=[municipality]
    )
    session.add(area)
    session.flush()
    return area


def make_named_place(
    session: Session, municipality: Municipality, name: str = "Resecentrum", **values: object
) -> NamedPlace:
    """A place of the register."""
    columns: dict[str, object] = {
        "municipality_id": municipality.id,
        "name": name,
        "kind": PlaceKind.STATION,
        "lat": 61.3000,
        "lon": 17.0420,
        "radius_m": 150,
        "aliases": ["stationen"],
        "source": "test",
    } | values
    place = NamedPlace(**columns)
    session.add(place)
    session.flush()
    return place


def make_account(
    session: Session,
    municipality: Municipality,
    role: StaffRole = StaffRole.COORDINATOR,
    email: str | None = None,
) -> User:
    """A staff account with ``role`` in ``municipality``. It has no password: see ``sign_in``."""
    name = email or f"{role.value}@{municipality.slug}.example"
    account = User(
        email=name,
        password=None,
        active=True,
        fs_uniquifier=f"uniq-{name}",
        title=role.value.capitalize(),
        created_at=CREATED_AT,
        memberships=[Membership(municipality_id=municipality.id, role=role)],
    )
    session.add(account)
    session.flush()
    return account
