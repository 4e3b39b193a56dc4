"""What a follow-up of one year tells: occasions of plans, and what parties have judged.

Only what readers have on the pages already: public notes and outcomes, and no comment of staff.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.days import swedish_day
from surveys.models.document_edition import DocumentEdition
from surveys.models.judgement import CarryOver, Judgement, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import (
    ActionPlan,
    Activity,
    ActivityArea,
    FollowUp,
    Occasion,
    OccasionState,
)
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.approvals import Subject
from surveys.queries.document_editions import edition_of
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What one party has said of a promise, or of a point of it, at the end."""

    point_title: str | None
    party: Party
    name: str  # the municipality, or the police area
    verdict: Verdict
    reason: str
    ground: str
    carry_over: CarryOver | None
    role: str
    judged_on: date


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


def list_judgements(session: Session, promise: Promise) -> tuple[JudgementView, ...]:
    """The latest judgement of each party on a promise that the caller fetched through its
    municipality: of the whole first, then point by point, the police before the municipalities.
    """
    statement = (
        select(Judgement)
        .where(Judgement.promise_id == promise.id)
        .options(joinedload(Judgement.point), joinedload(Judgement.given_for))
        .order_by(Judgement.id)
    )
    latest = {(row.point_id, row.party, row.for_id): row for row in session.scalars(statement)}
    rows = sorted(
        latest.values(),
        key=lambda row: (row.point.position if row.point else 0, row.for_id or 0, row.id),
    )
    return tuple(_judgement(row, promise) for row in rows)


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
        .order_by(FollowUp.done_on, FollowUp.id)
    )
    if plan is None:
        statement = statement.where(ActionPlan.published_at.is_not(None))
    else:
        statement = statement.where(ActionPlan.id == plan.id)
    return tuple(
        FollowUpDone(row.link.activity.name, row.link.area.name, row.done_on, row.outcome)
        for row in session.scalars(statement)
        if row.done_on is not None
    )


def latest_edition(session: Session, subject: Subject) -> tuple[int, str] | None:
    """Number and control sum of a text's last edition; None before the first."""
    statement: Any = (
        select(DocumentEdition.number, DocumentEdition.content_hash)
        .where(edition_of(subject))
        .order_by(DocumentEdition.number.desc())
        .limit(1)
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row else None


def list_unjudged(
    session: Session, municipality: Municipality, today: date
) -> tuple[tuple[str, date], ...]:
    """(title, last day) of published promises that are over and that some party has not judged."""
    statement = (
        select(Promise)
        .join(PromiseMunicipality)
        .where(
            PromiseMunicipality.municipality_id == municipality.id,
            Promise.published_at.is_not(None),
            Promise.ends_on < today,
        )
        .order_by(Promise.ends_on.desc(), Promise.id)
    )
    return tuple(
        (promise.title, promise.ends_on)
        for promise in session.scalars(statement)
        if promise.ends_on is not None and not _is_judged(session, promise)
    )


def _is_judged(session: Session, promise: Promise) -> bool:
    statement = select(Judgement.party, Judgement.for_id).where(
        Judgement.promise_id == promise.id, Judgement.point_id.is_(None)
    )
    said = {(row[0], row[1]) for row in session.execute(statement)}
    has_police = any(party is Party.POLICE for party, _ in said)
    return has_police and {p.municipality_id for p in promise.parties} <= {for_ for _, for_ in said}


def _judgement(row: Judgement, promise: Promise) -> JudgementView:
    name = row.given_for.official_name if row.given_for else promise.police_area.name
    return JudgementView(
        point_title=row.point.title if row.point else None,
        party=row.party,
        name=promise.police_area.name if row.party is Party.POLICE else name,
        verdict=row.verdict,
        reason=row.reason,
        ground=row.ground,
        carry_over=row.carry_over,
        role=row.role,
        judged_on=swedish_day(row.judged_at),
    )


def _year(occasions: Iterable[Occasion]) -> ActivityYear:
    rows = list(occasions)
    states = [row.state for row in rows]
    return ActivityYear(
        held=states.count(OccasionState.HELD),
        missed=states.count(OccasionState.MISSED),
        excused=states.count(OccasionState.EXCUSED),
        notes=tuple((row.held_on, row.note) for row in rows if row.note),
    )
