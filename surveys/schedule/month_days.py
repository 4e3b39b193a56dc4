"""The days of one month on which something is to take place, red days told by their names."""

from dataclasses import dataclass
from datetime import date, timedelta

from holidays.countries.sweden import Sweden

from surveys.schedule.grammar_schedule import Schedule
from surveys.schedule.periods import Window, add_months
from surveys.schedule.recurrence import Rule, occasions
from surveys.schedule.weekly import meeting_days


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day on which an occasion is looked for; ``holiday`` is the red day that excuses it."""

    day: date
    holiday: str | None


def month_of(day: date) -> Window:
    """The month that holds ``day``."""
    first = day.replace(day=1)
    return Window(first, add_months(first, 1) - timedelta(days=1))


def names_days(schedule: Schedule | None, weekday: int | None) -> bool:
    """Whether the days can be told beforehand: "varje måndag" and not "5 gånger per år"."""
    return weekday is not None or _rule(schedule) is not None


def month_days(
    schedule: Schedule | None, weekday: int | None, window: Window
) -> tuple[MonthDay, ...]:
    """The days of ``window``, expected and excused, in order; none where none can be told."""
    rule = _rule(schedule)
    if rule is not None:
        found = occasions(rule, window)
        days = sorted({*found.expected, *found.excused})
        excused = set(found.excused)
    elif weekday is not None:
        days = meeting_days(window, weekday)
        excused = set(days)
    else:
        return ()
    names = Sweden(
        years=range(window.starts_on.year, window.ends_on.year + 1),
        include_sundays=False,
        language="sv",
    )
    return tuple(MonthDay(day, names.get(day) if day in excused else None) for day in days)


def _rule(schedule: Schedule | None) -> Rule | None:
    if schedule is None or schedule.rule is None or not schedule.rule.names_days:
        return None
    return schedule.rule
