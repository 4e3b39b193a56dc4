"""The one way to what residents wrote before it was masked.

Only ``surveys.services.texts.unmasking`` may call it, since that is where each look is written
down; a test holds it.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.notice import PrivacyNotice
from surveys.models.response import DESTROYED_TEXT, Answer, MarkedPlace, PersonalData, Response
from surveys.schedule.periods import add_months
from surveys.text.masking import find_personal_data
from surveys.text.masking_by_hand import has_words


@dataclass(frozen=True, slots=True)
class MaskedPiece:
    """Words that the masking has taken, by which kind, or that a person has hidden (None)."""

    words: str
    kind: PersonalData | None


@dataclass(frozen=True, slots=True)
class OriginalWords:
    """Words as they were written, to a question or (None) about a place, and what is masked."""

    position: int | None
    text: str
    pieces: tuple[MaskedPiece, ...]


def originals_until(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> date | None:
    """The last day on which originals of ``dialogue`` may be read; None where none is set."""
    months = session.scalar(
        select(PrivacyNotice.originals_months).where(
            PrivacyNotice.municipality_id == municipality.id
        )
    )
    return None if months is None else add_months(swedish_day(dialogue.closes_at), months)


def read_originals(
    session: Session, municipality: Municipality, dialogue: Dialogue, response_id: uuid.UUID
) -> tuple[OriginalWords, ...]:
    """What was written in one answer, in order; nothing where it is destroyed or not theirs."""
    response = session.scalar(
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.id == response_id,
        )
        .options(
            selectinload(Response.answers).joinedload(Answer.question),
            selectinload(Response.places),
            joinedload(Response.dialogue),
        )
    )
    if response is None:
        return ()
    found = [
        OriginalWords(answer.question.position, answer.text, _pieces(answer.text, answer))
        for answer in sorted(response.answers, key=lambda a: a.question.position)
        if answer.text and answer.text != DESTROYED_TEXT
    ]
    found += [
        OriginalWords(None, place.words, _pieces(place.words, place))
        for place in response.places
        if place.words
    ]
    return tuple(found)


def _pieces(text: str, row: Answer | MarkedPlace) -> tuple[MaskedPiece, ...]:
    told = {" ".join(words.casefold().split()) for words in row.told_words}
    found: dict[str, MaskedPiece] = {}
    for span in find_personal_data(text):
        words = text[span.start : span.end]
        if " ".join(words.casefold().split()) not in told:
            found[words] = MaskedPiece(words, PersonalData(span.kind))
    for words in row.hidden_words:
        if has_words(text, words):
            found[words] = MaskedPiece(words, None)
    return tuple(found.values())
