"""Texts about time in a plan or a promise: how each is read, and whether it is confirmed."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.models.plan import ActionPlan, ActivityArea
from surveys.models.promise import Promise
from surveys.queries.counters import plan_window
from surveys.queries.promise_time import window_of
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window
from surveys.schedule.readback import from_json, to_json


class Spoken(enum.Enum):
    """What a text about time stands in."""

    WHEN = "when"  # of an activity
    FOLLOW_UP = "follow-up"  # of an activity under an area
    POINT = "point"  # of a promise
    PROMISE = "promise"  # how the whole promise is followed up


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` of ``about``, read over ``window``; ``schedule`` is the confirmed one, if it is."""

    spoken: Spoken
    id: int
    about: str
    text: str
    schedule: Schedule
    window: Window | None
    is_confirmed: bool

    @property
    def waits(self) -> bool:
        """Whether there is something to say yes to: what could not be read is kept as text."""
        return not self.is_confirmed and self.schedule.kind is not Kind.UNPARSED

    @property
    def key(self) -> str:
        return f"{self.spoken.value}-{self.id}"


def read_again(text: str, stored: Mapping[str, Any] | None, window: Window | None) -> Schedule:
    """What was confirmed of ``text``; where nothing was, or of another text, the grammar's."""
    kept = from_json(stored)
    return kept if kept is not None and kept.text == text else parse(text, window)


def list_plan_readings(plan: ActionPlan) -> tuple[Reading, ...]:
    """Every When and every follow-up, in the order of the plan, an activity's When once."""
    window, readings = plan_window(plan), []
    links = [link for area in plan.areas for link in area.links]
    seen: set[int] = set()
    for link in links:
        activity = link.activity
        if activity.id not in seen:
            seen.add(activity.id)
            readings.append(
                _reading(
                    (Spoken.WHEN, activity.id, activity.name),
                    activity.when_text,
                    activity.schedule,
                    window,
                )
            )
        if link.follow_up is not None:
            readings.append(
                _reading(
                    (Spoken.FOLLOW_UP, link.id, _under(link)),
                    link.follow_up.text,
                    link.follow_up.schedule,
                    window,
                )
            )
    return tuple(readings)


def list_promise_readings(promise: Promise) -> tuple[Reading, ...]:
    """Every point of the promise, and how the whole of it is followed up."""
    window = window_of(promise)
    readings = [
        _reading((Spoken.POINT, point.id, point.title), point.text, point.schedule, window)
        for point in promise.points
        if point.ended_on is None
    ]
    if promise.follow_up_text:
        about = (Spoken.PROMISE, promise.id, promise.title)
        readings.append(_reading(about, promise.follow_up_text, promise.follow_up_schedule, window))
    return tuple(readings)


def _under(link: ActivityArea) -> str:
    return f"{link.activity.name} ({link.area.name})"


def _reading(
    about: tuple[Spoken, int, str],
    text: str,
    stored: Mapping[str, Any] | None,
    window: Window | None,
) -> Reading:
    spoken, id_, name = about
    schedule = read_again(text, stored, window)
    is_confirmed = stored is not None and dict(stored) == to_json(schedule)
    return Reading(spoken, id_, name, text, schedule, window, is_confirmed)
