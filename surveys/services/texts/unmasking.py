"""Reading what one person wrote before it was masked: with a reason, and written down each time."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.unmasking import UnmaskDraft, UnmaskReason
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_REASON
from surveys.models.access_record import AccessKind
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.queries.texts.originals import OriginalWords, originals_until, read_originals
from surveys.services.municipalities.access import record_access


@dataclass(frozen=True, slots=True)
class AnswerAddress:
    """One answer of one dialogue."""

    dialogue: Dialogue
    response_id: uuid.UUID


def unmask(
    session: Session,
    municipality: Municipality,
    account: User,
    address: AnswerAddress,
    draft: UnmaskDraft,
    *,
    now: datetime,
) -> tuple[OriginalWords, ...]:
    """The originals of one answer, with the look written into the log of access.

    Raise InvalidInput ``reason_words_missing`` without own words to another reason and
    ``past_gallring`` after the last day, NotFound where nothing is there (any more).
    """
    words = " ".join(draft.words.split())
    if draft.reason is UnmaskReason.OTHER and not words:
        raise InvalidInput("reason_words_missing", "words")
    if len(words) > MAX_REASON:
        raise InvalidInput("too_long", "words")
    check_last_day(session, municipality, address.dialogue, now=now)
    originals = read_originals(session, municipality, address.dialogue, address.response_id)
    if not originals:
        raise NotFound("original")
    log_original(session, municipality, account, address, _reason(draft.reason, words), now=now)
    return originals


def check_last_day(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, now: datetime
) -> None:
    """Raise InvalidInput ``past_gallring`` after the last day for originals of ``dialogue``."""
    until = originals_until(session, municipality, dialogue)
    if until is not None and swedish_day(now) > until:
        raise InvalidInput("past_gallring", "reason")


def log_original(
    session: Session,
    municipality: Municipality,
    account: User,
    address: AnswerAddress,
    reason: str,
    *,
    now: datetime,
) -> None:
    """Write into the log that ``account`` has read words of the answer that were masked."""
    record_access(
        session,
        municipality,
        account,
        AccessKind.UNMASKED_TEXT,
        now=now,
        dialogue=address.dialogue,
        response_id=address.response_id,
        reason=reason,
    )


def _reason(reason: UnmaskReason, words: str) -> str:
    return f"{reason.value}: {words}" if words else reason.value
