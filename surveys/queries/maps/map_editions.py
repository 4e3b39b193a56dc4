"""Published maps: what readers see of them, what staff see before, and the marks they rest on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Place, Precision
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState, MapEdition
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import Feeling, MarkedPlace
from surveys.queries.ground.public_places import HOME_KINDS, may_be_named

# What the next edition is held to: whatever readers have once been shown, taken down or not.
EVER_PUBLIC = (
    EditionState.PUBLISHED,
    EditionState.REPLACED,
    EditionState.WITHDRAWN,
    EditionState.VOID,
)
Lines = tuple[tuple[tuple[float, float], ...], ...]
NOT_YET_PUBLIC = (EditionState.QUEUED, EditionState.PREVIEW, EditionState.FAILED)
# A name of this kind points at no spot: over its whole extent it would colour a town.
WIDE_KINDS = frozenset({PlaceKind.LOCALITY, PlaceKind.DISTRICT})
WIDEST_STREET_M = 3000  # from its middle: a road through the country points at no spot either


@dataclass(frozen=True, slots=True)
class PublicMarkRow:
    """A counted unsafe mark with its position, None where it has none, and whether it is private.

    ``place.respondent`` is the answer's id, ``named_id`` the name's that was given for a place.
    """

    place: Place | None
    is_sensitive: bool
    named_id: int | None


@dataclass(frozen=True, slots=True)
class NamedCells:
    """Cells of one class near one place; ``name`` is empty where nothing near has a name."""

    name: str
    level: int
    at_least: int
    n_cells: int


@dataclass(frozen=True, slots=True)
class PublicMap:
    """A dialogue that has a map for readers."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class EditionView:
    """One edition. ``left_out`` and ``n_marks`` are for staff and never on a reader's page."""

    id: int
    number: int
    state: EditionState
    failure: str | None
    requested_at: datetime
    published_at: datetime | None
    published_by: str | None
    ended_at: datetime | None
    ended_because: str | None
    cell_m: int
    least: int
    n_at_least: int
    n_marks: int
    left_out: Mapping[str, int]
    cells: Mapping[str, Any]
    places: tuple[NamedCells, ...]
    content_hash: str

    @property
    def n_cells(self) -> int:
        """How many cells are shown."""
        return sum(row.n_cells for row in self.places)


