"""How a counted target stands today: counts per period, what was expected, and one status.

Everything is computed from the occasions at the day asked about and nothing is stored, so that a
page never shows the state of the last report as if it were today's.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from surveys.schedule.periods import CALENDAR_PARTS, MONTHS_IN, Window, add_months, split

STALE_AFTER_DAYS = 90


class Outcome(enum.Enum):
    """What became of an expected occasion."""

    HELD = "held"
    MISSED = "missed"
    EXCUSED = "excused"


class Status(enum.Enum):
    """Where a point of a promise stands."""

    NOT_BEGUN = "not_begun"  # the time for it is still to come
    DONE = "done"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    ONGOING = "ongoing"
    BEHIND = "behind"
    NOT_REACHED = "not_reached"  # its time is over and it fell short
    CANCELLED = "cancelled"
    NOT_MEASURABLE = "not_measurable"


SHORT_OF_PLAN = frozenset({Status.BEHIND, Status.NOT_REACHED})


@dataclass(frozen=True, slots=True)
class Happening:
    """One occasion, held or not."""

    on: date
    outcome: Outcome = Outcome.HELD


@dataclass(frozen=True, slots=True)
class Target:
    """``count`` occasions ``per`` day, week, month … year (see ``split``), or the whole period."""

    count: int
    per: str = "period"
    comparator: str = ">="


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of one part of the window. A part that the window cuts has a smaller target."""

    window: Window
    held: int
    target: int
    is_over: bool

    @property
    def is_met(self) -> bool:
        return self.held >= self.target


@dataclass(frozen=True, slots=True)
class Standing:
    """A target's state on one day. ``target`` and ``expected`` are None where none can be said."""

    held: int
    target: int | None
    expected: int | None
    status: Status
    tallies: tuple[Tally, ...] = ()


def stand(
    target: Target | None, window: Window | None, happenings: Iterable[Happening], today: date
) -> Standing:
    """Where ``target`` stands at ``today`` within ``window``.

    Without a target the count is reported as under way. Without a window (a promise whose time
    begins when it is signed) so is the target: it can be neither ahead nor behind.
    """
    held = [h.on for h in happenings if h.outcome is Outcome.HELD]
    if window is None:
        return Standing(len(held), target.count if target else None, None, Status.ONGOING)
    inside = [day for day in held if window.holds(day)]
    if target is None:
        return Standing(len(inside), None, None, Status.ONGOING)
    return standing_of(tally(target, window, inside, today), len(inside), today)


def standing_of(tallies: tuple[Tally, ...], held: int, today: date) -> Standing:
    """The standing that ``tallies`` make together; ``held`` may be more than they hold."""
    return Standing(
        held=held,
        target=sum(part.target for part in tallies),
        expected=sum(floor(_expected(part, today)) for part in tallies),
        status=_status(tallies, today),
        tallies=tallies,
    )


def tally(target: Target, window: Window, held: Sequence[date], today: date) -> tuple[Tally, ...]:
    """Counts for each part of the window, in order."""
    return tuple(
        Tally(
            window=part,
            held=sum(part.holds(day) for day in held),
            target=_target_of(part, target),
            is_over=part.is_over(today),
        )
        for part in split(window, target.per)
    )


def _target_of(part: Window, target: Target) -> int:
    if target.per in (*CALENDAR_PARTS, "period"):
        return target.count
    whole = add_months(part.starts_on, MONTHS_IN[target.per]) - part.starts_on
    return floor(target.count * part.days / whole.days)


def _expected(part: Tally, today: date) -> float:
    """What an even pace would have reached before ``today``: the day itself is still open."""
    passed = (today - part.window.starts_on).days
    return part.target * min(max(passed, 0), part.window.days) / part.window.days


def _status(tallies: Sequence[Tally], today: date) -> Status:
    if any(part.is_over and not part.is_met for part in tallies):
        return Status.BEHIND
    if tallies and all(part.is_met for part in tallies):
        return Status.DONE
    current = next((part for part in tallies if part.window.holds(today)), None)
    if current is None:  # before the first part, or between two of them
        return Status.ON_TRACK if any(part.is_over for part in tallies) else Status.NOT_BEGUN
    expected = _expected(current, today)
    if current.held < floor(expected):
        return Status.BEHIND
    # A full current part is no lead in itself: "2 av 2 i år" is what was promised for this year.
    leads = current.held - expected >= 1 and not current.is_met
    return Status.AHEAD if leads else Status.ON_TRACK


def days_stale(updated_on: date | None, today: date, *, is_running: bool) -> int | None:
    """Days since the last word about a running promise, once they are more than 90; else None."""
    if updated_on is None or not is_running:
        return None
    days = (today - updated_on).days
    return days if days > STALE_AFTER_DAYS else None
