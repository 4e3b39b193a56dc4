"""Keeping how a text about time was read, once somebody has said that it is right.

A confirmed reading is what the counts go by, and its number becomes the target.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, Comparator, FollowUp, TargetPeriod
from surveys.queries.plans.plans import get_plan
from surveys.queries.plans.readings import (
    Reading,
    Spoken,
    list_plan_readings,
)
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.readback import to_json
from surveys.schedule.targets import said_target
from surveys.services.editions.revisions import begin_change


def confirm_plan_readings(
    session: Session,
    municipality: Municipality,
    slug: str,
    keys: frozenset[str] | None = None,
    *,
    now: datetime,
) -> int:
    """Keep the readings of these ``keys`` (None: of all); how many were not kept before."""
    plan = get_plan(session, municipality, slug)
    chosen = _chosen(list_plan_readings(plan), keys)
    if chosen:
        begin_change(session, plan, now=now)
    for reading in chosen:
        _keep_in_plan(plan, reading)
    session.flush()
    return len(chosen)


def keep_when(activity: Activity, schedule: Schedule) -> None:
    """The activity is counted by ``schedule`` from here on, and its number is the target."""
    activity.schedule = to_json(schedule)
    if schedule.kind is Kind.UNPARSED:  # what was filled in by hand stays
        return
    target = said_target(schedule)
    activity.target_count = target.count if target else None
    activity.comparator = Comparator(target.comparator) if target else None
    activity.per = TargetPeriod(target.per) if target else None
    activity.weekday = target.weekday if target else None


def keep_follow_up(follow_up: FollowUp, schedule: Schedule) -> None:
    """The follow-up is asked for by ``schedule``; a day that it names is the day it is due."""
    follow_up.schedule = to_json(schedule)
    if schedule.kind is Kind.DEADLINE and follow_up.due_on is None:
        follow_up.due_on = schedule.deadline


def _chosen(readings: tuple[Reading, ...], keys: frozenset[str] | None) -> list[Reading]:
    return [r for r in readings if r.waits and (keys is None or r.key in keys)]


def _keep_in_plan(plan: ActionPlan, reading: Reading) -> None:
    if reading.spoken is Spoken.WHEN:
        keep_when(next(a for a in plan.activities if a.id == reading.id), reading.schedule)
        return
    links = (link for area in plan.areas for link in area.links)
    follow_up = next(link.follow_up for link in links if link.id == reading.id)
    if follow_up is not None:
        keep_follow_up(follow_up, reading.schedule)
