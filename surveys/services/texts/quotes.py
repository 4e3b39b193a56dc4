"""Releasing a part of one person's masked words as a quote that claims may cite.

Nothing is quoted that somebody has not read and let go: the release is the quote itself, with the
role and the day on it.

A quote rests on one answer, so it goes when that answer is withdrawn: the row stays, marked and
empty (``surveys.services.dialogues.withdrawals``).
"""

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.evidence import Wording
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_SHORT, MAX_SOURCE, MAX_TITLE
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, Response
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.services.evidence.evidence import freeze_evidence
from surveys.text.masking import find_personal_data


@dataclass(frozen=True, slots=True)
class QuoteAddress:
    """Which words: the dialogue's address part, the answer, the question's number, the part."""

    dialogue: str
    response_id: uuid.UUID
    position: int
    released: str  # the masked text or a part of it, which somebody has read and let go


@dataclass(frozen=True, slots=True)
class Quote:
    """One person's words, and what they answer."""

    text: str  # masked
    position: int
    wording: str
    dialogue_title: str
    answered_on: date | None


class QuoteWords(Protocol):
    """How the edge words what goes with a quote."""

    def __call__(self, quote: Quote, /) -> Wording: ...


def freeze_quote(
    session: Session,
    municipality: Municipality,
    address: QuoteAddress,
    words: QuoteWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze what is released of the text at ``address`` in the name of the role ``by``.

    Raise NotFound where there is none, or
    where the answer does not count (any more), and InvalidInput ``not_its_words`` or
    ``personal_data`` where it says anything else or tells of somebody.
    """
    dialogue = get_dialogue(session, municipality, address.dialogue)
    answer = _take_answer(session, municipality, dialogue, address)
    quote = Quote(
        text=_checked(answer, address.released),
        position=address.position,
        wording=answer.question.text("sv"),
        dialogue_title=dialogue.title,
        answered_on=answer.response.answered_on,
    )
    wording = words(quote)
    evidence = Evidence(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        response_id=answer.response_id,
        kind=EvidenceKind.QUOTE,
        title=wording.title[:MAX_TITLE],
        statement=wording.statement,
        source=wording.source[:MAX_SOURCE],
        period=wording.period[:MAX_SHORT],
        method=wording.method,
        caveat=wording.caveat,
        n=1,
        dated_on=quote.answered_on,
        # Two people may have written the same words: each has a quote of their own.
        figures={"response": answer.response_id.hex, "question": answer.question.code},
    )
    return freeze_evidence(session, evidence, by=by, now=now)


def _take_answer(
    session: Session, municipality: Municipality, dialogue: Dialogue, address: QuoteAddress
) -> Answer:
    """The words, with their response locked: it is not withdrawn while they are frozen."""
    response = session.scalar(
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.id == address.response_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if response is not None and response.is_counted:
        for answer in response.answers:
            is_asked_for = answer.question.position == address.position
            if is_asked_for and answer.mask_version and answer.masked_text:
                return answer
    raise NotFound("quote")


def _checked(answer: Answer, released: str) -> str:
    """The part of the masked text that is let go, with its lines and spaces as they stand there."""
    part = r"\s+".join(map(re.escape, released.split()))
    found = re.search(part, answer.masked_text or "") if part else None
    if found is None:
        raise InvalidInput("not_its_words", "words")
    if find_personal_data(found[0]):  # the rules have got better since it was masked
        raise InvalidInput("personal_data", "words")
    return found[0]
