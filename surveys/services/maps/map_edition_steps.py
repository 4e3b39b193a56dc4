"""From asking for a public map to taking it down. Computes nothing: pages and receipts use it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from maps.edition_rule import Told, stands
from surveys.days import whole_hour
from surveys.errors import Conflict, InvalidInput
from surveys.limits import MAP_CELLS_M, MAP_LEAST
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState, MapEdition
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.maps.map_editions import NOT_YET_PUBLIC, get_edition, get_last_public
from surveys.services.editions.edition_endings import take_down

METHOD = "persons_per_cell"
COMPUTE_EDITION = "compute_edition"  # the job, enqueued with (municipality id, edition id)
NO_CELLS: dict[str, Any] = {"type": "FeatureCollection", "features": []}


def request_edition(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    *,
    cell_m: int = MAP_CELLS_M[0],
    least: int = MAP_LEAST[0],
    now: datetime,
) -> MapEdition:
    """Queue the preparing of the next edition, in the place of one that was never published.

    The first edition that is published settles cell and limit for all later ones of the dialogue:
    two grids laid over each other would tell what neither does. Raises InvalidInput for others
    than the choices. After the commit the worker must be told of COMPUTE_EDITION.
    """
    if cell_m not in MAP_CELLS_M:
        raise InvalidInput("not_a_choice", "cell_m")
    if least not in MAP_LEAST:
        raise InvalidInput("not_a_choice", "least")
    earlier = get_last_public(session, municipality, dialogue)
    drop_unpublished(session, municipality.id, dialogue.id)
    edition = MapEdition(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        number=earlier.number + 1 if earlier else 1,
        state=EditionState.QUEUED,
        requested_at=whole_hour(now),
        cell_m=earlier.cell_m if earlier else cell_m,
        min_respondents=earlier.min_respondents if earlier else least,
        method=METHOD,
        cells=NO_CELLS,
        ledger={},
    )
    session.add(edition)
    session.flush()
    return edition


def publish_edition(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    *,
    role: str,
    now: datetime,
) -> MapEdition:
    """Make a prepared edition what readers see; raise NotFound, or Conflict where it is not ready.

    The edition before it is replaced, and what it rested on is forgotten.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    if edition.state is not EditionState.PREVIEW:
        raise Conflict("the edition is not ready to be published")
    earlier = (
        MapEdition.municipality_id == municipality.id,
        MapEdition.dialogue_id == dialogue.id,
        MapEdition.id != edition.id,
    )
    session.execute(
        update(MapEdition)
        .where(*earlier, MapEdition.state == EditionState.PUBLISHED)
        .values(state=EditionState.REPLACED, ended_at=whole_hour(now))
    )
    session.execute(update(MapEdition).where(*earlier).values(ledger={}))
    session.expire_all()
    edition.state = EditionState.PUBLISHED
    edition.published_at, edition.published_by = whole_hour(now), role
    session.flush()
    return edition


def withdraw_edition(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Take the published edition down and say why.

    Raises NotFound, InvalidInput without a reason or with one that is too long, and Conflict
    where it is not the published one.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    take_down(edition, reason=reason, now=now)
    session.flush()


def _locked(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition_id: int
) -> MapEdition:
    """The edition, which nobody drops or takes down until this is done; raise NotFound."""
    session.execute(select(MapEdition.id).where(MapEdition.id == edition_id).with_for_update())
    return get_edition(session, municipality, dialogue, edition_id)


def drop_unpublished(session: Session, municipality_id: int, dialogue_id: int) -> None:
    """Forget what was prepared and not published: its marks may be other ones by now."""
    session.execute(
        delete(MapEdition).where(
            MapEdition.municipality_id == municipality_id,
            MapEdition.dialogue_id == dialogue_id,
            MapEdition.state.in_(NOT_YET_PUBLIC),
        )
    )


def leave_editions(session: Session, responses: Sequence[Response], *, now: datetime) -> None:
    """Let nothing new rest on ``responses``, one dialogue's, just taken out of the figures.

    What is published tells of the day on which it was made and stays, so that nobody sees what
    their own withdrawal changes. Only where enough of them leave one square at once, as when staff
    leave out answers from one hand, is the edition taken down, whole (docs/decisions/0037).
    """
    municipality_id, dialogue_id = responses[0].municipality_id, responses[0].dialogue_id
    drop_unpublished(session, municipality_id, dialogue_id)
    edition = session.scalar(
        select(MapEdition)
        .where(
            MapEdition.municipality_id == municipality_id,
            MapEdition.dialogue_id == dialogue_id,
            MapEdition.state == EditionState.PUBLISHED,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if edition is None:
        return
    told, gone = read_ledger(edition.ledger), read_gone(edition.ledger)
    shown = frozenset().union(*(cell.persons for cell in told.values()))
    leaving = shown & {person_digest(response.id.hex) for response in responses}
    if not leaving:
        return
    if stands(told.values(), gone, leaving, edition.min_respondents):
        edition.ledger = edition.ledger | {"gone": sorted(gone | leaving)}
    else:
        edition.state, edition.ended_at = EditionState.VOID, whole_hour(now)
    session.flush()


def person_digest(respondent: str) -> str:
    """What the ledger knows a person by: nothing once the answer with that random id is gone."""
    return sha256(respondent.encode()).hexdigest()[:16]


def write_ledger(
    told: Mapping[str, Told], total: tuple[int, frozenset[str]], closed: Mapping[str, Told]
) -> dict[str, Any]:
    """The ledger as it is stored: per cell the class and the digests of those behind it.

    ``closed`` are cells that the edition may not show, as they were last told; ``total`` comes with
    those that it does not count.
    """
    n, uncounted = total
    return {
        "cells": _stored(told),
        "closed": _stored(closed),
        "total": n,
        "uncounted": sorted(uncounted),
        "gone": [],
    }


def _stored(told: Mapping[str, Told]) -> dict[str, Any]:
    return {
        key: [cell.level, sorted(cell.persons)]
        for key, cell in told.items()
        if cell.persons or cell.level
    }


def read_ledger(ledger: Mapping[str, Any]) -> dict[str, Told]:
    """Per cell what the edition told of it."""
    return _read(ledger.get("cells", {}))


def read_all_told(ledger: Mapping[str, Any]) -> dict[str, Told]:
    """Per cell what readers were last told of it, in the edition or before its place was closed."""
    return _read(ledger.get("closed", {})) | read_ledger(ledger)


def _read(cells: Mapping[str, Any]) -> dict[str, Told]:
    return {key: Told(level, frozenset(persons)) for key, (level, persons) in cells.items()}


def read_gone(ledger: Mapping[str, Any]) -> frozenset[str]:
    """The digests of those who have left since the edition was made."""
    return frozenset(ledger.get("gone", ()))
