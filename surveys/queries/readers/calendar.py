"""The dates that anybody may put in a calendar: those that somebody has published.

Never where and when the police or others will be out: an effort is told of once it has been. What
stands here is dialogues and their public meetings, days by which something is to be followed up,
public meetings of bodies, and when promises and plans end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.days import SWEDEN, swedish_day
from surveys.models.body import Body, BodyMeeting
from surveys.models.dialogue import Dialogue, DialogueEvent, EventKind, dialogue_municipality
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.queries.pictures.situations import get_cadence, wanted_months
from surveys.queries.plans.dates import list_published_words
from surveys.queries.promises.edition import list_as_published
from surveys.queries.promises.time import window_of
from surveys.queries.readers.calendar_entries import CalendarEntry, CalendarKind, scheduled
from surveys.schedule.periods import Window, add_months
from surveys.schedule.recurrence import Rhythm, Rule

YEARS_AHEAD = 10  # what has no end is told of for so long


def list_calendar(
    session: Session, municipality: Municipality, since: date
) -> tuple[CalendarEntry, ...]:
    """All that is public from ``since`` (a day in Sweden) on, the first dates first."""
    found = (
        *_dialogues(session, municipality),
        *_events(session, municipality),
        *_promises(session, municipality),
        *_plans(session, municipality),
        *_meetings(session, municipality),
        *_pictures(session, municipality),
    )
    kept = [entry for entry in found if not entry.is_over(since)]
    return tuple(sorted(kept, key=lambda entry: (entry.day, entry.key)))


def _dialogues(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    statement = (
        select(Dialogue)
        .join(dialogue_municipality)
        .where(dialogue_municipality.c.municipality_id == municipality.id)
    )
    for dialogue in session.scalars(statement):
        opens = CalendarEntry(
            key=f"dialogue-{dialogue.id}-opens",
            kind=CalendarKind.DIALOGUE_OPENS,
            title=dialogue.title,
            starts=dialogue.opens_at,
            stamp=dialogue.opens_at,
            slug=dialogue.slug,
        )
        yield opens
        yield replace(
            opens,
            key=f"dialogue-{dialogue.id}-closes",
            kind=CalendarKind.LAST_DAY_TO_ANSWER,
            starts=swedish_day(dialogue.closes_at),
        )


def _events(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    statement = (
        select(DialogueEvent)
        .join(
            dialogue_municipality, dialogue_municipality.c.dialogue_id == DialogueEvent.dialogue_id
        )
        .where(
            dialogue_municipality.c.municipality_id == municipality.id,
            # Talks with staff are not for the public.
            DialogueEvent.kind != EventKind.EMPLOYEE_DIALOGUE,
        )
        .options(joinedload(DialogueEvent.dialogue))
    )
    for event in session.scalars(statement):
        yield CalendarEntry(
            key=f"event-{event.id}",
            kind=CalendarKind.EVENT,
            title=event.title,
            starts=event.held_on,
            stamp=event.dialogue.opens_at,
            place=event.venue,
            slug=event.dialogue.slug,
        )


def _promises(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    for promise in list_as_published(session, municipality):
        yield from _promise(promise)


def _promise(promise: Promise) -> Iterator[CalendarEntry]:
    window = window_of(promise)
    if window is None or promise.published_at is None:
        return
    begins = CalendarEntry(
        key=f"promise-{promise.id}-begins",
        kind=CalendarKind.PROMISE_BEGINS,
        title=promise.title,
        starts=window.starts_on,
        stamp=promise.published_at,
        slug=promise.slug,
    )
    yield begins
    yield replace(
        begins,
        key=f"promise-{promise.id}-ends",
        kind=CalendarKind.PROMISE_ENDS,
        starts=window.ends_on,
    )
    follow_up = replace(
        begins, key=f"promise-{promise.id}-follow-up", kind=CalendarKind.PROMISE_FOLLOW_UP
    )
    yield from scheduled(follow_up, promise.follow_up_schedule, window)
    if promise.summary_due_on:
        yield replace(
            begins,
            key=f"promise-{promise.id}-summary",
            kind=CalendarKind.SUMMARY_DUE,
            starts=promise.summary_due_on,
        )


def _plans(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    """What the last editions say: a plan that is being changed is told of once it is approved."""
    for plan, words in list_published_words(session, municipality):
        entry = CalendarEntry(
            key=f"plan-{plan.id}",
            kind=CalendarKind.FOLLOW_UP,
            title=words["title"],
            starts=_day(words["starts_on"]),
            stamp=plan.published_at or plan.created_at,
        )
        yield from _head_dates(entry, words)
        yield from _follow_ups(replace(entry, slug=plan.slug), words)


def _head_dates(entry: CalendarEntry, words: Mapping[str, Any]) -> Iterator[CalendarEntry]:
    for name, kind, day in (
        ("evaluation", CalendarKind.PLAN_EVALUATION, words["evaluation"]["after"]),
        ("summary", CalendarKind.SUMMARY_DUE, words["summary_due_on"]),
    ):
        if day:
            yield replace(entry, key=f"{entry.key}-{name}", kind=kind, starts=_day(day))


def _follow_ups(entry: CalendarEntry, words: Mapping[str, Any]) -> Iterator[CalendarEntry]:
    """One entry for each activity and day, however many areas it stands under."""
    names = {activity["id"]: activity["name"] for activity in words["activities"]}
    window = Window(_day(words["starts_on"]), _day(words["ends_on"]))
    seen = set()
    for area in words["areas"]:
        for placed in area["activities"]:
            number, told = placed["activity"], placed["follow_up"]
            if told is None:
                continue
            each = replace(entry, key=f"follow-up-{area['id']}-{number}", title=names[number])
            dated = [replace(each, starts=_day(told["due_on"]))] if told["due_on"] else []
            for found in dated or scheduled(each, told["schedule"], window):
                mark = (number, found.starts, found.rule)
                if mark not in seen:
                    seen.add(mark)
                    yield found


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _meetings(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    statement = (
        select(BodyMeeting)
        .join(Body)
        .where(
            BodyMeeting.municipality_id == municipality.id,
            BodyMeeting.is_public,
            Body.is_public,
        )
        .options(joinedload(BodyMeeting.body))
    )
    for meeting in session.scalars(statement):
        yield CalendarEntry(
            key=f"meeting-{meeting.id}",
            kind=CalendarKind.MEETING,
            title=meeting.body.name,
            starts=meeting.held_on,
            stamp=meeting.body.created_at,
        )


def _pictures(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    """The day of each month by which the lägesbild of the month before is to be out."""
    cadence = get_cadence(session, municipality)
    if cadence is None:
        return
    last = cadence.ends_on or add_months(cadence.starts_on, YEARS_AHEAD * 12)
    days = [due_on for _, due_on in wanted_months(cadence, last)]
    if not days:
        return
    entry = CalendarEntry(
        key="lagesbild",
        kind=CalendarKind.PICTURE_DUE,
        title="",
        starts=days[0],
        stamp=datetime.combine(cadence.starts_on, time(), tzinfo=SWEDEN),
    )
    if 12 % cadence.every_months:  # other months each year
        yield from (replace(entry, key=f"lagesbild-{day}", starts=day) for day in days)
        return
    months = tuple(sorted({day.month for day in days}))
    rule = Rule(Rhythm("månad"), month_days=(cadence.due_day,), months=months)
    until = days[-1] if cadence.ends_on else None
    yield replace(entry, rule=rule.text, until=until)
