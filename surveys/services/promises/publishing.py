"""Bringing a promise to its readers: editions that stand, agreed changes, and taking it down.

Readers get a promise when each party has said yes to its words, and go on reading those words
while they are being changed.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.approvals import EditionDraft
from surveys.drafts.promises import Publication
from surveys.errors import Conflict, InvalidInput
from surveys.limits import MAX_TAKE_DOWN_REASON
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.queries.editions.document_editions import last_content
from surveys.queries.promises.changes import list_differences
from surveys.queries.promises.content import promise_content
from surveys.queries.promises.gate import list_gaps, list_missing
from surveys.queries.promises.promises import get_promise
from surveys.services.editions.approvals import end_review, require_approved
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.editions.input_rules import required_text


def publish_promise(
    session: Session,
    municipality: Municipality,
    slug: str,
    publication: Publication,
    *,
    role: str,
    now: datetime,
) -> Promise:
    """Give readers the promise as each party has approved it, as its next edition.

    Raise Conflict ``changed`` where it is no longer at the revision that was read, InvalidInput
    with the first thing that is missing (a point, a period, a signatory of each party),
    ``gate_reason_missing`` where something else is missing and nobody says why it is published all
    the same, ``change_note_missing`` from the second edition on, and NotApproved.
    """
    promise = get_promise(session, municipality, slug, for_change=True)
    if promise.published_at is not None and promise.changing_since is None:
        return promise
    missing = list_missing(promise)
    if missing:
        raise InvalidInput(missing[0].code)
    if promise.revision != publication.revision:
        raise Conflict("changed")
    _pass_gate(promise, publication, role, now)
    require_approved(session, municipality, promise)
    content = promise_content(session, promise, swedish_day(now))
    note = _change_note(session, promise, publication)
    freeze_edition(session, municipality, promise, EditionDraft(content, note), by=role, now=now)
    if promise.published_at is None:
        promise.published_at, promise.published_by = now, role
    promise.changing_since = None
    promise.taken_down_at = promise.taken_down_by = promise.taken_down_because = None
    end_review(promise)
    session.flush()
    return promise


def open_for_change(
    session: Session, municipality: Municipality, slug: str, *, now: datetime
) -> Promise:
    """Let the words of a published promise be changed. Readers keep the last edition meanwhile."""
    promise = get_promise(session, municipality, slug, for_change=True)
    if promise.published_at is None:
        raise InvalidInput("promise_not_published")
    if promise.changing_since is None:
        promise.changing_since = now
        end_review(promise)
        session.flush()
    return promise


def close_change(
    session: Session, municipality: Municipality, slug: str, *, now: datetime
) -> Promise:
    """End a change that changed nothing; InvalidInput where the words differ from what is read."""
    promise = get_promise(session, municipality, slug, for_change=True)
    if promise.changing_since is None:
        return promise
    if has_open_changes(session, promise, now):
        raise InvalidInput("change_not_empty")
    promise.changing_since = None
    end_review(promise)
    session.flush()
    return promise


def take_down(
    session: Session,
    municipality: Municipality,
    slug: str,
    reason: str,
    *,
    role: str,
    now: datetime,
) -> Promise:
    """Take a published promise from its readers, who are told when, by whom and why.

    It is a draft again. Its editions are kept.
    """
    promise = get_promise(session, municipality, slug, for_change=True)
    if promise.published_at is None:
        raise InvalidInput("promise_not_published")
    promise.taken_down_because = required_text(reason, "reason", MAX_TAKE_DOWN_REASON)
    promise.taken_down_at, promise.taken_down_by = now, role
    promise.published_at = promise.published_by = promise.changing_since = None
    end_review(promise)
    session.flush()
    return promise


def has_open_changes(session: Session, promise: Promise, now: datetime) -> bool:
    """Whether the promise says something else now than its last edition does."""
    last = last_content(session, promise)
    current = promise_content(session, promise, swedish_day(now))
    return last is None or bool(list_differences(last, current))


def _pass_gate(promise: Promise, publication: Publication, role: str, now: datetime) -> None:
    if not list_gaps(promise, swedish_day(now)):
        promise.gate_reason = promise.gate_passed_by = None
        return
    if not publication.gate_reason.strip():
        raise InvalidInput("gate_reason_missing", "gate_reason")
    promise.gate_reason = required_text(publication.gate_reason, "gate_reason")
    promise.gate_passed_by = role


def _change_note(session: Session, promise: Promise, publication: Publication) -> str | None:
    """What readers are told of the change; the first edition has nothing to tell."""
    if last_content(session, promise) is None:
        return None
    if not publication.change_note.strip():
        raise InvalidInput("change_note_missing", "change_note")
    return required_text(publication.change_note, "change_note")
