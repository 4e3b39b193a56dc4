"""The page on how sure the coding is: drawing, differences that are settled, asking the machine."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.coding import Coding, CodingPurpose, SuggestionRun
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from tests.conftest import NOW
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.page import Page, PageClient

HERE = "/soderhamn/handlaggning/dialoger/oppen/koda/sakerhet"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_codebook(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_response(session, dialogue, {2: ("ja", "Mopeder kör fort")})
    return dialogue


@pytest.fixture
def staff(
    session: Session, municipality: Municipality, dialogue: Dialogue, sign_in: SignIn
) -> PageClient:
    assert dialogue
    return sign_in(make_account(session, municipality))


def press(staff: PageClient, address: str, status: int = 303, **more: object) -> Page:
    token = staff.get(HERE).fields("header form")
    return staff.post(address, {**token, **more}, status)


def test_answers_are_drawn_once(staff: PageClient) -> None:
    assert "Inga svar är dragna än" in staff.get(HERE).text
    press(staff, f"{HERE}/dra")
    page = staff.get(HERE)
    assert "1 svar är draget" in page.text
    assert "1 är kvar för dig" in page.text
    assert NOISE_TEXT not in page.text
    assert "inget svar kvar att dra" in press(staff, f"{HERE}/dra", 422).text


def test_a_difference_is_settled_and_then_counts(
    staff: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    themes = make_codebook(session, municipality)
    response = make_response(session, dialogue, {2: ("ja", "Fulla på moped, ring 0701234567")})
    for number, code in enumerate(("traffic", "alcohol")):
        coder = make_account(session, municipality, email=f"k{number}@soderhamn.example")
        make_coding(session, response, themes[code], coder=coder, is_current=not number)
    session.commit()
    press(staff, f"{HERE}/dra")
    page = staff.get(HERE)
    assert "Där de två skiljer sig" in page.text
    assert "0701234567" not in page.text
    settled = {
        "svar": response.id.hex,
        "grund": "",
        "koder": [f"{themes[code].id}:problem" for code in ("traffic", "alcohol")],
    }
    press(staff, f"{HERE}/avgor", **settled)
    press(staff, f"{HERE}/avgor", **settled)  # twice is once
    other = settled | {"koder": [f"{themes['other'].id}:problem"]}
    assert "Någon annan har avgjort det" in press(staff, f"{HERE}/avgor", 409, **other).text
    session.rollback()
    current = session.scalars(
        select(Coding).where(Coding.response_id == response.id, Coding.is_current.is_(True))
    ).one()
    assert current.purpose is CodingPurpose.SETTLED
    assert {code.theme_id for code in current.themes} == {
        themes[code].id for code in ("traffic", "alcohol")
    }


def test_the_machine_is_asked_once_until_it_has_answered(
    staff: PageClient, session: Session
) -> None:
    for _ in range(2):
        press(staff, "/soderhamn/handlaggning/dialoger/oppen/koda/forslag")
    assert "Maskinen arbetar" in staff.get(HERE).text
    session.rollback()
    waiting = select(SuggestionRun).where(SuggestionRun.state == RunState.QUEUED)
    assert len(session.scalars(waiting).all()) == 1


def test_what_the_machine_does_is_told_in_numbers_and_few_as_k_of_n(
    staff: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    groups = {"all": [40, 33, 7, 7], "language:fi": [12, 8, 2, 4], "channel:paper": [28, 9, 1, 1]}
    session.add(
        SuggestionRun(
            municipality_id=municipality.id, dialogue_id=dialogue.id, state=RunState.DONE,
            requested_at=NOW, computed_at=NOW, n_responses=41, n_trained=40,
            measures={"n_counted": 41, "groups": groups},
        )
    )  # fmt: skip
    session.commit()
    rows = staff.get(HERE).all_words("main table tbody tr")
    assert rows[0] == "Alla 40 83 % (33 av 40) 83 % (33 av 40) 0,83"
    assert "På papper 28 9 av 10 9 av 10 –" in rows
    assert "Suomi 12 8 av 10 8 av 12 –" in rows
