"""Every stored text has its masked form from the first, and older ones get theirs later."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.drafts.responses import AnswerDraft, PlaceDraft, ResponseDraft
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, MarkedPlace, PersonalData, Response
from surveys.services.dialogues.destruction import destroy_content
from surveys.services.dialogues.imports import import_answers
from surveys.services.dialogues.responses import submit_response
from surveys.services.texts.masking import (
    compute_masks,
    count_unmasked,
    list_unmasked,
    mask_answer,
    store_masks,
)
from surveys.text.csv_table import read_table
from surveys.text.masking import MASK_VERSION
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response

CALL = "Ring mig på 070-174 06 05 om lamporna"
CALL_MASKED = "Ring mig på [telefonnummer] om lamporna"


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def answers_of(session: Session, dialogue: Dialogue) -> list[Answer]:
    statement = select(Answer).join(Response).where(Response.dialogue_id == dialogue.id)
    return [answer for answer in session.scalars(statement) if answer.text]


def marks_of(session: Session, dialogue: Dialogue) -> list[MarkedPlace]:
    statement = select(MarkedPlace).where(MarkedPlace.dialogue_id == dialogue.id)
    return list(session.scalars(statement))


def forget_masks(session: Session, response: Response) -> None:
    """As an older version has stored it."""
    for row in (*response.answers, *response.places):
        row.mask_version = 0
    for answer in response.answers:
        answer.masked_text, answer.masked_kinds = None, frozenset()
    for mark in response.places:
        mark.masked_words = None
    session.commit()


def mask_the_rest(session: Session) -> None:
    texts = list_unmasked(session)
    store_masks(session, texts, compute_masks(texts))
    session.commit()


def test_a_survey_answer_is_stored_with_its_masked_form(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    draft = ResponseDraft(
        key="1b7f1f6c-6d4c-4b52-8f0e-0d2d4b9f2a11",
        answers=(AnswerDraft(3, text=CALL),),
        places=(PlaceDraft(number=1, words="hos grannen Anna Karlsson"),),
    )
    submit_response(session, municipality, dialogue, draft, now=NOW, secret="s")
    [answer] = answers_of(session, dialogue)
    assert (answer.masked_text, answer.masked_kinds) == (CALL_MASKED, {PersonalData.PHONE})
    assert answer.mask_version == MASK_VERSION
    [mark] = marks_of(session, dialogue)
    assert (mark.masked_words, mark.mask_version) == ("hos grannen [namn]", MASK_VERSION)


def test_imported_rows_are_stored_with_their_masked_form(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    table = read_table(f"id,q3,place\n1,{CALL},Lisa Karlssons trapphus\n".encode(), "id")
    import_answers(session, municipality, dialogue, table, today=date(2023, 8, 1))
    [answer] = answers_of(session, dialogue)
    assert (answer.masked_text, answer.masked_kinds) == (CALL_MASKED, {PersonalData.PHONE})
    assert answer.mask_version == MASK_VERSION
    masked = {mark.words: mark.masked_words for mark in marks_of(session, dialogue)}
    assert masked == {"Lisa Karlssons trapphus": "[namn] trapphus"}


def test_texts_of_an_older_version_are_found_and_masked(
    session: Session, dialogue: Dialogue
) -> None:
    place = MarkedPlace(words="hos Anna Karlsson", precision=Precision.DISTRICT)
    response = make_response(session, dialogue, {1: ("1", None), 3: (None, CALL)}, [place])
    assert count_unmasked(session) == 0
    forget_masks(session, response)
    assert count_unmasked(session) == 2  # the choice has no text to mask
    mask_the_rest(session)
    assert count_unmasked(session) == 0
    [answer] = answers_of(session, dialogue)
    assert (answer.masked_text, answer.masked_kinds) == (CALL_MASKED, {PersonalData.PHONE})
    assert [mark.masked_words for mark in marks_of(session, dialogue)] == ["hos [namn]"]


def test_a_text_that_is_destroyed_meanwhile_does_not_come_back(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    response = make_response(session, dialogue, {3: (None, CALL)})
    forget_masks(session, response)
    texts = list_unmasked(session)
    destroy_content(session, municipality, decision="KS 2023:7", before=date(2023, 12, 31))
    store_masks(session, texts, compute_masks(texts))
    session.commit()
    assert [answer.masked_text for answer in response.answers] == [None]
    assert count_unmasked(session) == 0


def test_what_a_person_has_decided_outlives_new_rules(session: Session, dialogue: Dialogue) -> None:
    response = make_response(session, dialogue, {3: (None, "Kim har sett Anna Berg vid Nygatan")})
    [answer] = response.answers
    answer.hidden_words, answer.told_words = ["nygatan"], ["Anna Berg"]
    mask_answer(answer)
    by_hand = answer.masked_text
    assert by_hand is not None
    assert "Anna Berg" in by_hand
    assert "Nygatan" not in by_hand
    forget_masks(session, response)
    mask_the_rest(session)
    assert answer.masked_text == by_hand


def test_destruction_takes_the_masked_form_too(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    place = MarkedPlace(words="hos Anna Karlsson", precision=Precision.DISTRICT)
    response = make_response(session, dialogue, {3: (None, CALL)}, [place])
    response.answers[0].hidden_words = ["lamporna"]
    response.places[0].told_words = ["Anna Karlsson"]
    session.flush()
    destroy_content(session, municipality, decision="KS 2023:7", before=date(2023, 12, 31))
    [answer], [mark] = response.answers, response.places
    assert (answer.masked_text, answer.masked_kinds, answer.hidden_words) == (None, frozenset(), [])
    assert (mark.masked_words, mark.told_words) == (None, [])
