"""Approving translations for a municipality's residents, and taking an approval back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.languages import SWEDISH, find_language
from surveys.models.language import LanguageReview, ReviewScope
from surveys.models.municipality import Municipality


@dataclass(frozen=True, slots=True)
class ApprovalDraft:
    """Who stands for which translation. ``n_missing`` is how many texts it still lacks."""

    language: str
    scope: ReviewScope
    approved_by: str  # the role, never a person
    n_missing: int


def approve_language(
    session: Session, municipality: Municipality, draft: ApprovalDraft, *, today: date
) -> LanguageReview:
    """Offer the language to residents, or its legal texts too. Approved before, it stays so.

    Raise NotFound for a language that is not ours or needs no approval, and InvalidInput where
    texts are missing and where the legal texts come before the pages they stand on.
    """
    language = find_language(draft.language)
    if language is None or language == SWEDISH:
        raise NotFound(draft.language)
    if draft.n_missing:
        raise InvalidInput("language_unfinished")
    before = _find(session, municipality, language.code, ReviewScope.INTERFACE)
    if draft.scope is ReviewScope.LEGAL and before is None:
        raise InvalidInput("language_pages_first")
    review = _find(session, municipality, language.code, draft.scope)
    if review is None:
        review = LanguageReview(
            municipality_id=municipality.id,
            language=language.code,
            scope=draft.scope,
            approved_by=draft.approved_by,
            approved_on=today,
        )
        session.add(review)
        session.flush()
    return review


def withdraw_approval(
    session: Session, municipality: Municipality, language: str, scope: ReviewScope
) -> None:
    """Stop offering the language, or show its legal texts in Swedish again.

    Without the pages the legal texts have nowhere to stand, so they go with them.
    """
    gone = (scope,) if scope is ReviewScope.LEGAL else tuple(ReviewScope)
    for one in gone:
        review = _find(session, municipality, language, one)
        if review is not None:
            session.delete(review)
    session.flush()


def _find(
    session: Session, municipality: Municipality, language: str, scope: ReviewScope
) -> LanguageReview | None:
    statement = select(LanguageReview).where(
        LanguageReview.municipality_id == municipality.id,
        LanguageReview.language == language,
        LanguageReview.scope == scope,
    )
    return session.scalar(statement)
