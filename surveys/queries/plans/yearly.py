"""What a follow-up of one year tells of plans: their occasions and the follow-ups that were made.

Only what readers have on the pages already: public notes and outcomes, and no comment of staff.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.models.plan import (
    ActionPlan,
    Activity,
    ActivityArea,
    FollowUp,
    Occasion,
    OccasionState,
)
from surveys.queries.editions.approvals import Subject, of_subject
from surveys.queries.progress.public_activities import names_for_readers
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class ActivityYear:
    """An activity's occasions of one year; ``notes`` are those that say something."""

    held: int = 0
    missed: int = 0
    excused: int = 0
    notes: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    """A planned follow-up that has been made."""

    activity: str
    area: str
    done_on: date
    outcome: str | None


def years_of(window: Window | None, today: date) -> tuple[int, ...]:
    """The calendar years of a period that have begun, the latest first."""
    if window is None or window.starts_on > today:
        return ()
    return tuple(range(min(window.ends_on, today).year, window.starts_on.year - 1, -1))


def year_window(year: int) -> Window:
    """From New Year's Day to New Year's Eve."""
    return Window(date(year, 1, 1), date(year, 12, 31))


def count_plan_occasions(
    session: Session, municipality: Municipality, plan: ActionPlan, window: Window
) -> dict[int, ActivityYear]:
    """Activity id -> what was logged of it within ``window``, for those with anything."""
    statement = (
        select(Occasion)
        .join(Activity)
        .where(
            Activity.plan_id == plan.id,
            Occasion.municipality_id == municipality.id,
            Occasion.held_on.between(window.starts_on, window.ends_on),
        )
        .order_by(Occasion.held_on, Occasion.id)
    )
    found: dict[int, list[Occasion]] = {}
    for occasion in session.scalars(statement):
        found.setdefault(occasion.activity_id, []).append(occasion)
    return {activity_id: _year(occasions) for activity_id, occasions in found.items()}


def list_follow_ups_done(
    session: Session, municipality: Municipality, window: Window, plan: ActionPlan | None = None
) -> tuple[FollowUpDone, ...]:
    """Follow-ups of published plans, or of ``plan``, that were made within ``window``."""
    statement = (
        select(FollowUp)
        .join(ActivityArea)
        .join(Activity)
        .join(ActionPlan, Activity.plan_id == ActionPlan.id)
        .where(
            ActionPlan.municipality_id == municipality.id,
            FollowUp.done_on.between(window.starts_on, window.ends_on),
        )
        .options(
            joinedload(FollowUp.link).joinedload(ActivityArea.activity),
            joinedload(FollowUp.link).joinedload(ActivityArea.area),
        )
        .order_by(FollowUp.done_on, FollowUp.id)
    )
    if plan is None:
        statement = statement.where(ActionPlan.published_at.is_not(None))
    else:
        statement = statement.where(ActionPlan.id == plan.id)
    rows = session.scalars(statement).all()
    activities = [row.link.activity for row in rows]
    is_draft = plan is not None and plan.published_at is None
    names = (
        {activity.id: activity.name for activity in activities}
        if is_draft
        else names_for_readers(session, activities)
    )
    return tuple(
        FollowUpDone(names[row.link.activity.id], row.link.area.name, row.done_on, row.outcome)
        for row in rows
        if row.done_on is not None and row.link.activity.id in names
    )


def latest_edition(session: Session, subject: Subject) -> tuple[int, str] | None:
    """Number and control sum of a text's last edition; None before the first."""
    statement: Any = (
        select(DocumentEdition.number, DocumentEdition.content_hash)
        .where(of_subject(DocumentEdition, subject))
        .order_by(DocumentEdition.number.desc())
        .limit(1)
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row else None


def _year(occasions: Iterable[Occasion]) -> ActivityYear:
    rows = list(occasions)
    states = [row.state for row in rows]
    return ActivityYear(
        held=states.count(OccasionState.HELD),
        missed=states.count(OccasionState.MISSED),
        excused=states.count(OccasionState.EXCUSED),
        notes=tuple((row.held_on, row.note) for row in rows if row.note),
    )
