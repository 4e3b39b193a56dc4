"""The dates that readers have been given by published plans, and by bodies whose days are public.

Dates of a plan are those of its last edition: what is being changed is told once it is approved.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.queries.municipalities.bodies import list_next_meetings
from surveys.queries.plans.content import plan_content
from surveys.queries.plans.plans import get_plan, list_last_contents
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind


class PlanDateKind(enum.Enum):
    """What a plan says of the day."""

    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class PlanDate:
    """One day of one published plan; ``title`` is the activity's or the plan's."""

    on: date
    kind: PlanDateKind
    title: str
    slug: str


def list_published_words(
    session: Session, municipality: Municipality
) -> list[tuple[ActionPlan, Mapping[str, Any]]]:
    """Each published plan with what its last edition says, in the form of ``plan_content``."""
    contents = list_last_contents(session, municipality)
    published = select(ActionPlan).where(
        ActionPlan.municipality_id == municipality.id, ActionPlan.published_at.is_not(None)
    )
    rows = session.scalars(published.order_by(ActionPlan.id)).all()
    return [
        # One from before editions were kept is read whole, in a few queries.
        (plan, contents.get(plan.slug) or plan_content(get_plan(session, municipality, plan.slug)))
        for plan in rows
    ]


def list_plan_dates(
    session: Session, municipality: Municipality, today: date
) -> tuple[PlanDate, ...]:
    """Every dated follow-up, evaluation and summary, and the next one "at every meeting"."""
    meetings = list_next_meetings(session, municipality, today, is_public=True)
    dates: list[PlanDate] = []
    for plan, words in list_published_words(session, municipality):
        dates += _head_dates(words, plan.slug)
        dates += _follow_ups(words, plan.slug, meetings)
    return tuple(dict.fromkeys(dates))


def _head_dates(words: Mapping[str, Any], slug: str) -> Iterator[PlanDate]:
    after, summary = words["evaluation"]["after"], words["summary_due_on"]
    if after:
        yield PlanDate(date.fromisoformat(after), PlanDateKind.EVALUATION, words["title"], slug)
    if summary:
        yield PlanDate(date.fromisoformat(summary), PlanDateKind.SUMMARY, words["title"], slug)


def _follow_ups(
    words: Mapping[str, Any], slug: str, meetings: Mapping[str, date]
) -> Iterator[PlanDate]:
    names = {activity["id"]: activity["name"] for activity in words["activities"]}
    for area in words["areas"]:
        for placed in area["activities"]:
            on = planned_day(placed["follow_up"], meetings, date.fromisoformat(words["ends_on"]))
            if on is not None:
                name = names[placed["activity"]]
                yield PlanDate(on, PlanDateKind.FOLLOW_UP, name, slug)


def planned_day(
    follow_up: Mapping[str, Any] | None, meetings: Mapping[str, date], ends_on: date
) -> date | None:
    """The day that the plan gives, or the next meeting where it says "at every meeting".

    A meeting after ``ends_on`` is none of the plan's: nothing is followed up at it for ever.
    """
    if follow_up is None:
        return None
    if follow_up["due_on"]:
        return date.fromisoformat(follow_up["due_on"])
    if follow_up["body"] and parse(follow_up["text"]).kind is Kind.EACH_MEETING:
        on = meetings.get(follow_up["body"])
        return on if on is not None and on <= ends_on else None
    return None
