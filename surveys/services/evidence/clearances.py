"""Clearing a figure of a closed source: nothing of it is published before somebody has."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.limits import MAX_SOURCE
from surveys.models.evidence import Clearance
from surveys.models.municipality import Municipality
from surveys.queries.evidence.evidence import get_evidence_row
from surveys.services.editions.input_rules import required_text


def clear_evidence(
    session: Session,
    municipality: Municipality,
    evidence_id: int,
    decision: str,
    *,
    by: str,
    now: datetime,
) -> Clearance:
    """Record that the figure may be published: who decided, and where that is kept.

    ``by`` is the role that records it. Raise NotFound, InvalidInput ``no_clearance`` for evidence
    that needs none and ``cleared_already`` the second time.
    """
    evidence = get_evidence_row(session, municipality, evidence_id)
    if not evidence.needs_clearance:
        raise InvalidInput("no_clearance")
    if session.scalar(select(Clearance.id).where(Clearance.evidence_id == evidence.id)):
        raise InvalidInput("cleared_already")
    clearance = Clearance(
        municipality_id=municipality.id,
        evidence_id=evidence.id,
        cleared_by=by,
        decision=required_text(decision, "decision", MAX_SOURCE),
        cleared_at=now,
    )
    try:
        with session.begin_nested():
            session.add(clearance)
    except IntegrityError:  # two at the same moment
        raise InvalidInput("cleared_already") from None
    return clearance
