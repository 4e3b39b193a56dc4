"""The work behind ``trygghetsdialog import streets``: segments read, joined to streets, stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext as _
from flask_babel import ngettext
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from maps.areas import Outline
from maps.files.geofiles import GeoFile, GeoRow, read_geo, run
from maps.files.opening import BadGeoFile
from maps.geojson import rounded
from maps.places import NamedPoint, nearest
from maps.streets import JoinedStreet, join_parts, join_segments
from surveys.drafts.geography import StreetDraft
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.services.ground.streets import StreetReport, replace_streets
from surveys.text.typed import clean_text
from webapp.commands.ground_rows import LONGEST_NAME, Problems, find_column
from webapp.commands.ground_store import (
    outline_of,
    refuse,
    stop_at,
    store_ground,
    tell_reading,
    told,
)
from webapp.commands.import_messages import printable

# The columns of OpenStreetMap, NVDB, Lantmäteriet and municipalities, in small letters.
STREET_NAMES = (
    "gatunamn",
    "gatunamn_namn",
    "gatu_namn",
    "vagnamn",
    "vägnamn",
    "gata",
    "street",
    "streetname",
    "street_name",
    "name",
    "namn",
    "namn_130",
    "adressområde",
    "adressomrade",
)
MOST_STREETS = 30_000
_LONGEST_SOURCE, _TOLD_NAMES = 200, 10


@dataclass(slots=True)
class Segments:
    """The named segments of a file, and how many rows were left out and why."""

    kept: list[tuple[str, BaseGeometry]] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    left_out: Counter[str] = field(default_factory=Counter)


def import_streets(path: Path, slug: str, column: str | None, source: str) -> None:
    """Read, join and store a network of streets."""
    with told():
        file, outline = read_geo(path, wanted="LineString"), outline_of(slug)
        name = find_column(file, column, STREET_NAMES)
        if name is None:
            columns = ", ".join(file.columns)[:200] or "–"
            refuse("no_column_of", {"column": "--name", "columns": columns})
        segments = read_segments(file, name, outline)
        stop_at(segments.problems)
        if not segments.kept:
            _refuse_nothing(segments)
        streets = join_segments(segments.kept)
        if len(streets) > MOST_STREETS:
            refuse("too_many_streets", {"limit": MOST_STREETS})
        said = source[:_LONGEST_SOURCE]
        report = store_ground(slug, lambda s, owner: _replace(s, owner, streets, said))
        tell_reading(file, outside=segments.left_out["outside"])
        _tell(name, segments, report)


def read_segments(file: GeoFile, column: str, outline: Outline | None) -> Segments:
    """The segments with a name and a length that lie in the municipality."""
    found = Segments()
    is_road = _roads(file)
    for row in file.rows:
        try:
            line = run(row)
        except BadGeoFile as error:
            found.problems.add(row.number, error.code, error.values)
            continue
        name = _name(row.values[column])
        if not is_road(row):
            found.left_out["no_road"] += 1
        elif line is None:
            found.left_out["no_line"] += 1
        elif not 0 < len(name) <= LONGEST_NAME:
            found.left_out["no_name"] += 1
        elif not any(letter.isalpha() for letter in name):
            found.left_out["no_letter"] += 1
        elif outline is not None and not outline.geometry.intersects(line):
            found.left_out["outside"] += 1
        else:
            found.kept.append((name, line))
    return found


def _roads(file: GeoFile) -> Any:
    """Whether a row is a road: OpenStreetMap keeps streams and railways in the same layer."""
    highway = next((name for name in file.columns if name.casefold() == "highway"), None)

    def is_road(row: GeoRow) -> bool:
        return highway is None or bool(_name(row.values[highway]))

    return is_road


def _name(value: Any) -> str:
    return "" if value is None or value != value else clean_text(str(value))


def _replace(
    session: Session, municipality: Municipality, streets: Iterable[JoinedStreet], source: str
) -> StreetReport:
    towns = [
        NamedPoint(place.name, place.lat, place.lon, float(place.radius_m))
        for place in list_named_places(session, municipality)
        if place.kind is PlaceKind.LOCALITY
    ]
    drafts = [
        StreetDraft(it.name, rounded(it.line), it.lat, it.lon, it.radius_m)
        for it in told_apart(streets, towns)
    ]
    return replace_streets(session, municipality, drafts, source)


def told_apart(streets: Iterable[JoinedStreet], towns: list[NamedPoint]) -> list[JoinedStreet]:
    """Streets with one name each: of several the name of the nearest town is added.

    Those that no town tells apart are one street in several parts.
    """
    by_name: defaultdict[str, list[JoinedStreet]] = defaultdict(list)
    for street in streets:
        by_name[street.name].append(street)
    apart = []
    for name, parts in by_name.items():
        by_town: defaultdict[str, list[JoinedStreet]] = defaultdict(list)
        for part in parts:
            town = nearest(part.lat, part.lon, towns) if len(parts) > 1 else None
            by_town[town.named.name if town else ""].append(part)
        is_several = len(by_town) > 1
        for town_name, same in by_town.items():
            own = f"{name}, {town_name}"[:LONGEST_NAME] if is_several else name
            whole = same[0] if len(same) == 1 else join_parts(own, same)
            apart.append(replace(whole, name=own))
    return apart


def _refuse_nothing(segments: Segments) -> None:
    if segments.left_out["outside"]:
        refuse("all_outside_of", {"count": segments.left_out["outside"]})
    refuse("no_streets", {})


def _tell_left_out(column: str, segments: Segments) -> None:
    words = {
        "no_road": _("%(n)s rows are no roads and are left out.", n=segments.left_out["no_road"]),
        "no_line": _(
            "%(n)s rows are no lines, or lines without a length, and are left out.",
            n=segments.left_out["no_line"],
        ),
        "no_letter": _(
            "%(n)s segments have a name without a letter, which nobody could search for, and are"
            " left out.",
            n=segments.left_out["no_letter"],
        ),
        "no_name": _(
            "%(n)s segments have no name in the column %(column)s and are left out.",
            n=segments.left_out["no_name"],
            **printable({"column": column}),
        ),
    }
    for reason, text in words.items():
        if segments.left_out[reason]:
            click.echo(text, err=True)


def _tell(column: str, segments: Segments, report: StreetReport) -> None:
    _tell_left_out(column, segments)
    if report.in_register:
        names = ", ".join(report.in_register[:_TOLD_NAMES])
        click.echo(
            ngettext(
                "%(num)s street is a place of the register already, which stays as it is:"
                " %(names)s",
                "%(num)s streets are places of the register already, which stay as they are:"
                " %(names)s",
                len(report.in_register),
                **printable({"names": names}),
            ),
            err=True,
        )
    if report.kept:
        click.echo(
            ngettext(
                "%(num)s street is kept although the file lacks it: answers name it.",
                "%(num)s streets are kept although the file lacks them: answers name them.",
                report.kept,
            ),
            err=True,
        )
    click.echo(
        _(
            "%(n)s streets of %(segments)s segments imported; %(before)s were there before.",
            n=report.stored,
            segments=len(segments.kept),
            before=report.before,
        )
    )
