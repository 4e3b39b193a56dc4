"""Marked answers, as staff see them and decide about them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Suspicion
from surveys.permissions import StaffRole
from surveys.services.dialogues.counting import count_new
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.page import PageClient
from webapp.edge.proxy_watch import ENOUGH, ProxyFault

DIALOGUE = "/soderhamn/handlaggning/dialoger/oppen"
PAGE = f"{DIALOGUE}/misstankta"
NOTE = "[data-left-out]"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """With 1 ordinary answer, 2 from the trap and 3 from one network."""
    dialogue = make_dialogue(session, municipality)
    for marks in ((), *[(Suspicion.HONEYPOT,)] * 2, *[(Suspicion.BURST,)] * 3):
        text = "Köp <b>billigt</b> här" if marks else "Fler lampor"
        response = make_response(
            session, dialogue, {1: ("2", None), 3: (None, text)}, suspicions=frozenset(marks)
        )
        count_new(session, response)
    return dialogue


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


@pytest.mark.parametrize("page", ["resultat", "fritext", "karta"])
def test_beside_each_figure_stands_how_many_are_left_out_and_why(
    staff: PageClient, page: str
) -> None:
    assert staff.get(f"{DIALOGUE}/{page}").words(NOTE) == (
        "2 misstänkta svar räknas inte (fyllde i ett fält som ingen ser 2)."
        " 3 markerade svar räknas. Se de markerade svaren"
    )


def test_where_nothing_is_left_out_nothing_is_said(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    make_dialogue(session, municipality)
    staff = sign_in(make_account(session, municipality))
    assert not staff.get(f"{DIALOGUE}/resultat").soup.select(NOTE)
    assert "Inget svar är markerat." in staff.get(PAGE).text


def test_all_of_a_kind_are_decided_about_and_it_is_logged(staff: PageClient) -> None:
    assert staff.get(f"{DIALOGUE}/resultat").words("main p strong") == "4 svar"
    page = staff.get(PAGE)
    assert "5 svar är markerade . 2 av dem räknas inte." in page.text
    token = page.fields()["csrf_token"]
    staff.post(PAGE, {"csrf_token": token, "decision": "left_out:burst"}, 303)
    page = staff.get(PAGE)
    assert "3 svar räknas inte." in page.text
    assert "5 av dem räknas inte." in page.text
    (line,) = page.all_words("section[aria-labelledby=log] li")
    assert "Räknas inte : Många på en gång från samma nätverk, 3 svar" in line
    assert staff.get(f"{DIALOGUE}/resultat").words("main p strong") == "1 svar"


def test_one_answer_is_decided_about(staff: PageClient) -> None:
    page = staff.get(PAGE)
    left_out = next(
        button for button in page.soup.select("article button") if "Räkna svar" in button.text
    )
    token = page.fields()["csrf_token"]
    staff.post(PAGE, {"csrf_token": token, "decision": str(left_out["value"])}, 303)
    page = staff.get(PAGE)
    assert "1 av dem räknas inte." in page.text
    assert "Ett enskilt svar, 1 svar" in page.words("section[aria-labelledby=log] li")


def test_what_a_program_wrote_is_shown_as_text(staff: PageClient) -> None:
    page = staff.get(PAGE)
    assert "Köp <b>billigt</b> här" in page.text
    assert not page.soup.select("blockquote b")


@pytest.mark.parametrize("typed", ["", "left_out", "maybe:burst", "left_out:x", "counted:42"])
def test_a_decision_that_cannot_be_read_changes_nothing(staff: PageClient, typed: str) -> None:
    token = staff.get(PAGE).fields()["csrf_token"]
    staff.post(PAGE, {"csrf_token": token, "decision": typed}, 422)
    assert "2 av dem räknas inte." in staff.get(PAGE).text


def test_a_kind_that_no_answer_has_is_not_found(staff: PageClient) -> None:
    token = staff.get(PAGE).fields()["csrf_token"]
    staff.post(PAGE, {"csrf_token": token, "decision": "left_out:repeated"}, 404)


def test_the_police_see_counts_and_masked_texts_and_no_buttons(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    police = make_account(session, dialogue.municipality, role=StaffRole.POLICE)
    page = sign_in(police).get(PAGE)
    assert "5 svar är markerade" in page.text
    assert "billigt" in page.text
    assert not page.soup.select("main button")


def test_a_wrong_number_of_proxies_is_told_to_those_who_manage(
    staff: PageClient, app: Flask
) -> None:
    home = "/soderhamn/handlaggning/"
    assert "TRUSTED_PROXIES" not in staff.get(home).text
    watch = app.extensions["proxy_watch"]
    before = dict(watch._latest), watch._n_requests
    for n in range(ENOUGH * 10):
        watch.note(f"192.0.2.{n}", ProxyFault.UNTRUSTED)
    try:
        assert "TRUSTED_PROXIES stämmer inte" in staff.get(home).text
    finally:
        watch._latest.clear()
        watch._latest.update(before[0])
        watch.finding = None


def test_what_somebody_chose_is_a_row_that_the_police_do_not_see(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    page = sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE)).get(PAGE)
    assert len(page.soup.select("article")) == 5
    for words in page.all_words("article"):
        assert "Köp" in words
        assert "Ganska otrygg" not in words
        assert "Fråga 1" not in words
    session.rollback()
    analyst = sign_in(make_account(session, dialogue.municipality, StaffRole.ANALYST))
    assert "Fråga 1: Ganska otrygg" in analyst.get(PAGE).words("article")


def test_looking_at_single_marked_answers_is_logged(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    staff.get(PAGE)
    session.rollback()
    here = AccessRecord.municipality_id == dialogue.municipality_id
    kinds = set(session.scalars(select(AccessRecord.kind).where(here)))
    assert kinds == {AccessKind.RUNNING_RESULTS, AccessKind.UNSUPPRESSED}
