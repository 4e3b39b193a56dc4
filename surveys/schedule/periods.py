"""Windows of time and the equal parts that a target like "twice a year" counts in."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

# Months in each span after which a counter begins again. Days, weeks and terms are the calendar's.
MONTHS_IN = {"month": 1, "quarter": 3, "tertial": 4, "half_year": 6, "year": 12}
# What the calendar decides, and not the day on which a promise begins.
CALENDAR_PARTS = ("day", "week", "term")
# The day that decides which window a term belongs to: the first day and middle of each.
TERMS = (((1, 1), (4, 1)), ((7, 1), (10, 15)))
THURSDAY = 3  # a week belongs to the window that holds its Thursday (ISO 8601)


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
    """The window in parts of a day, week, month, quarter, tertial, term, half_year or year.

    Months and longer are counted from the first day and not by the calendar, so that a promise that
    begins in September has whole years too; the last part is cut at the window's end. A week is in
    the window that holds its Thursday, a term in the one that holds its middle; days of them that
    lie outside are cut off. ``period`` is one part.
    """
    if per == "period":
        return (window,)
    if per in CALENDAR_PARTS:
        return tuple(_cut(part, window) for part in _calendar_parts(window, per))
    step, parts, number = MONTHS_IN[per], [], 0
    while (start := add_months(window.starts_on, step * number)) <= window.ends_on:
        number += 1
        end = add_months(window.starts_on, step * number) - timedelta(days=1)
        parts.append(Window(start, min(end, window.ends_on)))
    return tuple(parts)


def _calendar_parts(window: Window, per: str) -> list[Window]:
    days = [window.starts_on + timedelta(days=n) for n in range(window.days)]
    if per == "day":
        return [Window(day, day) for day in days]
    if per == "week":
        return [
            Window(day - timedelta(days=THURSDAY), day + timedelta(days=6 - THURSDAY))
            for day in days
            if day.weekday() == THURSDAY
        ]
    years = range(window.starts_on.year, window.ends_on.year + 1)
    return [
        window_of_months(date(year, *first), 6)
        for year in years
        for first, middle in TERMS
        if window.holds(date(year, *middle))
    ]


def _cut(part: Window, window: Window) -> Window:
    return Window(max(part.starts_on, window.starts_on), min(part.ends_on, window.ends_on))
