"""Occasions on named days, ticked one by one: "måndag och onsdag", "första måndagen i månaden".

A meeting that was moved counts for its own week or month: until the days of the next begin.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from surveys.schedule.pace import Happening, Outcome
from surveys.schedule.periods import Window
from surveys.schedule.recurrence import Rule, occasions
from surveys.schedule.weekly import GRACE, Tick, Week, Weeks, status_of_weeks

_DAY = timedelta(days=1)
_TICKS = (
    (Outcome.HELD, Tick.HELD),
    (Outcome.EXCUSED, Tick.EXCUSED),
    (Outcome.MISSED, Tick.MISSED),
)


def count_days(
    rule: Rule, window: Window, happenings: Iterable[Happening], today: date, times: int = 1
) -> Weeks:
    """A tick for each day that ``rule`` names in ``window``, as it stands at ``today``.

    ``times`` occasions make one tick. A public holiday is excused unless something was held.
    """
    found = occasions(rule, window)
    red = set(found.excused)
    days = sorted({*found.expected, *red})
    told = sorted((h for h in happenings if window.holds(h.on)), key=lambda h: h.on)
    ticks: dict[date, Tick] = {}
    for span, group in _groups(rule, days, window):
        ticks |= _told([h for h in told if span.holds(h.on)], group, times)
    slots = tuple(
        Week(day, day.year, ticks.get(day) or _untold(day, day in red, today), day in red)
        for day in days
    )
    red_days = sum(s.is_red and s.tick is Tick.EXCUSED and s.day <= today for s in slots)
    return Weeks(slots, status_of_weeks(slots, window, today), red_days, is_weekly(rule))


def is_weekly(rule: Rule) -> bool:
    """Whether the rule names one day of each week, so that its ticks are weeks."""
    is_one = len(rule.weekdays) == 1 or rule.position is not None
    return rule.rhythm.unit == "vecka" and rule.rhythm.every == 1 and is_one and not rule.weeks


def _groups(rule: Rule, days: Sequence[date], window: Window) -> list[tuple[Window, list[date]]]:
    """The days of each week or month with the span in which a moved one still counts."""
    groups = [(key, list(group)) for key, group in groupby(days, lambda day: _start(rule, day))]
    starts = [min(key, group[0]) for key, group in groups] + [window.ends_on + _DAY]
    return [
        (Window(first, max(after - _DAY, group[-1])), group)
        for (first, after), (_key, group) in zip(pairwise(starts), groups, strict=True)
    ]


def _start(rule: Rule, day: date) -> date:
    if rule.rhythm.unit == "dag":
        return day
    if rule.rhythm.unit == "vecka":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1)


def _told(told: Sequence[Happening], days: Sequence[date], times: int) -> dict[date, Tick]:
    """What was told of ``days``: first what fell on the day itself, then what was moved."""
    ticks: dict[date, Tick] = {}
    left = Counter((h.on, h.outcome) for h in told)
    for outcome, tick in _TICKS:
        need = times if outcome is Outcome.HELD else 1
        for day in days:
            if day not in ticks and left[day, outcome] >= need:
                ticks[day] = tick
                left[day, outcome] -= need
    for outcome, tick in _TICKS:
        need = times if outcome is Outcome.HELD else 1
        moved = sum(n for (_on, what), n in left.items() if what is outcome) // need
        for day in [day for day in days if day not in ticks][:moved]:
            ticks[day] = tick
    return ticks


def _untold(day: date, is_red: bool, today: date) -> Tick:
    if is_red:
        return Tick.EXCUSED
    return Tick.UNREPORTED if day + GRACE < today else Tick.TO_COME
