"""What a person decides about the masking of one answer; it is kept when the rules get better."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.unmasking import UnmaskReason
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_HIDDEN
from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.response import DESTROYED_TEXT, Answer, MarkedPlace, Response
from surveys.services.texts.masking import mask_answer, mask_mark
from surveys.services.texts.unmasking import AnswerAddress, check_last_day, log_original
from surveys.text.masking_by_hand import has_words


def hide_words(
    session: Session, municipality: Municipality, address: AnswerAddress, words: str
) -> int:
    """Hide ``words`` in every text of the answer; return in how many they stood.

    Raise InvalidInput ``required`` for nothing, ``not_in_text`` where they stand in no masked text
    (what is masked already must not be found by guessing), NotFound.
    """
    kept = _kept(words)
    found = _with_words(session, municipality, address, kept)
    rows = [row for row in found if has_words(_shown(row), kept)]
    if not rows:
        raise InvalidInput("not_in_text", "words")
    for row in rows:
        row.hidden_words = [*_without(row.hidden_words, kept), kept]
        row.told_words = _without(row.told_words, kept)
        _mask(row)
    session.flush()
    return len(rows)


def show_words(
    session: Session,
    municipality: Municipality,
    address: AnswerAddress,
    words: str,
    account: User,
    *,
    now: datetime,
) -> int:
    """Give back ``words``, which the masking took by mistake or somebody had hidden.

    It is a look at the original, and logged as one. Raise InvalidInput ``required``,
    ``not_in_text`` where they stand nowhere and ``past_gallring``, NotFound.
    """
    check_last_day(session, municipality, address.dialogue, now=now)
    kept = _kept(words)
    rows = _with_words(session, municipality, address, kept)
    for row in rows:
        row.hidden_words = _without(row.hidden_words, kept)
        row.told_words = [*_without(row.told_words, kept), kept]
        _mask(row)
    reason = UnmaskReason.CHECK_MASKING.value
    log_original(session, municipality, account, address, reason, now=now)
    session.flush()
    return len(rows)


def _kept(words: str) -> str:
    kept = " ".join(words.split())
    if not kept:
        raise InvalidInput("required", "words")
    if len(kept) > MAX_HIDDEN:
        raise InvalidInput("too_long", "words")
    return kept


def _with_words(
    session: Session, municipality: Municipality, address: AnswerAddress, words: str
) -> list[Answer | MarkedPlace]:
    """The rows of the answer in which ``words`` stand, with their response locked."""
    response = session.scalar(
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == address.dialogue.id,
            Response.id == address.response_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if response is None:
        raise NotFound("answer")
    rows: list[Answer | MarkedPlace] = [
        answer
        for answer in response.answers
        if answer.text != DESTROYED_TEXT and has_words(answer.text or "", words)
    ]
    rows += [mark for mark in response.places if has_words(mark.words or "", words)]
    if not rows:
        raise InvalidInput("not_in_text", "words")
    return rows


def _without(kept: Iterable[str], words: str) -> list[str]:
    return [each for each in kept if each.casefold() != words.casefold()]


def _shown(row: Answer | MarkedPlace) -> str:
    return (row.masked_text if isinstance(row, Answer) else row.masked_words) or ""


def _mask(row: Answer | MarkedPlace) -> None:
    if isinstance(row, Answer):
        mask_answer(row)
    else:
        mask_mark(row)
