"""What waits in the safety queue, and what was decided about the rest."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, Response
from surveys.models.safety import SafetyFlag, SafetyKind, SafetyState
from surveys.queries.texts.masked import MaskedWords, masked_answer, masked_mark

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class FlagView:
    """One answer of the queue. ``raised_by`` is None where its words were found by rules.

    ``words`` are masked, and there only while it waits to be read.
    """

    id: uuid.UUID
    response_id: uuid.UUID
    dialogue_slug: str
    dialogue_title: str
    kinds: tuple[SafetyKind, ...]
    raised_on: date | None
    raised_by: str | None
    state: SafetyState
    routed_to: str | None
    closed_on: date | None
    closed_by: str | None
    is_withdrawn: bool
    words: tuple[MaskedWords, ...]


@dataclass(frozen=True, slots=True)
class FlagPage:
    """One page of ``n`` flags; pages are numbered from 1."""

    entries: tuple[FlagView, ...]
    n: int
    n_open: int
    page: int
    n_pages: int


def count_open_flags(session: Session, municipality: Municipality) -> int:
    """How many answers of ``municipality`` wait to be read."""
    statement = select(func.count()).where(
        SafetyFlag.municipality_id == municipality.id, SafetyFlag.state == SafetyState.OPEN
    )
    return session.scalar(statement) or 0


def list_flags(session: Session, municipality: Municipality, *, page: int = 1) -> FlagPage:
    """The queue, open ones first and of those the oldest; raise NotFound for a page beyond."""
    mine = SafetyFlag.municipality_id == municipality.id
    n = session.scalar(select(func.count()).where(mine)) or 0
    n_pages = max(1, -(-n // PAGE_SIZE))
    if not 1 <= page <= n_pages:
        raise NotFound(f"page {page}")
    is_closed = SafetyFlag.state != SafetyState.OPEN
    found = session.scalars(
        select(SafetyFlag)
        .where(mine)
        .options(
            joinedload(SafetyFlag.dialogue),
            joinedload(SafetyFlag.response)
            .selectinload(Response.answers)
            .joinedload(Answer.question),
            joinedload(SafetyFlag.response).selectinload(Response.places),
        )
        .order_by(is_closed, SafetyFlag.closed_on.desc(), SafetyFlag.raised_on, SafetyFlag.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    entries = tuple(_view(flag) for flag in found)
    return FlagPage(entries, n, count_open_flags(session, municipality), page, n_pages)


def find_flag(
    session: Session, municipality: Municipality, response_id: uuid.UUID
) -> FlagView | None:
    """The flag of one answer, if it has any."""
    flag = session.scalar(
        select(SafetyFlag).where(
            SafetyFlag.municipality_id == municipality.id, SafetyFlag.response_id == response_id
        )
    )
    return _view(flag) if flag is not None else None


def _view(flag: SafetyFlag) -> FlagView:
    is_open = flag.state is SafetyState.OPEN
    return FlagView(
        id=flag.id,
        response_id=flag.response_id,
        dialogue_slug=flag.dialogue.slug,
        dialogue_title=flag.dialogue.title,
        kinds=tuple(kind for kind in SafetyKind if kind in flag.kinds),
        raised_on=flag.raised_on,
        raised_by=flag.raised_by,
        state=flag.state,
        routed_to=flag.routed_to,
        closed_on=flag.closed_on,
        closed_by=flag.closed_by,
        is_withdrawn=flag.response.withdrawn_on is not None,
        words=_words(flag.response) if is_open else (),
    )


def _words(response: Response) -> tuple[MaskedWords, ...]:
    answers = sorted(response.answers, key=lambda answer: answer.question.position)
    said = [*map(masked_answer, answers), *map(masked_mark, response.places)]
    return tuple(words for words in said if words is not None)
