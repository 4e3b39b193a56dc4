"""Counted points: occasions against targets. One activity may serve several targets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from surveys.models.party import Party
from surveys.models.plan import (
    ActionPlan,
    Activity,
    Comparator,
    Occasion,
    OccasionState,
    TargetPeriod,
)
from surveys.models.promise import (
    PointMeasure,
    PointStatus,
    PromisePoint,
)
from surveys.queries.progress.occasions import OccasionView as OccasionView
from surveys.queries.progress.occasions import occasion_view as occasion_view
from surveys.queries.promises.time import window_of
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.pace import Happening, Outcome, Standing, Status, Target, stand
from surveys.schedule.periods import Window
from surveys.schedule.scheduled import stand_by
from surveys.schedule.targets import confirmed
from surveys.schedule.weekly import Tick, Weeks, count_weeks

_SET_BY_HAND = {
    PointStatus.DONE: Status.DONE,
    PointStatus.CANCELLED: Status.CANCELLED,
    PointStatus.NOT_MEASURABLE: Status.NOT_MEASURABLE,
}


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target in its parts; the page words it: "minst 2 per år"."""

    count: int
    comparator: Comparator
    per: TargetPeriod

    @property
    def number(self) -> tuple[int, str]:
        return self.count, self.per.value


@dataclass(frozen=True, slots=True)
class Counter:
    """A count against one target. What has its days has ``weeks``, every other a ``standing``."""

    target: TargetView | None
    window: Window | None
    standing: Standing | None = None
    weeks: Weeks | None = None
    schedule: Schedule | None = None  # the confirmed reading that it is counted by
    is_over: bool = False  # its window is, so that nothing can be caught up with

    @property
    def is_asked(self) -> bool:
        """Whether something is expected of it, so that it has a state and not only a count."""
        kind = self.schedule.kind if self.schedule else None
        return self.wanted is not None or kind in {Kind.DEADLINE, Kind.DURING}

    @property
    def held(self) -> int:
        return self.weeks.held if self.weeks else self.standing.held if self.standing else 0

    @property
    def wanted(self) -> int | None:
        """What ``held`` is out of: weeks until now, or the target of the whole period."""
        return (
            self.weeks.expected if self.weeks else self.standing.target if self.standing else None
        )

    @property
    def asked_in_all(self) -> int | None:
        """What the whole period asks for, days that are excused left out; None where nothing."""
        if self.weeks:
            return len(self.weeks.weeks) - self.weeks.count(Tick.EXCUSED)
        return self.standing.target if self.standing else None

    @property
    def asked_until_now(self) -> int | None:
        """How much of it an even pace would have reached by today; None where nobody can say."""
        if self.weeks:
            return self.weeks.expected
        return self.standing.expected if self.standing else None

    @property
    def status(self) -> Status:
        state = self.weeks or self.standing
        status = state.status if state else Status.ONGOING
        return Status.NOT_REACHED if self.is_over and status is Status.BEHIND else status


@dataclass(frozen=True, slots=True)
class PointState:
    """A point of a promise as it stands on one day."""

    id: int
    title: str
    text: str
    area: str | None
    responsible: Party
    third_parties: str | None
    measure: PointMeasure
    unit: str | None
    due_on: date | None
    condition: str | None
    status: Status
    status_reason: str | None
    status_on: date | None
    status_by: str | None
    counter: Counter | None
    occasions: tuple[OccasionView, ...]

    @property
    def times_held(self) -> tuple[OccasionView, ...]:
        return tuple(o for o in self.occasions if o.state is OccasionState.HELD)


