"""What readers get is compressed; what staff get is not."""

import gzip
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_account
from tests.page import PageClient

SURVEY = "/soderhamn/dialoger/oppen"


@pytest.fixture(autouse=True)
def dialogue(session: Session, municipality: Municipality) -> None:
    make_dialogue(session, municipality)
    session.commit()


def test_a_browser_that_takes_gzip_gets_the_survey_in_a_third_of_the_bytes(
    client: PageClient,
) -> None:
    plain = client.client.get(SURVEY).data
    answer = client.client.get(SURVEY, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.data) < len(plain) / 3
    assert "Mycket trygg" in gzip.decompress(answer.data).decode()


def test_brotli_goes_before_gzip(client: PageClient) -> None:
    answer = client.client.get(SURVEY, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.headers["Content-Encoding"] == "br"


def test_a_browser_that_takes_neither_gets_plain_text(client: PageClient) -> None:
    answer = client.client.get(SURVEY)
    assert "Content-Encoding" not in answer.headers


def test_staff_pages_are_not_compressed_beside_their_secret_token(
    session: Session, municipality: Municipality, sign_in: Callable[[User], PageClient]
) -> None:
    staff = sign_in(make_account(session, municipality))
    path = "/soderhamn/handlaggning/problembilder/ny"
    answer = staff.client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
