"""The demo's municipalities, their police areas, place registers and schematic ground."""

import csv
import io
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from surveys.models.municipality import (
    Agreement,
    AgreementMunicipality,
    LocalPoliceArea,
    Municipality,
)
from surveys.models.place import NamedPlace, PlaceKind
from surveys.text.slugs import make_slug

_GEOGRAPHY = files("surveys.demo") / "geography"


@dataclass(frozen=True, slots=True)
class Tenant:
    """One municipality as the demo knows it."""

    code: str
    slug: str
    name: str
    genitive: str
    center: tuple[float, float]
    official: str | None = None  # where it is not "… kommun"


SODERHAMN = Tenant("2182", "soderhamn", "Söderhamn", "Söderhamns", (61.30, 17.06))
HARNOSAND = Tenant("2280", "harnosand", "Härnösand", "Härnösands", (62.63, 17.94))
KRAMFORS = Tenant("2282", "kramfors", "Kramfors", "Kramfors", (62.93, 17.79))
SOLLEFTEA = Tenant("2283", "solleftea", "Sollefteå", "Sollefteå", (63.17, 17.27))
HAGFORS = Tenant("1783", "hagfors", "Hagfors", "Hagfors", (60.02, 13.67))
HAPARANDA = Tenant(
    "2583", "haparanda", "Haparanda", "Haparanda", (65.84, 24.14), official="Haparanda stad"
)
JOINT = (HARNOSAND, KRAMFORS, SOLLEFTEA)


def add_soderhamn(session: Session) -> Municipality:
    """Söderhamn with its police area, Hälsingland (D108)."""
    municipality = _add(session, SODERHAMN)
    municipality.shows_draft_languages = True  # nobody has approved the translations
    _add_area(session, municipality, "Hälsingland", "Gävleborg", "Mitt")
    return municipality


def add_hagfors(session: Session) -> Municipality:
    """Hagfors with its police area, Torsby (D41)."""
    municipality = _add(session, HAGFORS)
    _add_area(session, municipality, "Torsby", "Värmland", "Bergslagen")
    return municipality


def add_haparanda(session: Session) -> Municipality:
    """Haparanda, a kommun that calls itself stad, with its police area (D108)."""
    municipality = _add(session, HAPARANDA)
    municipality.shows_draft_languages = True  # Finnish and Meänkieli are spoken there
    _add_area(session, municipality, "Östra Norrbotten", "Norrbotten", "Nord")
    return municipality


def _add_area(
    session: Session, municipality: Municipality, name: str, district: str, region: str
) -> None:
    session.add(
        LocalPoliceArea(
            name=name,
            slug=make_slug(name, set()),
            police_district=district,
            police_region=region,
            municipalities=[municipality],
        )
    )
    session.flush()


def add_joint_area(session: Session) -> tuple[Agreement, list[Municipality]]:
    """Three municipalities of one police area with one agreement; the first registers it."""
    municipalities = [_add(session, tenant) for tenant in JOINT]
    area = LocalPoliceArea(
        name="Södra Ångermanland",
        slug="sodra-angermanland",
        police_district="Västernorrland",
        police_region="Nord",
        municipalities=municipalities,
    )
    agreement = Agreement(
        title="Samverkan mellan Härnösand, Kramfors, Sollefteå och polisen",
        police_area=area,
        municipalities=[
            AgreementMunicipality(
                municipality=municipality,
                dnr="KS 24-203" if municipality.slug == HARNOSAND.slug else None,
            )
            for municipality in municipalities
        ],
    )
    session.add(agreement)
    session.flush()
    return agreement, municipalities


def _add(session: Session, tenant: Tenant) -> Municipality:
    schematic = json.loads(_read(f"{tenant.slug}.geojson"))
    official_name = tenant.official or f"{tenant.genitive} kommun"
    municipality = Municipality(
        code=tenant.code,
        slug=tenant.slug,
        name=tenant.name,
        genitive=tenant.genitive,
        official_name=official_name,
        outline=_outline(schematic),
        schematic=schematic,
        center_lat=tenant.center[0],
        center_lon=tenant.center[1],
        municipal_contact=f"Trygghetssamordnaren i {official_name}",
        police_contact=f"Kommunpolisen i {tenant.name}",
        contact_email=f"trygghet@{tenant.slug}.example",
    )
    session.add(municipality)
    session.flush()
    session.add_all(
        _named_place(municipality, row)
        for row in csv.DictReader(io.StringIO(_read(f"{tenant.slug}_places.csv")))
    )
    session.flush()
    return municipality


def _outline(schematic: dict[str, Any]) -> dict[str, Any]:
    outlines = [f for f in schematic["features"] if f["properties"]["kind"] == "outline"]
    geometry: dict[str, Any] = outlines[0]["geometry"]
    return geometry


def _named_place(municipality: Municipality, row: dict[str, str]) -> NamedPlace:
    return NamedPlace(
        municipality_id=municipality.id,
        name=row["name"],
        kind=PlaceKind(row["kind"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_m=int(row["radius_m"]),
        population=int(row["population"]) if row.get("population") else None,
        aliases=[alias for alias in row["aliases"].split("|") if alias],
        source=row["source"],
    )


def _read(name: str) -> str:
    return (_GEOGRAPHY / name).read_text(encoding="utf-8")
