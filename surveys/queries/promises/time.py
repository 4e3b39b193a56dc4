"""When a promise holds, and when something was last said about it."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import Promise
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window, months_begun, months_left, split, total_months
from surveys.schedule.readback import from_json

# The grammar's unit -> the parts that a period is split in.
_PARTS = {"år": "year", "halvår": "half_year", "kvartal": "quarter"}


class Phase(enum.Enum):
    """Where today stands to a promise's period, in the order of the overview."""

    RUNNING = "running"
    UNSIGNED = "unsigned"  # the period begins when all have signed
    COMING = "coming"
    ENDED = "ended"

    @property
    def order(self) -> int:
        return list(Phase).index(self)


@dataclass(frozen=True, slots=True)
class PromiseTime:
    """A promise's period at one day. Months are whole, a begun one counted as passed."""

    phase: Phase
    window: Window | None
    months: int = 0
    passed: int = 0
    left: int = 0
    months_from_signing: int | None = None

    @property
    def is_running(self) -> bool:
        return self.phase is Phase.RUNNING

    @property
    def sort_key(self) -> int:
        """Those that end soonest first; among the ended, the latest."""
        if self.window is None:
            return 0
        day = self.window.ends_on.toordinal()
        return -day if self.phase is Phase.ENDED else day


def window_of(promise: Promise) -> Window | None:
    """The promise's period; None until it is known."""
    if promise.starts_on is None or promise.ends_on is None:
        return None
    return Window(promise.starts_on, promise.ends_on)


def next_follow_up(promise: Promise, window: Window, today: date) -> date | None:
    """The last day of the part of the period that is to be followed up next: "årsvis".

    None where the text names no such rhythm. A follow-up is due once its year (half-year, quarter)
    is over, and the parts are counted from the first day of the period.
    """
    days = last_days(from_json(promise.follow_up_schedule), window)
    return next((day for day in days if day >= today), None)


def last_days(schedule: Schedule | None, window: Window) -> tuple[date, ...]:
    """The last day of each part of ``window`` for which ``schedule`` names a rhythm but no days."""
    if schedule is None or schedule.kind not in {Kind.RECURRING, Kind.COUNTED}:
        return ()
    unit = schedule.rule.rhythm.unit if schedule.rule else schedule.unit
    per = _PARTS.get(unit or "")
    every = schedule.rule.rhythm.every if schedule.rule else 1
    return tuple(part.ends_on for part in split(window, per))[every - 1 :: every] if per else ()


def promise_time(promise: Promise, today: date) -> PromiseTime:
    """The promise's period as it stands at ``today``."""
    window = window_of(promise)
    if window is None:
        return PromiseTime(Phase.UNSIGNED, None, months_from_signing=promise.months_from_signing)
    if window.is_over(today):
        phase = Phase.ENDED
    else:
        phase = Phase.RUNNING if window.holds(today) else Phase.COMING
    return PromiseTime(
        phase=phase,
        window=window,
        months=total_months(window),
        passed=months_begun(window, today),
        left=months_left(window, today),
        months_from_signing=promise.months_from_signing,
    )


def list_last_reports(session: Session, promises: Iterable[Promise]) -> dict[int, datetime]:
    """Promise id -> when the last report on it was written, for those that have one."""
    statement = (
        select(ProgressUpdate.promise_id, func.max(ProgressUpdate.created_at))
        .where(ProgressUpdate.promise_id.in_([promise.id for promise in promises]))
        .group_by(ProgressUpdate.promise_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def updated_on(promise: Promise, reported_at: datetime | None) -> date | None:
    """The day of the last report, logged occasion or publication; None before all of them."""
    logged = [
        occasion.logged_at
        for point in promise.points
        for activity in point.activities
        for occasion in activity.occasions
    ]
    moments = [m for m in (promise.published_at, reported_at, *logged) if m is not None]
    return swedish_day(max(moments)) if moments else None
