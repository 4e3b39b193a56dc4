"""Writing what the duties of Act 2023:196 are counted from and stands nowhere else."""

from datetime import date

from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.limits import MAX_DNR
from surveys.models.municipality import Municipality
from surveys.services.editions.input_rules import check_day, optional_text
from surveys.services.municipalities.settings import held

MOST_MONTHS = 24  # 6 §: at least every other year


def save_statutory_months(session: Session, municipality: Municipality, months: int) -> None:
    """How often the picture is updated and the plan followed up: 1 to 24 months."""
    if not 1 <= months <= MOST_MONTHS:
        raise InvalidInput("months_beyond_law", "months")
    held(session, municipality).statutory_months = months
    session.flush()


def record_council_report(
    session: Session, municipality: Municipality, on: date, dnr: str | None, *, today: date
) -> None:
    """Record that the work was reported to fullmäktige (13 §), and where that is registered."""
    check_day(on, "reported_on")
    if on > today:
        raise InvalidInput("day_to_come", "reported_on")
    kept = held(session, municipality)
    kept.reported_on, kept.reported_dnr = on, optional_text(dnr, "reported_dnr", MAX_DNR)
    session.flush()
