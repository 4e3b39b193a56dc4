"""Writing bodies and the days on which they meet. One that has ended is kept."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveys.drafts.bodies import BodyDraft, MeetingDraft
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_NOTE, MAX_TITLE
from surveys.models.body import Body, BodyMeeting
from surveys.models.municipality import Municipality
from surveys.queries.municipalities.bodies import get_body
from surveys.services.editions.input_rules import check_day, optional_text, required_text

MAX_NAME = 160
MAX_BODIES = 200
MAX_MEETINGS = 500


def create_body(
    session: Session, municipality: Municipality, draft: BodyDraft, *, now: datetime
) -> Body:
    """Keep a body of ``municipality``; InvalidInput for a name that another one has."""
    n_bodies = len(session.scalars(_ids(municipality)).all())
    if n_bodies >= MAX_BODIES:
        raise InvalidInput("too_many_bodies", "name")
    body = Body(municipality_id=municipality.id, created_at=now)
    _fill(session, municipality, body, draft)
    session.add(body)
    session.flush()
    return body


def edit_body(session: Session, municipality: Municipality, body_id: int, draft: BodyDraft) -> Body:
    """Change what is said of a body."""
    body = get_body(session, municipality, body_id)
    _fill(session, municipality, body, draft)
    session.flush()
    return body


def end_body(
    session: Session, municipality: Municipality, body_id: int, ended_on: date | None
) -> Body:
    """Say that the body ended, and when; None takes it back. Its meetings and links are kept."""
    body = get_body(session, municipality, body_id)
    check_day(ended_on, "ended_on")
    body.ended_on = ended_on
    session.flush()
    return body


def add_meetings(
    session: Session, municipality: Municipality, body_id: int, drafts: Iterable[MeetingDraft]
) -> list[BodyMeeting]:
    """Keep the days on which the body meets or has met. A day that is there already is changed."""
    body = get_body(session, municipality, body_id)
    by_day = {meeting.held_on: meeting for meeting in body.meetings}
    kept = []
    for draft in drafts:
        check_day(draft.held_on, "days")
        meeting = by_day.get(draft.held_on)
        if meeting is None:
            if len(body.meetings) >= MAX_MEETINGS:
                raise InvalidInput("too_many_meetings", "days")
            meeting = BodyMeeting(municipality_id=municipality.id, held_on=draft.held_on)
            body.meetings.append(meeting)
            by_day[draft.held_on] = meeting
        meeting.is_public = draft.is_public
        meeting.note = optional_text(draft.note, "note", MAX_NOTE)
        kept.append(meeting)
    session.flush()
    return kept


def remove_meeting(
    session: Session, municipality: Municipality, body_id: int, meeting_id: int
) -> None:
    """Take away a day on which the body does not meet after all. Raise NotFound."""
    body = get_body(session, municipality, body_id)
    meeting = next((m for m in body.meetings if m.id == meeting_id), None)
    if meeting is None:
        raise NotFound(str(meeting_id))
    body.meetings.remove(meeting)
    session.flush()


def _fill(session: Session, municipality: Municipality, body: Body, draft: BodyDraft) -> None:
    name = required_text(draft.name, "name", MAX_NAME)
    twin = session.scalar(
        _ids(municipality).where(Body.name == name, Body.id.is_distinct_from(body.id))
    )
    if twin is not None:
        raise InvalidInput("body_twice", "name")
    parent_id = draft.parent_id
    if parent_id is not None:
        parent_id = get_body(session, municipality, parent_id).id
    if parent_id is not None and _is_above(session, body.id, parent_id):
        raise InvalidInput("body_circle", "parent_id")
    body.name, body.kind, body.parent_id = name, draft.kind, parent_id
    body.led_by = optional_text(draft.led_by, "led_by", MAX_NAME)
    body.members = list(draft.members)
    body.meets_text = optional_text(draft.meets_text, "meets_text", MAX_TITLE)
    body.task = optional_text(draft.task, "task") or ""
    body.is_public = draft.is_public


def _is_above(session: Session, body_id: int | None, parent_id: int) -> bool:
    """Whether ``body_id`` stands over ``parent_id``, or is it."""
    above: int | None = parent_id
    while above is not None:
        if above == body_id:
            return True
        above = session.scalar(select(Body.parent_id).where(Body.id == above))
    return False


def _ids(municipality: Municipality) -> Select[int]:
    return select(Body.id).where(Body.municipality_id == municipality.id)
