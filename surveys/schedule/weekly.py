"""Meetings once a week: one tick per week, with Swedish public holidays excused."""

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holidays.countries.sweden import Sweden

from surveys.schedule.pace import Happening, Outcome, Status
from surveys.schedule.periods import THURSDAY, Window

WEEK = timedelta(days=7)
# A week without a word counts as unreported only after this: reports come a few days later.
GRACE = timedelta(days=7)
MOST_TICKS = 53  # of a year in one row


class Tick(enum.Enum):
    """What one week shows."""

    HELD = "held"
    MISSED = "missed"
    EXCUSED = "holiday"
    UNREPORTED = "unreported"
    TO_COME = "future"


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the window. ``day`` is its meeting day, or its Sunday where none is fixed."""

    day: date
    year: int
    tick: Tick
    is_red: bool


@dataclass(frozen=True, slots=True)
class Weeks:
    """All weeks of a window at one day. ``expected`` is what could have been held until then."""

    weeks: tuple[Week, ...]
    status: Status
    red_days: int  # public holidays so far on which a meeting would have fallen
    is_weekly: bool = True  # else each tick is an occasion: "måndag och onsdag"

    def count(self, tick: Tick) -> int:
        return sum(week.tick is tick for week in self.weeks)

    @property
    def held(self) -> int:
        return self.count(Tick.HELD)

    @property
    def expected(self) -> int:
        return self.held + self.count(Tick.MISSED) + self.count(Tick.UNREPORTED)

    @property
    def rows(self) -> tuple[tuple[int, tuple[Tick, ...]], ...]:
        years = sorted({week.year for week in self.weeks})
        if any(count > MOST_TICKS for count in Counter(w.year for w in self.weeks).values()):
            return ()  # too many to be drawn
        return tuple((y, tuple(w.tick for w in self.weeks if w.year == y)) for y in years)


def public_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Sweden's public holidays by law (1989:253). Their eves and ordinary Sundays are not."""
    years = range(first_year, last_year + 1)
    return frozenset(Sweden(years=years, include_sundays=False).keys())


def count_weeks(
    window: Window,
    weekday: int | None,
    happenings: Iterable[Happening],
    today: date,
    per_week: int = 1,
) -> Weeks:
    """Every week of ``window``, as it stands at ``today``.

    ``weekday`` is 0 for Monday; with None any day of the week will do and no holiday excuses. A
    meeting moved within its week counts. A red day to come is shown as excused at once; only those
    that have passed are counted.
    """
    red = public_holidays(window.starts_on.year, window.ends_on.year)
    by_week = _by_week(happenings)
    weeks = tuple(
        _week(day, weekday, red, by_week.get(_monday(day), ()), (today, per_week))
        for day in meeting_days(window, weekday)
    )
    red_days = sum(w.is_red and w.tick is Tick.EXCUSED and w.day <= today for w in weeks)
    return Weeks(weeks, status_of_weeks(weeks, window, today), red_days)


def meeting_days(window: Window, weekday: int | None) -> list[date]:
    """The day of each week on which a meeting is expected; Thursdays where no day is fixed."""
    wanted = THURSDAY if weekday is None else weekday
    day = window.starts_on + timedelta(days=(wanted - window.starts_on.weekday()) % 7)
    days = []
    while day <= window.ends_on:
        days.append(day)
        day += WEEK
    return days


def _week(
    day: date,
    weekday: int | None,
    red: frozenset[date],
    happenings: Sequence[Happening],
    asked: tuple[date, int],
) -> Week:
    today, per_week = asked
    is_red = weekday is not None and day in red
    last = day if weekday is not None else _monday(day) + timedelta(days=6)
    tick = _reported(happenings, per_week)
    if tick is None and is_red:
        tick = Tick.EXCUSED
    elif tick is None:
        tick = Tick.UNREPORTED if last + GRACE < today else Tick.TO_COME
    return Week(day, day.year, tick, is_red)


def _reported(happenings: Sequence[Happening], per_week: int) -> Tick | None:
    outcomes = [h.outcome for h in happenings]
    if outcomes.count(Outcome.HELD) >= per_week:
        return Tick.HELD
    if Outcome.EXCUSED in outcomes:
        return Tick.EXCUSED
    return Tick.MISSED if outcomes else None


def status_of_weeks(weeks: Sequence[Week], window: Window, today: date) -> Status:
    """Behind once one is missed or untold; done when the window is over."""
    ticks = {week.tick for week in weeks}
    if ticks & {Tick.MISSED, Tick.UNREPORTED}:
        return Status.BEHIND
    if window.is_over(today):
        return Status.DONE
    if today < window.starts_on:
        return Status.NOT_BEGUN
    return Status.ON_TRACK if Tick.HELD in ticks else Status.ONGOING


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_week(happenings: Iterable[Happening]) -> dict[date, list[Happening]]:
    weeks: dict[date, list[Happening]] = {}
    for happening in happenings:
        weeks.setdefault(_monday(happening.on), []).append(happening)
    return weeks
