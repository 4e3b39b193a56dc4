"""Saying that a planned follow-up was made, and that an activity is given up."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.occasions import OutcomeDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_SUMMARY
from surveys.models.municipality import Municipality
from surveys.models.plan import Activity, FollowUp
from surveys.queries.progress.activities import get_activity
from surveys.queries.progress.follow_ups import get_follow_up
from surveys.services.editions.case_guard import check_no_case
from surveys.services.editions.input_rules import check_day, required_text


def finish_follow_up(
    session: Session,
    municipality: Municipality,
    follow_up_id: int,
    draft: OutcomeDraft,
    *,
    role: str,
    now: datetime,
) -> FollowUp:
    """Say when a follow-up was made and what it came to. Saying it again corrects it."""
    follow_up = get_follow_up(session, municipality, follow_up_id)
    check_day(draft.done_on, "done_on")
    if draft.done_on > swedish_day(now):
        raise InvalidInput("day_to_come", "done_on")
    outcome = required_text(draft.outcome, "outcome", MAX_SUMMARY)
    check_no_case(outcome, "outcome", is_confirmed=draft.is_no_person)
    follow_up.done_on, follow_up.outcome, follow_up.done_by = draft.done_on, outcome, role
    session.flush()
    return follow_up


def reopen_follow_up(session: Session, municipality: Municipality, follow_up_id: int) -> FollowUp:
    """Take back that a follow-up was made."""
    follow_up = get_follow_up(session, municipality, follow_up_id)
    follow_up.done_on = follow_up.outcome = follow_up.done_by = None
    session.flush()
    return follow_up


def give_up_activity(
    session: Session,
    municipality: Municipality,
    activity_id: int,
    reason: str,
    *,
    role: str,
    now: datetime,
) -> Activity:
    """Say that an activity is given up, and why. What was done still counts."""
    activity = get_activity(session, municipality, activity_id)
    text = required_text(reason, "reason", MAX_SUMMARY)
    check_no_case(text, "reason", is_confirmed=False)
    activity.cancelled_on, activity.cancelled_because = swedish_day(now), text
    activity.cancelled_by = role
    session.flush()
    return activity


def take_up_activity(session: Session, municipality: Municipality, activity_id: int) -> Activity:
    """Take up an activity again that was given up."""
    activity = get_activity(session, municipality, activity_id)
    activity.cancelled_on = activity.cancelled_because = activity.cancelled_by = None
    session.flush()
    return activity
