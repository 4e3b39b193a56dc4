"""A schedule as JSON and back: what is kept of a text once somebody has said that it is read right.

The keys are those that ``trygghetsdialog analyse schedule`` prints, without what depends on a
window (``expected``, ``excused``), and with what is needed to read the schedule back as it was.
A later version of the grammar may read the text otherwise; what was confirmed stays confirmed.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from surveys.schedule.grammar_counts import Limit
from surveys.schedule.grammar_schedule import Expectation, Kind, Schedule
from surveys.schedule.recurrence import Rhythm, Rule


def printed(schedule: Schedule, expectation: Expectation) -> dict[str, Any]:
    """What ``analyse schedule`` prints of ``schedule``, in its order."""
    return {
        "kind": schedule.kind.value,
        "count": schedule.count,
        "comparator": schedule.comparator,
        "per": schedule.per,
        "rrule": schedule.rule.text if schedule.rule else None,
        "deadline": schedule.deadline.isoformat() if schedule.deadline else None,
        "expected": expectation.expected,
        "excused": [day.isoformat() for day in expectation.excused],
        "text": schedule.text,
    }


def to_json(schedule: Schedule) -> dict[str, Any]:
    """``schedule`` as it is stored: plain JSON that ``from_json`` reads back without loss."""
    stored = printed(schedule, Expectation(None))
    del stored["expected"], stored["excused"]
    rule = schedule.rule
    return stored | {
        "limit": schedule.limit.value if schedule.limit else None,
        "unit": schedule.unit,
        "rhythm": [rule.rhythm.unit, rule.rhythm.every, rule.length] if rule else None,
        "starts_on": schedule.starts_on.isoformat() if schedule.starts_on else None,
        "days": [day.isoformat() for day in schedule.days],
        "pauses": list(schedule.pauses),
        "notes": list(schedule.notes),
        "reason": schedule.reason,
    }


def from_json(stored: Mapping[str, Any] | None) -> Schedule | None:
    """The schedule that ``to_json`` wrote; None for None and for what is no schedule of ours."""
    if not stored:
        return None
    try:
        return _read(stored)
    except (KeyError, TypeError, ValueError):
        return None


def _read(stored: Mapping[str, Any]) -> Schedule:
    return Schedule(
        text=str(stored["text"]),
        kind=Kind(stored["kind"]),
        count=stored["count"],
        limit=Limit(stored["limit"]) if stored["limit"] else None,
        unit=stored["unit"],
        rule=_rule(stored["rrule"], stored["rhythm"]) if stored["rrule"] else None,
        starts_on=_day(stored["starts_on"]),
        deadline=_day(stored["deadline"]),
        days=tuple(map(date.fromisoformat, stored["days"])),
        pauses=tuple(stored["pauses"]),
        notes=tuple(stored["notes"]),
        reason=stored["reason"],
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _rule(written: str, rhythm: tuple[str, int, int]) -> Rule:
    """The rule from its RFC 5545 text. The rhythm is stored: a quarter is three months there."""
    parts = dict(part.split("=") for part in written.split(";"))
    hour, minute = parts.get("BYHOUR"), parts.get("BYMINUTE")
    position = parts.get("BYSETPOS")
    return Rule(
        rhythm=Rhythm(rhythm[0], rhythm[1]),
        weekdays=tuple(parts["BYDAY"].split(",")) if "BYDAY" in parts else (),
        month_days=_numbers(parts.get("BYMONTHDAY")),
        months=_numbers(parts.get("BYMONTH")),
        weeks=_numbers(parts.get("BYWEEKNO")),
        position=int(position) if position else None,
        at=time(int(hour), int(minute or 0)) if hour else None,
        length=rhythm[2],
    )


def _numbers(listed: str | None) -> tuple[int, ...]:
    return tuple(map(int, listed.split(","))) if listed else ()
