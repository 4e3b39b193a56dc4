"""Readers for what a municipality must tell."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.notice import AccessibilityStatement, PrivacyNotice


def get_privacy_notice(session: Session, municipality: Municipality) -> PrivacyNotice | None:
    """What the municipality says of how it handles answers; None where nobody has written it."""
    return session.scalar(
        select(PrivacyNotice).where(PrivacyNotice.municipality_id == municipality.id)
    )


def get_accessibility_statement(
    session: Session, municipality: Municipality
) -> AccessibilityStatement | None:
    """The municipality's own assessment; None where it has made none."""
    return session.scalar(
        select(AccessibilityStatement).where(
            AccessibilityStatement.municipality_id == municipality.id
        )
    )
