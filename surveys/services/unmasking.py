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
from surveys.queries.originals import OriginalWords, originals_until, read_originals
from surveys.services.access import record_access


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
    until = originals_until(session, municipality, address.dialogue)
    if until is not None and swedish_day(now) > until:
        raise InvalidInput("past_gallring", "reason")
    originals = read_originals(session, municipality, address.dialogue, address.response_id)
    if not originals:
        raise NotFound("original")
    record_access(
        session,
        municipality,
        account,
        AccessKind.UNMASKED_TEXT,
        now=now,
        dialogue=address.dialogue,
        response_id=address.response_id,
        reason=f"{draft.reason.value}: {words}" if words else draft.reason.value,
    )
    return originals
