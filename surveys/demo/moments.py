"""Times and days for the demo's stories, in Swedish clock time."""

from datetime import date, datetime, time, timedelta

from surveys.days import SWEDEN


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour on that day in Sweden, aware."""
    return datetime.combine(day, time(hour, minute), tzinfo=SWEDEN)


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month that lies ``months`` after the month of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def mondays(starts_on: date, ends_on: date) -> list[date]:
    """Every Monday from the first day to the last."""
    first = starts_on + timedelta(days=-starts_on.weekday() % 7)
    return [first + timedelta(weeks=i) for i in range((ends_on - first).days // 7 + 1)]