def point_state(point: PromisePoint, today: date) -> PointState:
    """``point`` at ``today``, with the occasions of all its activities in order of date."""
    occasions = sorted(
        {o for activity in point.activities for o in activity.occasions},
        key=lambda o: (o.held_on, o.id),
    )
    counter = None
    if point.measure is PointMeasure.COUNT:
        counter = _point_counter(point, occasions, today)
    return PointState(
        id=point.id,
        title=point.title,
        text=point.text,
        area=point.area,
        responsible=point.responsible,
        third_parties=point.third_parties,
        measure=point.measure,
        unit=point.unit,
        due_on=point.due_on,
        condition=point.condition,
        status=_status(point, counter, today),
        status_reason=point.status_reason,
        status_on=point.status_on,
        status_by=point.status_by,
        counter=counter,
        occasions=tuple(occasion_view(occasion, point.id) for occasion in occasions),
    )


def plan_window(plan: ActionPlan) -> Window:
    """The plan's period."""
    return Window(plan.starts_on, plan.ends_on)


def activity_counter(activity: Activity, today: date) -> Counter:
    """The activity's occasions against its own target, within its plan's period."""
    window = plan_window(activity.plan) if activity.plan else None
    target = activity_target(activity)
    schedule = confirmed(activity.schedule, activity.when_text, target.number if target else None)
    return _count(target, window, activity.weekday, activity.occasions, today, schedule)


def count_against(
    activity: Activity,
    target: TargetView | None,
    window: Window,
    weekday: int | None,
    today: date,
    schedule: Schedule | None = None,
) -> Counter:
    """The activity's occasions against what was asked of it in an edition of its plan."""
    return _count(target, window, weekday, activity.occasions, today, schedule)


def point_counter(point: PromisePoint, today: date) -> Counter:
    """The occasions of all the point's activities against its target."""
    occasions = {o for activity in point.activities for o in activity.occasions}
    return _point_counter(point, occasions, today)


def _point_counter(point: PromisePoint, occasions: Iterable[Occasion], today: date) -> Counter:
    window = window_of(point.promise)
    if window and point.due_on and window.starts_on <= point.due_on:
        window = Window(window.starts_on, point.due_on)
    weekdays = [a.weekday for a in point.activities if a.weekday is not None]
    target = _view(point.target_count, point.comparator, point.per)
    schedule = confirmed(point.schedule, None, target.number if target else None)
    return _count(target, window, weekdays[0] if weekdays else None, occasions, today, schedule)


def activity_target(activity: Activity) -> TargetView | None:
    """What the activity is held to by its plan; None where it is only counted."""
    return _view(activity.target_count, activity.comparator, activity.per)


def _view(
    count: int | None, comparator: Comparator | None, per: TargetPeriod | None
) -> TargetView | None:
    if count is None:
        return None
    return TargetView(count, comparator or Comparator.AT_LEAST, per or TargetPeriod.PERIOD)


def _count(
    target: TargetView | None,
    window: Window | None,
    weekday: int | None,
    occasions: Iterable[Occasion],
    today: date,
    schedule: Schedule | None,
) -> Counter:
    happenings = [Happening(o.held_on, Outcome(o.state.value)) for o in occasions]
    counter = Counter(target, window, is_over=window is not None and window.is_over(today))
    if schedule is not None:
        found = stand_by(schedule, window, happenings, today)
        if isinstance(found, Weeks):
            return replace(counter, weeks=found, schedule=schedule)
        return replace(counter, standing=found, schedule=schedule)
    if target and target.per is TargetPeriod.WEEK and window:
        weeks = count_weeks(window, weekday, happenings, today, target.count)
        return replace(counter, weeks=weeks)
    # Before its period is known a weekly target is only a count.
    asked = Target(*target.number) if target and target.per is not TargetPeriod.WEEK else None
    return replace(counter, standing=stand(asked, window, happenings, today))


def _status(point: PromisePoint, counter: Counter | None, today: date) -> Status:
    if (by_hand := _SET_BY_HAND.get(point.status)) is not None:
        return by_hand
    if point.measure is PointMeasure.NONE:
        return Status.NOT_MEASURABLE
    if counter is not None:
        return counter.status
    window = window_of(point.promise)
    if window and window.is_over(today):
        return Status.NOT_REACHED
    if point.due_on and point.due_on < today:
        return Status.BEHIND
    return Status.NOT_BEGUN if window and today < window.starts_on else Status.ONGOING
