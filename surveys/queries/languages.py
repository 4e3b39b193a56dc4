"""Reads which translations a municipality has approved."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

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
