"""Recurrences as RFC 5545 rules, and how many occasions a window of days holds of them.

Two kinds of rule. One *names its days* ("varje måndag", "den 15 varje månad"): each is a date, and
one that falls on a public holiday is excused. The other names a rhythm only ("varannan vecka",
"i september varje år"): any day will do, so no holiday excuses, and its occasions are counted by
the units that the window holds:

- a week belongs to the window that holds its Thursday (ISO 8601), a month named by a rule to the
  window that holds its 15th, a term to the one that holds 1 April or 15 October;
- months, quarters, half-years and years otherwise are counted from the window's first day, so that
  a promise that begins in September has whole years too. The last one, cut by the window's end,
  counts in proportion, rounded down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import floor

from dateutil.rrule import rrulestr

from surveys.schedule.periods import TERMS, THURSDAY, Window, add_months
from surveys.schedule.weekly import public_holidays
from surveys.schedule.words_lexicon import UNIT_MONTHS

MIDDLE_OF_MONTH = 15
_DAY = timedelta(days=1)
_FREQUENCY = {"dag": "DAILY", "vecka": "WEEKLY", "månad": "MONTHLY", "år": "YEARLY"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every ``every``-th ``unit``: dag, vecka, månad, kvartal, tertial, termin, halvår or år."""

    unit: str
    every: int = 1

    @property
    def frequency(self) -> tuple[str, int]:
        """RFC 5545's FREQ and INTERVAL: quarters, thirds and halves of a year are months."""
        if self.unit in _FREQUENCY:
            return _FREQUENCY[self.unit], self.every
        return "MONTHLY", self.every * UNIT_MONTHS[self.unit]


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence. ``weekdays`` as in RFC 5545 ("MO", "1MO", "-1TH"); ``at`` a time of day."""

    rhythm: Rhythm
    weekdays: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    position: int | None = None  # which of a period's days, where only one of them is meant
    at: time | None = None
    length: int = 1  # months of the span that a month stands for: three for "vår och höst"

    @property
    def names_days(self) -> bool:
        return bool(self.weekdays or self.month_days or self.rhythm == Rhythm("dag"))

    @property
    def is_plain(self) -> bool:
        """Whether it is one unit and no more: "varje månad"."""
        return self == Rule(Rhythm(self.rhythm.unit), at=self.at)

    @property
    def is_excused_on_holidays(self) -> bool:
        """Days of the week and of the month give way to a holiday; a date of the year is meant."""
        if self.position is not None:  # "the first weekday of the month" moves by itself
            return False
        return bool(self.weekdays) or bool(self.month_days and self.rhythm.unit != "år")

    @property
    def text(self) -> str:
        """The rule as RFC 5545 writes it, without DTSTART."""
        frequency, interval = self.rhythm.frequency
        if self.weeks:
            frequency, interval = "YEARLY", 1
        parts = {
            "FREQ": frequency,
            "INTERVAL": str(interval) if interval > 1 else "",
            "BYMONTH": _listed(self.months),
            "BYWEEKNO": _listed(self.weeks),
            "BYMONTHDAY": _listed(self.month_days),
            "BYDAY": _listed(self.weekdays),
            "BYHOUR": str(self.at.hour) if self.at else "",
            "BYMINUTE": str(self.at.minute) if self.at else "",
            "BYSETPOS": "" if self.position is None else str(self.position),
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


@dataclass(frozen=True, slots=True)
class Occasions:
    """Days on which a rule wants something, and days that a holiday or a break takes away."""

    expected: tuple[date, ...]
    excused: tuple[date, ...]
    in_breaks: tuple[date, ...] = ()


def _listed(values: Sequence[int | str]) -> str:
    return ",".join(str(value) for value in values)


def occasions(rule: Rule, window: Window, breaks: Iterable[Window] = ()) -> Occasions:
    """The days of a rule that names its days. ``breaks`` are agreed pauses, such as a summer's."""
    days = _days(rule, window)
    pauses = tuple(breaks)
    paused = {day for day in days if any(pause.holds(day) for pause in pauses)}
    red: frozenset[date] = frozenset()
    if rule.is_excused_on_holidays:
        red = public_holidays(window.starts_on.year, window.ends_on.year)
    return Occasions(
        expected=tuple(day for day in days if day not in red and day not in paused),
        excused=tuple(day for day in days if day in red and day not in paused),
        in_breaks=tuple(sorted(paused)),
    )


def _days(rule: Rule, window: Window) -> list[date]:
    start = window.starts_on
    if rule.rhythm.unit == "vecka" and rule.rhythm.every > 1 and not rule.weeks:
        start = _first_of_weekdays(rule, start)  # else the week before the first would set the beat
    elif rule.rhythm.unit != "dag":
        start = start.replace(day=1)  # the 31st would leave out every shorter month
    expansion = rrulestr(rule.text, dtstart=datetime.combine(start, time.min))
    first = datetime.combine(window.starts_on, time.min)
    last = datetime.combine(window.ends_on, time.max)
    return [moment.date() for moment in expansion.between(first, last, inc=True)]


def _first_of_weekdays(rule: Rule, start: date) -> date:
    weekdays = {("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(day) for day in rule.weekdays}
    days = (start + timedelta(days=n) for n in range(7))
    return next((day for day in days if day.weekday() in weekdays), start)


def count_occasions(rule: Rule, window: Window) -> int:
    """How many occasions a rule that only names a rhythm has in ``window``."""
    if rule.weeks:
        return sum(day.isocalendar().week in rule.weeks for day in _thursdays(window))
    if rule.months:
        return _count_in_months(rule.rhythm, rule.months, window)
    return floor(count_units(rule.rhythm.unit, window) / rule.rhythm.every)


def count_units(unit: str, window: Window, months: tuple[int, ...] = ()) -> Fraction:
    """How many days, weeks … or years ``window`` holds, as the module says; only in ``months``."""
    if months:
        return Fraction(_count_in_months(Rhythm(unit), months, window))
    if unit == "dag":
        return Fraction(window.days)
    if unit == "vecka":
        return Fraction(len(_thursdays(window)))
    if unit == "termin":
        years = range(window.starts_on.year, window.ends_on.year + 1)
        middles = [date(year, *middle) for year in years for _first, middle in TERMS]
        return Fraction(sum(window.holds(day) for day in middles))
    return _months_in(window) / UNIT_MONTHS[unit]


def _months_in(window: Window) -> Fraction:
    """Months from the window's first day; the days of the last, begun one as a part of it."""
    months, end = 0, window.ends_on + _DAY
    while add_months(window.starts_on, months + 1) <= end:
        months += 1
    begun = add_months(window.starts_on, months)
    length = (add_months(window.starts_on, months + 1) - begun).days
    return months + Fraction((end - begun).days, length)


def _count_in_months(rhythm: Rhythm, months: tuple[int, ...], window: Window) -> int:
    days = (window.starts_on + timedelta(days=n) for n in range(window.days))
    inside = [day for day in days if day.month in months]
    if rhythm.unit == "dag":
        return len(inside) // rhythm.every
    if rhythm.unit == "vecka":
        return sum(day.weekday() == THURSDAY for day in inside) // rhythm.every
    middles = sum(day.day == MIDDLE_OF_MONTH for day in inside)
    return middles // rhythm.every


def _thursdays(window: Window) -> list[date]:
    days = (window.starts_on + timedelta(days=n) for n in range(window.days))
    return [day for day in days if day.weekday() == THURSDAY]
