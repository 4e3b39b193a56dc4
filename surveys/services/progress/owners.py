"""Owners: who answers for an activity, a follow-up or a point, and handing it over."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.drafts.owners import LeavingDraft, OwnerDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_EMAIL, MAX_OWNER_TITLE
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.plan import Activity, FollowUp
from surveys.models.promise import PromisePoint
from surveys.queries.progress.owners import get_owner, has_left, list_duties
from surveys.services.editions.case_guard import check_no_case
from surveys.services.editions.input_rules import check_day, optional_text, required_text

MAX_OWNERS = 300


def add_owner(
    session: Session, municipality: Municipality, draft: OwnerDraft, *, now: datetime
) -> Owner:
    """Add a role or a unit that answers for something.

    Raise AboutPerson for what looks like a name and is not said to be none, and InvalidInput for an
    address without @ or a title that the party has already.
    """
    owner = Owner(municipality_id=municipality.id, created_at=now)
    with session.no_autoflush:
        _fill(session, municipality, owner, draft)
    session.add(owner)
    session.flush()
    return owner


def edit_owner(
    session: Session, municipality: Municipality, owner_id: int, draft: OwnerDraft
) -> Owner:
    """Change title, party or address. What it answers for stays."""
    owner = get_owner(session, municipality, owner_id)
    _fill(session, municipality, owner, draft)
    session.flush()
    return owner


def leave(
    session: Session,
    municipality: Municipality,
    owner_id: int,
    draft: LeavingDraft,
    *,
    today: date,
) -> int:
    """Say that an owner leaves; returns how many things were handed over to ``draft.heir_id``.

    Without an heir what it answers for stays with it, listed for the coordinator. A last day to
    come is kept: reminders go to the owner until then.
    """
    owner = get_owner(session, municipality, owner_id)
    check_day(draft.last_day, "last_day")
    owner.left_on = draft.last_day
    session.flush()
    if draft.heir_id is None:
        return 0
    return hand_over(session, municipality, owner_id, draft.heir_id, today=today)


def come_back(session: Session, municipality: Municipality, owner_id: int) -> Owner:
    """Take back that an owner has left."""
    owner = get_owner(session, municipality, owner_id)
    owner.left_on = None
    session.flush()
    return owner


def hand_over(
    session: Session, municipality: Municipality, owner_id: int, heir_id: int, *, today: date
) -> int:
    """Let another owner answer for all that this one does; returns how many things that is."""
    owner = get_owner(session, municipality, owner_id)
    heir = get_owner(session, municipality, heir_id)
    if heir is owner or has_left(heir, today):
        raise InvalidInput("heir_unfit", "heir")
    n = len(list_duties(session, municipality, owner.id))
    for table in (Activity, FollowUp, PromisePoint):
        session.execute(update(table).where(table.owner_id == owner.id).values(owner_id=heir.id))
    session.flush()
    session.expire_all()
    return n


def choose_owner(
    session: Session,
    municipality: Municipality,
    thing: Activity | FollowUp | PromisePoint,
    owner_id: int | None,
) -> None:
    """Let ``thing``, found by its own service, be answered for by this owner; None: by nobody.

    Raise NotFound for another municipality's owner. Of a joint promise each party may name its own:
    a point keeps the owner of another municipality unless one of this is chosen.
    """
    if owner_id is not None:
        thing.owner = get_owner(session, municipality, owner_id)
    elif thing.owner is None or thing.owner.municipality_id == municipality.id:
        thing.owner = None
    session.flush()


def _fill(session: Session, municipality: Municipality, owner: Owner, draft: OwnerDraft) -> None:
    title = required_text(draft.title, "title", MAX_OWNER_TITLE)
    email = optional_text(draft.email, "email", MAX_EMAIL)
    if email is not None and ("@" not in email or "." not in email.rpartition("@")[2]):
        raise InvalidInput("not_an_address", "email")
    if title != owner.title:
        check_no_case(title, "title", is_confirmed=draft.is_no_person)
    _check_twice(session, municipality, owner, title, draft.party)
    owner.title, owner.party, owner.email = title, draft.party, email


def _check_twice(
    session: Session, municipality: Municipality, owner: Owner, title: str, party: Party
) -> None:
    others = session.scalars(
        select(Owner).where(Owner.municipality_id == municipality.id, Owner.party == party)
    ).all()
    if any(o is not owner and o.title.casefold() == title.casefold() for o in others):
        raise InvalidInput("owner_twice", "title")
    if len(others) >= MAX_OWNERS:
        raise InvalidInput("too_many_owners", "title")
