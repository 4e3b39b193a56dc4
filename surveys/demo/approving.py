"""Both parties approve: the step before anything of the demo is published."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import Membership, User
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.permissions import StaffRole
from surveys.queries.editions.approvals import Subject, needed_parties
from surveys.services.editions.approvals import approve, ask_for_review

# What each party's account is called in an address, its role and its title.
_SPEAKERS = {
    Party.POLICE: ("polisen", StaffRole.POLICE, "Kommunpolis"),
    Party.MUNICIPALITY: ("kommunen", StaffRole.COORDINATOR, "Trygghetssamordnare"),
}
_WRITER = ("skribent", StaffRole.COORDINATOR, "Handläggare")


def approve_by_all(
    session: Session, municipality: Municipality, subject: Subject, *, now: datetime
) -> None:
    """Ask for review and let each party say yes to ``subject`` as it stands.

    The yes comes from accounts of each municipality that nobody signs in with: history has them,
    and the demo's own accounts are made by the edge, with passwords.
    """
    writer = _account(session, municipality, _WRITER, now)
    ask_for_review(session, subject, writer, now=now)
    for party in needed_parties(municipality, subject):
        here = session.get_one(Municipality, party.for_id)
        account = speaker(session, here, party.party, now)
        approve(session, here, subject, account, revision=subject.revision, now=now)


def speaker(session: Session, municipality: Municipality, party: Party, now: datetime) -> User:
    """The account that has spoken for ``party`` in the demo's history."""
    return _account(session, municipality, _SPEAKERS[party], now)


def _account(
    session: Session,
    municipality: Municipality,
    speaker: tuple[str, StaffRole, str],
    now: datetime,
) -> User:
    name, role, title = speaker
    email = f"{name}@historik.{municipality.slug}.example"
    account = session.scalar(select(User).where(User.email == email))
    if account is None:
        account = User(
            email=email,
            password=None,
            active=False,
            fs_uniquifier=email,
            title=title,
            created_at=now,
            memberships=[Membership(municipality_id=municipality.id, role=role)],
        )
        session.add(account)
        session.flush()
    return account