def get_public_edition(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> EditionView | None:
    """The edition that readers see now; None where there is none."""
    edition = _last(session, municipality, dialogue, (EditionState.PUBLISHED,))
    if edition is None:
        return None
    view = _view(edition)
    return _told_today(view, _nameable_today(session, municipality, view))


def get_last_public(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> MapEdition | None:
    """The last edition that readers have seen, also where it has been taken down since."""
    return _last(session, municipality, dialogue, EVER_PUBLIC)


def list_public_maps(session: Session, municipality: Municipality) -> list[PublicMap]:
    """The dialogues whose map readers can see now, the latest first."""
    statement = (
        select(Dialogue.slug, Dialogue.title)
        .join(MapEdition, MapEdition.dialogue_id == Dialogue.id)
        .where(
            MapEdition.municipality_id == municipality.id,
            MapEdition.state == EditionState.PUBLISHED,
        )
        .order_by(Dialogue.opens_at.desc(), Dialogue.id)
    )
    return [PublicMap(slug, title) for slug, title in session.execute(statement)]


def list_editions(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[EditionView]:
    """All editions of the dialogue for staff, the latest first."""
    statement = (
        select(MapEdition)
        .where(MapEdition.municipality_id == municipality.id, MapEdition.dialogue_id == dialogue.id)
        .order_by(MapEdition.number.desc())
    )
    return [_view(edition) for edition in session.scalars(statement)]


def get_edition(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition_id: int
) -> MapEdition:
    """One edition of the dialogue; raise NotFound."""
    edition = session.scalar(
        select(MapEdition).where(
            MapEdition.municipality_id == municipality.id,
            MapEdition.dialogue_id == dialogue.id,
            MapEdition.id == edition_id,
        )
    )
    if edition is None:
        raise NotFound(f"map edition {edition_id}")
    return edition


def list_waiting_editions(session: Session) -> list[tuple[int, int]]:
    """(municipality id, edition id) of all editions that wait, for the worker's round."""
    statement = (
        select(MapEdition.municipality_id, MapEdition.id)
        .where(MapEdition.state == EditionState.QUEUED)
        .order_by(MapEdition.id)
    )
    return [
        (municipality_id, edition_id) for municipality_id, edition_id in session.execute(statement)
    ]


def list_public_marks(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[PublicMarkRow]:
    """The counted marks of places that feel unsafe, in a fixed order."""
    named = (NamedPlace.lat, NamedPlace.lon, NamedPlace.radius_m)
    lines = _street_lines(session, municipality)
    statement = (
        select(
            MarkedPlace.response_id,
            MarkedPlace.precision,
            MarkedPlace.kind,
            MarkedPlace.lat,
            MarkedPlace.lon,
            NamedPlace.kind,
            NamedPlace.is_sensitive,
            NamedPlace.id,
            *named,
        )
        .outerjoin(NamedPlace, NamedPlace.id == MarkedPlace.named_place_id)
        .where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == Feeling.UNSAFE,
        )
        .order_by(MarkedPlace.response_id, MarkedPlace.position, MarkedPlace.id)
    )
    return [_public_row(tuple(row), lines) for row in session.execute(statement)]


def _public_row(row: Sequence[Any], lines: Mapping[int | None, Lines]) -> PublicMarkRow:
    answer, precision, kind, lat, lon, named_kind, is_sensitive, name, *point = row
    line = lines.get(name, ())
    is_far = bool(line) and (point[2] or 0) > WIDEST_STREET_M
    is_wide = precision is Precision.PLACE and (named_kind in WIDE_KINDS or is_far)
    given = Precision.DISTRICT if is_wide else precision
    place = _place(answer.hex, given, (lat, lon), tuple(point), line)
    is_private = bool(is_sensitive) or not HOME_KINDS.isdisjoint((kind, named_kind))
    by_name = precision is Precision.PLACE and None not in point
    return PublicMarkRow(place, is_private, name if by_name else None)


def _street_lines(session: Session, municipality: Municipality) -> dict[int | None, Lines]:
    """The runs of the streets that marks name, by their ids."""
    statement = select(NamedPlace.id, NamedPlace.line).where(
        NamedPlace.municipality_id == municipality.id,
        NamedPlace.line.is_not(None),
        NamedPlace.id.in_(
            select(MarkedPlace.named_place_id).where(MarkedPlace.municipality_id == municipality.id)
        ),
    )
    return {
        street: tuple(tuple((float(x), float(y)) for x, y in run) for run in line["coordinates"])
        for street, line in session.execute(statement)
        if line
    }


def _place(
    respondent: str,
    precision: Precision,
    pin: tuple[float | None, float | None],
    named: tuple[float | None, ...],
    line: Lines,
) -> Place | None:
    lat, lon = pin
    if precision in (Precision.PLACE, Precision.DISTRICT) and None not in named:
        named_lat, named_lon, radius_m = (float(value or 0) for value in named)
        return Place(
            named_lat, named_lon, precision, respondent=respondent, extent_m=radius_m, line=line
        )
    if lat is None or lon is None:
        return None
    return Place(lat, lon, precision, respondent=respondent)


def _last(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    states: Sequence[EditionState],
) -> MapEdition | None:
    return session.scalar(
        select(MapEdition)
        .where(
            MapEdition.municipality_id == municipality.id,
            MapEdition.dialogue_id == dialogue.id,
            MapEdition.state.in_(states),
        )
        .order_by(MapEdition.number.desc())
        .limit(1)
    )


def _nameable_today(
    session: Session, municipality: Municipality, view: EditionView
) -> frozenset[str]:
    """The edition's names that the register still has and that readers may be given today."""
    rows = session.execute(
        select(NamedPlace.name, NamedPlace.kind, NamedPlace.is_sensitive).where(
            NamedPlace.municipality_id == municipality.id,
            NamedPlace.name.in_({row.name for row in view.places}),
        )
    )
    return frozenset(
        name for name, kind, is_sensitive in rows if may_be_named(kind, is_sensitive=is_sensitive)
    )


def _told_today(view: EditionView, nameable: Collection[str]) -> EditionView:
    """The edition without the names of places that are sensitive, renamed or gone since."""
    if all(row.name in nameable or not row.name for row in view.places):
        return view
    merged: dict[tuple[int, str], NamedCells] = {}
    for row in view.places:
        name = row.name if row.name in nameable else ""
        before = merged.get((row.level, name))
        n_cells = row.n_cells + (before.n_cells if before else 0)
        merged[row.level, name] = replace(row, name=name, n_cells=n_cells)
    return replace(view, places=tuple(merged.values()))


def _view(edition: MapEdition) -> EditionView:
    return EditionView(
        id=edition.id,
        number=edition.number,
        state=edition.state,
        failure=edition.failure,
        requested_at=edition.requested_at,
        published_at=edition.published_at,
        published_by=edition.published_by,
        ended_at=edition.ended_at,
        ended_because=edition.ended_because,
        cell_m=edition.cell_m,
        least=edition.min_respondents,
        n_at_least=edition.n_respondents,
        n_marks=edition.n_marks,
        left_out=edition.left_out,
        cells=edition.cells,
        places=tuple(NamedCells(**row) for row in edition.findings),
        content_hash=edition.content_hash,
    )
