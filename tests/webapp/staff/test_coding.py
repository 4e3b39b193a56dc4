"""The coding screen as a plain form: masked text, saving, skipping, undoing, two at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.coding import Coding
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.permissions import StaffRole
from surveys.services.texts.hand_masking import hide_words
from surveys.services.texts.suggestion_requests import request_suggestions
from surveys.services.texts.suggestions import suggest_now
from surveys.services.texts.unmasking import AnswerAddress
from tests.conftest import NOW
from tests.factories.coding import make_codebook
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.page import Page, PageClient

HERE = "/soderhamn/handlaggning/dialoger/oppen/koda"
FORM = "main form.coding"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def answers(session: Session, municipality: Municipality) -> list[Response]:
    """Three answers, of which one names a person's number."""
    make_codebook(session, municipality)
    dialogue = make_dialogue(session, municipality)
    texts = ("Mopeder kör fort, ring 070-123 45 67", "Mörkt i tunneln", "<b>Stökigt</b> på torget")
    return [make_response(session, dialogue, {2: ("ja", text)}) for text in texts]


@pytest.fixture
def coder(
    session: Session, municipality: Municipality, answers: list[Response], sign_in: SignIn
) -> PageClient:
    assert answers
    return sign_in(make_account(session, municipality))


def box(page: Page, theme: str, axis: str = "problem") -> str:
    """The value of a theme's box."""
    rows = [row for row in page.soup.select(".topic") if theme in row.get_text()]
    return str(rows[0].select_one(f"input[value$=':{axis}']")["value"])  # type: ignore[index]


def save(coder: PageClient, page: Page, *codes: str, status: int = 303) -> Page:
    fields = {k: v for k, v in page.fields(FORM).items() if k != "koder"}
    action = str(page.one(FORM)["action"])
    return coder.post(action, fields | {"koder": list(codes)}, status)


def follow(coder: PageClient, sent: Page) -> Page:
    return coder.get(str(sent.response.location))


def test_three_answers_are_coded_one_after_the_other(coder: PageClient) -> None:
    page = coder.get(HERE)
    assert "0 av 3" in page.text
    for number in (1, 2):
        page = follow(coder, save(coder, page, box(page, "Trafik"), box(page, "Trafik", "wish")))
        assert f"{number} av 3" in page.text
    page = follow(coder, save(coder, page, box(page, "Inget tema")))
    assert "Alla svar är kodade" in page.text


def test_only_masked_text_is_shown(coder: PageClient) -> None:
    page = coder.get(f"{HERE}?sok=mopeder")
    assert "[telefonnummer]" in page.text
    assert "123 45" not in page.html
    shown = coder.get(f"{HERE}?sok=stökigt")
    assert "<b>Stökigt</b>" in shown.words("blockquote")
    assert not shown.soup.select("blockquote b")
    assert NOISE_TEXT not in shown.text


def test_reading_answers_of_an_open_dialogue_to_code_them_is_logged(
    coder: PageClient, session: Session, municipality: Municipality
) -> None:
    coder.get(HERE)
    coder.get(HERE)
    session.rollback()  # read anew
    mine = AccessRecord.municipality_id == municipality.id
    looks = list(session.scalars(select(AccessRecord.kind).where(mine)))
    assert looks == [AccessKind.RUNNING_RESULTS]


def test_a_word_that_is_hidden_is_no_longer_told_as_the_reason_of_a_suggestion(
    coder: PageClient, session: Session, answers: list[Response]
) -> None:
    here, dialogue = answers[1].municipality, answers[1].dialogue
    run = request_suggestions(session, here, dialogue, now=NOW)
    suggest_now(session, here, run.id, now=NOW)
    session.commit()
    page = f"{HERE}?svar={answers[1].id}"
    assert coder.get(page).text.count("Mörkt") > 1
    session.rollback()  # the look was logged meanwhile
    hide_words(session, here, AnswerAddress(dialogue, answers[1].id), "Mörkt")
    session.commit()
    assert "Mörkt" not in coder.get(page).html


def test_nothing_ticked_is_told_and_what_was_wrong_stays(coder: PageClient) -> None:
    page = coder.get(HERE)
    told = save(coder, page, status=422)
    assert "Välj minst ett tema" in told.text
    both = (box(page, "Inget tema"), box(page, "Trafik"))
    told = save(coder, page, *both, status=422)
    assert "står ensamt" in told.text
    assert {str(b["value"]) for b in told.soup.select("input[name=koder][checked]")} == set(both)


def test_back_shows_what_was_saved_and_undo_takes_it_away(
    coder: PageClient, session: Session
) -> None:
    page = coder.get(HERE)
    page = follow(coder, save(coder, page, box(page, "Trafik")))
    back = coder.get(str(page.one("[data-key=b]")["href"]))
    assert [str(b["value"]) for b in back.soup.select("[name=koder][checked]")] == [
        box(back, "Trafik")
    ]
    undo = page.soup.select_one("form:has([data-key=z])")
    assert undo is not None
    token = page.fields("form:has([data-key=z])")
    undone = follow(coder, coder.post(str(undo["action"]), token, 303))
    assert "Kodningen är ångrad" in undone.text
    assert not undone.soup.select("[name=koder][checked]")
    session.rollback()
    assert not session.scalars(
        select(Coding).where(Coding.municipality.has(slug="soderhamn"))
    ).all()


def test_skip_leads_to_another_answer_and_stores_nothing(coder: PageClient) -> None:
    page = coder.get(HERE)
    skipped = coder.get(str(page.one("[data-key=n]")["href"]))
    assert skipped.words("blockquote") != page.words("blockquote")
    assert "0 av 3" in skipped.text


def test_a_second_coder_is_told_and_keeps_what_was_ticked(
    coder: PageClient, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    page = coder.get(f"{HERE}?sok=tunneln")
    save(coder, page, box(page, "Belysning"))
    session.rollback()  # what the page wrote stands in the way of an older look
    other = sign_in(make_account(session, municipality, email="bo@soderhamn.example"))
    fields = {**page.fields(FORM), **other.get(HERE).fields("header form")}
    late = other.post(HERE, fields | {"koder": [box(page, "Trafik")]}, 409)
    assert "Någon annan har kodat svaret" in late.text
    assert "den andras" in late.text
    assert [str(b["value"]) for b in late.soup.select("[name=koder][checked]")] == [
        box(late, "Trafik")
    ]
    save(other, late, box(late, "Trafik"))
    page = other.get(f"{HERE}?visa=kodade")
    assert page.one("[name=koder][checked]")["value"] == box(page, "Trafik")


def test_an_answer_of_another_municipality_is_not_found(
    coder: PageClient, session: Session
) -> None:
    foreign = session.scalars(
        select(Response.id).where(Response.municipality.has(slug="hagfors")).limit(1)
    ).one()
    coder.get(f"{HERE}?svar={foreign}", 404)
    coder.get(f"{HERE}?svar=inte-ett-svar&tema=x&visa=y")


@pytest.mark.parametrize("role", [StaffRole.POLICE, StaffRole.ADMINISTRATOR])
def test_only_those_who_code_come_in(
    session: Session, municipality: Municipality, sign_in: SignIn, role: StaffRole
) -> None:
    make_dialogue(session, municipality)
    sign_in(make_account(session, municipality, role)).get(HERE, 403)
