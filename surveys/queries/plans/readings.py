"""Texts about time in a plan: how each is read, and whether it is confirmed."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.models.plan import ActionPlan, Activity, ActivityArea
from surveys.queries.promises.counters import plan_window
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window
from surveys.schedule.readback import from_json, to_json


class Spoken(enum.Enum):
    """What a text about time stands in."""

    WHEN = "when"  # of an activity
    FOLLOW_UP = "follow-up"  # of an activity under an area


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` of ``about``, read over ``window``; ``schedule`` is the confirmed one, if it is."""

    spoken: Spoken
    id: int
    activity_id: int
    about: str
    text: str
    schedule: Schedule
    window: Window
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
    links = [link for area in plan.areas for link in area.links]
    readings: dict[str, Reading] = {}
    for link in links:
        for reading in (_when(link.activity, plan), _follow_up(link, plan)):
            if reading is not None:
                readings.setdefault(reading.key, reading)
    return tuple(readings.values())


def _when(activity: Activity, plan: ActionPlan) -> Reading:
    schedule = read_again(activity.when_text, activity.schedule, plan_window(plan))
    return Reading(
        spoken=Spoken.WHEN,
        id=activity.id,
        activity_id=activity.id,
        about=activity.name,
        text=activity.when_text,
        schedule=schedule,
        window=plan_window(plan),
        is_confirmed=activity.schedule == to_json(schedule),
    )


def _follow_up(link: ActivityArea, plan: ActionPlan) -> Reading | None:
    follow_up = link.follow_up
    if follow_up is None:
        return None
    schedule = read_again(follow_up.text, follow_up.schedule, plan_window(plan))
    return Reading(
        spoken=Spoken.FOLLOW_UP,
        id=link.id,
        activity_id=link.activity.id,
        about=f"{link.activity.name} ({link.area.name})",
        text=follow_up.text,
        schedule=schedule,
        window=plan_window(plan),
        is_confirmed=follow_up.schedule == to_json(schedule),
    )
