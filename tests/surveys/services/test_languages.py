"""Approving a language, and the words of questions in it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.languages import LANGUAGES, find_language
from surveys.models.dialogue import Dialogue
from surveys.models.language import ReviewScope
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.languages import Approval, list_approvals, list_worded_dialogues
from surveys.services.dialogues.languages import ApprovalDraft, approve_language, withdraw_approval
from surveys.services.dialogues.standard_questions import finnish_genitive, standard_questions
from surveys.services.dialogues.wordings import word_questions
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_municipality

TODAY = date(2023, 8, 1)
INTERFACE, LEGAL = ReviewScope.INTERFACE, ReviewScope.LEGAL


def draft(
    language: str = "ar",
    scope: ReviewScope = INTERFACE,
    *,
    role: str = "Samordnare",
    missing: int = 0,
) -> ApprovalDraft:
    return ApprovalDraft(language, scope, role, missing)


@pytest.fixture
def upcoming(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality, opens_at=NOW + timedelta(days=1))


def test_an_approval_keeps_the_role_and_the_day(
    session: Session, municipality: Municipality
) -> None:
    approve_language(session, municipality, draft(), today=TODAY)
    assert list_approvals(session, municipality) == {
        ("ar", INTERFACE): Approval("Samordnare", TODAY)
    }


def test_the_first_approval_stands(session: Session, municipality: Municipality) -> None:
    approve_language(session, municipality, draft(), today=TODAY)
    approve_language(session, municipality, draft(role="Analytiker"), today=date(2023, 9, 1))
    approval = list_approvals(session, municipality)["ar", INTERFACE]
    assert approval == Approval("Samordnare", TODAY)


def test_an_unfinished_language_is_not_approved(
    session: Session, municipality: Municipality
) -> None:
    with pytest.raises(InvalidInput, match="language_unfinished"):
        approve_language(session, municipality, draft(missing=1), today=TODAY)


def test_legal_texts_stand_on_approved_pages(session: Session, municipality: Municipality) -> None:
    with pytest.raises(InvalidInput, match="language_pages_first"):
        approve_language(session, municipality, draft(scope=LEGAL), today=TODAY)
    approve_language(session, municipality, draft(), today=TODAY)
    approve_language(session, municipality, draft(scope=LEGAL), today=TODAY)
    withdraw_approval(session, municipality, "ar", LEGAL)
    assert set(list_approvals(session, municipality)) == {("ar", INTERFACE)}
    approve_language(session, municipality, draft(scope=LEGAL), today=TODAY)
    withdraw_approval(session, municipality, "ar", INTERFACE)
    assert list_approvals(session, municipality) == {}


@pytest.mark.parametrize("code", ["sv", "xx", ""])
def test_only_our_other_languages_are_approved(
    session: Session, municipality: Municipality, code: str
) -> None:
    with pytest.raises(NotFound):
        approve_language(session, municipality, draft(code), today=TODAY)


def test_an_approval_is_one_municipalitys_own(session: Session, municipality: Municipality) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    approve_language(session, municipality, draft(), today=TODAY)
    assert list_approvals(session, neighbour) == {}
    withdraw_approval(session, neighbour, "ar", INTERFACE)
    assert list_approvals(session, municipality)


def test_before_opening_words_are_set_changed_and_taken_away(
    session: Session, municipality: Municipality, upcoming: Dialogue
) -> None:
    for text in ("Do you feel safe?", "Do you feel safe here?"):
        word_questions(session, municipality, upcoming, "en", {1: f" {text} "}, now=NOW)
        assert upcoming.questions[0].text("en") == text
    word_questions(session, municipality, upcoming, "en", {1: ""}, now=NOW)
    assert upcoming.questions[0].language_of_text("en") == "sv"
    assert upcoming.questions[0].text() == "Känner du dig trygg i Söderhamns kommun?"


def test_after_opening_missing_words_are_added_and_no_others_changed(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality)
    word_questions(session, municipality, dialogue, "en", {1: "Do you feel safe?"}, now=NOW)
    word_questions(session, municipality, dialogue, "fi", {1: "Onko turvallista?"}, now=NOW)
    for text in ("Do you feel very safe?", ""):
        with pytest.raises(InvalidInput, match="wording_stands") as refused:
            word_questions(session, municipality, dialogue, "en", {1: text}, now=NOW)
        assert refused.value.field == "q1"
    session.refresh(dialogue.questions[0])
    assert dialogue.questions[0].text("en") == "Do you feel safe?"
    assert dialogue.questions[0].text("fi") == "Onko turvallista?"


def test_the_swedish_words_and_another_municipalitys_are_out_of_reach(
    session: Session, municipality: Municipality, upcoming: Dialogue
) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    with pytest.raises(NotFound):
        word_questions(session, municipality, upcoming, "sv", {1: "Annat?"}, now=NOW)
    with pytest.raises(NotFound):
        word_questions(session, neighbour, upcoming, "en", {1: "Other?"}, now=NOW)


def test_a_question_has_room_for_five_hundred_characters(
    session: Session, municipality: Municipality, upcoming: Dialogue
) -> None:
    with pytest.raises(InvalidInput, match="too_long"):
        word_questions(session, municipality, upcoming, "en", {1: "a" * 501}, now=NOW)


def test_what_can_still_be_answered_is_listed_with_what_is_worded(
    session: Session, municipality: Municipality, upcoming: Dialogue
) -> None:
    make_dialogue(session, municipality, "stangd", closes_at=NOW - timedelta(days=1))
    word_questions(session, municipality, upcoming, "so", {1: "Miyaad?", 3: "Ma?"}, now=NOW)
    (listed,) = list_worded_dialogues(session, municipality, NOW)
    assert (listed.slug, listed.has_opened, listed.n_questions) == ("oppen", False, 3)
    assert (listed.n_worded["sv"], listed.n_worded["so"], listed.n_worded["ar"]) == (3, 2, 0)


def test_the_standard_questions_speak_every_language_that_has_texts(
    session: Session, municipality: Municipality
) -> None:
    for question in standard_questions(municipality):
        assert set(question.wording) == {"sv", "sv-simple", "en", "fi", "ar", "so"}
        for code, text in question.wording.items():
            assert "{" not in text, (code, text)
            assert "Söderhamn" in text, (code, text)
    first = standard_questions(municipality)[0]
    assert first.text("fi") == "Tunnetko olosi turvalliseksi Söderhamnin kunnassa?"
    assert first.text("fit") == first.text("sv")


@pytest.mark.parametrize(
    ("name", "genitive"), [("Söderhamn", "Söderhamnin"), ("Sollefteå", "Sollefteån")]
)
def test_finnish_inflects_the_municipalitys_name(name: str, genitive: str) -> None:
    assert finnish_genitive(name) == genitive


def test_a_language_is_found_by_its_code_however_it_is_written() -> None:
    assert [find_language(language.code.upper()) for language in LANGUAGES] == list(LANGUAGES)
    assert find_language(None) is None
