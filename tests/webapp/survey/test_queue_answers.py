"""What a device gets that sends an answer which waited for a line: a state, and no cookie."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from surveys.models.response import Response
from tests.conftest import Clock
from tests.factories.dialogues import CLOSES_AT
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM

Responses = Callable[[], list[Response]]

pytestmark = pytest.mark.usefixtures("dialogue")

# As Chromium's and Firefox's service workers send it.
FROM_THE_QUEUE = {
    "Accept": "application/json",
    "Origin": "http://localhost",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}
# As a browser sends a form.
FROM_THE_PAGE = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    "Origin": "http://localhost",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}


def test_a_waiting_answer_is_stored_and_its_code_handed_over(
    client: PageClient, responses: Responses
) -> None:
    fields = client.get(FORM).fields() | {"q1": "2"}
    answer = client.client.post(FORM, data=fields, headers=FROM_THE_QUEUE)
    assert (answer.status_code, answer.json["state"]) == (200, "stored")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    page = client.post("/soderhamn/kvitto", {"code": answer.json["code"]})
    assert page.heading == "Det här är sparat av ditt svar"
    assert len(responses()) == 1


def test_the_queue_and_the_hand_together_store_once_and_give_the_same_code(
    client: PageClient, responses: Responses
) -> None:
    fields = client.get(FORM).fields() | {"q1": "2"}
    by_hand = client.post(FORM, fields, headers=FROM_THE_PAGE)
    queued = client.client.post(FORM, data=fields, headers=FROM_THE_QUEUE)
    assert by_hand.words("[data-code]") == queued.json["code"]
    assert len(responses()) == 1


@pytest.mark.parametrize("headers", [FROM_THE_PAGE, FROM_THE_QUEUE])
def test_a_page_that_was_open_for_two_days_is_sent_as_any_other(
    client: PageClient, clock: Clock, responses: Responses, headers: dict[str, str]
) -> None:
    fields = client.get(FORM).fields() | {"q1": "2"}
    clock.now += timedelta(days=2)
    answer = client.client.post(FORM, data=fields, headers=headers)
    assert answer.status_code == 200
    assert len(responses()) == 1


def test_a_closed_dialogue_is_said_in_a_sentence(
    client: PageClient, clock: Clock, responses: Responses
) -> None:
    fields = client.get(FORM).fields() | {"q1": "2"}
    clock.now = CLOSES_AT + timedelta(hours=1)
    answer = client.client.post(FORM, data=fields, headers=FROM_THE_QUEUE)
    assert answer.status_code == 409
    assert answer.json == {"state": "refused", "message": "Dialogen har stängt."}
    assert responses() == []


def test_faults_are_said_in_the_words_of_the_page(client: PageClient, responses: Responses) -> None:
    fields = client.get(FORM).fields() | {"q3": "x" * 2001}
    answer = client.client.post(FORM, data=fields, headers=FROM_THE_QUEUE)
    assert answer.status_code == 422
    assert "Korta den med 1 tecken." in answer.json["message"]
    assert responses() == []


def test_another_website_is_refused_here_too(client: PageClient, responses: Responses) -> None:
    fields = client.get(FORM).fields() | {"q1": "2"}
    headers = FROM_THE_QUEUE | {"Sec-Fetch-Site": "cross-site", "Origin": "https://other.example"}
    answer = client.client.post(FORM, data=fields, headers=headers)
    assert (answer.status_code, answer.json["state"]) == (403, "refused")
    assert responses() == []
