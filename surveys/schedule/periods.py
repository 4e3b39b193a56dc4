"""Windows of time and the equal parts that a target like "twice a year" counts in."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

# Months in each span after which a counter begins again; weeks are counted in days instead.
MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def is_over(self, today: date) -> bool:
        return today > self.ends_on


def add_months(day: date, months: int) -> date:
    """``months`` later: the same day of the month, or the month's last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def window_of_months(starts_on: date, months: int) -> Window:
    """``months`` whole months from ``starts_on``: 24 from 1 January ends on 31 December."""
    return Window(starts_on, add_months(starts_on, months) - timedelta(days=1))


def total_months(window: Window) -> int:
    """How many months the window has, a begun one counted as whole."""
    months = 0
    while add_months(window.starts_on, months) <= window.ends_on:
        months += 1
    return months


def months_begun(window: Window, today: date) -> int:
    """Which month of the window ``today`` stands in: 0 before it, all of them after it."""
    if today < window.starts_on:
        return 0
    if window.is_over(today):
        return total_months(window)
    return total_months(Window(window.starts_on, today))


def months_left(window: Window, today: date) -> int:
    """Whole months of the window that have not begun."""
    return total_months(window) - months_begun(window, today)


def split(window: Window, per: str) -> tuple[Window, ...]:
    """The window in parts of a ``month``, ``quarter``, ``half_year`` or ``year``, from its start.

    Parts are counted from the first day and not by the calendar, so that a promise that begins in
    September has whole years too. The last part is cut at the window's end. ``period`` is one part.
    """
    if per == "period":
        return (window,)
    step, parts, number = MONTHS_IN[per], [], 0
    while (start := add_months(window.starts_on, step * number)) <= window.ends_on:
        number += 1
        end = add_months(window.starts_on, step * number) - timedelta(days=1)
        parts.append(Window(start, min(end, window.ends_on)))
    return tuple(parts)
