"""Rules about what is counted: one count with two targets, red days, what nobody counts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from surveys.models.plan import ActionPlan, TargetPeriod
from surveys.models.promise import PointMeasure, PromisePoint
from surveys.queries.consistency.documents import (
    Documents,
    activity_spot,
    plan_period,
    point_spot,
)
from surveys.queries.consistency.findings import Finding, Severity, Spot
from surveys.queries.promises.counters import activity_counter, point_state
from surveys.queries.promises.gate import standing_points
from surveys.schedule.weekly import meeting_days, public_holidays

PROMISED = "medborgarlöfte"


def two_targets(documents: Documents) -> Iterator[Finding]:
    """One count that is held to two targets (1F.5): both stand, and each is told on its own."""
    counting = _counting(documents)
    activities = {a.id: a for plan in documents.plans for a in plan.activities}
    for point in (p for points in counting.values() for p in points):
        activities |= {a.id: a for a in point.activities}
    for activity in activities.values():
        spots = [_target_spot(point, documents) for point in counting.get(activity.id, ())]
        kinds = {(p.target_count, p.per) for p in counting.get(activity.id, ())}
        if activity.target_count is not None and activity.plan is not None:
            counter = activity_counter(activity, documents.today)
            spots.append(replace(activity_spot(activity, activity.when_text), counter=counter))
            kinds.add((activity.target_count, activity.per))
        if len(kinds) > 1:
            yield Finding("two_targets", Severity.FINE, tuple(spots))


def weekly_red_days(documents: Documents) -> Iterator[Finding]:
    """A weekly meeting that falls on public holidays: those are excused (1F.6)."""
    for plan in documents.plans:
        for activity in plan.activities:
            if activity.per is not TargetPeriod.WEEK or activity.weekday is None:
                continue
            days = meeting_days(plan_period(plan), activity.weekday)
            red = [day for day in days if day in _holidays(plan)]
            if red:
                spot = activity_spot(activity, activity.when_text)
                values = {
                    "days": str(len(days)),
                    "red": str(len(red)),
                    "dates": ", ".join(day.isoformat() for day in red),
                }
                yield Finding("red_days", Severity.FINE, (spot,), values)


def promised_and_not_counted(documents: Documents) -> Iterator[Finding]:
    """An activity that says it comes of a promise, while no point of one counts it."""
    counted = set(_counting(documents))
    for plan in documents.plans:
        for activity in plan.activities:
            if PROMISED in activity.name.casefold() and activity.id not in counted:
                spot = activity_spot(activity, activity.when_text)
                yield Finding("promised_not_counted", Severity.GAP, (spot,))


def points_without_day(documents: Documents) -> Iterator[Finding]:
    """A point that is to be done, without a day by which."""
    for promise in documents.promises:
        for point in standing_points(promise):
            if point.measure is PointMeasure.DONE and point.due_on is None:
                spot = point_spot(point, point.text)
                yield Finding("point_without_day", Severity.GAP, (spot,))


def _counting(documents: Documents) -> dict[int, list[PromisePoint]]:
    """Activity id -> the points with a target that count it."""
    found: dict[int, list[PromisePoint]] = defaultdict(list)
    for promise in documents.promises:
        for point in standing_points(promise):
            if point.measure is PointMeasure.COUNT and point.target_count is not None:
                for activity in point.activities:
                    found[activity.id].append(point)
    return found


def _target_spot(point: PromisePoint, documents: Documents) -> Spot:
    state = point_state(point, documents.today)
    return replace(point_spot(point, point.text), counter=state.counter)


def _holidays(plan: ActionPlan) -> frozenset[date]:
    return public_holidays(plan.starts_on.year, plan.ends_on.year)
