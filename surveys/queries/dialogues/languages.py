"""Reads which translations a municipality has approved, and which questions have words in them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.languages import LANGUAGES
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.models.language import LanguageReview, ReviewScope
from surveys.models.municipality import Municipality


@dataclass(frozen=True, slots=True)
class Approval:
    """Which role approved a translation, and on which day."""

    approved_by: str
    approved_on: date


Approvals = dict[tuple[str, ReviewScope], Approval]


def list_approvals(session: Session, municipality: Municipality) -> Approvals:
    """(language code, scope) -> approval; a language that is not there is a draft."""
    statement = select(LanguageReview).where(LanguageReview.municipality_id == municipality.id)
    return {
        (review.language, review.scope): Approval(review.approved_by, review.approved_on)
        for review in session.scalars(statement)
    }


@dataclass(frozen=True, slots=True)
class WordedDialogue:
    """A dialogue with how many of its questions have words in each language (by code).

    ``has_opened`` tells that what stands there stays.
    """

    title: str
    slug: str
    has_opened: bool
    n_questions: int
    n_worded: dict[str, int]


def list_worded_dialogues(
    session: Session, municipality: Municipality, now: datetime
) -> list[WordedDialogue]:
    """The municipality's own dialogues that can still be answered, the latest first."""
    statement = (
        select(Dialogue)
        .where(Dialogue.municipality_id == municipality.id, Dialogue.closes_at >= now)
        .options(selectinload(Dialogue.questions))
        .order_by(Dialogue.opens_at.desc(), Dialogue.id.desc())
    )
    return [
        WordedDialogue(
            title=dialogue.title,
            slug=dialogue.slug,
            has_opened=dialogue.phase(now) is not DialoguePhase.UPCOMING,
            n_questions=len(dialogue.questions),
            n_worded={
                language.code: sum(bool(q.wording.get(language.code)) for q in dialogue.questions)
                for language in LANGUAGES
            },
        )
        for dialogue in session.scalars(statement)
    ]
