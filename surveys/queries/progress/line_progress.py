"""What a row of a plan tells beside its count: looks, staleness, and that it was given up."""

from dataclasses import dataclass
from datetime import date

from surveys.days import swedish_day
from surveys.models.municipality import Municipality
from surveys.models.plan import Activity, TargetPeriod
from surveys.queries.progress.occasions import Looks, has_no_times, looks_of
from surveys.schedule.periods import Window
from surveys.schedule.staleness import Limits, Staleness, stale_since

# Days between two occasions where a target is one a year, a half-year …: no silence within them.
_DAYS = {
    TargetPeriod.MONTH: 31,
    TargetPeriod.QUARTER: 92,
    TargetPeriod.TERM: 184,
    TargetPeriod.HALF_YEAR: 184,
    TargetPeriod.YEAR: 366,
}


@dataclass(frozen=True, slots=True)
class LineProgress:
    """``looks`` is None for what has times or a target; ``stale`` before and after the period."""

    looks: Looks | None
    stale: Staleness | None
    cancelled_on: date | None
    cancelled_because: str | None
    cancelled_by: str | None


def stale_limits(municipality: Municipality) -> Limits:
    """The municipality's own limits of silence."""
    return Limits(municipality.quiet_after_days, municipality.silent_after_days)


def line_progress(activity: Activity, window: Window, today: date) -> LineProgress:
    """What is told of ``activity`` at ``today`` beside its count and status."""
    return LineProgress(
        looks=looks_of(activity) if has_no_times(activity) else None,
        stale=activity_staleness(activity, window, today),
        cancelled_on=activity.cancelled_on,
        cancelled_because=activity.cancelled_because,
        cancelled_by=activity.cancelled_by,
    )


def activity_staleness(activity: Activity, window: Window, today: date) -> Staleness | None:
    """How long ago anybody logged an occasion of it or looked whether it was needed."""
    is_running = window.holds(today) and activity.cancelled_on is None
    words = [occasion.held_on for occasion in activity.occasions if occasion.held_on <= today]
    words += [occasion_day for occasion_day in _logged(activity) if occasion_day <= today]
    words += [check.checked_on for check in activity.checks if check.checked_on <= today]
    per = _DAYS.get(activity.per, 0) if activity.per else 0
    count = activity.target_count or 1
    return stale_since(
        max(words, default=None),
        today,
        limits=stale_limits(activity.municipality),
        is_running=is_running,
        rhythm_days=per // count,
    )


def _logged(activity: Activity) -> list[date]:
    return [swedish_day(occasion.logged_at) for occasion in activity.occasions]
