"""Many answers at once: nobody who answers is turned away, and what is strange is marked."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.response import Response, Suspicion
from tests.conftest import NOW
from tests.page import Page, PageClient
from tests.webapp.survey.conftest import FORM
from webapp import create_app
from webapp.config import Config
from webapp.edge import proof
from webapp.edge.pressure import ABSURD, LOAD_ANSWERS, USUAL, Load
from webapp.edge.proof import GRACE_S, ProofMode
from webapp.edge.proxy_watch import ENOUGH
from webapp.extensions import db, limiter
from webapp.forms.survey import new_key

RECEIPT = "/soderhamn/kvitto"
HOUSEHOLD = "203.0.113.7"

Open = Callable[..., Flask]
Stored = Callable[[], list[Response]]

pytestmark = pytest.mark.usefixtures("dialogue")


@pytest.fixture
def open_site(
    session: Session, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """``open_site(**settings)``: the application with its limits on, at the tests' time."""
    session.commit()
    monkeypatch.setattr(proof, "ROUNDS", 1)
    opened: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = create_app(
            Config(
                instance_path=tmp_path,
                secret_key="only-for-tests",
                database_url=engine.url.render_as_string(hide_password=False),
                jobs_url=f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
                testing=True,
                **settings,
            )
        )
        app.extensions["clock"] = lambda: NOW
        opened.append(app)
        return app

    yield make
    limiter.reset()
    limiter.enabled = False  # the limiter is one for all applications of the process
    for app in opened:
        with app.app_context():
            db.engine.dispose()


def visit(app: Flask, address: str = HOUSEHOLD, **headers: str) -> PageClient:
    """A browser at ``address``."""
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    browser.environ_base |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return PageClient(browser)


def answer(client: PageClient, status: int = 200, **more: str) -> Page:
    return client.post(FORM, {"key": new_key(), "q1": "2", "q2": "nej"} | more, status)


def flood(app: Flask, n: int, address: str = HOUSEHOLD, **headers: str) -> None:
    """``n`` answers, each thanked for; ``{}`` in a header becomes the answer's number."""
    for number in range(n):
        told = {name: value.format(number) for name, value in headers.items()}
        browser = visit(app, address, **told).client
        sent = browser.post(FORM, data={"key": new_key(), "q1": "2", "q2": "nej"})
        assert sent.status_code == 200


def marks(responses: Stored) -> list[frozenset[Suspicion]]:
    return [response.suspicions for response in responses()]


def test_a_school_class_behind_one_address_gets_through_and_counts(
    open_site: Open, responses: Stored
) -> None:
    app = open_site()
    flood(app, 30)
    assert answer(visit(app)).heading == "Tack, vi har tagit emot ditt svar"
    found = marks(responses)
    assert found.count(frozenset()) == USUAL.amount
    assert found.count(frozenset({Suspicion.BURST})) == 31 - USUAL.amount
    assert all(response.is_counted for response in responses())


