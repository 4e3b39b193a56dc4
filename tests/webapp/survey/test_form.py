"""A resident answers three questions on one page, without script, and is thanked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from tests.conftest import Clock
from tests.factories.dialogues import CLOSES_AT, OPENS_AT, WORDINGS, make_dialogue
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM

Responses = Callable[[], list[Response]]

pytestmark = pytest.mark.usefixtures("dialogue")


def answers(response: Response) -> dict[int, tuple[str | None, str | None]]:
    return {a.question.position: (a.value, a.text) for a in response.answers}


def test_the_page_says_who_asks_what_becomes_of_it_and_where_to_call(client: PageClient) -> None:
    page = client.get(FORM)
    assert page.heading == "Tre frågor om trygghet"
    for sentence in (
        "Söderhamns kommun tillsammans med polisen",
        "Dina svar hjälper kommunen och polisen att välja vad de ska lova.",
        "Öppen till och med 31 augusti 2023.",
        "Ring 112 . Anmäl eller tipsa: 114 14",
        "Vi sparar inte IP-adress eller vilken mobil du har.",
        "Svaret blir en allmän handling.",
    ):
        assert sentence in page.text
    assert "anonym" not in page.text.lower()
    assert page.one("a[href='/soderhamn/sa-hanterar-vi-svar']")


def test_the_questions_stand_in_the_dialogue_s_own_words(client: PageClient) -> None:
    page = client.get(FORM)
    for _code, _kind, wording in WORDINGS:
        assert wording in page.text
    values = [field["value"] for field in page.soup.select("[name=q1]")]
    assert values == ["5", "4", "3", "2", "1", "vet_ej"]
    assert [field["value"] for field in page.soup.select("[name=q2]")] == ["nej", "ja"]
    assert "Högst 2 000 tecken." in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_is_ticked_beforehand(client: PageClient) -> None:
    page = client.get(FORM)
    assert not page.soup.select("main [checked]")
    assert page.fields()["q3"] == ""


def test_each_delivered_page_has_a_key_of_its_own_and_is_kept_nowhere(client: PageClient) -> None:
    pages = [client.get(FORM) for _ in range(3)]
    assert len({page.fields()["key"] for page in pages}) == 3
    assert {page.response.headers["Cache-Control"] for page in pages} == {"no-store"}


def test_an_answer_is_stored_and_thanked_for(client: PageClient, responses: Responses) -> None:
    page = client.get(FORM)
    thanks = client.send(FORM, page, 200, q1="2", q2="nej", q3="Mer ljus vid ån")
    assert thanks.heading == "Tack, vi har tagit emot ditt svar"
    assert len(thanks.words("[data-code]").split(" ")) == 3
    assert thanks.response.headers["Cache-Control"] == "no-store"
    [response] = responses()
    assert answers(response) == {1: ("2", None), 2: ("nej", None), 3: (None, "Mer ljus vid ån")}


@pytest.mark.parametrize("value", ["5", "4", "3", "2", "1", "vet_ej"])
def test_each_answer_to_the_first_question_keeps_its_own_value(
    client: PageClient, responses: Responses, value: str
) -> None:
    client.send(FORM, client.get(FORM), 200, q1=value)
    assert answers(responses()[0]) == {1: (value, None)}


def test_any_question_may_be_skipped(client: PageClient, responses: Responses) -> None:
    client.send(FORM, client.get(FORM), 200, q3="Bara det här")
    assert answers(responses()[0]) == {3: (None, "Bara det här")}


def test_an_empty_form_is_answered_gently(client: PageClient, responses: Responses) -> None:
    page = client.send(FORM, client.get(FORM), 422)
    assert "Du har inte svarat på något än" in page.words(".govuk-error-summary")
    assert responses() == []


def test_background_is_optional_and_stored_as_bands(
    client: PageClient, responses: Responses
) -> None:
    page = client.get(FORM)
    assert not page.one("details:has([name=age_band])").has_attr("open")
    assert "Hoppa över frågan" in page.text
    client.send(FORM, page, 200, q1="4", age_band="65-79", gender="vill_ej_svara", area="Sandarne")
    [response] = responses()
    assert response.age_band is not None
    assert response.gender is not None
    assert (response.age_band.value, response.gender.value) == ("65-79", "vill_ej_svara")
    assert response.area == "Sandarne"


def test_background_that_the_dialogue_leaves_out_is_not_asked_for(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    make_dialogue(
        session,
        municipality,
        slug="kort",
        asks_age_band=False,
        asks_gender=False,
        asks_area=False,
    )
    session.commit()
    page = client.get("/soderhamn/dialoger/kort")
    assert "Om dig" not in page.text
    assert not page.soup.select("[name=age_band], [name=gender], [name=area]")


def test_sending_twice_stores_once_and_shows_the_same_code(
    client: PageClient, responses: Responses
) -> None:
    page = client.get(FORM)
    first = client.send(FORM, page, 200, q1="5")
    second = client.send(FORM, page, 200, q1="5")
    assert first.words("[data-code]") == second.words("[data-code]")
    assert len(responses()) == 1


def test_changing_an_answer_after_sending_it_says_what_is_stored(
    client: PageClient, responses: Responses
) -> None:
    page = client.get(FORM)
    client.send(FORM, page, 200, q3="Första")
    again = client.send(FORM, page, 409, q3="Andra")
    assert "Du har redan skickat ett svar från den här sidan" in again.text
    assert again.fields()["q3"] == "Andra"
    assert len(responses()) == 1
    client.send(FORM, again, 200)
    assert len(responses()) == 2


def test_the_thank_you_page_shows_what_is_stored_and_what_happens_next(
    client: PageClient,
) -> None:
    fields = {"q1": "1", "q3": "Häckar klipps", "places-0-words": "Stigen vid ån"}
    thanks = client.send(FORM, client.get(FORM), 200, **fields)
    for text in ("Mycket otrygg", "Med egna ord", "1 augusti 2023"):
        assert text in thanks.text
    assert "Till och med 31 augusti 2023" in thanks.text
    assert thanks.one("a[href='/soderhamn/loften/']")


def test_no_page_of_the_survey_sets_a_cookie(client: PageClient) -> None:
    page = client.get(FORM)
    thanks = client.send(FORM, page, 200, q1="5")
    refused = client.send(FORM, page, 422, q1="9")
    code = thanks.words("[data-code]")
    others = [
        client.get("/soderhamn/dialoger/"),
        client.get("/soderhamn/kvitto"),
        client.post("/soderhamn/kvitto", {"code": code}),
        client.get("/soderhamn/karta.geojson"),
    ]
    for answer in (page, thanks, refused, *others):
        assert "Set-Cookie" not in answer.response.headers


def test_before_the_first_day_the_page_says_when_it_opens(client: PageClient, clock: Clock) -> None:
    clock.now = OPENS_AT - timedelta(days=3)
    page = client.get(FORM)
    assert "1 juli 2023" in page.text
    assert not page.soup.select("main form")


def test_after_the_last_day_the_page_thanks_and_tells_what_it_led_to(
    client: PageClient, clock: Clock
) -> None:
    clock.now = CLOSES_AT + timedelta(seconds=1)
    page = client.get(FORM)
    assert "Dialogen stängde den 31 augusti 2023." in page.text
    assert "Tack till alla som svarade." in page.text
    assert page.one("main a[href='/soderhamn/loften/']")
    assert not page.soup.select("main form")


def test_the_last_second_still_counts(
    client: PageClient, clock: Clock, responses: Responses
) -> None:
    page = client.get(FORM)
    clock.now = CLOSES_AT
    client.send(FORM, page, 200, q1="5")
    assert len(responses()) == 1


def test_an_answer_that_comes_too_late_keeps_its_text(
    client: PageClient, clock: Clock, responses: Responses
) -> None:
    page = client.get(FORM)
    clock.now = datetime(2023, 9, 1, 6, 0, tzinfo=UTC)
    fields = {"q1": "2", "q3": "Jag hann inte", "places-0-words": "Torget"}
    late = client.send(FORM, page, 409, **fields)
    assert "Dialogen stängde den 31 augusti 2023." in late.text
    assert "Ditt svar är inte skickat." in late.text
    assert "Texten finns kvar här så att du kan kopiera den." in late.text
    typed = [area.get_text().strip() for area in late.soup.select("textarea")]
    assert typed == ["Ganska otrygg", "Jag hann inte", "Torget"]
    assert responses() == []


def test_a_late_answer_that_has_faults_too_says_that_the_dialogue_closed(
    client: PageClient, clock: Clock
) -> None:
    page = client.get(FORM)
    clock.now = datetime(2023, 9, 1, 6, 0, tzinfo=UTC)
    late = client.send(FORM, page, 409, q1="7", key="x")
    assert late.heading == "Dialogen har stängt"


def test_an_early_answer_says_when_the_dialogue_opens(
    client: PageClient, clock: Clock, responses: Responses
) -> None:
    page = client.get(FORM)
    clock.now = OPENS_AT - timedelta(days=1)
    early = client.send(FORM, page, 409, q3="För tidigt")
    assert "Dialogen öppnar den 1 juli 2023." in early.text
    assert "För tidigt" in early.html
    assert responses() == []


def test_the_list_tells_open_coming_and_closed_dialogues_apart(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    closed_at = datetime(2021, 12, 14, 22, 59, tzinfo=UTC)
    make_dialogue(
        session,
        municipality,
        slug="host-2021",
        title="Hösten 2021",
        opens_at=closed_at - timedelta(days=90),
        closes_at=closed_at,
    )
    session.commit()
    page = client.get("/soderhamn/dialoger/")
    assert page.words("section[aria-labelledby=oppna] h3") == "Tre frågor om trygghet"
    assert page.words("section[aria-labelledby=stangda] h3") == "Hösten 2021"
    assert page.one("a.btn")["href"] == FORM


def test_a_closed_dialogue_leads_to_the_one_that_is_open(
    client: PageClient, session: Session, municipality: Municipality, clock: Clock
) -> None:
    make_dialogue(
        session,
        municipality,
        slug="host-2021",
        opens_at=OPENS_AT - timedelta(days=600),
        closes_at=CLOSES_AT - timedelta(days=600),
    )
    session.commit()
    assert client.get("/soderhamn/dialoger/host-2021").one("main a.btn")["href"] == FORM
    clock.now = CLOSES_AT + timedelta(days=1)
    assert client.get(FORM).all_words("main a.btn") == []


@pytest.mark.parametrize(
    "path", ["/finns-inte/dialoger/oppen", "/soderhamn/dialoger/finns-inte", "/hagfors/dialoger/x"]
)
def test_an_unknown_dialogue_is_not_found(client: PageClient, path: str) -> None:
    client.get(path, 404)
    page = client.post(path, {"q3": "Min text", "key": "k" * 30}, 404)
    assert "Min text" in page.html


def test_each_dialogue_takes_its_own_answers(
    client: PageClient, dialogue: Dialogue, responses: Responses
) -> None:
    other = "/hagfors/dialoger/oppen"
    page = client.get(other)
    client.send(other, page, 200, q1="5")
    assert responses() == []
