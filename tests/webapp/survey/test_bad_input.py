"""Whatever is sent: a Swedish page with a 4xx, the text kept, and nothing half-stored."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.errors import StorageUnavailable
from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Dialogue
from surveys.models.response import Answer, MarkedPlace, Response
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM
from webapp import transactions
from webapp.forms.survey import is_key, new_key

Responses = Callable[[], list[Response]]

pytestmark = pytest.mark.usefixtures("dialogue")

ENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("path", [FORM, "/soderhamn/kvitto", "/logga-in", "/finns/inte"])
def test_more_fields_than_any_form_has_are_refused_unread(client: PageClient, path: str) -> None:
    body = "a=&" * 20_001
    response = client.client.post(path, data=body, content_type=ENCODED)
    assert response.status_code == 413


@pytest.mark.parametrize("lat", ["90", "-90", "89.9999999"])
def test_a_pin_at_a_pole_is_asked_about(client: PageClient, lat: str) -> None:
    fields = {"key": new_key(), "places-0-lat": lat, "places-0-lon": "180"}
    client.post(FORM, fields, 422)
    client.post(FORM, fields | {"map_place": "0:open"}, 200)


def is_untouched(session: Session, dialogue: Dialogue) -> bool:
    """Nothing at all is stored in the dialogue."""
    session.rollback()
    tables = (
        select(func.count()).select_from(Response).where(Response.dialogue_id == dialogue.id),
        select(func.count()).select_from(MarkedPlace).where(MarkedPlace.dialogue_id == dialogue.id),
        select(func.count()).select_from(AnswerCount).where(AnswerCount.dialogue_id == dialogue.id),
        select(func.count())
        .select_from(Answer)
        .join(Answer.question)
        .where(Answer.question.has(dialogue_id=dialogue.id)),
    )
    return not any(session.scalar(statement) for statement in tables)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"q1": "6"}, "Vi känner inte igen svaret ”6”."),
        ({"q1": "ja"}, "Vi känner inte igen svaret ”ja”."),
        ({"q2": "kanske"}, "Vi känner inte igen svaret ”kanske”."),
        ({"q3": "x" * 2140}, "Texten är 2 140 tecken. Korta den med 140 tecken."),
        ({"q3": "x" * 2001}, "Texten är 2 001 tecken. Korta den med 1 tecken."),
        ({"q3": "x" * 1_000_000}, "Texten är 1 000 000 tecken. Korta den med 998 000 tecken."),
        ({"places-0-words": "x" * 501}, "Texten är 501 tecken. Korta den med 1 tecken."),
        ({"places-0-words": "x", "places-0-reasons": "ufo"}, "Vi känner inte igen ”ufo”."),
        ({"places-0-words": "x", "places-0-times": "alltid"}, "Vi känner inte igen ”alltid”."),
        ({"age_band": "17"}, "Vi känner inte igen svaret ”17”."),
        ({"gender": "<b>"}, "Vi känner inte igen svaret ”<b>”."),
        ({"area": "Hagfors"}, "Vi känner inte igen svaret ”Hagfors”."),
    ],
)
def test_each_fault_is_said_beside_its_field_and_in_the_summary(
    client: PageClient,
    session: Session,
    dialogue: Dialogue,
    fields: dict[str, str],
    message: str,
) -> None:
    given = {"q1": "4", "q3": "Behåll mig"} | fields
    page = client.send(FORM, client.get(FORM), 422, **given)
    plain = page.words(".govuk-error-summary").replace("\N{NO-BREAK SPACE}", " ")
    assert message in plain
    assert message in page.words("form .govuk-error-message").replace("\N{NO-BREAK SPACE}", " ")
    for link in page.soup.select(".govuk-error-summary a"):
        assert page.one(str(link["href"]))
    assert page.fields()["q3"] == given["q3"]
    assert is_untouched(session, dialogue)


def test_the_summary_tells_two_long_texts_apart_in_the_order_of_the_page(
    client: PageClient,
) -> None:
    given = {"q2": "ja", "q3": "x" * 2001, "places-0-words": "x" * 501}
    page = client.send(FORM, client.get(FORM), 422, **given)
    told = [words.replace("\N{NO-BREAK SPACE}", " ") for words in page.all_words("[role=alert] li")]
    assert told == [
        "Plats 1: Texten är 501 tecken. Korta den med 1 tecken.",
        "Fråga 3: Texten är 2 001 tecken. Korta den med 1 tecken.",
    ]


def test_two_faults_are_counted_in_words(client: PageClient) -> None:
    page = client.send(FORM, client.get(FORM), 422, q1="9", q3="x" * 2001)
    assert page.words(".govuk-error-summary h2") == "Två saker behöver rättas"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}{% raw %}",
        "Robert'); DROP TABLE response;--",
        "😀🏳️‍🌈 mörkt",
        "\u202eترحيب\u202c",
        "Rad ett\n\nRad tre",
        "%(typed)s %s %",
        "</textarea><h1>x</h1>",
    ],
)
def test_any_text_is_stored_as_typed_and_shown_as_text(
    client: PageClient, responses: Responses, text: str
) -> None:
    fields = {"q3": text, "places-0-words": text}
    kept = client.send(FORM, client.get(FORM), 200, **fields, add_place="1")
    assert kept.fields()["q3"].strip() == text
    thanks = client.send(FORM, kept, 200)
    [response] = responses()
    assert response.answers[-1].text == text
    assert response.places[0].words == text
    assert not thanks.soup.select("main img, main script")


@pytest.mark.parametrize(
    "key",
    [None, "", "x", "k" * 40, "nyckel med mellanslag 0123456789", "å" * 30, "0123456789" * 50],
)
def test_a_missing_or_forged_key_costs_one_more_press(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses, key: str | None
) -> None:
    fields = client.get(FORM).fields() | {"q1": "3", "q3": "Min text"}
    del fields["key"]
    page = client.post(FORM, fields if key is None else fields | {"key": key}, 400)
    assert "tryck på ”Skicka svaret” en gång till" in page.text
    assert page.fields()["q3"] == "Min text"
    assert is_key(page.fields()["key"])
    assert is_untouched(session, dialogue)
    client.send(FORM, page, 200)
    assert len(responses()) == 1


def test_drawn_keys_are_keys() -> None:
    assert all(is_key(new_key()) for _ in range(500))


def test_letters_that_are_not_utf8_are_asked_about_and_everything_is_kept(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses
) -> None:
    key = client.get(FORM).fields()["key"]
    body = f"key={key}&q1=4&q3=M%F6rkt+vid+%E5n&places-0-words=".encode() + "ån".encode()
    page = client.post(FORM, body, 400, content_type=ENCODED)
    assert "Några bokstäver gick inte att läsa säkert." in page.text
    assert page.fields()["q3"] == "Mörkt vid ån"
    assert (page.fields()["q1"], page.fields()["places-0-words"]) == ("4", "ån")
    assert is_untouched(session, dialogue)
    client.send(FORM, page, 200)
    assert len(responses()) == 1


def test_nul_bytes_are_taken_out_and_said(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses
) -> None:
    key = client.get(FORM).fields()["key"]
    body = urlencode({"key": key, "q3": "mör\x00kt"}).encode()
    page = client.post(FORM, body, 400, content_type=ENCODED)
    assert "Några tecken gick inte att läsa" in page.text
    assert page.fields()["q3"] == "mörkt"
    assert is_untouched(session, dialogue)
    client.send(FORM, page, 200)
    assert responses()[0].answers[0].text == "mörkt"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://example.org"},
        {"Origin": "https://[bad"},
        {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_an_answer_from_another_website_is_asked_about(
    client: PageClient, session: Session, dialogue: Dialogue, headers: dict[str, str]
) -> None:
    fields = client.get(FORM).fields() | {"q3": "Behåll mig"}
    page = client.post(FORM, fields, 403, headers=headers)
    assert "Svaret kom från en annan webbplats än vår." in page.text
    assert page.fields()["q3"] == "Behåll mig"
    assert page.fields()["key"] != fields["key"]
    assert is_untouched(session, dialogue)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://localhost"},
        {"Origin": "https://localhost:8443"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_browsers_that_say_little_are_let_in(
    client: PageClient, responses: Responses, headers: dict[str, str]
) -> None:
    client.post(FORM, client.get(FORM).fields() | {"q1": "5"}, headers=headers)
    assert len(responses()) == 1


def test_when_nothing_can_be_stored_the_page_keeps_everything_and_says_so(
    client: PageClient,
    session: Session,
    dialogue: Dialogue,
    responses: Responses,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @contextmanager
    def full_disk():  # type: ignore[no-untyped-def]
        raise StorageUnavailable
        yield

    page = client.get(FORM)
    with monkeypatch.context() as patched:
        patched.setattr("webapp.views.survey.form.unit_of_work", full_disk)
        refused = client.send(FORM, page, 503, q1="2", q3="Behåll mig")
    assert "Vi kan inte spara något just nu." in refused.text
    assert refused.response.headers["Retry-After"]
    assert refused.fields()["q3"] == "Behåll mig"
    assert is_untouched(session, dialogue)
    client.send(FORM, refused, 200)
    assert len(responses()) == 1


@contextmanager
def another_who_writes() -> Iterator[None]:
    """Another thread of the web process holds the only place to write for as long as this lasts."""
    has_begun, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with transactions._line:
            has_begun.set()
            may_end.wait()

    writer = threading.Thread(target=write)
    writer.start()
    has_begun.wait()
    try:
        yield
    finally:
        may_end.set()
        writer.join()


def test_whoever_waits_too_long_for_others_who_write_keeps_everything(
    client: PageClient,
    session: Session,
    responses: Responses,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_at_a_time = session.get_bind().dialect.name == "sqlite"
    monkeypatch.setattr(transactions, "BUSY_MS", 1)
    page = client.get(FORM)
    with another_who_writes():
        met = client.send(FORM, page, 503 if one_at_a_time else 200, q1="2", q3="Behåll mig")
    if one_at_a_time:
        assert met.response.headers["Retry-After"]
        client.send(FORM, met, 200)
    [stored] = responses()
    assert "Behåll mig" in {answer.text for answer in stored.answers}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"q1": 5}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"q1=5", "text/plain"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\xfd", ENCODED),
        (b"&&&===;;;%%%", ENCODED),
        (b"q1[]=5&places--1-lat=x&places-0-=&places-0-name[]=y", ENCODED),
        (b"places-99999999999999999999-words=x", ENCODED),
    ],
)
def test_a_body_that_no_form_would_send_is_refused(
    client: PageClient, session: Session, dialogue: Dialogue, body: bytes, content_type: str
) -> None:
    page = client.post(FORM, body, 400, content_type=content_type)
    assert page.fields()["q3"] == ""
    assert is_untouched(session, dialogue)


def test_a_file_in_place_of_a_text_is_no_answer(
    client: PageClient, session: Session, dialogue: Dialogue
) -> None:
    from io import BytesIO  # noqa: PLC0415 (only this test sends a file)

    fields = client.get(FORM).fields() | {"q3": (BytesIO(b"text"), "svar.txt")}
    client.post(FORM, fields, 422, content_type="multipart/form-data")
    assert is_untouched(session, dialogue)


def test_fields_sent_many_times_count_once(client: PageClient, responses: Responses) -> None:
    key = client.get(FORM).fields()["key"]
    body = urlencode([("key", key), ("q1", "5"), ("q1", "1"), ("q3", "ett"), ("q3", "två")])
    client.post(FORM, body, content_type=ENCODED)
    [response] = responses()
    assert [(a.value, a.text) for a in response.answers] == [("5", None), (None, "ett")]


def test_an_answer_that_is_too_large_says_so(client: PageClient) -> None:
    page = client.post(FORM, {"q3": "x" * (5 * 1024 * 1024)}, 413)
    assert page.heading == "Det var för mycket att skicka på en gång"
