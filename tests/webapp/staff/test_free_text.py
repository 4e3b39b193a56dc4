"""The free text page: who may read it, and that nothing in it is code."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason
from surveys.permissions import StaffRole
from surveys.queries.texts.free_text import PAGE_SIZE
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, mark
from tests.factories.municipalities import make_account, make_named_place
from tests.factories.noise import NOISE_TEXT
from tests.page import PageClient

PAGE = "/soderhamn/handlaggning/dialoger/oppen/fritext"
ATTACK = "<img src=x onerror=alert(1)></script>"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    return make_dialogue(session, municipality)


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def test_a_text_stands_with_its_place_and_channel(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    pin = mark(*STATION, words="bakom kiosken", reasons=frozenset({PlaceReason.DARK}))
    make_response(session, dialogue, {2: ("ja", "för mörkt"), 3: (None, "lampor")}, [pin])
    session.commit()
    article = staff.get(PAGE).words("article")
    assert "Markering på kartan vid Resecentrum: ” bakom kiosken ” (mörkt)" in article
    assert "Fråga 2 för mörkt Fråga 3 lampor Öppna svaret" in article
    assert "På webben, 15 juli 2023" in article


def test_what_was_written_is_text_and_never_code(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    make_response(session, dialogue, {3: (None, ATTACK)}, [mark(*STATION, words=ATTACK)])
    session.commit()
    page = staff.get(PAGE, query_string={"sok": ATTACK})
    assert not page.soup.select("img[src=x]")
    assert page.words("blockquote") == ATTACK
    assert page.one("#sok")["value"] == ATTACK


def test_a_search_and_its_pages(staff: PageClient, session: Session, dialogue: Dialogue) -> None:
    for number in range(PAGE_SIZE + 1):
        make_response(session, dialogue, {3: (None, f"Älgar nummer {number}")})
    make_response(session, dialogue, {3: (None, "lampor")})
    session.commit()
    page = staff.get(PAGE, query_string={"sok": "älgar"})
    assert "51 personer har skrivit något med ”älgar” i" in page.text
    following = page.one("a[rel=next]")["href"]
    assert len(staff.get(str(following)).soup.select("article")) == 1
    assert "Ingen text har ”tåg” i sig." in staff.get(PAGE, query_string={"sok": "tåg"}).text
    staff.get(PAGE, 404, query_string={"sida": "99"})
    for odd in ("-1", "x", "9" * 30, "²"):
        staff.get(PAGE, query_string={"sida": odd})


def test_another_municipality_is_never_seen(staff: PageClient) -> None:
    assert NOISE_TEXT not in staff.get(PAGE).html
    staff.get("/hagfors/handlaggning/dialoger/oppen/fritext", 403)


def test_roles_that_may_not_read_it(sign_in: SignIn, session: Session, dialogue: Dialogue) -> None:
    client = sign_in(make_account(session, dialogue.municipality, StaffRole.ADMINISTRATOR))
    client.get(PAGE, 403)


def test_the_police_read_the_masked_text(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    make_response(session, dialogue, {3: (None, "Ring mig på 070-174 06 05 om lamporna")})
    client = sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE))
    page = client.get(PAGE)
    assert page.words("blockquote") == "Ring mig på telefonnummer om lamporna"
    assert "070-174" not in page.html


def test_reading_what_people_write_while_the_dialogue_is_open_is_logged(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    make_response(session, dialogue, {3: (None, "lampor")})
    session.commit()
    staff.get(PAGE)
    session.rollback()
    here = AccessRecord.municipality_id == dialogue.municipality_id
    kinds = list(session.scalars(select(AccessRecord.kind).where(here)))
    assert kinds == [AccessKind.RUNNING_RESULTS]


def test_no_mark_is_told_apart_by_its_metres_to_a_place(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    for step in (0.0047, 0.0051):  # 523 and 567 metres
        pin = mark(STATION[0] + step, STATION[1])
        make_response(session, dialogue, {3: (None, "lampor")}, [pin])
    session.commit()
    said = staff.get(PAGE).all_words("article")
    metres = {words.split(" meter ")[0].rsplit(" ", 1)[1] for words in said}
    assert metres <= {"500", "600"}


def test_what_is_coded_beside_the_words_is_not_for_the_police_to_count(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    pin = mark(*STATION, words="bakom kiosken", reasons=frozenset({PlaceReason.DARK}))
    response = make_response(session, dialogue, {3: (None, "lampor")}, [pin])
    session.commit()
    police = sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE))
    for page in (police.get(PAGE), police.get(f"{PAGE.removesuffix('fritext')}svar/{response.id}")):
        assert "Markering på kartan vid Resecentrum: ” bakom kiosken ”" in page.text
        for coded in ("mörkt", "På webben", "15 juli 2023"):
            assert coded not in page.words("main")
