"""What the grammar answers: a schedule, and what it wants of a window of days."""

import enum
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from surveys.schedule.grammar_counts import Limit
from surveys.schedule.periods import Window
from surveys.schedule.recurrence import Rule, count_occasions, count_units, occasions
from surveys.schedule.words_lexicon import PERIOD

TERM_DATES_VARY = "term_dates_vary"
_PER = {
    "dag": "day", "vecka": "week", "månad": "month", "kvartal": "quarter", "termin": "term",
    "halvår": "half_year", "år": "year", PERIOD: "period",
}  # fmt: skip
# Counted over these, a target does not depend on when exactly a term begins.
_LONG_UNITS = {"kvartal", "tertial", "termin", "halvår", "år", PERIOD}
SHORT_UNITS = ("dag", "vecka", "månad")  # that a season or a pause takes some of
_CODES = {Limit.AT_LEAST: ">=", Limit.EXACTLY: "="}


class Kind(enum.Enum):
    """What a text says about when."""

    COUNTED = "counted"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    ON_DEMAND = "on_demand"
    AFTER_EACH = "after_each"
    EACH_MEETING = "each_meeting"
    DEADLINE = "deadline"
    DURING = "during"
    UNPARSED = "unparsed"


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a text says. ``reason`` tells why it is unparsed, ``notes`` what was read into it.

    ``deadline`` is the last day that the text itself names: its latest date, or the end of its
    span. ``starts_on`` is the first one. ``unit`` is the Swedish word; ``per`` its English code.
    """

    text: str
    kind: Kind
    count: int | None = None
    limit: Limit | None = None
    unit: str | None = None
    rule: Rule | None = None
    starts_on: date | None = None
    deadline: date | None = None
    days: tuple[date, ...] = ()
    pauses: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def comparator(self) -> str | None:
        """ ">=" or "="; None for "högst" and "cirka", which set no number to reach."""
        return _CODES.get(self.limit) if self.limit else None

    @property
    def per(self) -> str | None:
        """None also for a tertial (a third of a year), which has no code of its own."""
        return _PER.get(self.unit) if self.unit else None


@dataclass(frozen=True, slots=True)
class Expectation:
    """Occasions that a window holds; None where none can be said. ``excused`` are red days."""

    expected: int | None
    excused: tuple[date, ...] = ()


def expect(schedule: Schedule, window: Window) -> Expectation:
    """How many occasions ``schedule`` wants in ``window``, which is the promise's whole time."""
    span = overlap(schedule, window)
    if schedule.kind not in {Kind.COUNTED, Kind.RECURRING} or schedule.limit is Limit.AT_MOST:
        return Expectation(None)
    if TERM_DATES_VARY in schedule.notes and schedule.unit not in _LONG_UNITS:
        return Expectation(None)
    if span is None:
        return Expectation(0)
    rule = schedule.rule
    if rule is not None and (rule.names_days or schedule.kind is Kind.RECURRING):
        return _expected_of_rule(schedule, rule, span)
    return Expectation(_expected_count(schedule, span))


def _expected_of_rule(schedule: Schedule, rule: Rule, span: Window) -> Expectation:
    times = (schedule.count or 1) if schedule.kind is Kind.RECURRING else 1
    if rule.names_days:
        found = occasions(rule, span)
        return Expectation(times * len(found.expected), found.excused)
    expected = count_occasions(rule, span)
    if not expected and rule.rhythm.every > 1 and not rule.months:
        return Expectation(None)  # "vart tredje år", in a window of two
    return Expectation(times * expected)


def _expected_count(schedule: Schedule, span: Window) -> int | None:
    if schedule.count is None or schedule.unit is None:
        return None
    if schedule.days:
        return sum(span.holds(day) for day in schedule.days)
    if schedule.unit == PERIOD:
        return floor(schedule.count * _share_of_own_span(schedule, span))
    months = _months_left(schedule)
    return floor(schedule.count * count_units(schedule.unit, span, months))


def _share_of_own_span(schedule: Schedule, span: Window) -> Fraction:
    """How much of the text's own time the window holds; all of it where the text says none."""
    if schedule.starts_on is None or schedule.deadline is None:
        return Fraction(1)
    return Fraction(span.days, Window(schedule.starts_on, schedule.deadline).days)


def _months_left(schedule: Schedule) -> tuple[int, ...]:
    """A pause takes months from a weekly or monthly count; "11 a year" has taken it already."""
    if schedule.unit not in SHORT_UNITS or not schedule.pauses:
        return ()
    return tuple(month for month in range(1, 13) if month not in schedule.pauses)


def overlap(schedule: Schedule, window: Window) -> Window | None:
    """The part of ``window`` that the text's own span leaves; None where they do not meet."""
    first = max(window.starts_on, schedule.starts_on or window.starts_on)
    last = min(window.ends_on, schedule.deadline or window.ends_on)
    return Window(first, last) if first <= last else None
