"""Writers for a municipality's own settings: contacts, colour, notice and statement."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.settings import ContactDraft, NoticeDraft, StatementDraft
from surveys.errors import ColorRefused, InvalidInput, NotFound
from surveys.limits import MAX_PARAGRAPHS, MAX_PERIOD_MONTHS, MAX_PHONE, MAX_TITLE
from surveys.models.municipality import Municipality
from surveys.models.notice import AccessibilityStatement, Conformance, PrivacyNotice
from surveys.services.editions.input_rules import check_day, optional_text, required_text
from surveys.theme.color_spaces import normal_hex
from surveys.theme.nearest import nearest_passing
from surveys.theme.palette import HOUSE_BRAND, shortfalls


def save_contacts(session: Session, municipality: Municipality, draft: ContactDraft) -> None:
    """Say whom residents turn to. Raise InvalidInput."""
    kept = held(session, municipality)
    kept.municipal_contact = optional_text(draft.municipal, "municipal", MAX_TITLE)
    kept.police_contact = optional_text(draft.police, "police", MAX_TITLE)
    kept.contact_email = _email(draft.email, "email")
    session.flush()


def checked_color(text: str) -> str:
    """``text`` as "#rrggbb" if pages in that colour can be read.

    Raise InvalidInput ``not_a_color``, or ColorRefused with the nearest colour that passes.
    """
    color = normal_hex(text)
    if color is None:
        raise InvalidInput("not_a_color", "color")
    missed = shortfalls(color)
    if missed:
        raise ColorRefused(missed[0].ratio, missed[0].least, nearest_passing(color))
    return color


def save_brand(session: Session, municipality: Municipality, text: str | None) -> None:
    """Give the pages the municipality's colour; None or the product's own takes it away again.

    Raise as ``checked_color``.
    """
    color = checked_color(text) if text else None
    held(session, municipality).brand_color = None if color == HOUSE_BRAND else color
    session.flush()


def save_privacy_notice(
    session: Session, municipality: Municipality, draft: NoticeDraft
) -> PrivacyNotice:
    """Write the municipality's part of the privacy page. Raise InvalidInput."""
    columns = {
        "controllers": required_text(draft.controllers, "controllers"),
        "data_protection_contact": optional_text(
            draft.data_protection_contact, "data_protection_contact", MAX_TITLE
        ),
        "legal_basis": optional_text(draft.legal_basis, "legal_basis"),
        "retention": optional_text(draft.retention, "retention"),
        "destruction_decision": optional_text(
            draft.destruction_decision, "destruction_decision", MAX_TITLE
        ),
        "originals_months": _months(draft.originals_months),
    }
    held(session, municipality)
    found = session.scalar(
        select(PrivacyNotice).where(PrivacyNotice.municipality_id == municipality.id)
    )
    notice = found or PrivacyNotice(municipality_id=municipality.id)
    for name, value in columns.items():
        setattr(notice, name, value)
    session.add(notice)
    session.flush()
    return notice


def save_accessibility_statement(
    session: Session, municipality: Municipality, draft: StatementDraft, *, now: datetime
) -> AccessibilityStatement:
    """Write the municipality's own assessment; it counts as updated on the day of ``now``.

    Raise InvalidInput, also where pages that are said to comply fully have shortcomings.
    """
    columns = _statement_columns(draft, now)
    held(session, municipality)
    found = session.scalar(
        select(AccessibilityStatement).where(
            AccessibilityStatement.municipality_id == municipality.id
        )
    )
    statement = found or AccessibilityStatement(municipality_id=municipality.id)
    for name, value in columns.items():
        setattr(statement, name, value)
    session.add(statement)
    session.flush()
    return statement


def _months(months: int | None) -> int | None:
    if months is not None and not 1 <= months <= MAX_PERIOD_MONTHS:
        raise InvalidInput("months_out_of_range", "originals_months")
    return months


def _statement_columns(draft: StatementDraft, now: datetime) -> dict[str, object]:
    check_day(draft.assessed_on, "assessed_on")
    if draft.assessed_on > swedish_day(now):
        raise InvalidInput("in_future", "assessed_on")
    shortcomings = optional_text(draft.shortcomings, "shortcomings", MAX_PARAGRAPHS)
    if shortcomings and draft.conformance is Conformance.FULL:
        raise InvalidInput("full_with_shortcomings", "conformance")
    return {
        "conformance": draft.conformance,
        "shortcomings": shortcomings,
        "burdens": optional_text(draft.burdens, "burdens"),
        "outside_law": optional_text(draft.outside_law, "outside_law"),
        "method": required_text(draft.method, "method"),
        "assessed_on": draft.assessed_on,
        "updated_on": swedish_day(now),
        "contact_email": _email(draft.contact_email, "contact_email"),
        "contact_phone": optional_text(draft.contact_phone, "contact_phone", MAX_PHONE),
    }


def held(session: Session, municipality: Municipality) -> Municipality:
    """The municipality's row, held until the end: two who save at once come after each other."""
    statement = (
        select(Municipality)
        .where(Municipality.id == municipality.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(statement)
    if row is None:
        raise NotFound(municipality.slug)
    return row


def _email(text: str | None, field: str) -> str | None:
    kept = optional_text(text, field, MAX_TITLE)
    if kept is None:
        return None
    name, _, host = kept.partition("@")
    if not name or "." not in host or "@" in host or len(kept.split()) > 1:
        raise InvalidInput("not_an_address", field)
    return kept
