"""What a municipality decides that its police may see."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.permissions import Permission, StaffRole
from tests.factories.municipalities import make_account
from tests.page import PageClient

FORM = "/soderhamn/handlaggning/installningar/polisen"
PRIVACY = "/soderhamn/sa-hanterar-vi-svar"
SignIn = Callable[[User], PageClient]


def test_without_a_decision_nothing_is_opened(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    staff = sign_in(make_account(session, municipality))
    fields = staff.get(FORM).fields() | {"reads_unmasked": "y", "decision": ""}
    assert "Skriv vilket beslut det är" in staff.post(FORM, fields, 422).text
    session.rollback()
    assert municipality.decided_for_police == frozenset()
    assert "Polisen ser aldrig ett svar som det skrevs" in staff.get(PRIVACY).text


def test_a_decision_is_told_in_the_log_and_to_residents(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    decision = "KS 2023:12, 14 augusti 2023"
    police = make_account(session, municipality, StaffRole.POLICE)
    staff = sign_in(make_account(session, municipality))
    fields = staff.get(FORM).fields() | {"reads_points": "y", "decision": decision}
    staff.post(FORM, fields, 303)
    session.rollback()
    assert police.can(Permission.READ_POINTS, municipality)
    assert not police.can(Permission.READ_UNMASKED, municipality)
    for page in (
        PRIVACY,
        "/soderhamn/handlaggning/insyn",
        "/soderhamn/handlaggning/installningar/",
    ):
        assert decision in staff.get(page).text
