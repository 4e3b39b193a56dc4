"""When the next occasion of an activity is due, so that what is due first can come first.

A weekly meeting is due on the first of its days that nobody has told about. Of every other target
the next occasion is due on the day by which an even pace would have reached it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from surveys.queries.promises.counters import Counter
from surveys.schedule.pace import Tally
from surveys.schedule.weekly import Tick


@dataclass(frozen=True, slots=True)
class Due:
    """The day of the next occasion; ``is_late`` once it has passed without one."""

    on: date
    is_late: bool


def next_due(counters: Iterable[Counter], today: date) -> Due | None:
    """The earliest day that any of the counters asks for; None where none asks for a day."""
    days = [day for counter in counters if (day := _due_day(counter, today)) is not None]
    if not days:
        return None
    first = min(days)
    return Due(first, first < today)


def _due_day(counter: Counter, today: date) -> date | None:
    if counter.weeks is not None:
        open_days = (
            week.day
            for week in counter.weeks.weeks
            if week.tick is Tick.UNREPORTED or (week.tick is Tick.TO_COME and week.day >= today)
        )
        return next(open_days, None)
    if counter.standing is None:
        return None
    tallies = counter.standing.tallies
    if counter.standing.target is None and tallies and not counter.standing.held:
        return tallies[-1].window.ends_on  # a latest day stays due once it has passed
    parts = [part for part in tallies if not part.is_over and not part.is_met]
    return _next_in(parts[0]) if parts else None


def _next_in(part: Tally) -> date:
    """The day by which an even pace would have reached one more than has been held."""
    days = -(-(part.held + 1) * part.window.days // part.target)  # rounded up
    return min(part.window.starts_on + timedelta(days=days), part.window.ends_on)
