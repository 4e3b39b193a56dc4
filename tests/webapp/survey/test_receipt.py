"""Whoever holds a code sees what is stored, and nobody else does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.response import Response
from surveys.receipt_codes import hash_code, make_code
from tests.conftest import Clock
from tests.factories.dialogues import make_response
from tests.page import Page, PageClient
from tests.webapp.survey.conftest import FORM

RECEIPT = "/soderhamn/kvitto"

pytestmark = pytest.mark.usefixtures("dialogue")


def send(client: PageClient, **fields: str) -> str:
    """Send an answer and return its code."""
    return client.send(FORM, client.get(FORM), 200, **fields).words("[data-code]")


ANSWER = {
    "q1": "2",
    "q3": "Fler vuxna ute",
    "places-0-name": "Resecentrum",
    "places-0-words": "bakom kiosken",
    "places-0-reasons": "dark",
    "places-0-times": "night",
    "age_band": "15-24",
}
WORDS = ("Fler vuxna ute", "bakom kiosken")


def test_the_code_leads_back_to_the_answer_places_first(client: PageClient) -> None:
    page = client.post(RECEIPT, {"code": send(client, **ANSWER)})
    for text in ("Ganska otrygg", "Ja", "Mörkt. Natt.", "15–24 år", "1 augusti 2023"):
        assert text in page.text
    assert page.text.index("Resecentrum") < page.text.index("Ganska otrygg")


def test_own_words_are_in_the_page_only_after_a_press(client: PageClient) -> None:
    code = send(client, **ANSWER)
    page = client.post(RECEIPT, {"code": code})
    assert not any(text in page.html for text in WORDS)
    assert "Med egna ord" in page.text
    press = page.one("button[value=texts]")
    pressed = client.post(RECEIPT, {"code": code, str(press["name"]): str(press["value"])})
    assert all(text in pressed.text for text in WORDS)
    assert not pressed.soup.select("button[value=texts]")


def test_the_thank_you_page_holds_no_words_either(client: PageClient) -> None:
    page = client.send(FORM, client.get(FORM), 200, **ANSWER)
    assert "Resecentrum" in page.text
    assert not any(text in page.html for text in WORDS)


def test_the_thank_you_page_links_to_the_receipt_with_the_code_behind_the_hash(
    client: PageClient,
) -> None:
    page = client.send(FORM, client.get(FORM), 200, **ANSWER)
    path, fragment = str(page.one("[data-receipt-link]")["href"]).split("#")
    assert path == RECEIPT
    assert fragment == page.words("[data-code]").replace(" ", "-")
    assert "Resecentrum" in client.post(RECEIPT, {"code": fragment}).text


def test_the_page_is_kept_nowhere_and_indexed_nowhere(client: PageClient) -> None:
    code = send(client, q1="2")
    for page in (client.get(RECEIPT), client.post(RECEIPT, {"code": code})):
        assert page.response.headers["Cache-Control"] == "no-store"
        assert page.response.headers["X-Robots-Tag"] == "noindex"
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
        assert page.one("meta[name=robots]")["content"] == "noindex"


def test_a_code_may_be_typed_carelessly(client: PageClient) -> None:
    code = send(client, q3="Hittad")
    for typed in (code.upper(), code.replace(" ", "-"), f"  {code.replace(' ', '')}. "):
        page = client.post(RECEIPT, {"code": typed, "step": "texts"})
        assert "Hittad" in page.text


@pytest.mark.parametrize(
    "typed", ["bakito lumevi sorapu", "fel", "😀", "<script>", "' OR 1=1", "x" * 199, "a\x00b"]
)
def test_a_wrong_code_is_not_found_and_kept(client: PageClient, typed: str) -> None:
    page = client.post(RECEIPT, {"code": typed}, 404)
    assert "Vi hittar ingen kod som heter så. Kontrollera stavningen." in page.text
    assert page.fields()["code"] == typed.replace("\x00", "")


@pytest.mark.parametrize("typed", ["", "   ", "x" * 201])
def test_an_unusable_code_is_said(client: PageClient, typed: str) -> None:
    page = client.post(RECEIPT, {"code": typed}, 422)
    assert page.one(".govuk-error-summary")


def test_a_code_of_another_municipality_is_not_found(client: PageClient) -> None:
    code = send(client, q1="2")
    client.post("/hagfors/kvitto", {"code": code}, 404)


def test_guessing_is_slowed_down_and_the_form_stays(limited_client: PageClient) -> None:
    for _ in range(60):
        limited_client.post(RECEIPT, {"code": "fel"}, 404)
    page = limited_client.post(RECEIPT, {"code": "fel", "step": "withdraw-now"}, 429)
    assert page.heading == "För många försök på kort tid"
    limited_client.get(RECEIPT)


def test_a_class_behind_one_address_reads_its_receipts(
    session: Session, dialogue: Dialogue, limited_client: PageClient
) -> None:
    code = make_code("only-for-tests", dialogue.id, "nyckel")
    receipt_hash = hash_code("only-for-tests", code)
    make_response(session, dialogue, {1: ("2", None)}, receipt_hash=receipt_hash)
    session.commit()
    for _ in range(70):
        limited_client.post(RECEIPT, {"code": code})


@pytest.mark.parametrize("step", ["", "texts", "withdraw", "withdraw-now", "annat"])
def test_a_wrong_code_tells_nothing_at_any_step(client: PageClient, step: str) -> None:
    code = send(client, q1="2")
    nothing_alike, near, elsewhere = (
        client.post(path, {"code": typed, "step": step}, 404).html.replace(typed, "")
        for path, typed in (
            (RECEIPT, "fel"),
            (RECEIPT, "bakito lumevi sorapu"),
            ("/hagfors/kvitto", code),
        )
    )
    assert nothing_alike == near
    assert "Ganska otrygg" not in elsewhere


def withdraw(client: PageClient, code: str) -> Page:
    """From the receipt, through the question, to the end: only by what the pages offer."""
    page = client.post(RECEIPT, {"code": code})
    for step in ("withdraw", "withdraw-now"):
        form = next(f for f in page.soup.select("form") if f.select(f"button[value={step}]"))
        hidden = form.select_one("input[name=code]")
        assert hidden is not None
        page = client.post(str(form["action"]), {"code": str(hidden["value"]), "step": step})
    return page


def test_withdrawing_is_asked_about_first(
    client: PageClient, responses: Callable[[], list[Response]]
) -> None:
    code = send(client, **ANSWER)
    page = client.post(RECEIPT, {"code": code, "step": "withdraw"})
    assert page.heading == "Vill du dra tillbaka ditt svar?"
    assert responses()[0].withdrawn_on is None
    kept = client.post(RECEIPT, {"code": code, "step": "show"})
    assert kept.heading == "Det här är sparat av ditt svar"


def test_a_withdrawn_answer_counts_no_more_and_shows_nothing_but_its_day(
    client: PageClient, responses: Callable[[], list[Response]], clock: Clock
) -> None:
    code = send(client, **ANSWER)
    assert withdraw(client, code).heading == "Ditt svar är tillbakadraget"
    clock.now += timedelta(days=3)
    for step in ("", "texts", "withdraw", "withdraw-now"):
        page = client.post(RECEIPT, {"code": code, "step": step})
        assert "1 augusti 2023" in page.words("main")
        assert not any(text in page.html for text in (*WORDS, "Resecentrum", "Ganska otrygg"))
    (response,) = responses()
    assert (response.withdrawn_on, response.is_counted) == (date(2023, 8, 1), False)
    assert not any(place.is_counted for place in response.places)
    assert response.answers  # the content stays until there is a decision


def test_an_answer_can_be_withdrawn_after_the_last_day(
    client: PageClient, responses: Callable[[], list[Response]], clock: Clock
) -> None:
    code = send(client, **ANSWER)
    clock.now += timedelta(days=400)
    withdraw(client, code)
    assert not responses()[0].is_counted


def test_sending_again_brings_no_withdrawn_answer_back(
    client: PageClient, responses: Callable[[], list[Response]]
) -> None:
    form = client.get(FORM)
    code = client.send(FORM, form, 200, **ANSWER).words("[data-code]")
    withdraw(client, code)
    again = client.send(FORM, form, 200, **ANSWER)
    assert again.words("[data-code]") == code
    assert "Det drogs tillbaka den 1 augusti 2023" in again.text
    assert [r.is_counted for r in responses()] == [False]


def test_another_site_cannot_press_the_button(
    client: PageClient, responses: Callable[[], list[Response]]
) -> None:
    code = send(client, **ANSWER)
    data = {"code": code, "step": "withdraw-now"}
    client.post(RECEIPT, data, headers={"Sec-Fetch-Site": "cross-site"})
    assert responses()[0].withdrawn_on is None
