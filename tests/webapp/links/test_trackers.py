"""Other people's tracking numbers are dropped before a page is shown."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from tests.factories.dialogues import make_dialogue
from tests.page import PageClient

FORM = "/soderhamn/dialoger/oppen"
NAMES = ("fbclid", "gclid", "msclkid", "ttclid", "mc_eid", "igshid", "utm_source", "UTM_Campaign")


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def browser(dialogue: Dialogue, client: PageClient) -> FlaskClient:
    return client.client


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", [FORM, "/soderhamn/", "/", "/soderhamn/loften/"])
def test_a_number_for_one_click_is_dropped(browser: FlaskClient, path: str, name: str) -> None:
    answer = browser.get(f"{path}?{name}=IwAR0abc")
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get(path).status_code == 200


def test_language_and_short_address_stay(browser: FlaskClient) -> None:
    answer = browser.get(f"{FORM}?fbclid=1&via=soderhamn-fb&utm_medium=x&lang=ar")
    assert answer.headers["Location"] == f"{FORM}?via=soderhamn-fb&lang=ar"
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_an_answer_is_never_led_away(browser: FlaskClient) -> None:
    assert browser.post(f"{FORM}?fbclid=1", data={"q1": "5"}).status_code != 302


def test_it_never_leads_to_another_site(browser: FlaskClient) -> None:
    location = browser.get("//elak.example/..?fbclid=1").headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")


def test_the_address_s_own_letters_stay(browser: FlaskClient) -> None:
    answer = browser.get("/soderhamn/loften/?fbclid=1&q=%C3%A5+%26")
    assert answer.headers["Location"] == "/soderhamn/loften/?q=%C3%A5+%26"