def test_a_flood_is_asked_to_wait_with_everything_still_on_the_page(
    open_site: Open, responses: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.survey.screening.ABSURD", type(ABSURD)(5))
    app = open_site()
    flood(app, 5)
    page = answer(visit(app), 429, q3="Fler vuxna ute")
    assert "För många svar kommer från ditt nätverk. Vänta en minut." in page.text
    assert page.response.headers["Retry-After"] == "60"
    assert page.fields()["q1"] == "2"
    assert page.fields()["q3"] == "Fler vuxna ute"
    assert len(responses()) == 5
    answer(visit(app, "203.0.113.8"))  # the neighbour notices nothing


def test_many_from_many_addresses_are_neither_marked_nor_stopped(
    open_site: Open, responses: Stored
) -> None:
    app = open_site(trusted_proxies=1)
    flood(app, 30, "127.0.0.1", x_forwarded_for="203.0.113.{}")
    assert marks(responses) == [frozenset()] * 30


def test_one_behind_a_trusted_proxy_is_told_from_the_rest(
    open_site: Open, responses: Stored
) -> None:
    app = open_site(trusted_proxies=1)
    flood(app, 1, "127.0.0.1", x_forwarded_for="203.0.113.8")
    # An invented address before the proxy's own does not make it another.
    flood(app, 25, "127.0.0.1", x_forwarded_for="198.51.100.{}, 203.0.113.7")
    found = marks(responses)
    assert found.count(frozenset({Suspicion.BURST})) == 25 - USUAL.amount


@pytest.mark.parametrize(
    ("trusted", "headers"),
    [
        (0, {"x_forwarded_for": "203.0.113.7"}),  # the setting was forgotten
        (0, {}),  # the proxy says nothing
        (1, {}),  # the proxy takes the header away
        (2, {"x_forwarded_for": "203.0.113.7"}),  # too high
        (1, {"x_forwarded_for": "203.0.113.7, 10.0.0.9"}),  # too low
    ],
)
def test_a_wrong_setting_locks_nobody_out(
    open_site: Open,
    responses: Stored,
    monkeypatch: pytest.MonkeyPatch,
    trusted: int,
    headers: dict[str, str],
) -> None:
    for limit in ("ABSURD", "USUAL"):
        monkeypatch.setattr(f"webapp.views.survey.screening.{limit}", type(ABSURD)(5))
    monkeypatch.setattr("webapp.edge.rate_limits.WRONG_CODES", "5 per minute")
    app = open_site(trusted_proxies=trusted)
    flood(app, 8, "10.0.0.5", **headers)
    assert marks(responses) == [frozenset()] * 8
    for _ in range(8):
        browser = visit(app, "10.0.0.5", **headers).client
        assert browser.post(RECEIPT, data={"code": "fel"}).status_code == 404


def test_a_wrong_setting_is_said_in_the_log_without_any_address(
    open_site: Open, caplog: pytest.LogCaptureFixture
) -> None:
    app = open_site()
    for n in range(ENOUGH + 5):
        visit(app, "10.0.0.5", x_forwarded_for=f"203.0.113.{n}").client.get(RECEIPT)
    told = [r.getMessage() for r in caplog.records if "TRUSTED_PROXIES" in r.getMessage()]
    assert len(told) == 1
    assert "203.0.113" not in caplog.text


def test_a_right_setting_says_nothing(open_site: Open, caplog: pytest.LogCaptureFixture) -> None:
    app = open_site(trusted_proxies=1)
    for n in range(ENOUGH + 5):
        visit(app, "10.0.0.5", x_forwarded_for=f"203.0.113.{n}").client.get(RECEIPT)
    assert "TRUSTED_PROXIES" not in caplog.text


def test_no_person_finds_the_trap(client: PageClient) -> None:
    page = client.get(FORM)
    trap = page.one("[name=subject]")
    assert trap["tabindex"] == "-1"
    assert trap["autocomplete"] == "off"
    label = trap.find_parent("label")
    assert label is not None
    assert label["aria-hidden"] == "true"
    assert label["class"] == ["vh"]
    assert label.get_text(strip=True) == "Lämna tomt"  # for whoever has no style sheet


def test_whoever_fills_in_the_trap_is_thanked_like_everybody_and_marked(
    client: PageClient, responses: Stored
) -> None:
    same = {"key": new_key(), "q1": "2", "subject": "Billiga lån"}
    page = client.post(FORM, same, 200)
    assert page.heading == "Tack, vi har tagit emot ditt svar"
    assert page.words("[data-code]")
    (response,) = responses()
    assert response.suspicions == {Suspicion.HONEYPOT}
    assert not response.is_counted


def test_the_trap_takes_no_notice_of_spaces(client: PageClient, responses: Stored) -> None:
    answer(client, subject="  ")
    assert marks(responses) == [frozenset()]


def solve(client: PageClient) -> str:
    """What the widget does."""
    work = client.client.get("/soderhamn/kontroll")
    assert work.headers["Cache-Control"] == "no-store"
    challenge = Challenge.from_dict(work.get_json())
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def test_without_load_no_page_has_the_widget(open_site: Open, responses: Stored) -> None:
    client = visit(open_site())
    assert "proof" not in client.get(FORM).html
    answer(client)
    assert marks(responses) == [frozenset()]


def test_when_it_is_on_the_page_fetches_the_widget_from_here(open_site: Open) -> None:
    page = visit(open_site(proof_of_work=ProofMode.ON)).get(FORM)
    place = page.one("[data-proof]")
    assert place["data-challenge"] == "/soderhamn/kontroll"
    assert str(place["data-worker"]).startswith("/static/build/proof-worker-")
    assert "Du behöver inte göra något." in str(place["data-told"])


def test_an_answer_with_its_proof_is_not_marked(open_site: Open, responses: Stored) -> None:
    client = visit(open_site(proof_of_work=ProofMode.ON))
    answer(client, proof=solve(client))
    assert marks(responses) == [frozenset()]


def test_a_proof_is_kept_for_the_answer_that_was_sent_again(
    open_site: Open, responses: Stored
) -> None:
    client = visit(open_site(proof_of_work=ProofMode.ON))
    same = {"key": new_key(), "proof": solve(client)}
    client.post(FORM, same, 422)  # nothing answered yet
    answer(client, **same)
    answer(client, **same)
    assert marks(responses) == [frozenset()]


@pytest.mark.parametrize("sent", ["", "bevis", "😀", "e30="])
def test_an_answer_without_proof_is_accepted_and_marked(
    open_site: Open, responses: Stored, sent: str
) -> None:
    page = answer(visit(open_site(proof_of_work=ProofMode.ON)), proof=sent)
    assert page.heading == "Tack, vi har tagit emot ditt svar"
    (response,) = responses()
    assert response.suspicions == {Suspicion.NO_PROOF}
    assert response.is_counted


def test_a_proof_that_another_answer_used_is_none(open_site: Open, responses: Stored) -> None:
    client = visit(open_site(proof_of_work=ProofMode.ON))
    used = solve(client)
    answer(client, proof=used)
    answer(client, proof=used)
    assert sorted(map(len, marks(responses))) == [0, 1]


def test_under_load_the_widget_comes_by_itself_and_open_pages_owe_nothing(
    open_site: Open, responses: Stored
) -> None:
    app, at = open_site(), [1000.0]
    app.extensions["load"] = load = Load(lambda: at[0])
    for _ in range(LOAD_ANSWERS):
        load.note_answer()
    client = visit(app)
    assert client.get(FORM).one("[data-proof]")
    answer(client)
    assert marks(responses) == [frozenset()]
    at[0] += GRACE_S - 1
    load.note_answer()
    for _ in range(LOAD_ANSWERS):
        load.note_answer()
    at[0] += 1
    answer(client)
    assert frozenset({Suspicion.NO_PROOF}) in marks(responses)


def test_nothing_of_a_visitor_is_in_the_database(
    open_site: Open, session: Session, dialogue: Dialogue, responses: Stored
) -> None:
    app = open_site(trusted_proxies=1)
    answer(visit(app, "127.0.0.1", x_forwarded_for=HOUSEHOLD), proof="x")
    (response,) = responses()
    values = {str(getattr(response, column.key)) for column in Response.__table__.columns}
    assert not any(HOUSEHOLD in value for value in values)
    assert not list((Path(app.instance_path)).glob("*limit*"))
