"""Who may have taken part in an occasion: roles and bodies to tick, those used before first."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.body import Body
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.plan import Activity

MAX_CHOICES = 10


def list_taking_part(
    session: Session, municipality: Municipality, activity: Activity
) -> tuple[str, ...]:
    """At most ten: what was said of this activity before, its owner, other owners, the bodies."""
    used = [
        part
        for occasion in reversed(activity.occasions)
        for part in (occasion.took_part or "").split(", ")
        if part
    ]
    owner = [activity.owner.title] if activity.owner else []
    owners = session.scalars(
        select(Owner.title)
        .where(Owner.municipality_id == municipality.id, Owner.left_on.is_(None))
        .order_by(Owner.title)
    )
    bodies = session.scalars(
        select(Body.name)
        .where(Body.municipality_id == municipality.id, Body.ended_on.is_(None))
        .order_by(Body.name)
    )
    return tuple(dict.fromkeys([*used, *owner, *owners, *bodies]))[:MAX_CHOICES]
