"""One answer: masked for everybody, its original with a logged reason, words hidden by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.notice import PrivacyNotice
from surveys.models.response import MarkedPlace, Response
from surveys.permissions import StaffRole
from surveys.services.dialogues.destruction import destroy_content
from tests.conftest import Clock
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.page import Page, PageClient

STAFF = "/soderhamn/handlaggning"
LOG = f"{STAFF}/insyn"
WRITTEN = "Ring Anna Karlsson om Nygatan 3 där Stor-Nisse bråkar"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def response(session: Session, dialogue: Dialogue) -> Response:
    place = MarkedPlace(words="hos Anna Karlsson", precision=Precision.DISTRICT)
    return make_response(session, dialogue, {3: (None, WRITTEN)}, [place])


@pytest.fixture
def answer(response: Response) -> str:
    return f"{STAFF}/dialoger/oppen/svar/{response.id}"


@pytest.fixture
def staff(sign_in: SignIn, session: Session, response: Response) -> PageClient:
    return sign_in(make_account(session, response.municipality))


def ask(client: PageClient, answer: str, status: int = 200, **fields: str) -> Page:
    token = client.get(f"{answer}/original").fields()["csrf_token"]
    return client.post(f"{answer}/original", {"csrf_token": token, **fields}, status)


def looks(session: Session) -> list[AccessRecord]:
    session.rollback()
    kind = AccessKind.UNMASKED_TEXT
    return list(session.scalars(select(AccessRecord).where(AccessRecord.kind == kind)))


def test_an_answer_is_read_masked(staff: PageClient, answer: str) -> None:
    page = staff.get(answer)
    assert "Ring namn om adress" in page.words("blockquote")
    for written in ("Anna", "Karlsson", "Nygatan 3"):
        assert written not in page.html


def test_the_original_is_shown_once_with_a_reason_and_the_look_is_logged(
    staff: PageClient, session: Session, response: Response, answer: str
) -> None:
    assert looks(session) == []
    page = ask(staff, answer, reason="safety", words="Någon ska ringas upp")
    assert WRITTEN in page.text
    assert "hos Anna Karlsson" in page.text
    assert "Anna" not in staff.get(answer).html
    (look,) = looks(session)
    assert (look.response_id, look.reason) == (response.id, "safety: Någon ska ringas upp")
    line = staff.get(LOG).words("main .rows li")
    assert "Ett svar som det skrevs , Tre frågor om trygghet" in line
    assert "Någon kan vara i fara: Någon ska ringas upp" in line
    assert look.title in line


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Välj ett skäl."),
        ({"reason": "nyfiken"}, "Välj något av det som visas här."),
        ({"reason": "other"}, "Skriv med egna ord varför du behöver läsa det."),
        ({"reason": "other", "words": "   "}, "Skriv med egna ord varför du behöver läsa det."),
        ({"reason": "safety", "words": "x" * 251}, "tecken"),
    ],
)
def test_without_a_reason_nothing_is_shown_and_nothing_logged(
    staff: PageClient, session: Session, answer: str, fields: dict[str, str], said: str
) -> None:
    page = ask(staff, answer, 422, **fields)
    assert said in page.text
    assert "Anna" not in page.html
    assert looks(session) == []


def test_after_the_last_day_for_originals_nobody_reads_them(
    staff: PageClient, session: Session, clock: Clock, response: Response, answer: str
) -> None:
    notice = PrivacyNotice(
        municipality_id=response.municipality_id, controllers="Kommunen", originals_months=12
    )
    session.add(notice)
    session.commit()
    clock.now = datetime(2024, 8, 31, 12, tzinfo=UTC)
    assert "till och med 31 augusti 2024" in staff.get(f"{answer}/original").text
    assert WRITTEN in ask(staff, answer, reason="check_masking").text
    clock.now = datetime(2024, 9, 1, 12, tzinfo=UTC)
    page = ask(staff, answer, 422, reason="check_masking")
    assert "Sista dagen för att läsa original" in page.text
    assert "Anna" not in page.html


def test_what_is_destroyed_is_gone(
    staff: PageClient, session: Session, response: Response, answer: str
) -> None:
    destroy_content(session, response.municipality, decision="KS 2023:7", before=date(2024, 1, 1))
    session.commit()
    ask(staff, answer, 404, reason="safety")
    assert looks(session) == []


def test_words_are_hidden_everywhere_in_the_answer_and_given_back(
    staff: PageClient, session: Session, answer: str
) -> None:
    form = staff.get(f"{answer}/dolj")
    token = form.fields()["csrf_token"]
    staff.post(f"{answer}/dolj", {"csrf_token": token, "words": "stor-nisse bråkar"}, 303)
    page = staff.get(answer)
    assert "Stor-Nisse" not in page.html
    assert "dolt" in page.words("blockquote")
    assert "Stor-Nisse" not in staff.get(f"{STAFF}/dialoger/oppen/fritext").html
    shown = ask(staff, answer, reason="check_masking")
    buttons = [str(b["value"]) for b in shown.soup.select("button[name=words]")]
    assert {"Anna Karlsson", "Nygatan 3", "stor-nisse bråkar"} <= set(buttons)
    for words in ("stor-nisse bråkar", "Nygatan 3"):
        staff.post(f"{answer}/visa", {"csrf_token": token, "words": words}, 303)
    said = staff.get(answer).words("blockquote")
    assert "Stor-Nisse bråkar" in said
    assert "Nygatan 3" in said
    assert "Anna" not in said


def test_giving_words_back_is_a_look_at_the_original(
    staff: PageClient, session: Session, clock: Clock, response: Response, answer: str
) -> None:
    token = staff.get(f"{answer}/dolj").fields()["csrf_token"]
    staff.post(f"{answer}/visa", {"csrf_token": token, "words": "Nygatan 3"}, 303)
    (look,) = looks(session)
    assert (look.response_id, look.reason) == (response.id, "check_masking")
    notice = PrivacyNotice(
        municipality_id=response.municipality_id, controllers="Kommunen", originals_months=12
    )
    session.add(notice)
    session.commit()
    clock.now = datetime(2024, 9, 1, 12, tzinfo=UTC)
    staff.post(f"{answer}/visa", {"csrf_token": token, "words": "Anna Karlsson"}, 422)
    assert "Anna" not in staff.get(answer).html


def test_what_is_masked_is_not_found_by_guessing_words_to_hide(
    staff: PageClient, answer: str
) -> None:
    token = staff.get(f"{answer}/dolj").fields()["csrf_token"]
    page = staff.post(f"{answer}/dolj", {"csrf_token": token, "words": "Anna Karlsson"}, 422)
    assert "Orden står inte i svaret." in page.text


def test_words_that_do_not_stand_there_are_told(staff: PageClient, answer: str) -> None:
    token = staff.get(f"{answer}/dolj").fields()["csrf_token"]
    page = staff.post(f"{answer}/dolj", {"csrf_token": token, "words": "Ånge"}, 422)
    assert "Orden står inte i svaret." in page.text
    assert page.one("#words")["value"] == "Ånge"


def test_the_police_read_masked_text_and_no_original_until_it_is_decided(
    sign_in: SignIn, session: Session, response: Response, answer: str
) -> None:
    police = sign_in(make_account(session, response.municipality, StaffRole.POLICE))
    page = police.get(answer)
    assert "Läs det som det skrevs" not in page.text
    police.get(f"{answer}/original", 403)
    response.municipality.police_reads_unmasked = True
    response.municipality.police_decision = "KS 2023:12, 14 augusti 2023"
    session.commit()
    assert WRITTEN in ask(police, answer, reason="safety").text
    (look,) = looks(session)
    assert look.title in police.get(answer).html or look.user_id


@pytest.mark.parametrize("role", [StaffRole.ANALYST, StaffRole.ADMINISTRATOR])
def test_other_roles_never_read_originals(
    sign_in: SignIn, session: Session, response: Response, answer: str, role: StaffRole
) -> None:
    sign_in(make_account(session, response.municipality, role)).get(f"{answer}/original", 403)


def test_another_municipalitys_answer_is_not_found(
    sign_in: SignIn, session: Session, response: Response
) -> None:
    noise = session.scalars(
        select(Response).where(Response.municipality_id != response.municipality_id)
    ).first()
    assert noise is not None
    staff = sign_in(make_account(session, response.municipality))
    for page in ("", "/original", "/dolj", "/larm", "/citat/3"):
        staff.get(f"{STAFF}/dialoger/oppen/svar/{noise.id}{page}", 404)


def test_a_withdrawn_answer_is_not_found(
    staff: PageClient, session: Session, response: Response, answer: str
) -> None:
    response.withdrawn_on, response.is_counted = date(2023, 8, 1), False
    session.commit()
    staff.get(answer, 404)
    staff.get(f"{answer}/original", 404)


def test_the_log_is_filtered_and_paged(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    account = make_account(session, municipality, StaffRole.ADMINISTRATOR)
    for number in range(52):
        kind = AccessKind.EXACT_POINTS if number == 0 else AccessKind.UNSUPPRESSED
        session.add(
            AccessRecord(
                municipality_id=municipality.id,
                user_id=account.id,
                title="Analytiker",
                kind=kind,
                at=datetime(2023, 7, 1, 10, number % 60, tzinfo=UTC),
            )
        )
    staff = sign_in(account)
    page = staff.get(LOG)
    assert "52 tittar" in page.text
    assert len(staff.get(str(page.one("a[rel=next]")["href"])).soup.select("main .rows li")) == 2
    assert len(staff.get(f"{LOG}?vad=exact_points").soup.select("main .rows li")) == 1
    assert len(staff.get(f"{LOG}?vad=strunt").soup.select("main .rows li")) == 50
    staff.get(f"{LOG}?sida=9", 404)
