"""Writers for the rhythm of the lägesbild: how often it comes, and why a month had none."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.situations import CadenceDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_SUMMARY
from surveys.models.municipality import Municipality
from surveys.models.picture import MissedMonth, SituationCadence
from surveys.queries.pictures.situations import MonthState, get_cadence, list_months
from surveys.services.editions.input_rules import check_day, optional_text, required_text

MOST_MONTHS = 12
LAST_DUE_DAY = 28  # a day that each month has


def set_cadence(
    session: Session, municipality: Municipality, draft: CadenceDraft
) -> SituationCadence:
    """Say how often the lägesbild comes. Raise InvalidInput."""
    _check(draft)
    cadence = get_cadence(session, municipality)
    if cadence is None:
        cadence = SituationCadence(municipality_id=municipality.id)
        session.add(cadence)
    cadence.starts_on = draft.starts_on.replace(day=1)
    cadence.ends_on = draft.ends_on
    cadence.every_months, cadence.due_day = draft.every_months, draft.due_day
    cadence.pauses = sorted(draft.pauses)
    cadence.purpose = optional_text(draft.purpose, "purpose", MAX_SUMMARY) or ""
    session.flush()
    return cadence


def explain_missed_month(
    session: Session,
    municipality: Municipality,
    month: date,
    reason: str,
    *,
    by: str,
    now: datetime,
) -> MissedMonth:
    """Say why no lägesbild came for a month, or say it better. The month stays missed.

    Raise InvalidInput ``not_missed`` for a month that is not due yet, has one or is a pause.
    """
    first = month.replace(day=1)
    states = {m.month: m.state for m in list_months(session, municipality, swedish_day(now))}
    if states.get(first) not in (MonthState.LATE, MonthState.MISSED):
        raise InvalidInput("not_missed")
    missed = session.scalar(
        select(MissedMonth).where(
            MissedMonth.municipality_id == municipality.id, MissedMonth.month == first
        )
    )
    if missed is None:
        missed = MissedMonth(municipality_id=municipality.id, month=first)
        session.add(missed)
    missed.reason = required_text(reason, "reason", MAX_SUMMARY)
    missed.noted_by, missed.noted_at = by, now
    session.flush()
    return missed


def _check(draft: CadenceDraft) -> None:
    check_day(draft.starts_on, "starts_on")
    check_day(draft.ends_on, "ends_on")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise InvalidInput("end_before_start", "ends_on")
    if not 1 <= draft.every_months <= MOST_MONTHS:
        raise InvalidInput("months_out_of_range", "every_months")
    if not 1 <= draft.due_day <= LAST_DUE_DAY:
        raise InvalidInput("due_day_out_of_range", "due_day")
    if not draft.pauses <= set(range(1, 13)) or len(draft.pauses) == MOST_MONTHS:
        raise InvalidInput("pauses_all_year", "pauses")
