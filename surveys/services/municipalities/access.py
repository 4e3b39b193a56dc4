"""The log of who looked at what: written in the transaction that hands out what is looked at."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality

# A look at figures is told once an hour; a look at one person's words, each time.
ONCE_AN_HOUR = frozenset({AccessKind.RUNNING_RESULTS, AccessKind.UNSUPPRESSED})


def record_access(  # noqa: PLR0913 - one parameter per column that a caller decides
    session: Session,
    municipality: Municipality,
    account: User,
    kind: AccessKind,
    *,
    now: datetime,
    dialogue: Dialogue | None = None,
    response_id: uuid.UUID | None = None,
    reason: str | None = None,
) -> AccessRecord | None:
    """Log that ``account`` looked at something of ``municipality``; flush.

    Kinds in ``ONCE_AN_HOUR`` are told once an hour per account and dialogue: None where it has
    been told already.
    """
    if kind in ONCE_AN_HOUR and is_told(
        session, account, kind, now=now, about=(municipality, dialogue)
    ):
        return None
    record = AccessRecord(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id if dialogue is not None else None,
        user_id=account.id,
        title=account.title,
        kind=kind,
        response_id=response_id,
        reason=reason,
        at=now,
    )
    session.add(record)
    session.flush()
    return record


def is_told(
    session: Session,
    account: User,
    kind: AccessKind,
    *,
    now: datetime,
    about: tuple[Municipality, Dialogue | None],
) -> bool:
    """Whether this look stands in the log for this hour already, so that nothing need be written.

    A page asks this first, by reading, and takes the lock of a writer only where it must.
    """
    municipality, dialogue = about
    same_dialogue = (
        AccessRecord.dialogue_id.is_(None)
        if dialogue is None
        else AccessRecord.dialogue_id == dialogue.id
    )
    statement = (
        select(AccessRecord.id)
        .where(
            AccessRecord.municipality_id == municipality.id,
            AccessRecord.user_id == account.id,
            AccessRecord.kind == kind,
            AccessRecord.at >= whole_hour(now),
            same_dialogue,
        )
        .limit(1)
    )
    return session.scalar(statement) is not None
