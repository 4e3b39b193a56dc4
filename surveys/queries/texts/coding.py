"""The next answer to code, what stands in it, and how far the coding of a dialogue has come."""

import uuid
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from surveys.drafts.coding import Codes
from surveys.errors import NotFound
from surveys.models.account import User
from surveys.models.coding import (
    Coding,
    CodingPurpose,
    CodingSample,
    CodingSampleMember,
    ThemeSuggestion,
)
from surveys.models.dialogue import Channel, Dialogue, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, Response
from surveys.models.theme import Polarity, Theme
from surveys.queries.texts.coded_texts import has_text, has_words, with_words
from surveys.queries.texts.themes import is_coded

NOTHING = ""  # the fingerprint of no coding


class Show(Enum):
    """Which answers a coder goes through."""

    UNCODED = "okodade"
    CODED = "kodade"
    ALL = "alla"
    SAMPLE = "urval"  # those drawn to be coded twice that this account has not coded


@dataclass(frozen=True, slots=True)
class Queue:
    """What a coder goes through; ``theme_id`` keeps those that the machine suggests it for."""

    show: Show = Show.UNCODED
    theme_id: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many counted answers with text there are, and how many of them are coded."""

    coded: int
    n: int
    sample: int  # drawn to be coded twice
    sample_left: int  # of those, what this account may still code


@dataclass(frozen=True, slots=True)
class AnswerText:
    """The masked text to one question, in the language it was written in."""

    position: int
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """What the machine proposes, the axis that its words stand on, and the words."""

    theme_id: int
    name: str
    axis: Polarity
    is_likely: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodingPage:
    """One answer as a coder sees it.

    In a sample nothing is shown of what others have coded, and what the machine suggests only to
    an account that has coded the answer itself and asks for it (``may_ask``).
    """

    response_id: uuid.UUID
    channel: Channel
    language: str
    texts: tuple[AnswerText, ...]
    places: tuple[str, ...]
    codes: Codes
    base: str
    coded_by: str | None
    is_own: bool
    in_sample: bool
    may_ask: bool
    suggestions: tuple[SuggestionView, ...]


def fingerprint(coding: Coding | None) -> str:
    """A short word for what a coding says; another word once anybody has changed it."""
    if coding is None:
        return NOTHING
    codes = sorted(f"{code.theme_id}:{code.polarity.value}" for code in coding.themes)
    return sha256(f"{coding.id}|{codes}".encode()).hexdigest()[:16]


def codes_of(coding: Coding | None) -> Codes:
    """The themes of a coding with their axes."""
    return frozenset((c.theme_id, c.polarity) for c in coding.themes) if coding else frozenset()


def in_sample() -> ColumnElement[bool]:
    """That a response was drawn to be coded twice."""
    return exists().where(CodingSampleMember.response_id == Response.id)


def find_next(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    account: User,
    queue: Queue,
    after: uuid.UUID | None = None,
) -> uuid.UUID | None:
    """The response after ``after`` in the queue, and from its beginning where that was the last.

    Without ``after`` each account begins at a place of its own, so that two who code at once
    seldom meet.
    """
    start = after or uuid.UUID(bytes=sha256(f"{account.fs_uniquifier}".encode()).digest()[:16])
    statement = _queue(municipality, dialogue, account, queue).order_by(Response.id).limit(1)
    found = session.scalar(statement.where(Response.id > start))
    return found or session.scalar(statement.where(Response.id < start))


def count_progress(
    session: Session, municipality: Municipality, dialogue: Dialogue, account: User
) -> Progress:
    """How far the coding of ``dialogue`` has come."""
    all_of_them = _queue(municipality, dialogue, account, Queue(Show.ALL))
    sample = all_of_them.where(in_sample())
    return Progress(
        coded=_count(session, all_of_them.where(is_coded())),
        n=_count(session, all_of_them),
        sample=_count(session, sample),
        sample_left=_count(session, _queue(municipality, dialogue, account, Queue(Show.SAMPLE))),
    )


def get_coding_page(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    account: User,
    response_id: uuid.UUID,
    *,
    asks: bool = False,
) -> CodingPage:
    """One answer; raise NotFound where it is not counted, has no text or is another's.

    ``asks``: whether the account wants to see the machine's suggestions in a sample.
    """
    statement = select(Response).where(
        *_of(municipality, dialogue), Response.id == response_id, has_text()
    )
    response = session.scalar(with_words(statement))
    if response is None:
        raise NotFound("no such answer to code")
    drawn = is_in_sample(session, municipality, response_id)
    shown = shown_coding(session, response_id, account, drawn)
    is_own = shown is not None and shown.coder_id == account.id
    hides = drawn and not (is_own and asks)
    return CodingPage(
        response_id=response.id,
        channel=response.channel,
        language=response.language,
        texts=_texts(response),
        places=tuple(filter(None, (_place_words(place) for place in response.places))),
        codes=codes_of(shown),
        base=fingerprint(shown),
        coded_by=shown.coder_title if shown else None,
        is_own=is_own,
        in_sample=drawn,
        may_ask=drawn and is_own and not asks,
        suggestions=() if hides else _suggestions(session, municipality, response),
    )


def is_in_sample(session: Session, municipality: Municipality, response_id: uuid.UUID) -> bool:
    """Whether the response was drawn to be coded twice."""
    statement = (
        select(CodingSampleMember.response_id)
        .join(CodingSample, CodingSample.id == CodingSampleMember.sample_id)
        .where(
            CodingSample.municipality_id == municipality.id,
            CodingSampleMember.response_id == response_id,
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def shown_coding(
    session: Session, response_id: uuid.UUID, account: User, drawn: bool
) -> Coding | None:
    """The coding that the account works on: in a sample its own, else the one that counts."""
    statement = (
        select(Coding)
        .where(Coding.response_id == response_id)
        .options(selectinload(Coding.themes))
        .execution_options(populate_existing=True)
    )
    if drawn:
        own = (Coding.coder_id == account.id, Coding.purpose == CodingPurpose.CODED)
        return session.scalar(statement.where(*own))
    return session.scalar(statement.where(Coding.is_current.is_(True)).limit(1))


def _of(municipality: Municipality, dialogue: Dialogue) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.is_counted.is_(True),
    )


def _queue(
    municipality: Municipality, dialogue: Dialogue, account: User, queue: Queue
) -> Select[uuid.UUID]:
    statement = select(Response.id).where(*_of(municipality, dialogue), has_text())
    if queue.show is Show.UNCODED:
        statement = statement.where(~is_coded())
    elif queue.show is Show.CODED:
        statement = statement.where(is_coded())
    elif queue.show is Show.SAMPLE:
        own = exists().where(Coding.response_id == Response.id, Coding.coder_id == account.id)
        two = (
            select(func.count(Coding.coder_id.distinct()))
            .where(Coding.response_id == Response.id, Coding.purpose == CodingPurpose.CODED)
            .correlate(Response)
            .scalar_subquery()
        )
        statement = statement.where(in_sample(), ~own, two < 2)
    if queue.theme_id is not None:
        suggested = exists().where(
            ThemeSuggestion.response_id == Response.id,
            ThemeSuggestion.theme_id == queue.theme_id,
            ThemeSuggestion.is_likely.is_(True),
        )
        # To go by a suggestion would tell of an answer in a sample what the machine says.
        statement = statement.where(suggested, or_(~in_sample(), is_coded()))
    return statement.where(has_words(queue.search)) if queue.search else statement


def _count(session: Session, statement: Select[uuid.UUID]) -> int:
    return session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _texts(response: Response) -> tuple[AnswerText, ...]:
    answers = sorted(response.answers, key=lambda answer: answer.question.position)
    return tuple(
        AnswerText(answer.question.position, answer.question.text("sv"), answer.masked_text)
        for answer in answers
        if answer.masked_text
    )


def _place_words(place: MarkedPlace) -> str:
    name = place.named_place.name if place.named_place else ""
    return ": ".join(filter(None, (name, place.masked_words or "")))


def _suggestions(
    session: Session, municipality: Municipality, response: Response
) -> tuple[SuggestionView, ...]:
    statement = (
        select(ThemeSuggestion, Theme)
        .join(Theme, Theme.id == ThemeSuggestion.theme_id)
        .where(
            ThemeSuggestion.municipality_id == municipality.id,
            ThemeSuggestion.response_id == response.id,
            Theme.retired_at.is_(None),
        )
        .order_by(ThemeSuggestion.rank)
    )
    wishes = [a for a in response.answers if a.question.kind is QuestionKind.TEXT]
    wished = " ".join(answer.masked_text or "" for answer in wishes).casefold()
    told = " ".join(
        [a.masked_text or "" for a in response.answers if a not in wishes]
        + [_place_words(place) for place in response.places]
    ).casefold()
    return tuple(
        SuggestionView(
            theme.id,
            theme.title(),
            _axis(suggestion.why, told, wished),
            suggestion.is_likely,
            tuple(word for word in suggestion.why if _stands(word, told, wished)),
        )
        for suggestion, theme in session.execute(statement)
    )


def _stands(word: str, *texts: str) -> bool:
    """Whether the word may be read: it may have been hidden since it made the machine say so."""
    return any(word.casefold() in text for text in texts)


def _axis(why: list[str], told: str, wished: str) -> Polarity:
    """A wish where the words stand only in what was wished for."""
    words = [word.casefold() for word in why]
    is_wish = any(word in wished for word in words) and not any(word in told for word in words)
    return Polarity.WISH if is_wish or (not told and wished) else Polarity.PROBLEM
