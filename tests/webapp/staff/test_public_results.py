"""Published results in Handläggning: prepared, looked at, published with the role, taken down."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import SuspicionReview
from surveys.permissions import StaffRole
from surveys.services.dialogues.counting import settle_counting
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.page import PageClient

PAGE = "/soderhamn/handlaggning/dialoger/oppen/publicerade-resultat/"
READERS = "/soderhamn/dialoger/oppen/resultat"
PREPARE, PUBLISH = "form[action$='/forbered']", "form[action$='/publicera']"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    dialogue, dice = make_dialogue(session, municipality), random.Random(4)
    for _ in range(90):
        answers = {1: (dice.choice("54321"), None), 2: (dice.choice(("ja", "nej")), None)}
        make_response(session, dialogue, answers)  # type: ignore[arg-type]
    make_response(session, dialogue, {1: ("vet_ej", None), 2: ("ja", None)})
    session.commit()
    return dialogue


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def press(staff: PageClient, form: str) -> None:
    page = staff.get(PAGE)
    staff.post(str(page.one(form)["action"]), page.fields(form), 303)


def test_readers_see_nothing_before_somebody_has_looked_and_pressed(
    staff: PageClient, client: PageClient
) -> None:
    assert "Läsarna ser inga resultat av dialogen." in staff.get(PAGE).text
    press(staff, PREPARE)
    page = staff.get(PAGE)
    assert "Det här skulle bli publikt." in page.text
    assert "90 svar räknas." in page.text
    assert page.soup.select("main svg.bar")
    assert not client.get(READERS).soup.select("main table")
    press(staff, PUBLISH)
    assert client.get(READERS).soup.select("main table")


def test_what_waits_and_what_is_not_told_is_said_to_those_who_publish(staff: PageClient) -> None:
    press(staff, PREPARE)
    text = staff.get(PAGE).text
    assert "Svar som väntar 1. För få gav samma svar." in text
    assert "Tabeller som inte visas Fråga 1. Efter kön, Fråga 1. Efter ålder" in text


def test_the_published_edition_bears_the_role_and_the_day(
    staff: PageClient, client: PageClient
) -> None:
    press(staff, PREPARE)
    press(staff, PUBLISH)
    assert "Ansvarig: Coordinator" in client.get(READERS).text
    assert "Utgåva 1, publicerad 1 augusti 2023." in staff.get(PAGE).text


def test_nothing_new_gives_no_new_edition(staff: PageClient) -> None:
    press(staff, PREPARE)
    press(staff, PUBLISH)
    press(staff, PREPARE)
    page = staff.get(PAGE)
    assert "En ny skulle säga samma sak." in page.text
    assert not page.soup.select(PUBLISH)


def test_what_was_prepared_with_an_answer_that_leaves_is_not_published(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    press(staff, PREPARE)
    page = staff.get(PAGE)
    session.rollback()
    leaving = make_response(session, dialogue, {1: ("5", None)})
    leaving.suspicion_review = SuspicionReview.LEFT_OUT
    settle_counting(session, leaving, now=NOW)
    session.commit()
    staff.post(str(page.one(PUBLISH)["action"]), page.fields(PUBLISH), 404)


def test_results_are_taken_down_with_a_reason(staff: PageClient, client: PageClient) -> None:
    press(staff, PREPARE)
    press(staff, PUBLISH)
    link = str(staff.get(PAGE).one("a[href$='/ta-ned']")["href"])
    form = staff.get(link)
    assert "Skriv varför resultaten tas ned." in staff.send(link, form, 422, reason="").text
    staff.send(link, form, 303, reason="Fel fråga")
    assert "Resultaten är nedtagna. Skäl: Fel fråga" in client.get(READERS).text
    assert "Nedtagen" in staff.get(PAGE).text


def test_the_police_see_what_is_public_and_not_what_is_only_prepared(
    staff: PageClient, sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    """Two drafts beside each other would tell of single answers."""
    police = make_account(
        session, dialogue.municipality, email="p@example.org", role=StaffRole.POLICE
    )
    session.commit()
    press(staff, PREPARE)
    page = sign_in(police).get(PAGE)
    assert "Läsarna ser inga resultat av dialogen." in page.text
    assert not page.soup.select(f"main table, {PREPARE}")
    assert "Svar som väntar" not in page.text
