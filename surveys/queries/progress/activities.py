"""Readers for what staff log occasions of."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, Occasion, OccasionState
from surveys.models.promise import PromisePoint, point_activity
from surveys.queries.progress.due import Due, next_due
from surveys.queries.progress.occasions import (
    Looks,
    OccasionView,
    has_named_days,
    has_no_times,
    last_held_on,
    looks_of,
    occasion_view,
)
from surveys.queries.promises.counters import Counter, activity_counter, plan_window, point_counter
from surveys.queries.promises.time import window_of
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity to log an occasion of, with the plan or promises that count it.

    ``asks_looks``: it has no fixed times, so that somebody looks whether it is needed.
    """

    id: int
    name: str
    when_text: str
    owner_id: int | None
    owner: str | None
    party: Party | None
    counted_in: tuple[str, ...]
    counter: Counter
    n_occasions: int
    last_on: date | None
    due: Due | None
    asks_looks: bool
    looks: Looks
    is_over: bool
    is_cancelled: bool
    is_public: bool  # a plan or a promise that readers see counts it

    @property
    def sort_key(self) -> tuple[bool, date, str, int]:
        """What is late first, then what is due soonest; what no date asks for after that."""
        is_closed = self.is_over or self.is_cancelled
        return is_closed, self.due.on if self.due else date.max, self.name.casefold(), self.id


@dataclass(frozen=True, slots=True)
class ActivityChoice:
    """An activity that a point may count, with the plan or promises that count it already."""

    id: int
    name: str
    counted_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """The condition of one point that counts the activity."""

    point_id: int
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class ActivityContext:
    """What the page that logs an occasion tells and asks: conditions of the points it counts to."""

    id: int
    name: str
    when_text: str
    owner: str | None
    counted_in: tuple[str, ...]
    conditions: tuple[Condition, ...]
    occasions: tuple[OccasionView, ...]  # the latest first
    asks_looks: bool
    looks: Looks
    names_days: bool  # whether its days can be ticked a month at a time
    cancelled_on: date | None
    cancelled_because: str | None
    cancelled_by: str | None


class Whose(enum.Enum):
    """Which activities a list shows, besides those of one owner."""

    POLICE = "polisen"
    MUNICIPALITY = "kommunen"
    ALL = "alla"


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
    return ActivityContext(
        id=activity.id,
        name=activity.name,
        when_text=activity.when_text,
        owner=activity.owner.title if activity.owner else None,
        counted_in=_counted_in(activity, points),
        conditions=tuple(
            Condition(point.id, point.condition, point.title) for point in points if point.condition
        ),
        occasions=tuple(map(occasion_view, reversed(activity.occasions))),
        asks_looks=has_no_times(activity) and not any(point.target_count for point in points),
        looks=looks_of(activity),
        names_days=has_named_days(activity),
        cancelled_on=activity.cancelled_on,
        cancelled_because=activity.cancelled_because,
        cancelled_by=activity.cancelled_by,
    )


def list_due_activities(
    session: Session,
    municipality: Municipality,
    today: date,
    whose: Whose = Whose.ALL,
    owner_id: int | None = None,
) -> tuple[ActivityRow, ...]:
    """The activities that a plan or a promise counts: what is due first comes first.

    Those of a party are its own, those of both and those that nobody is named for.
    """
    statement = (
        select(Activity)
        .where(Activity.municipality_id == municipality.id)
        .options(
            selectinload(Activity.occasions),
            selectinload(Activity.checks),
            joinedload(Activity.owner),
            joinedload(Activity.plan),
        )
    )
    points = _points_by_activity(session, municipality)
    rows = [
        activity_row(activity, points.get(activity.id, ()), today)
        for activity in session.scalars(statement)
        if activity.plan is not None or activity.id in points
    ]
    chosen = [row for row in rows if _is_of(row, whose, owner_id)]
    return tuple(sorted(chosen, key=lambda row: row.sort_key))


def list_activities(session: Session, municipality: Municipality) -> tuple[ActivityChoice, ...]:
    """All activities of the municipality that a plan or a promise counts, by name."""
    statement = (
        select(Activity)
        .where(Activity.municipality_id == municipality.id)
        .options(joinedload(Activity.plan))
    )
    points = _points_by_activity(session, municipality)
    activities = [a for a in session.scalars(statement) if a.plan is not None or a.id in points]
    return tuple(
        ActivityChoice(a.id, a.name, _counted_in(a, points.get(a.id, ())))
        for a in sorted(activities, key=lambda a: (a.name.casefold(), a.id))
    )


def activity_row(activity: Activity, points: Sequence[PromisePoint], today: date) -> ActivityRow:
    """``activity`` as it stands at ``today``; ``points`` are those that count it."""
    counters = [activity_counter(activity, today)] if activity.plan else []
    counters += [point_counter(point, today) for point in points if point.target_count is not None]
    held = [o for o in activity.occasions if o.state is OccasionState.HELD]
    is_over = _is_over(activity, points, today)
    is_closed = is_over or activity.cancelled_on is not None
    return ActivityRow(
        id=activity.id,
        name=activity.name,
        when_text=activity.when_text,
        owner_id=activity.owner_id,
        owner=activity.owner.title if activity.owner else None,
        party=activity.owner.party if activity.owner else None,
        counted_in=_counted_in(activity, points),
        counter=counters[0] if counters else activity_counter(activity, today),
        n_occasions=len(held),
        last_on=last_held_on(activity.occasions),
        due=None if is_closed else next_due(counters, today),
        asks_looks=has_no_times(activity) and not any(p.target_count for p in points),
        looks=looks_of(activity),
        is_over=is_over,
        is_cancelled=activity.cancelled_on is not None,
        is_public=_is_public(activity, points),
    )


def _points_by_activity(
    session: Session, municipality: Municipality
) -> dict[int, list[PromisePoint]]:
    statement = (
        select(Activity.id, PromisePoint)
        .join(point_activity, point_activity.c.activity_id == Activity.id)
        .join(PromisePoint, PromisePoint.id == point_activity.c.point_id)
        .where(Activity.municipality_id == municipality.id)
        .order_by(PromisePoint.id)
        .options(
            joinedload(PromisePoint.promise),
            selectinload(PromisePoint.activities).selectinload(Activity.occasions),
        )
    )
    found: dict[int, list[PromisePoint]] = {}
    for activity_id, point in session.execute(statement):
        found.setdefault(activity_id, []).append(point)
    return found


def _counted_in(activity: Activity, points: Sequence[PromisePoint]) -> tuple[str, ...]:
    plans = [activity.plan.title] if activity.plan else []
    return tuple(plans + sorted({point.promise.title for point in points}))


def _is_public(activity: Activity, points: Sequence[PromisePoint]) -> bool:
    shown = [point.promise.published_at for point in points]
    return any((activity.plan and activity.plan.published_at, *shown))


def _is_over(activity: Activity, points: Sequence[PromisePoint], today: date) -> bool:
    windows: list[Window | None] = [window_of(point.promise) for point in points]
    if activity.plan:
        windows.append(plan_window(activity.plan))
    return bool(windows) and all(window and window.is_over(today) for window in windows)


def _is_of(row: ActivityRow, whose: Whose, owner_id: int | None) -> bool:
    if owner_id is not None:
        return row.owner_id == owner_id
    if whose is Whose.ALL or row.party in (None, Party.BOTH, Party.OTHER):
        return True
    own = Party.POLICE if whose is Whose.POLICE else Party.MUNICIPALITY
    return row.party is own
