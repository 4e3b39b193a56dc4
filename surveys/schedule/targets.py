"""What a schedule sets as a target, where it can be said as one number for one span."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.readback import from_json
from surveys.schedule.slots import is_weekly

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
    rule = schedule.rule
    weekday = None
    if rule is not None and is_weekly(rule) and len(rule.weekdays) == 1:
        weekday = _WEEKDAYS.index(rule.weekdays[0])
    if schedule.count and schedule.comparator and schedule.per:
        return SaidTarget(schedule.count, schedule.comparator, schedule.per, weekday)
    if weekday is not None and not schedule.count:
        return SaidTarget(1, "=", "week", weekday)
    return None


def confirmed(
    stored: Mapping[str, Any] | None, text: str, target: tuple[int, str] | None
) -> Schedule | None:
    """The stored reading of ``text``, as long as it is what is asked for.

    None where the text has been changed since, and where ``target`` (count, per) is another than
    the reading's: somebody has filled in a number that the words do not say.
    """
    schedule = from_json(stored)
    if schedule is None or schedule.text != text or schedule.kind is Kind.UNPARSED:
        return None
    said = said_target(schedule)
    return schedule if target == ((said.count, said.per) if said else None) else None
