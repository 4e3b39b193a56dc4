"""Entries of the public calendar, and the days that a schedule names for them."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from surveys.days import SWEDEN, swedish_day
from surveys.queries.promises.time import last_days
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window, add_months
from surveys.schedule.readback import from_json
from surveys.schedule.recurrence import Rhythm, Rule, occasions

YEARLY = Rule(Rhythm("år"))


class CalendarKind(enum.Enum):
    """Why a date is worth knowing."""

    DIALOGUE_OPENS = "dialogue_opens"
    LAST_DAY_TO_ANSWER = "last_day_to_answer"
    EVENT = "event"
    FOLLOW_UP = "follow_up"
    PROMISE_FOLLOW_UP = "promise_follow_up"
    SUMMARY_DUE = "summary_due"
    PROMISE_BEGINS = "promise_begins"
    PROMISE_ENDS = "promise_ends"
    PLAN_EVALUATION = "plan_evaluation"
    MEETING = "meeting"
    PICTURE_DUE = "picture_due"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date, or a recurring one.

    ``key`` is its own and never another's. ``starts`` is a day, or an aware time. ``rule`` is RFC
    5545's, without DTSTART; it holds until ``until``, but for the days in ``excluded``. ``stamp``
    is when it was written down.
    """

    key: str
    kind: CalendarKind
    title: str
    starts: date | datetime
    stamp: datetime
    place: str | None = None
    slug: str | None = None  # of the dialogue, the promise or the plan
    rule: str | None = None
    until: date | None = None
    excluded: tuple[date, ...] = ()

    @property
    def day(self) -> date:
        """The first day, in Sweden."""
        return swedish_day(self.starts) if isinstance(self.starts, datetime) else self.starts

    def is_over(self, today: date) -> bool:
        """Whether its last date has been; a rule without an end is never over."""
        last = self.until if self.rule else self.day
        return last is not None and last < today


def scheduled(
    entry: CalendarEntry, stored: Mapping[str, Any] | None, window: Window
) -> Iterator[CalendarEntry]:
    """``entry`` at the days that a schedule names; nothing where it names none."""
    schedule = from_json(stored)
    if schedule is None:
        return
    if schedule.kind is Kind.DEADLINE and schedule.deadline is not None:
        yield replace(entry, starts=schedule.deadline)
    elif schedule.rule is not None and schedule.rule.names_days:
        yield from _recurring(entry, schedule, schedule.rule, window)
    elif schedule.rule == YEARLY or (schedule.unit == "år" and schedule.count in (None, 1)):
        # "Årsvis" names no day. By the end of each year of the period it is to have been done.
        ends = min(add_months(window.starts_on, 12) - timedelta(days=1), window.ends_on)
        yield replace(entry, starts=ends, rule=YEARLY.text, until=window.ends_on)
    elif schedule.count in (None, 1):
        for day in last_days(schedule, window):
            yield replace(entry, key=f"{entry.key}-{day.isoformat()}", starts=day)


def _recurring(
    entry: CalendarEntry, schedule: Schedule, rule: Rule, window: Window
) -> Iterator[CalendarEntry]:
    found = occasions(rule, window)
    days = sorted((*found.expected, *found.excused))
    if not days:
        return
    paused = {day for day in days if day.month in schedule.pauses}
    starts: date | datetime = days[0]
    if rule.at is not None:
        starts = datetime.combine(days[0], rule.at, tzinfo=SWEDEN)
    yield replace(
        entry,
        starts=starts,
        rule=replace(rule, at=None).text,
        until=window.ends_on,
        excluded=tuple(sorted({*found.excused, *paused})),
    )
