"""Where any kind of schedule stands on one day.

What names its days is ticked day by day; a count or a rhythm is tallied part by part, each part
with its own result; a latest day or a span is met by one occasion. What comes when it is needed,
after something or all along has no day to be late by: it tells its count.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from surveys.schedule.calendar_times import month_end
from surveys.schedule.grammar_counts import Limit
from surveys.schedule.grammar_schedule import SHORT_UNITS, Kind, Schedule, overlap
from surveys.schedule.pace import (
    Happening,
    Outcome,
    Standing,
    Status,
    Tally,
    Target,
    stand,
    standing_of,
    tally,
)
from surveys.schedule.periods import THURSDAY, Window, add_months, split
from surveys.schedule.recurrence import MIDDLE_OF_MONTH, Rule
from surveys.schedule.slots import count_days
from surveys.schedule.weekly import Weeks, count_weeks
from surveys.schedule.words_lexicon import PERIOD

UNIT_CODES = {
    "dag": "day", "vecka": "week", "månad": "month", "kvartal": "quarter", "tertial": "tertial",
    "termin": "term", "halvår": "half_year", "år": "year", PERIOD: "period",
}  # fmt: skip
_WITHOUT_TARGET = (Limit.AT_MOST, Limit.ABOUT)  # they set no number that can be missed


def stand_by(
    schedule: Schedule, window: Window | None, happenings: Iterable[Happening], today: date
) -> Standing | Weeks:
    """The state of ``schedule`` at ``today`` within ``window``; without a window only its count."""
    told = list(happenings)
    span = overlap(schedule, window) if window else None
    if window is None or span is None:
        return stand(None, window, told, today)
    if schedule.kind in {Kind.COUNTED, Kind.RECURRING} and schedule.limit not in _WITHOUT_TARGET:
        return _by_target(schedule, span, told, today)
    if schedule.kind is Kind.DEADLINE and schedule.deadline:
        return _by_latest_day(Window(min(span.starts_on, schedule.deadline), schedule.deadline),
                              window, told, today)  # fmt: skip
    if schedule.kind is Kind.DURING and schedule.deadline:
        return _by_latest_day(span, span, told, today)
    return stand(None, window, told, today)


def _by_target(
    schedule: Schedule, span: Window, told: Sequence[Happening], today: date
) -> Standing | Weeks:
    rule = schedule.rule
    if rule is not None and rule.names_days:
        times = (schedule.count or 1) if schedule.kind is Kind.RECURRING else 1
        return count_days(rule, span, told, today, times)
    if schedule.unit == "vecka" and not schedule.pauses:
        return count_weeks(span, None, told, today, schedule.count or 1)
    held = [h.on for h in told if h.outcome is Outcome.HELD and span.holds(h.on)]
    if rule is not None and schedule.kind is Kind.RECURRING:
        parts = [(part, schedule.count or 1) for part in rhythm_parts(rule, span)]
        return standing_of(_tallied(parts, held, today), len(held), today)
    return standing_of(_counted(schedule, span, held, today), len(held), today)


def _counted(
    schedule: Schedule, span: Window, held: Sequence[date], today: date
) -> tuple[Tally, ...]:
    if schedule.days:  # listed days: each has until the next
        ends = [*(day - timedelta(days=1) for day in schedule.days[1:]), schedule.days[-1]]
        starts = [span.starts_on, *schedule.days[1:]]
        parts = [(Window(min(a, b), b), 1) for a, b in zip(starts, ends, strict=True)]
        return _tallied(parts, held, today)
    target = Target(schedule.count or 0, UNIT_CODES[schedule.unit or PERIOD])
    tallies = tally(target, span, held, today)
    if not schedule.pauses or schedule.unit not in SHORT_UNITS:
        return tallies
    return tuple(part for part in tallies if _middle(part.window).month not in schedule.pauses)


def rhythm_parts(rule: Rule, span: Window) -> tuple[Window, ...]:
    """The spans in each of which a rule that names no days wants something to be done."""
    if rule.weeks:
        parts = [w for w in split(span, "week") if _thursday(w).isocalendar().week in rule.weeks]
        return tuple(parts)
    if rule.months:
        return tuple(_in_months(rule, span)[:: rule.rhythm.every])
    parts = list(split(span, UNIT_CODES[rule.rhythm.unit]))
    every = rule.rhythm.every
    groups = [parts[n : n + every] for n in range(0, len(parts), every)]
    return tuple(Window(g[0].starts_on, g[-1].ends_on) for g in groups if len(g) == every)


def _in_months(rule: Rule, span: Window) -> list[Window]:
    if rule.rhythm.unit in {"dag", "vecka"}:
        parts = split(span, UNIT_CODES[rule.rhythm.unit])
        return [part for part in parts if _middle(part).month in rule.months]
    years = range(span.starts_on.year, span.ends_on.year + 1)
    firsts = [date(year, month, 1) for year in years for month in rule.months]
    return [
        Window(first, month_end(*_last_month(first, rule.length)))
        for first in firsts
        if span.holds(first.replace(day=MIDDLE_OF_MONTH))
    ]


def _last_month(first: date, length: int) -> tuple[int, int]:
    last = add_months(first, length - 1)
    return last.year, last.month


def _tallied(
    parts: Sequence[tuple[Window, int]], held: Sequence[date], today: date
) -> tuple[Tally, ...]:
    return tuple(
        Tally(part, sum(map(part.holds, held)), target, part.is_over(today))
        for part, target in parts
    )


def _by_latest_day(
    part: Window, window: Window, told: Sequence[Happening], today: date
) -> Standing:
    """One occasion meets it. Done late is done; the part still shows that it was late."""
    held = [h.on for h in told if h.outcome is Outcome.HELD and window.holds(h.on)]
    is_over = part.is_over(today)
    status = Status.DONE if held and is_over else Status.BEHIND if is_over else Status.ONGOING
    tallies = (Tally(part, sum(map(part.holds, held)), 1, is_over),)
    return Standing(len(held), None, int(is_over), status, tallies)


def _middle(part: Window) -> date:
    return part.starts_on + timedelta(days=(part.days - 1) // 2)


def _thursday(week: Window) -> date:
    return week.starts_on + timedelta(days=(THURSDAY - week.starts_on.weekday()) % 7)
