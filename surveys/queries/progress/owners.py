"""Readers for owners: who answers for what, and what nobody answers for any longer."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp
from surveys.models.promise import Promise, PromisePoint


class DutyKind(enum.Enum):
    """What somebody can answer for."""

    ACTIVITY = "activity"
    FOLLOW_UP = "follow_up"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that an owner answers for. ``under`` names its plan or promise, ``slug`` too."""

    kind: DutyKind
    id: int  # of the activity, the follow-up or the point
    owner_id: int | None
    title: str
    under: str | None
    slug: str | None
    due_on: date | None
    activity_id: int | None = None  # where occasions of it are logged


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner with what it answers for. ``has_left`` once its last day has passed."""

    id: int
    title: str
    party: Party
    email: str | None
    left_on: date | None
    has_left: bool
    duties: tuple[Duty, ...]

    @property
    def has_orphans(self) -> bool:
        """Whether something is left with somebody who no longer answers for it."""
        return self.has_left and bool(self.duties)


def get_owner(session: Session, municipality: Municipality, owner_id: int) -> Owner:
    """The municipality's owner with this id; raise NotFound."""
    owner = session.scalar(
        select(Owner).where(Owner.municipality_id == municipality.id, Owner.id == owner_id)
    )
    if owner is None:
        raise NotFound(str(owner_id))
    return owner


def has_left(owner: Owner, today: date) -> bool:
    """Whether the owner's last day has passed."""
    return owner.left_on is not None and owner.left_on < today


def list_owners(session: Session, municipality: Municipality, today: date) -> tuple[OwnerRow, ...]:
    """All owners, those that have left too, by party and title. Each with its duties."""
    duties: dict[int | None, list[Duty]] = {}
    for duty in list_duties(session, municipality):
        duties.setdefault(duty.owner_id, []).append(duty)
    return tuple(
        OwnerRow(
            id=owner.id,
            title=owner.title,
            party=owner.party,
            email=owner.email,
            left_on=owner.left_on,
            has_left=has_left(owner, today),
            duties=tuple(duties.get(owner.id, ())),
        )
        for owner in _owners(session, municipality)
    )


def list_owner_choices(
    session: Session, municipality: Municipality, today: date, chosen: int | None = None
) -> tuple[tuple[int, str], ...]:
    """Id and title of those that may be chosen: none that has left, but the one that is chosen."""
    return tuple(
        (owner.id, owner.title)
        for owner in _owners(session, municipality)
        if owner.id == chosen or not has_left(owner, today)
    )


def list_orphans(
    session: Session, municipality: Municipality, today: date
) -> tuple[tuple[OwnerRow, Duty], ...]:
    """What owners that have left still answer for: for the coordinator to hand over."""
    return tuple(
        (owner, duty)
        for owner in list_owners(session, municipality, today)
        if owner.has_left
        for duty in owner.duties
    )


def list_duties(
    session: Session, municipality: Municipality, owner_id: int | None = None
) -> tuple[Duty, ...]:
    """What the municipality's owners answer for, or one of them: what is due first comes first."""
    found = [
        *_activities(session, municipality, owner_id),
        *_follow_ups(session, municipality, owner_id),
        *_points(session, municipality, owner_id),
    ]
    return tuple(sorted(found, key=lambda d: (d.due_on or date.max, d.title.casefold(), d.id)))


def _owners(session: Session, municipality: Municipality) -> list[Owner]:
    owners = session.scalars(select(Owner).where(Owner.municipality_id == municipality.id))
    order = list(Party)
    return sorted(owners, key=lambda o: (order.index(o.party), o.title.casefold(), o.id))


def _activities(
    session: Session, municipality: Municipality, owner_id: int | None
) -> Iterator[Duty]:
    statement = (
        select(Activity, ActionPlan)
        .join(ActionPlan, Activity.plan_id == ActionPlan.id, isouter=True)
        .join(Owner, Activity.owner_id == Owner.id)
    )
    for activity, plan in session.execute(statement.where(*_owned(municipality, owner_id))):
        yield Duty(
            DutyKind.ACTIVITY,
            activity.id,
            activity.owner_id,
            activity.name,
            plan.title if plan else None,
            plan.slug if plan else None,
            None,
            activity.id,
        )


def _follow_ups(
    session: Session, municipality: Municipality, owner_id: int | None
) -> Iterator[Duty]:
    statement = (
        select(FollowUp, Activity, ActionPlan)
        .join(ActivityArea, FollowUp.link_id == ActivityArea.id)
        .join(Activity, ActivityArea.activity_id == Activity.id)
        .join(ActionPlan, Activity.plan_id == ActionPlan.id, isouter=True)
        .join(Owner, FollowUp.owner_id == Owner.id)
        .where(FollowUp.done_on.is_(None))
    )
    for follow_up, activity, plan in session.execute(
        statement.where(*_owned(municipality, owner_id))
    ):
        yield Duty(
            DutyKind.FOLLOW_UP,
            follow_up.id,
            follow_up.owner_id,
            activity.name,
            plan.title if plan else None,
            plan.slug if plan else None,
            follow_up.due_on,
            activity.id,
        )


def _points(session: Session, municipality: Municipality, owner_id: int | None) -> Iterator[Duty]:
    statement = (
        select(PromisePoint, Promise)
        .join(Promise, PromisePoint.promise_id == Promise.id)
        .join(Owner, PromisePoint.owner_id == Owner.id)
        .where(PromisePoint.ended_on.is_(None))
    )
    for point, promise in session.execute(statement.where(*_owned(municipality, owner_id))):
        yield Duty(
            DutyKind.POINT,
            point.id,
            point.owner_id,
            point.title,
            promise.title,
            promise.slug,
            point.due_on,
        )


def _owned(municipality: Municipality, owner_id: int | None) -> list[ColumnElement[bool]]:
    of_here = [Owner.municipality_id == municipality.id]
    return of_here if owner_id is None else [*of_here, Owner.id == owner_id]
