"""The dates that anybody may put in a calendar: those that somebody has published.

Never where and when the police or others will be out: an effort is told of once it has been. What
stands here is dialogues and their public meetings, days by which something is to be followed up,
public meetings of bodies, and when promises and plans end.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.days import SWEDEN, swedish_day
from surveys.models.body import Body, BodyMeeting
from surveys.models.dialogue import Dialogue, DialogueEvent, EventKind, dialogue_municipality
from surveys.models.municipality import Municipality
from surveys.models.picture import SituationCadence
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.calendar_entries import CalendarEntry, CalendarKind, scheduled
from surveys.queries.promise_time import window_of
from surveys.schedule.periods import Window, add_months
from surveys.schedule.recurrence import Rhythm, Rule, occasions

MAX_DAY_OF_EVERY_MONTH = 28


def list_calendar(
    session: Session, municipality: Municipality, since: date
) -> tuple[CalendarEntry, ...]:
    """All that is public from ``since`` (a day in Sweden) on, the first dates first."""
    found = (
        *_dialogues(session, municipality),
        *_events(session, municipality),
        *_promises(session, municipality),
        *_plans(session, municipality),
        *_follow_ups(session, municipality),
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
    statement = (
        select(Promise)
        .join(PromiseMunicipality)
        .where(
            PromiseMunicipality.municipality_id == municipality.id,
            Promise.published_at.is_not(None),
        )
    )
    for promise in session.scalars(statement):
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
    statement = select(ActionPlan).where(
        ActionPlan.municipality_id == municipality.id, ActionPlan.published_at.is_not(None)
    )
    for plan in session.scalars(statement):
        for name, kind, day in (
            ("evaluation", CalendarKind.PLAN_EVALUATION, plan.evaluate_after),
            ("summary", CalendarKind.SUMMARY_DUE, plan.summary_due_on),
        ):
            if day is not None and plan.published_at is not None:
                yield CalendarEntry(
                    key=f"plan-{plan.id}-{name}",
                    kind=kind,
                    title=plan.title,
                    starts=day,
                    stamp=plan.published_at,
                )


def _follow_ups(session: Session, municipality: Municipality) -> Iterator[CalendarEntry]:
    """One entry for each activity and day, however many areas it stands under."""
    statement = (
        select(FollowUp, Activity, ActionPlan)
        .join(ActivityArea, FollowUp.link_id == ActivityArea.id)
        .join(Activity, ActivityArea.activity_id == Activity.id)
        .join(ActionPlan, Activity.plan_id == ActionPlan.id)
        .where(ActionPlan.municipality_id == municipality.id, ActionPlan.published_at.is_not(None))
        .order_by(FollowUp.id)
    )
    seen = set()
    for follow_up, activity, plan in session.execute(statement):
        entry = CalendarEntry(
            key=f"follow-up-{follow_up.id}",
            kind=CalendarKind.FOLLOW_UP,
            title=activity.name,
            starts=follow_up.due_on or plan.starts_on,
            stamp=plan.published_at or activity.created_at,
            slug=plan.slug,
        )
        entries = [entry] if follow_up.due_on else []
        if not follow_up.due_on:
            entries = list(
                scheduled(entry, follow_up.schedule, Window(plan.starts_on, plan.ends_on))
            )
        for each in entries:
            mark = (activity.id, each.starts, each.rule)
            if mark not in seen:
                seen.add(mark)
                yield each


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
    cadence = session.scalar(
        select(SituationCadence).where(SituationCadence.municipality_id == municipality.id)
    )
    if cadence is None:
        return
    told = [m for m in range(1, 13) if m not in cadence.pauses]
    if cadence.every_months > 1:
        first = cadence.starts_on.month
        told = [m for m in told if (m - first) % cadence.every_months == 0]
    months = tuple(sorted(m % 12 + 1 for m in told))
    days = tuple(range(min(cadence.due_day, MAX_DAY_OF_EVERY_MONTH), cadence.due_day + 1))
    rule = Rule(
        Rhythm("månad"), month_days=days, months=months, position=-1 if len(days) > 1 else None
    )
    starts = add_months(cadence.starts_on.replace(day=1), 1)
    ends = cadence.ends_on or add_months(starts, 12 * 10)
    found = occasions(rule, Window(starts, max(starts, ends))).expected if months else ()
    if found:
        yield CalendarEntry(
            key="lagesbild",
            kind=CalendarKind.PICTURE_DUE,
            title="",
            starts=found[0],
            stamp=datetime.combine(cadence.starts_on, time(), tzinfo=SWEDEN),
            rule=rule.text,
            until=cadence.ends_on,
        )
