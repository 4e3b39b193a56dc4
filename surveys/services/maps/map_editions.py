"""Prepares a public map. Imported by the job process and commands, never by a page.

Reading, computing and storing are three steps, as for the analyses
(``surveys.services.maps.hotspots``).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.areas import BadOutline, Outline, read_outline
from maps.edition_rule import NOBODY, Told, n_moved, tell, told_total
from maps.geojson import dumps
from maps.places import NamedPoint, Place
from maps.public_cells import (
    CellPersons,
    PublicMark,
    cells_document,
    drawn_cells,
    named_cells,
    persons_by_cell,
)
from maps.streets import StreetNames
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState, MapEdition
from surveys.models.municipality import Municipality
from surveys.queries.ground.public_places import list_nameable_places
from surveys.queries.ground.streets import list_all_streets, list_naming_streets
from surveys.queries.maps.answer_days import list_web_days
from surveys.queries.maps.map_editions import (
    get_last_public,
    list_public_marks,
)
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.services.maps.edition_extents import hold_extents
from surveys.services.maps.map_edition_steps import (
    person_digest,
    publish_edition,
    read_all_told,
    request_edition,
    write_ledger,
)

NOTHING_TO_SHOW = "nothing_to_show"


@dataclass(frozen=True, slots=True)
class EditionInput:
    """What an edition is made from. ``before`` is what the last public one told, with its total.

    ``uncounted`` are cells that the total does not count; ``day_of`` is by answer the day on which
    it came over the web.
    """

    marks: tuple[PublicMark, ...]
    n_without_position: int
    outline: Outline | None
    sensitive: tuple[NamedPoint, ...]
    names: tuple[NamedPoint, ...]
    streets: StreetNames
    cell_m: int
    least: int
    before: Mapping[str, Told] | None
    total_before: int
    uncounted: frozenset[str]
    day_of: Mapping[str, date]
    extents: Mapping[str, Any]  # the ground of each name

    @property
    def n_persons(self) -> int:
        """How many have marked a place on the map, those left out of it among them."""
        return len({mark.place.respondent for mark in self.marks})


@dataclass(frozen=True, slots=True)
class EditionOutput:
    """What is stored of an edition; ``failure`` says why there is none."""

    counted: CellPersons
    n_without_position: int
    n_too_few: int
    n_of_one_day: int  # new squares that would not be told without the web's answers of one day
    told: Mapping[str, Told]
    closed: Mapping[str, Told]  # what was last told of cells that may not be shown today
    total: int
    uncounted: frozenset[str]  # cells of earlier editions that the total does not count
    extents: Mapping[str, Any]
    cells: Mapping[str, Any]
    rows: tuple[dict[str, Any], ...]
    failure: str | None = None


def publish_now(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, role: str, now: datetime
) -> MapEdition:
    """Prepare and publish in this one session, for commands; raise Conflict where it fails."""
    edition = request_edition(session, municipality, dialogue, now=now)
    compute_edition(session, municipality, edition.id)
    return publish_edition(session, municipality, dialogue, edition.id, role=role, now=now)


def compute_edition(session: Session, municipality: Municipality, edition_id: int) -> None:
    """Read, compute and store in this one session; raise NotFound."""
    data = read_edition(session, municipality, edition_id)
    if data is not None:
        store_edition(session, municipality, edition_id, prepare(data))


def read_edition(
    session: Session, municipality: Municipality, edition_id: int
) -> EditionInput | None:
    """What the edition is to be made from; None where it does not wait. Raise NotFound."""
    edition = _get(session, municipality, edition_id)
    if edition.state is not EditionState.QUEUED:
        return None
    rows = list_public_marks(session, municipality, edition.dialogue)
    register = list_named_places(session, municipality)
    streets = list_all_streets(session, municipality)
    closed = [place for place in (*register, *streets) if place.is_sensitive]
    nameable = list_nameable_places(session, municipality)
    earlier = get_last_public(session, municipality, edition.dialogue)
    marks, extents = hold_extents(rows, earlier.ledger.get("extents", {}) if earlier else {})
    return EditionInput(
        marks=marks,
        n_without_position=sum(row.place is None for row in rows),
        outline=_outline(municipality),
        sensitive=tuple(NamedPoint(p.name, p.lat, p.lon, float(p.radius_m)) for p in closed),
        names=tuple(NamedPoint(p.name, p.lat, p.lon, float(p.radius_m)) for p in nameable),
        streets=StreetNames(list_naming_streets(session, municipality)),
        cell_m=edition.cell_m,
        least=edition.min_respondents,
        before=read_all_told(earlier.ledger) if earlier else None,
        total_before=int(earlier.ledger.get("total", 0)) if earlier else 0,
        uncounted=frozenset(earlier.ledger.get("uncounted", ()) if earlier else ()),
        day_of={
            person_digest(answer): day
            for answer, day in list_web_days(session, municipality, edition.dialogue).items()
        },
        extents=extents,
    )


def prepare(data: EditionInput) -> EditionOutput:
    """Compute: no database, the same output for the same input."""
    marks = [PublicMark(_with_digest(mark.place), mark.is_sensitive) for mark in data.marks]
    counted = persons_by_cell(
        marks, cell_m=data.cell_m, outline=data.outline, sensitive=data.sensitive
    )
    before = None if data.before is None else _still_drawn(data, data.before)
    told = tell(counted.cells, before, data.least, data.n_persons)
    rows = named_cells(told, data.names, cell_m=data.cell_m, least=data.least, streets=data.streets)
    total, uncounted = _tell_total(data, told, before)
    is_empty = not any(cell.level for cell in told.values())
    return EditionOutput(
        counted=counted,
        n_without_position=counted.n_without_position + data.n_without_position,
        n_too_few=sum(not cell.level for cell in told.values()),
        n_of_one_day=_count_of_one_day(told, before or {}, data),
        told=told,
        closed={} if before is None else _closed(data.before or {}, before),
        total=total,
        uncounted=uncounted,
        extents=data.extents,
        cells=cells_document(told, cell_m=data.cell_m, least=data.least, outline=data.outline),
        rows=tuple(rows),
        failure=NOTHING_TO_SHOW if is_empty else None,
    )


def store_edition(
    session: Session, municipality: Municipality, edition_id: int, output: EditionOutput
) -> None:
    """Write the output into the edition that waits for it; raise NotFound where it was dropped."""
    edition = _get(session, municipality, edition_id, lock=True)
    if edition.state is not EditionState.QUEUED:
        return
    counted = output.counted
    edition.left_out = {
        "without_position": output.n_without_position,
        "outside": counted.n_outside,
        "sensitive": counted.n_sensitive,
        "cells_too_few": output.n_too_few,
        "cells_of_one_day": output.n_of_one_day,
    }
    edition.n_marks = counted.n_marks
    edition.failure = output.failure
    edition.state = EditionState.FAILED if output.failure else EditionState.PREVIEW
    edition.n_respondents = output.total
    edition.cells = dict(output.cells)
    edition.findings = list(output.rows)
    # Of what readers get and of nothing else: a sum of the marks would let them try guesses.
    edition.content_hash = sha256(dumps(edition.cells).encode()).hexdigest()
    edition.ledger = write_ledger(output.told, (output.total, output.uncounted), output.closed) | {
        "extents": dict(output.extents)
    }
    session.flush()


def _get(
    session: Session, municipality: Municipality, edition_id: int, *, lock: bool = False
) -> MapEdition:
    statement = select(MapEdition).where(
        MapEdition.municipality_id == municipality.id, MapEdition.id == edition_id
    )
    if lock:  # else a withdrawal could drop the edition between this look and what is written
        statement = statement.with_for_update().execution_options(populate_existing=True)
    edition = session.scalar(statement)
    if edition is None:
        raise NotFound(f"map edition {edition_id}")
    return edition


def _with_digest(place: Place) -> Place:
    return replace(place, respondent=person_digest(str(place.respondent)))


def _count_of_one_day(
    told: Mapping[str, Told], before: Mapping[str, Told], data: EditionInput
) -> int:
    """How many squares become public that would not without what came over the web on one day.

    That may be a meeting, or one person who has sent five answers: whoever publishes looks.
    """
    new = (cell for key, cell in told.items() if cell.level and not before.get(key, NOBODY).level)
    n_of_one_day = 0
    for cell in new:
        days = Counter(data.day_of[person] for person in cell.persons if person in data.day_of)
        most = max(days.values(), default=0)
        n_of_one_day += len(cell.persons) - most < data.least
    return n_of_one_day


def _still_drawn(data: EditionInput, before: Mapping[str, Told]) -> dict[str, Told]:
    """What the last edition told of the cells that a map may show: places become sensitive."""
    drawn = drawn_cells(before, cell_m=data.cell_m, outline=data.outline, sensitive=data.sensitive)
    return {cell: told for cell, told in before.items() if cell in drawn}


def _closed(before: Mapping[str, Told], drawn: Mapping[str, Told]) -> dict[str, Told]:
    """The rest, for the day on which they may be shown again.

    Were it forgotten, a cell that was closed for one edition would be told anew in the next, and
    one who had left it or come to it meanwhile could tip its class.
    """
    return {cell: told for cell, told in before.items() if cell not in drawn}


def _tell_total(
    data: EditionInput, told: Mapping[str, Told], drawn: Mapping[str, Told] | None
) -> tuple[int, frozenset[str]]:
    """ "At least so many", and the cells of an earlier edition that it does not count.

    Where a cell that the last total counted is closed, the total is first told anew of those whom
    that edition had in the others: left as it was, it would go on telling how many the closed cell
    holds. Once for each cell, so that a place that is closed again and again tips nothing.
    """
    persons, least, n_all = _shown_persons(told), data.least, data.n_persons
    if drawn is None:
        return told_total(persons, _levels(told), None, least, n_all), frozenset()
    before, total, earlier = data.before or {}, data.total_before, _shown_persons(drawn)
    closed = frozenset(key for key in before.keys() - drawn.keys() if before[key].level)
    if closed - data.uncounted:
        total = min(total, told_total(earlier, _levels(drawn), None, least, n_all))
    has_moved = n_moved(earlier, persons) >= least
    uncounted = closed if has_moved else closed | data.uncounted
    return told_total(persons, _levels(told), (total, earlier), least, n_all), uncounted


def _levels(told: Mapping[str, Told]) -> list[int]:
    return [cell.level for cell in told.values()]


def _shown_persons(told: Mapping[str, Told]) -> frozenset[str]:
    return frozenset().union(*(cell.persons for cell in told.values() if cell.level))


def _outline(municipality: Municipality) -> Outline | None:
    if municipality.outline is None:
        return None
    try:
        return read_outline(municipality.outline)
    except BadOutline:
        return None  # an outline that cannot be read bounds nothing; the marks still count
