"""Texts that each party has said yes to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.permissions import StaffRole
from surveys.queries.editions.approvals import Subject, needed_parties
from surveys.services.editions.approvals import approve, ask_for_review
from tests.factories.municipalities import make_account


def approve_by_all(
    session: Session, municipality: Municipality, subject: Subject, *, now: datetime
) -> None:
    """Ask for review and let an account of each party say yes to the text as it stands."""
    asking = _account(session, municipality, StaffRole.COORDINATOR, "asks")
    ask_for_review(session, subject, asking, now=now)
    for party in needed_parties(municipality, subject):
        role = StaffRole.POLICE if party.party is Party.POLICE else StaffRole.COORDINATOR
        given_for = session.get_one(Municipality, party.for_id)
        account = _account(session, given_for, role, "approves")
        approve(session, given_for, subject, account, revision=subject.revision, now=now)


def _account(session: Session, municipality: Municipality, role: StaffRole, what: str) -> User:
    email = f"{role.value}-{what}@{municipality.slug}.example"
    found = session.scalar(select(User).where(User.email == email))
    return found or make_account(session, municipality, role, email)
