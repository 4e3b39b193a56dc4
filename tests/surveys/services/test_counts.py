"""The counts that dashboards show follow what is stored."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.services.dialogues.counts import count_response
from tests.factories.dialogues import make_dialogue, make_response


def counts_of(session: Session, dialogue: Dialogue) -> dict[tuple[int, str, str], int]:
    """(the question's position, value, day) -> n, counts of nought left out."""
    position = {question.id: question.position for question in dialogue.questions}
    session.flush()
    rows = session.scalars(select(AnswerCount).where(AnswerCount.dialogue_id == dialogue.id))
    return {(position[r.question_id], r.value, r.day): r.n for r in rows if r.n}


def test_each_question_is_counted_by_value_text_or_left_out(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality)
    count_response(session, make_response(session, dialogue, {1: ("4", None), 3: (None, "Ljus")}))
    assert counts_of(session, dialogue) == {
        (1, "4", "2023-07-15"): 1,
        (2, "*none", "2023-07-15"): 1,
        (3, "*text", "2023-07-15"): 1,
    }


def test_a_second_answer_adds_to_the_same_row(session: Session, municipality: Municipality) -> None:
    dialogue = make_dialogue(session, municipality)
    for _ in range(2):
        count_response(session, make_response(session, dialogue, {1: ("vet_ej", None)}))
    assert counts_of(session, dialogue)[1, "vet_ej", "2023-07-15"] == 2


def test_an_answer_without_a_day_has_a_row_of_its_own(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality)
    for day in (None, None):
        response = make_response(session, dialogue, {2: ("ja", "Torget")}, answered_on=day)
        count_response(session, response)
    assert counts_of(session, dialogue)[2, "ja", ""] == 2
    assert counts_of(session, dialogue)[2, "*text", ""] == 2


def test_taking_an_answer_out_leaves_the_others(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality)
    first = make_response(session, dialogue, {1: ("1", None)})
    second = make_response(session, dialogue, {1: ("1", None)})
    count_response(session, first)
    count_response(session, second)
    count_response(session, first, sign=-1)
    assert counts_of(session, dialogue)[1, "1", "2023-07-15"] == 1
