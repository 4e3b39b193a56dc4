"""Approved translations to test with."""

from datetime import date

from sqlalchemy.orm import Session

from surveys.models.language import LanguageReview, ReviewScope
from surveys.models.municipality import Municipality

APPROVED_ON = date(2023, 6, 1)


def approve(
    session: Session,
    municipality: Municipality,
    language: str,
    scope: ReviewScope = ReviewScope.INTERFACE,
) -> LanguageReview:
    """``language`` (a code) as the municipality's residents are offered it."""
    review = LanguageReview(
        municipality_id=municipality.id,
        language=language,
        scope=scope,
        approved_by="Trygghetssamordnare",
        approved_on=APPROVED_ON,
    )
    session.add(review)
    session.flush()
    return review
