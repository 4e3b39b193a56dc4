"""Readers for bodies and their meetings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.errors import NotFound
from surveys.models.body import Body, BodyKind, BodyMeeting
from surveys.models.municipality import Municipality
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Schedule, expect
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting, held or to come."""

    id: int
    held_on: date
    is_public: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body. ``this_year`` meetings stand in the list out of ``expected``, where a number is said.

    ``meets`` is what ``meets_text`` was read as; None where nothing is written.
    """

    id: int
    name: str
    kind: BodyKind
    parent: str | None
    led_by: str | None
    members: tuple[str, ...]
    meets_text: str | None
    meets: Schedule | None
    task: str
    is_public: bool
    ended_on: date | None
    meetings: tuple[MeetingView, ...]  # in order of date
    this_year: int
    expected: int | None
    next_on: date | None


def get_body(session: Session, municipality: Municipality, body_id: int) -> Body:
    """The municipality's body; raise NotFound."""
    body = session.scalar(
        select(Body).where(Body.id == body_id, Body.municipality_id == municipality.id)
    )
    if body is None:
        raise NotFound(str(body_id))
    return body


def view_body(session: Session, municipality: Municipality, body_id: int, today: date) -> BodyView:
    """The body with its meetings, as it stands on ``today``; raise NotFound."""
    body = get_body(session, municipality, body_id)
    parent = session.get(Body, body.parent_id) if body.parent_id else None
    return _view(body, parent, today)


def list_bodies(session: Session, municipality: Municipality, today: date) -> tuple[BodyView, ...]:
    """All bodies, those that have ended last; otherwise by kind and name."""
    statement = (
        select(Body)
        .where(Body.municipality_id == municipality.id)
        .options(selectinload(Body.meetings))
    )
    rows = {body.id: body for body in session.scalars(statement)}
    views = (_view(body, rows.get(body.parent_id or 0), today) for body in rows.values())
    kinds = list(BodyKind)
    return tuple(sorted(views, key=lambda b: (b.ended_on is not None, kinds.index(b.kind), b.name)))


def list_active(
    session: Session, municipality: Municipality, today: date, *kinds: BodyKind
) -> tuple[Body, ...]:
    """Bodies that have not ended, of these kinds or of any, by name."""
    statement = select(Body).where(Body.municipality_id == municipality.id).order_by(Body.name)
    if kinds:
        statement = statement.where(Body.kind.in_(kinds))
    return tuple(
        body
        for body in session.scalars(statement)
        if body.ended_on is None or body.ended_on >= today
    )


def list_next_meetings(
    session: Session, municipality: Municipality, today: date, *, is_public: bool
) -> dict[str, date]:
    """Body's name -> its next meeting from ``today`` on; for readers only those told publicly."""
    found: dict[str, date] = {}
    for name, held_on in _coming(session, municipality, today, is_public=is_public):
        found.setdefault(name, held_on)
    return found


def list_public_meetings(
    session: Session, municipality: Municipality, today: date
) -> tuple[tuple[str, date], ...]:
    """(body's name, day) of each meeting to come whose day is public, in order of date."""
    return tuple(_coming(session, municipality, today, is_public=True))


def _coming(
    session: Session, municipality: Municipality, today: date, *, is_public: bool
) -> Iterator[tuple[str, date]]:
    statement = (
        select(Body.name, BodyMeeting.held_on)
        .join(BodyMeeting, BodyMeeting.body_id == Body.id)
        .where(Body.municipality_id == municipality.id, BodyMeeting.held_on >= today)
        .order_by(BodyMeeting.held_on, Body.name)
    )
    if is_public:
        statement = statement.where(Body.is_public.is_(True), BodyMeeting.is_public.is_(True))
    for row in session.execute(statement):
        yield row.name, row.held_on


def _view(body: Body, parent: Body | None, today: date) -> BodyView:
    year = Window(date(today.year, 1, 1), date(today.year, 12, 31))
    meets = parse(body.meets_text, year) if body.meets_text else None
    days = [meeting.held_on for meeting in body.meetings]
    return BodyView(
        id=body.id,
        name=body.name,
        kind=body.kind,
        parent=parent.name if parent else None,
        led_by=body.led_by,
        members=tuple(body.members),
        meets_text=body.meets_text,
        meets=meets,
        task=body.task,
        is_public=body.is_public,
        ended_on=body.ended_on,
        meetings=tuple(MeetingView(m.id, m.held_on, m.is_public, m.note) for m in body.meetings),
        this_year=sum(year.holds(day) for day in days),
        expected=expect(meets, year).expected if meets else None,
        next_on=min((day for day in days if day >= today), default=None),
    )
