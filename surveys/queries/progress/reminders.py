"""Whom to remind of what today: owners before and after, the coordinator where no owner acts."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import Membership, User
from surveys.models.mail import Reminder, ReminderKind
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.permissions import StaffRole
from surveys.queries.progress.owners import has_left
from surveys.queries.progress.things_due import Thing, list_things_due

# Nobody is reminded of what has been late for longer than this: pages tell of it.
MAX_LATE = timedelta(days=60)


class Why(enum.Enum):
    """Why the coordinator gets a reminder that is not the coordinator's own."""

    NO_OWNER = "no_owner"
    NO_ADDRESS = "no_address"
    HAS_LEFT = "has_left"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a mail. ``why`` is set in the coordinator's."""

    thing: Thing
    kind: ReminderKind
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """One mail to one address. ``key`` tells recipients apart; ``role`` is whom it speaks to."""

    municipality: Municipality
    key: str
    address: str
    role: str
    is_coordinator: bool
    items: tuple[Item, ...]


def list_reminders(
    session: Session, municipality: Municipality, today: date
) -> tuple[ReminderLetter, ...]:
    """The mails of today: one to each owner and one to each coordinator, of what is new.

    Nothing where nobody could be reached: it is tried again another day.
    """
    sent = _sent(session, municipality)
    items = [
        item
        for thing in list_things_due(session, municipality, today)
        for item in _items(thing, municipality, today)
        if (item.thing.about, item.thing.due_on, item.kind) not in sent
    ]
    return (
        *_to_owners(municipality, items),
        *_to_coordinators(session, municipality, [item for item in items if item.why]),
    )


def _items(thing: Thing, municipality: Municipality, today: date) -> Iterator[Item]:
    """What there is to say of ``thing`` today. The same day says the same however often asked."""
    why = _unreached(thing.owner, today)
    late = today - thing.due_on
    before = timedelta(days=municipality.remind_days_before)
    if not thing.is_rhythm and before and timedelta(0) <= -late <= before:
        yield Item(thing, ReminderKind.BEFORE, why)
    if late > MAX_LATE:
        return
    if late >= timedelta(days=municipality.remind_days_after):
        yield Item(thing, ReminderKind.AFTER, why)
    if why is None and late >= timedelta(days=municipality.escalate_days_after):
        yield Item(thing, ReminderKind.ESCALATED, Why.NO_ANSWER)


def _unreached(owner: Owner | None, today: date) -> Why | None:
    if owner is None:
        return Why.NO_OWNER
    if has_left(owner, today):
        return Why.HAS_LEFT
    return None if owner.email else Why.NO_ADDRESS


def _to_owners(municipality: Municipality, items: list[Item]) -> Iterator[ReminderLetter]:
    mine: dict[int, list[Item]] = {}
    for item in items:
        if item.why is None and item.thing.owner is not None:
            mine.setdefault(item.thing.owner.id, []).append(item)
    for owner_id, owned in mine.items():
        owner = owned[0].thing.owner
        if owner is not None and owner.email:
            yield ReminderLetter(
                municipality, f"owner{owner_id}", owner.email, owner.title, False, tuple(owned)
            )


def _to_coordinators(
    session: Session, municipality: Municipality, items: list[Item]
) -> Iterator[ReminderLetter]:
    if not items:
        return
    for key, address, role in list_coordinators(session, municipality):
        yield ReminderLetter(municipality, key, address, role, True, tuple(items))


def list_coordinators(
    session: Session, municipality: Municipality
) -> tuple[tuple[str, str, str], ...]:
    """Key, address and role of the coordinators; the municipality's own mailbox where none is."""
    accounts = session.scalars(
        select(User)
        .join(Membership)
        .where(
            Membership.municipality_id == municipality.id,
            Membership.role == StaffRole.COORDINATOR,
            User.active.is_(True),
        )
        .order_by(User.id)
    ).all()
    if accounts:
        return tuple((f"account{user.id}", user.email, user.title) for user in accounts)
    if municipality.contact_email:
        return (("contact", municipality.contact_email, municipality.official_name),)
    return ()


def _sent(session: Session, municipality: Municipality) -> set[tuple[str, date, ReminderKind]]:
    statement = select(Reminder.about, Reminder.due_on, Reminder.kind).where(
        Reminder.municipality_id == municipality.id
    )
    return {(row[0], row[1], row[2]) for row in session.execute(statement)}
