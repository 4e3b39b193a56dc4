"""What makes an answer suspicious, and what staff decide about those that are.

A suspicious answer is stored and marked. Whether it is in the figures is decided by
``surveys.services.dialogues.counting``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from surveys.days import whole_hour
from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, Response, Suspicion, SuspicionReview
from surveys.models.suspicion import SuspicionDecision
from surveys.queries.dialogues.suspicions import carries, is_marked
from surveys.services.dialogues.counting import settle_all

REPEATED_FROM = 3  # earlier answers with the same words; people do share a text with a friend


def suspicions_of_words(
    session: Session, dialogue: Dialogue, answers: Sequence[Answer]
) -> frozenset[Suspicion]:
    """REPEATED where a long text of ``answers`` stands in three earlier answers, else nothing.

    ``Answer.fingerprint`` must be set. Short texts have none: many write "mer poliser".
    """
    prints = {answer.fingerprint for answer in answers if answer.fingerprint}
    if not prints:
        return frozenset()
    statement = (
        select(func.count(Response.id.distinct()))
        .join(Answer, Answer.response_id == Response.id)
        .where(Answer.fingerprint.in_(prints), Response.dialogue_id == dialogue.id)
        .group_by(Answer.fingerprint)
    )
    most = max(session.scalars(statement), default=0)
    return frozenset({Suspicion.REPEATED}) if most >= REPEATED_FROM else frozenset()


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What staff want: the answer ``response_id``, or all that carry the mark ``suspicion``."""

    review: SuspicionReview
    response_id: uuid.UUID | None = None
    suspicion: Suspicion | None = None


def decide(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    draft: DecisionDraft,
    *,
    decided_by: str,
    now: datetime,
) -> int:
    """Count the marked answers of ``draft`` or leave them out; return how many it is about.

    The decision is logged with the role ``decided_by`` and the hour. Answers that come later are
    judged by their marks anew. Raises NotFound where no marked answer is meant, InvalidInput where
    the draft names none or two things.
    """
    if (draft.response_id is None) == (draft.suspicion is None):
        raise InvalidInput("choice", "suspicion")
    responses = _meant(session, municipality, dialogue, draft)
    if not responses:
        raise NotFound("no such suspicious answer")
    for response in responses:
        response.suspicion_review = draft.review
    settle_all(session, responses, now=now)
    session.add(
        SuspicionDecision(
            municipality_id=municipality.id,
            dialogue_id=dialogue.id,
            response_id=draft.response_id,
            suspicion=draft.suspicion,
            review=draft.review,
            n=len(responses),
            decided_by=decided_by,
            decided_at=whole_hour(now),
        )
    )
    session.flush()
    return len(responses)


def _meant(
    session: Session, municipality: Municipality, dialogue: Dialogue, draft: DecisionDraft
) -> Sequence[Response]:
    # In one fixed order: two who decide at once would otherwise wait for each other.
    statement = (
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            is_marked(),
            Response.withdrawn_on.is_(None),
        )
        .order_by(Response.id)
        .options(selectinload(Response.answers), selectinload(Response.places))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if draft.response_id is not None:
        statement = statement.where(Response.id == draft.response_id)
    if draft.suspicion is not None:
        statement = statement.where(carries(draft.suspicion))
    return session.scalars(statement).all()
