"""Handing out the pseudonymised set: only for a reason, and each time written in the log."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.limits import MAX_EXPORT_REASON
from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.services.editions.input_rules import required_text
from surveys.services.municipalities.access import record_access


def log_row_export(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    account: User,
    reason: str,
    *,
    now: datetime,
) -> AccessRecord | None:
    """Log that ``account`` takes out all rows of ``dialogue``; raise InvalidInput without reason.

    Commit this before the file is made: what may have left is told of, and not only what did.
    """
    return record_access(
        session,
        municipality,
        account,
        AccessKind.ROWS_EXPORTED,
        now=now,
        dialogue=dialogue,
        reason=required_text(reason, "reason", MAX_EXPORT_REASON),
    )
