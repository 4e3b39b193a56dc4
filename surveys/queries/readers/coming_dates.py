"""What happens next, for the public: last days to answer, meetings, follow-ups, ends of promises.

Only what stands in published rows. Every date is one that somebody has written down.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue, DialogueEvent, EventKind, dialogue_municipality
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.queries.municipalities.bodies import list_public_meetings
from surveys.queries.pictures.situations import next_due
from surveys.queries.plans.dates import list_plan_dates
from surveys.queries.promises.edition import list_as_published
from surveys.queries.promises.time import next_follow_up, window_of


class ComingKind(enum.Enum):
    """Why a date is worth knowing."""

    DIALOGUE_OPENS = "dialogue_opens"
    LAST_DAY_TO_ANSWER = "last_day_to_answer"
    EVENT = "event"
    MEETING = "meeting"  # of a body
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"  # of a whole plan
    SUMMARY = "summary"  # its written summary, no later than this
    PROMISE_ENDS = "promise_ends"
    PROMISE_FOLLOW_UP = "promise_follow_up"  # no later than this day
    PROMISE_SUMMARY = "promise_summary"  # the written one, no later than this day
    SITUATION_REPORT = "situation_report"  # the last day of the next lägesbild


@dataclass(frozen=True, slots=True)
class ComingDate:
    """One date to come. ``title`` names what it is about, ``place`` where."""

    on: date
    kind: ComingKind
    title: str
    place: str | None = None
    slug: str | None = None  # of the dialogue or the promise


def list_coming_dates(
    session: Session, municipality: Municipality, today: date, limit: int = 5
) -> tuple[ComingDate, ...]:
    """The next ``limit`` dates from ``today`` (in Sweden) on, the nearest first."""
    found = {
        *_dialogue_dates(session, municipality),
        *_events(session, municipality, today),
        *_promise_dates(session, municipality, today),
        *_plan_dates(session, municipality, today),
        *_meetings(session, municipality, today),
        *_situation_report(session, municipality, today),
    }
    coming = (item for item in found if item.on >= today)
    return tuple(sorted(coming, key=lambda item: (item.on, item.title)))[:limit]


def _situation_report(
    session: Session, municipality: Municipality, today: date
) -> Iterator[ComingDate]:
    """``title`` is the month that it tells of, as YYYY-MM: the edge writes it out."""
    coming = next_due(session, municipality, today)
    if coming is not None and coming.due_on is not None:
        month = coming.month.strftime("%Y-%m")
        yield ComingDate(coming.due_on, ComingKind.SITUATION_REPORT, month)


def _dialogue_dates(session: Session, municipality: Municipality) -> Iterator[ComingDate]:
    statement = (
        select(Dialogue)
        .join(dialogue_municipality)
        .where(dialogue_municipality.c.municipality_id == municipality.id)
    )
    for dialogue in session.scalars(statement):
        opens = swedish_day(dialogue.opens_at)
        closes = swedish_day(dialogue.closes_at)
        yield ComingDate(opens, ComingKind.DIALOGUE_OPENS, dialogue.title, slug=dialogue.slug)
        yield ComingDate(closes, ComingKind.LAST_DAY_TO_ANSWER, dialogue.title, slug=dialogue.slug)


def _events(session: Session, municipality: Municipality, today: date) -> Iterator[ComingDate]:
    statement = (
        select(DialogueEvent)
        .join(
            dialogue_municipality, dialogue_municipality.c.dialogue_id == DialogueEvent.dialogue_id
        )
        .where(
            dialogue_municipality.c.municipality_id == municipality.id,
            DialogueEvent.held_on >= today,
            # Talks with staff are not for the public.
            DialogueEvent.kind != EventKind.EMPLOYEE_DIALOGUE,
        )
    )
    for event in session.scalars(statement):
        yield ComingDate(event.held_on, ComingKind.EVENT, event.title, event.venue)


def _plan_dates(session: Session, municipality: Municipality, today: date) -> Iterator[ComingDate]:
    for day in list_plan_dates(session, municipality, today):
        yield ComingDate(day.on, ComingKind(day.kind.value), day.title)


def _meetings(session: Session, municipality: Municipality, today: date) -> Iterator[ComingDate]:
    for body, held_on in list_public_meetings(session, municipality, today):
        yield ComingDate(held_on, ComingKind.MEETING, body)


def _promise_dates(
    session: Session, municipality: Municipality, today: date
) -> Iterator[ComingDate]:
    for promise in list_as_published(session, municipality):
        for kind, day in _days_of(promise, today):
            if day >= today:
                yield ComingDate(day, kind, promise.title, slug=promise.slug)


def _days_of(promise: Promise, today: date) -> Iterator[tuple[ComingKind, date]]:
    if promise.summary_due_on is not None:
        yield ComingKind.PROMISE_SUMMARY, promise.summary_due_on
    window = window_of(promise)
    if window is None:
        return
    yield ComingKind.PROMISE_ENDS, window.ends_on
    following = next_follow_up(promise, window, today)
    if following is not None:
        yield ComingKind.PROMISE_FOLLOW_UP, following
