"""Which answers are marked as suspicious, how many are left out of the figures, and why."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, func, select, type_coerce
from sqlalchemy.orm import Session, selectinload

from surveys.db import EnumSet
from surveys.errors import NotFound
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, Response, Suspicion, SuspicionReview
from surveys.models.suspicion import SuspicionDecision
from surveys.queries.texts.masked import MaskedWords, masked_answer

PAGE_SIZE = 50
MAX_DECISIONS = 50


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many answers carry one mark, and how many of them are left out of the figures."""

    suspicion: Suspicion
    n: int
    n_left_out: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stands beside every figure of a dialogue.

    An answer with two marks stands under both in ``marks`` and is one in ``n_marked``.
    ``n_left_out`` of those are in no figure; the ``n_withdrawn`` are neither and stand apart.
    """

    n_marked: int
    n_left_out: int
    n_withdrawn: int
    marks: tuple[MarkCount, ...]


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """One suspicious answer as staff judge it: (question's position, coded value, words)."""

    response_id: uuid.UUID
    channel: Channel
    answered_on: date | None
    suspicions: tuple[Suspicion, ...]
    review: SuspicionReview | None
    is_counted: bool
    answers: tuple[tuple[int, str | None, MaskedWords | None], ...]
    n_places: int


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """One page of ``n`` suspicious answers; pages are numbered from 1."""

    entries: tuple[MarkedAnswer, ...]
    n: int
    page: int
    n_pages: int


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A line of the log. ``suspicion`` is None where it was about a single answer."""

    decided_at: datetime
    decided_by: str
    review: SuspicionReview
    suspicion: Suspicion | None
    n: int


def summarise_left_out(session: Session, municipality: Municipality, dialogue: Dialogue) -> LeftOut:
    """How many of ``municipality``'s answers are in no figure of ``dialogue``, and why."""
    withdrawn = Response.withdrawn_on.is_not(None)
    statement = (
        select(Response.suspicions, Response.is_counted, withdrawn, func.count())
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            is_marked() | withdrawn,
        )
        .group_by(Response.suspicions, Response.is_counted, withdrawn)
    )
    n_marked = n_left_out = n_withdrawn = 0
    marked: Counter[Suspicion] = Counter()
    left_out: Counter[Suspicion] = Counter()
    for suspicions, is_counted, is_withdrawn, n in session.execute(statement):
        if is_withdrawn:
            n_withdrawn += n
            continue
        n_marked += n
        n_left_out += 0 if is_counted else n
        for suspicion in suspicions:
            marked[suspicion] += n
            left_out[suspicion] += 0 if is_counted else n
    marks = tuple(MarkCount(s, marked[s], left_out[s]) for s in Suspicion if marked[s])
    return LeftOut(n_marked, n_left_out, n_withdrawn, marks)


def list_suspicious(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, page: int = 1
) -> MarkedPage:
    """The marked answers that nobody has withdrawn, undecided first, then latest day first.

    Raises NotFound for a page beyond the last.
    """
    statement = select(Response).where(
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        is_marked(),
        Response.withdrawn_on.is_(None),
    )
    n = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    n_pages = max(1, -(-n // PAGE_SIZE))
    if not 1 <= page <= n_pages:
        raise NotFound(f"page {page}")
    found = session.scalars(
        statement.options(
            selectinload(Response.answers).joinedload(Answer.question),
            selectinload(Response.places),
        )
        .order_by(
            Response.suspicion_review.is_not(None),
            Response.answered_on.is_(None),
            Response.answered_on.desc(),
            Response.id,
        )
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return MarkedPage(tuple(map(_entry, found)), n, page, n_pages)


def list_decisions(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[PastDecision]:
    """The latest decisions about suspicious answers, latest first."""
    statement = (
        select(SuspicionDecision)
        .where(
            SuspicionDecision.municipality_id == municipality.id,
            SuspicionDecision.dialogue_id == dialogue.id,
        )
        .order_by(SuspicionDecision.decided_at.desc(), SuspicionDecision.id.desc())
        .limit(MAX_DECISIONS)
    )
    return [
        PastDecision(row.decided_at, row.decided_by, row.review, row.suspicion, row.n)
        for row in session.scalars(statement)
    ]


def is_marked() -> ColumnElement[bool]:
    """That a response carries any mark."""
    return type_coerce(Response.suspicions, Integer) != 0


def carries(suspicion: Suspicion) -> ColumnElement[bool]:
    """That a response carries the mark ``suspicion``."""
    mask = type_coerce(Response.suspicions, Integer)
    return mask.op("&")(EnumSet(Suspicion).bit(suspicion)) != 0


def _entry(response: Response) -> MarkedAnswer:
    answers = ((a.question.position, a.value, masked_answer(a)) for a in response.answers)
    return MarkedAnswer(
        response_id=response.id,
        channel=response.channel,
        answered_on=response.answered_on,
        suspicions=tuple(s for s in Suspicion if s in response.suspicions),
        review=response.suspicion_review,
        is_counted=response.is_counted,
        answers=tuple(sorted(answers, key=lambda answer: answer[0])),
        n_places=len(response.places),
    )
