"""Whoever holds a code sees what is stored, and nobody else does."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM
from webapp import create_app
from webapp.config import Config
from webapp.extensions import db, limiter

RECEIPT = "/soderhamn/kvitto"

pytestmark = pytest.mark.usefixtures("dialogue")


def send(client: PageClient, **fields: str) -> str:
    """Send an answer and return its code."""
    return client.send(FORM, client.get(FORM), 200, **fields).words("[data-code]")


def test_the_code_leads_back_to_the_answer(client: PageClient) -> None:
    fields = {
        "q1": "2",
        "q3": "Fler vuxna ute",
        "places-0-name": "Resecentrum",
        "places-0-reasons": "dark",
        "places-0-times": "night",
        "age_band": "15-24",
    }
    code = send(client, **fields)
    page = client.post(RECEIPT, {"code": code})
    for text in (
        "Ganska otrygg",
        "Ja",
        "Fler vuxna ute",
        "Resecentrum",
        "Mörkt. Natt.",
        "15–24 år",
        "1 augusti 2023",
    ):
        assert text in page.text


def test_the_page_is_kept_nowhere_and_indexed_nowhere(client: PageClient) -> None:
    code = send(client, q1="2")
    for page in (client.get(RECEIPT), client.post(RECEIPT, {"code": code})):
        assert page.response.headers["Cache-Control"] == "no-store"
        assert page.response.headers["X-Robots-Tag"] == "noindex"
        assert page.one("meta[name=robots]")["content"] == "noindex"


def test_a_code_may_be_typed_carelessly(client: PageClient) -> None:
    code = send(client, q3="Hittad")
    for typed in (code.upper(), code.replace(" ", "-"), f"  {code.replace(' ', '')}. "):
        assert "Hittad" in client.post(RECEIPT, {"code": typed}).text


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


def test_guessing_is_slowed_down(
    session: Session, municipality: Municipality, engine: Engine, tmp_path: Path
) -> None:
    session.commit()
    limited = create_app(
        Config(
            instance_path=tmp_path,
            secret_key="only-for-tests",
            database_url=engine.url.render_as_string(hide_password=False),
            jobs_url=f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
            rate_limits=True,
            testing=True,
        )
    )
    client = PageClient(limited.test_client())
    try:
        for _ in range(20):
            client.post(RECEIPT, {"code": "fel"}, 404)
        page = client.post(RECEIPT, {"code": "fel"}, 429)
        assert page.heading == "För många försök på kort tid"
        client.get(RECEIPT)
    finally:
        limiter.reset()
        limiter.enabled = False  # the limiter is one for all applications of the process
        with limited.app_context():
            db.engine.dispose()
