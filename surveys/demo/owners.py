"""Who answers for what in the demo, by role."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party


def owner_of(
    session: Session, municipality: Municipality, title: str, party: Party, now: datetime
) -> int:
    """The id of the municipality's owner of that title, made the first time it is asked for."""
    owner = session.scalar(
        select(Owner).where(Owner.municipality_id == municipality.id, Owner.title == title)
    )
    if owner is None:
        owner = Owner(municipality_id=municipality.id, party=party, title=title, created_at=now)
        session.add(owner)
        session.flush()
    return owner.id
