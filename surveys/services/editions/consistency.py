"""Saying of a finding that it is as it should be, and why."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.limits import MAX_NOTE
from surveys.models.consistency import ConsistencyNote
from surveys.models.municipality import Municipality
from surveys.queries.consistency.check import list_findings
from surveys.services.editions.input_rules import required_text


def note_finding(
    session: Session,
    municipality: Municipality,
    digest: str,
    reason: str,
    *,
    role: str,
    now: datetime,
) -> ConsistencyNote:
    """Keep the reason; a later one takes its place. NotFound for what is not found today."""
    kept = required_text(reason, "reason", MAX_NOTE)
    found = list_findings(session, municipality, swedish_day(now))
    if all(listed.finding.digest != digest for listed in found):
        raise NotFound(digest)
    note = _note(session, municipality, digest)
    if note is None:
        note = ConsistencyNote(municipality_id=municipality.id, finding=digest)
        session.add(note)
    note.reason, note.noted_by, note.noted_at = kept, role, now
    session.flush()
    return note


def take_back_note(session: Session, municipality: Municipality, digest: str) -> None:
    """Let the finding ask for something again."""
    note = _note(session, municipality, digest)
    if note is not None:
        session.delete(note)
        session.flush()


def _note(session: Session, municipality: Municipality, digest: str) -> ConsistencyNote | None:
    return session.scalar(
        select(ConsistencyNote).where(
            ConsistencyNote.municipality_id == municipality.id, ConsistencyNote.finding == digest
        )
    )
