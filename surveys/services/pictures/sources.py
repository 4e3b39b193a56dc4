"""Writers for what was looked at for an edition, and for sentences that tell of few people.

As in ``surveys/services/pictures/claims``: every change names the revision that its writer had
seen, and makes the approvals void.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.pictures import PictureSourceDraft
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_REASON, MAX_TITLE
from surveys.models.body import Body
from surveys.models.municipality import Municipality
from surveys.models.picture import PictureSource, ProblemPicture
from surveys.queries.pictures.gate import list_small_groups
from surveys.services.editions.input_rules import check_day, optional_text, require, required_text
from surveys.services.pictures.claims import DraftAddress
from surveys.services.pictures.pictures import take_draft

MAX_SOURCES = 60


def add_source(
    session: Session, municipality: Municipality, at: DraftAddress, draft: PictureSourceDraft
) -> PictureSource:
    """Add a source last. Raise NotFound, Conflict, InvalidInput."""
    picture = take_draft(session, municipality, at.slug, at.revision)
    if len(picture.sources) >= MAX_SOURCES:
        raise InvalidInput("too_many_sources")
    position = max((source.position for source in picture.sources), default=0) + 1
    source = PictureSource(position=position, **_columns(session, municipality, draft))
    picture.sources.append(source)
    session.flush()
    return source


def edit_source(
    session: Session,
    municipality: Municipality,
    at: DraftAddress,
    source_id: int,
    draft: PictureSourceDraft,
) -> PictureSource:
    """Change what is said of a source. Raise NotFound, Conflict, InvalidInput."""
    picture = take_draft(session, municipality, at.slug, at.revision)
    source = _source_of(picture, source_id)
    for column, value in _columns(session, municipality, draft).items():
        setattr(source, column, value)
    session.flush()
    return source


def remove_source(
    session: Session, municipality: Municipality, at: DraftAddress, source_id: int
) -> None:
    """Take a source out of the list. Raise NotFound, Conflict."""
    picture = take_draft(session, municipality, at.slug, at.revision)
    picture.sources.remove(_source_of(picture, source_id))
    session.flush()


def pass_small_group(
    session: Session,
    municipality: Municipality,
    at: DraftAddress,
    said: tuple[str, str],
    *,
    by: str,
) -> None:
    """Say, in the name of the role ``by``, why a sentence about few people is published as it is.

    ``said`` is the sentence and the reason. Raise InvalidInput where the sentence is no longer
    there, so that a reason never stands for other words than those it was given for.
    """
    text, reason = said
    picture = take_draft(session, municipality, at.slug, at.revision)
    present = {group.text for group in list_small_groups(picture)}
    if text not in present:
        raise InvalidInput("small_group_gone")
    kept = [r for r in picture.small_groups if r["text"] in present and r["text"] != text]
    why = required_text(require(reason, "small_group_reason", "reason"), "reason", MAX_REASON)
    picture.small_groups = [*kept, {"text": text, "reason": why, "by": by}]
    session.flush()


def _columns(
    session: Session, municipality: Municipality, draft: PictureSourceDraft
) -> dict[str, Any]:
    check_day(draft.received_on, "received_on")
    because = optional_text(draft.dropped_because, "dropped_because")
    if not draft.is_used and because is None:
        raise InvalidInput("dropped_why", "dropped_because")
    return {
        "name": required_text(draft.name, "name", MAX_TITLE),
        "party": draft.party,
        "is_used": draft.is_used,
        "dropped_because": None if draft.is_used else because,
        "limits": optional_text(draft.limits, "limits"),
        "note": optional_text(draft.note, "note"),
        "body_id": _own_body(session, municipality, draft.body_id),
        "received_on": draft.received_on,
    }


def _own_body(session: Session, municipality: Municipality, body_id: int | None) -> int | None:
    if body_id is None:
        return None
    statement = select(Body.id).where(Body.municipality_id == municipality.id, Body.id == body_id)
    if session.scalar(statement) is None:
        raise InvalidInput("unknown_body", "body")
    return body_id


def _source_of(picture: ProblemPicture, source_id: int) -> PictureSource:
    source = next((source for source in picture.sources if source.id == source_id), None)
    if source is None:
        raise NotFound(str(source_id))
    return source
