"""Readers for what staff log occasions of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, Occasion
from surveys.models.promise import Promise, PromisePoint, point_activity
from surveys.queries.counters import OccasionView, occasion_view


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity to log an occasion of, with the plan or promises that count it."""

    id: int
    name: str
    when_text: str
    counted_in: tuple[str, ...]
    n_occasions: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class ActivityContext:
    """What the page that logs an occasion tells and asks: conditions of the points it counts to."""

    id: int
    name: str
    when_text: str
    counted_in: tuple[str, ...]
    conditions: tuple[str, ...]
    occasions: tuple[OccasionView, ...]  # the latest first


def get_activity(session: Session, municipality: Municipality, activity_id: int) -> Activity:
    """The municipality's activity; raise NotFound."""
    activity = session.scalar(
        select(Activity).where(
            Activity.id == activity_id, Activity.municipality_id == municipality.id
        )
    )
    if activity is None:
        raise NotFound(str(activity_id))
    return activity


def get_occasion(session: Session, municipality: Municipality, occasion_id: int) -> Occasion:
    """The municipality's occasion; raise NotFound."""
    occasion = session.scalar(
        select(Occasion).where(
            Occasion.id == occasion_id, Occasion.municipality_id == municipality.id
        )
    )
    if occasion is None:
        raise NotFound(str(occasion_id))
    return occasion


def list_counting_points(session: Session, activity: Activity) -> Sequence[PromisePoint]:
    """The points of any promise that count the activity's occasions."""
    statement = (
        select(PromisePoint)
        .join(point_activity)
        .where(point_activity.c.activity_id == activity.id)
        .order_by(PromisePoint.id)
    )
    return session.scalars(statement).all()


def get_activity_context(
    session: Session, municipality: Municipality, activity_id: int
) -> ActivityContext:
    """The activity with where it counts; raise NotFound."""
    activity = get_activity(session, municipality, activity_id)
    points = list_counting_points(session, activity)
    plans = [activity.plan.title] if activity.plan else []
    return ActivityContext(
        id=activity.id,
        name=activity.name,
        when_text=activity.when_text,
        counted_in=tuple(plans + sorted({point.promise.title for point in points})),
        conditions=tuple(point.condition for point in points if point.condition),
        occasions=tuple(map(occasion_view, reversed(activity.occasions))),
    )


def list_activities(session: Session, municipality: Municipality) -> tuple[ActivityRow, ...]:
    """All activities of the municipality that a plan or a promise counts, by name."""
    counted = {
        activity_id: (n, last)
        for activity_id, n, last in session.execute(
            select(Occasion.activity_id, func.count(), func.max(Occasion.held_on))
            .where(Occasion.municipality_id == municipality.id)
            .group_by(Occasion.activity_id)
        )
    }
    names = _counted_in(session, municipality)
    activities = session.scalars(
        select(Activity).where(Activity.municipality_id == municipality.id)
    )
    return tuple(
        ActivityRow(
            activity.id,
            activity.name,
            activity.when_text,
            tuple(sorted(names.get(activity.id, ()))),
            *counted.get(activity.id, (0, None)),
        )
        for activity in sorted(activities, key=lambda a: (a.name.casefold(), a.id))
        if activity.id in names
    )


def _counted_in(session: Session, municipality: Municipality) -> dict[int, set[str]]:
    plans = (
        select(Activity.id, ActionPlan.title)
        .join(ActionPlan)
        .where(Activity.municipality_id == municipality.id)
    )
    promises = (
        select(Activity.id, Promise.title)
        .join(point_activity, point_activity.c.activity_id == Activity.id)
        .join(PromisePoint, PromisePoint.id == point_activity.c.point_id)
        .join(Promise, Promise.id == PromisePoint.promise_id)
        .where(Activity.municipality_id == municipality.id)
    )
    names: dict[int, set[str]] = {}
    for statement in (plans, promises):
        for activity_id, title in session.execute(statement):
            names.setdefault(activity_id, set()).add(title)
    return names
