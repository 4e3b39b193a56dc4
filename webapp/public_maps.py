"""A published map in pictures and words, the same for readers and for the staff's preview of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from maps.drawing.edition_picture import NARROW_PX, WIDE_PX, draw_edition
from maps.drawing.labels import Label, LabelKind
from maps.edition_rule import class_limits
from maps.ground.basemap import BadBasemap, Basemap
from maps.places import distance_m
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.ground.public_places import list_nameable_places
from surveys.queries.maps.map_editions import EditionView, NamedCells
from webapp.base_map import GroundOf, picture_ground
from webapp.extensions import db
from webapp.formatters import number

TOLD_NAMES = 3


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of cells: its colour 1 to 5, "at least" how many, and where they lie."""

    level: int
    at_least: int
    places: tuple[NamedCells, ...]


@dataclass(frozen=True, slots=True)
class DrawnTown:
    """The part of the map round one locality, for wide and for narrow screens."""

    name: str
    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True)
class DrawnEdition:
    """What a page shows of an edition: pictures, the finding, and the same as a list."""

    pictures: tuple[DrawnTown, ...]
    finding: str
    limits: tuple[int, ...]  # of the classes in use, from the lowest
    classes: tuple[ClassRow, ...]


def draw_public_map(municipality: Municipality, edition: EditionView) -> DrawnEdition:
    """The edition as pages show it, in the page's language."""
    told = [row.name for row in sorted(edition.places, key=lambda r: (-r.level, -r.n_cells))]
    ground, labels = still_ground(municipality), _labels(municipality, told)
    wide, narrow = (
        draw_edition(edition.cells, ground, labels, title=_title, width_px=width)
        for width in (WIDE_PX, NARROW_PX)
    )
    places = _in_towns(edition.places, labels, [one.name for one in wide])
    levels = sorted({row.level for row in edition.places}, reverse=True)
    limits = class_limits(edition.least)
    return DrawnEdition(
        pictures=tuple(
            DrawnTown(one.name, Markup(one.svg), Markup(other.svg))  # noqa: S704 - drawn and escaped by us
            for one, other in zip(wide, narrow, strict=True)
        ),
        finding=_finding(edition),
        limits=limits[: max(levels, default=0)],
        classes=tuple(
            ClassRow(level, limits[level - 1], tuple(r for r in places if r.level == level))
            for level in levels
        ),
    )


def _in_towns(
    rows: Sequence[NamedCells], labels: Sequence[Label], towns: Sequence[str]
) -> list[NamedCells]:
    """The rows, those of another picture than the first with its town: "Brädgården (Ljusne)"."""
    at = {label.name: label for label in reversed(labels)}
    heads = [at[town] for town in towns if town in at]

    def in_town(row: NamedCells) -> NamedCells:
        here = at.get(row.name)
        if here is None:
            return row
        town = min(heads, key=lambda t: distance_m(here.lat, here.lon, t.lat, t.lon)).name
        is_told = town in (towns[0], row.name)
        return row if is_told else replace(row, name=f"{row.name} ({town})")

    return [in_town(row) for row in rows] if len(heads) > 1 else list(rows)


def _title(locality: str) -> str:
    if not locality:
        return _("Map of places that feel unsafe. The list has the same content.")
    return _(
        "Map of places that feel unsafe near %(place)s. The list has the same content.",
        place=locality,
    )


def _finding(edition: EditionView) -> str:
    """What stands highest, in one sentence that is true however the rest lies."""
    top = max((row.level for row in edition.places), default=0)
    rows = [row for row in edition.places if row.level == top]
    if not rows:
        return ""
    n_cells, at_least = sum(row.n_cells for row in rows), rows[0].at_least
    names = [row.name for row in rows if row.name]
    if len(names) == len(rows) <= TOLD_NAMES:
        return ngettext(
            "At least %(persons)s persons have marked a square near %(names)s.",
            "At least %(persons)s persons have marked each of %(num)s squares near %(names)s.",
            n_cells,
            persons=number(at_least),
            names=_joined(names),
        )
    return ngettext(
        "At least %(persons)s persons have marked one square of the map.",
        "At least %(persons)s persons have marked each of %(num)s squares of the map.",
        n_cells,
        persons=number(at_least),
    )


def _joined(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1])


def still_ground(municipality: Municipality) -> Basemap | GroundOf:
    """The ground of pictures; nothing where it cannot be drawn."""
    try:
        return picture_ground(municipality)
    except BadBasemap:
        return Basemap(())  # a ground that cannot be drawn must not cost the map


def _labels(municipality: Municipality, told: Sequence[str]) -> list[Label]:
    """Public ground only, those that the list tells of first to get their room.

    A name beside a cell would blame the premises that bear it.
    """
    named = list_nameable_places(db.session(), municipality)
    return [
        label_of(place) for place in sorted(named, key=lambda p: (_turn(p.name, told), -p.radius_m))
    ]


def _turn(name: str, told: Sequence[str]) -> int:
    return told.index(name) if name in told else len(told)


def label_of(place: NamedPlace) -> Label:
    """The name of a place of the register, as pictures write it."""
    is_big = place.kind is PlaceKind.LOCALITY
    return Label(
        place.name, LabelKind.LOCALITY if is_big else LabelKind.PLACE, place.lat, place.lon
    )
