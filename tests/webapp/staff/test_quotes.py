"""A quote from free text: saved, cited, and gone at once when its answer is withdrawn."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.pictures.pictures import get_picture
from surveys.receipt_codes import hash_code, make_code
from surveys.services.dialogues.counting import count_new
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.page import Page, PageClient

STAFF = "/soderhamn/handlaggning"
TEXTS = f"{STAFF}/dialoger/oppen/fritext"
EVIDENCE = f"{STAFF}/underlag/"
PICTURE = "/soderhamn/lagesbild/lagesbild-juni-2023"
WORDS = "Tänd lamporna vid bron"
GONE = "Citatet är borttaget: den som skrev har dragit tillbaka sitt svar."
SECRET = "only-for-tests"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def code(dialogue: Dialogue) -> str:
    return make_code(SECRET, dialogue.id, "nyckel")


@pytest.fixture
def response(session: Session, dialogue: Dialogue, code: str) -> Response:
    response = make_response(
        session, dialogue, {3: (None, WORDS)}, receipt_hash=hash_code(SECRET, code)
    )
    count_new(session, response)
    return response


@pytest.fixture
def staff(sign_in: SignIn, session: Session, response: Response) -> PageClient:
    return sign_in(make_account(session, response.municipality))


def release(staff: PageClient, response: Response, words: str = WORDS, status: int = 303) -> Page:
    """Read the text, tick the box and let ``words`` go."""
    form = f"{STAFF}/dialoger/oppen/svar/{response.id}/citat/3"
    token = staff.get(form).fields()["csrf_token"]
    return staff.post(form, {"csrf_token": token, "words": words, "is_read": "y"}, status)


def quote_of(session: Session) -> Evidence:
    session.rollback()
    return session.scalars(select(Evidence).where(Evidence.kind == EvidenceKind.QUOTE)).one()


def withdraw(client: PageClient, code: str) -> None:
    client.post("/soderhamn/kvitto", {"code": code, "step": "withdraw-now"})


def test_a_text_is_saved_as_a_quote_and_stands_among_the_evidence(
    staff: PageClient, session: Session, response: Response
) -> None:
    release(staff, response)
    release(staff, response)  # sent twice it is one quote
    page = staff.get(EVIDENCE)
    for text in (f"”{WORDS}”", "Citat, fråga 3", "Söderhamns kommun", "15 juli 2023"):
        assert text in page.text
    assert quote_of(session).response_id == response.id


def test_a_withdrawn_answers_quote_is_blanked_and_marked_where_it_is_cited(
    staff: PageClient, session: Session, response: Response, code: str
) -> None:
    release(staff, response)
    area = make_area("Belysning", make_claim("Det är mörkt.", supported_by=(quote_of(session),)))
    make_picture(session, quote_of(session).municipality, areas=[area])
    session.commit()
    assert WORDS in staff.get(PICTURE).text
    withdraw(staff, code)
    for address in (PICTURE, EVIDENCE):
        page = staff.get(address)
        assert WORDS not in page.html
        assert GONE in page.text
    assert WORDS not in staff.get(TEXTS).html
    quote = quote_of(session)
    assert (quote.statement, quote.figures) == ("", {})
    assert quote.blanked_on == NOW.date()
    assert quote.content_hash == f"blanked:{quote.id}"


def test_a_draft_does_not_rest_on_a_quote_that_is_gone(
    staff: PageClient, session: Session, response: Response, code: str
) -> None:
    release(staff, response)
    area = make_area("Belysning", make_claim("Det är mörkt.", supported_by=(quote_of(session),)))
    municipality = quote_of(session).municipality
    make_picture(session, municipality, "utkast", [area], published_at=None)
    session.commit()

    def lacks() -> int:
        session.rollback()
        return len(get_picture(session, municipality, "utkast").missing)

    assert lacks() == 0
    withdraw(staff, code)
    assert lacks() == 1


def test_a_withdrawn_answer_cannot_be_quoted(
    staff: PageClient, response: Response, code: str
) -> None:
    form = f"{STAFF}/dialoger/oppen/svar/{response.id}/citat/3"
    token = staff.get(form).fields()["csrf_token"]
    withdraw(staff, code)
    staff.post(form, {"csrf_token": token, "words": WORDS, "is_read": "y"}, 404)


def test_a_part_may_be_quoted_and_nothing_else(
    staff: PageClient, session: Session, response: Response
) -> None:
    page = release(staff, response, "Släck lamporna", 422)
    assert "Ett citat är en del av den maskerade texten, ord för ord." in page.text
    assert page.words("textarea") == "Släck lamporna"
    release(staff, response, "lamporna vid\nbron")
    assert quote_of(session).statement == "”lamporna vid bron”"


def test_nothing_is_quoted_that_nobody_says_they_have_read(
    staff: PageClient, session: Session, response: Response
) -> None:
    form = f"{STAFF}/dialoger/oppen/svar/{response.id}/citat/3"
    token = staff.get(form).fields()["csrf_token"]
    page = staff.post(form, {"csrf_token": token, "words": WORDS}, 422)
    assert "Läs texten och kryssa i rutan" in page.text
    session.rollback()
    assert not session.scalars(select(Evidence).where(Evidence.kind == EvidenceKind.QUOTE)).all()


def test_the_quote_is_of_the_masked_text(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    response = make_response(session, dialogue, {3: (None, "Ring Anna Karlsson om lamporna")})
    count_new(session, response)
    session.commit()
    release(staff, response, "Ring Anna Karlsson om lamporna", 422)
    release(staff, response, "Ring [namn] om lamporna")
    assert quote_of(session).statement == "”Ring [namn] om lamporna”"


def test_a_question_without_words_has_nothing_to_quote(
    staff: PageClient, response: Response
) -> None:
    for position in ("1", "9", "99999999999999"):
        staff.get(f"{STAFF}/dialoger/oppen/svar/{response.id}/citat/{position}", 404)


def test_evidence_is_changed_in_no_other_way(
    staff: PageClient, session: Session, response: Response, code: str
) -> None:
    release(staff, response)
    quote = quote_of(session)
    quote.statement = "Något annat"
    with pytest.raises(TypeError, match="frozen"):
        session.flush()
    session.rollback()
    withdraw(staff, code)
    quote = quote_of(session)
    quote.blanked_on = None
    with pytest.raises(TypeError, match="frozen"):
        session.flush()
