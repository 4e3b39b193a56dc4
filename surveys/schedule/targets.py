"""What a schedule sets as a target, where it can be said as one number for one span."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.schedule.grammar_counts import Limit
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.readback import from_json

_PER = {"vecka": "week", "månad": "month"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class SaidTarget:
    """``comparator`` is ">=" or "="; ``per`` as ``analyse schedule`` prints it; 0 is Monday."""

    count: int
    comparator: str
    per: str
    weekday: int | None = None


def said_target(schedule: Schedule) -> SaidTarget | None:
    """The target of "minst 2 gånger per år" and of "varje måndag"; None where no number says it."""
    if schedule.kind not in {Kind.COUNTED, Kind.RECURRING}:
        return None
    rule, count, comparator = schedule.rule, schedule.count, schedule.comparator or ">="
    if schedule.limit in {Limit.AT_MOST, Limit.ABOUT}:
        return None
    days = rule.weekdays if rule and rule.position is None and not rule.weeks else ()
    weekday = _WEEKDAYS.index(days[0]) if len(days) == 1 and days[0] in _WEEKDAYS else None
    if count and schedule.per:
        return SaidTarget(count, comparator, schedule.per, weekday)
    if rule is None or rule.rhythm.every != 1 or rule.rhythm.unit not in _PER:
        return None
    return SaidTarget((count or 1) * max(len(days), 1), comparator, _PER[rule.rhythm.unit], weekday)


def confirmed(
    stored: Mapping[str, Any] | None, text: str | None, target: tuple[int, str] | None
) -> Schedule | None:
    """The stored reading of ``text`` (None: of any), as long as it is what is asked for.

    None where the text has been changed since, and where ``target`` (count, per) is another than
    the reading's: somebody has filled in a number that the words do not say.
    """
    schedule = from_json(stored)
    if schedule is None or text not in {None, schedule.text} or schedule.kind is Kind.UNPARSED:
        return None
    said = said_target(schedule)
    return schedule if target == ((said.count, said.per) if said else None) else None
