"""Results: what is added to what, what is told and what is withheld."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, PlaceReason, Response, TimeOfDay
from surveys.queries.results.results import QuestionResult, summarise_results
from surveys.services.dialogues.counts import count_response
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_municipality, make_named_place


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def answer(
    session: Session,
    dialogue: Dialogue,
    answers: dict[int, tuple[str | None, str | None]] | None = None,
    places: list[MarkedPlace] | None = None,
    **values: object,
) -> Response:
    response = make_response(session, dialogue, answers, places, **values)
    count_response(session, response)
    return response


def first_question(session: Session, dialogue: Dialogue) -> QuestionResult:
    questions = summarise_results(
        session, dialogue.municipality, dialogue, sees_rows=True
    ).questions
    return next(question for question in questions if question.position == 1)


def test_the_scale_counts_three_and_vet_ej_in_neither(session: Session, dialogue: Dialogue) -> None:
    for value, times in {"5": 4, "4": 6, "3": 10, "2": 12, "1": 8, "vet_ej": 5}.items():
        for _ in range(times):
            answer(session, dialogue, {1: (value, None)})
    answer(session, dialogue, {3: (None, "mer ljus")})
    question = first_question(session, dialogue)
    assert question.scale is not None
    assert [(part.value, part.n) for part in question.scale.values] == [
        ("5", 4), ("4", 6), ("3", 10), ("2", 12), ("1", 8),
    ]  # fmt: skip
    assert (question.scale.safe.count, question.scale.unsafe.count, question.scale.n) == (
        10,
        20,
        40,
    )
    assert (question.n_dont_know, question.n_missing, question.n_responses) == (5, 1, 46)
    assert question.n_answered == 45


def test_an_imported_yes_or_no_is_a_series_of_its_own(session: Session, dialogue: Dialogue) -> None:
    for _ in range(30):
        answer(session, dialogue, {1: ("1", None)})
    for _ in range(2):
        answer(session, dialogue, {1: ("ja", None)}, channel=Channel.PAPER)
    answer(session, dialogue, {1: ("nej", None)}, channel=Channel.PAPER)
    question = first_question(session, dialogue)
    assert question.scale is not None
    assert question.yes_no is not None
    assert (question.scale.n, question.scale.unsafe.count) == (30, 30)
    assert (question.yes_no.n, question.yes_no.yes.count, question.yes_no.no.count) == (3, 2, 1)


def test_days_of_answers_may_span_the_turn_of_the_year(
    session: Session, dialogue: Dialogue
) -> None:
    for day in (date(2024, 1, 7), date(2023, 12, 28), date(2024, 1, 1)):
        answer(session, dialogue, {1: ("4", None)}, answered_on=day)
    results = summarise_results(session, dialogue.municipality, dialogue, sees_rows=True)
    assert (results.first_on, results.last_on) == (date(2023, 12, 28), date(2024, 1, 7))


def test_channels_days_and_texts_are_counted(session: Session, dialogue: Dialogue) -> None:
    answer(session, dialogue, {1: ("2", None), 3: (None, "lampor")})
    answer(session, dialogue, {3: (None, "fler vuxna")}, channel=Channel.PAPER, answered_on=None)
    answer(session, dialogue, {2: ("nej", None)}, channel=Channel.PAPER)
    results = summarise_results(session, dialogue.municipality, dialogue, sees_rows=True)
    assert [(row.channel, row.n) for row in results.channels] == [
        (Channel.PAPER, 2),
        (Channel.WEB, 1),
    ]
    assert results.channels[0].share == pytest.approx(2 / 3)
    assert [question.n_texts for question in results.questions] == [0, 0, 2]
    assert results.n_undated == 1
    assert str(results.first_on) == str(results.last_on) == "2023-07-15"


def test_a_dialogue_without_answers_has_no_shares(session: Session, dialogue: Dialogue) -> None:
    results = summarise_results(session, dialogue.municipality, dialogue, sees_rows=True)
    assert results.n_responses == 0
    assert [(q.scale, q.yes_no, q.n_missing) for q in results.questions] == [(None, None, 0)] * 3
    assert (results.first_on, results.places.n_marks, results.places.named) == (None, 0, ())


def test_places_are_counted_in_persons_and_small_numbers_withheld(
    session: Session, dialogue: Dialogue
) -> None:
    station = make_named_place(session, dialogue.municipality)
    park = make_named_place(session, dialogue.municipality, "Kyrkparken")
    bridge = make_named_place(session, dialogue.municipality, "Bron")
    for number in range(5):
        marks = [at(park.id), at(park.id, reasons={PlaceReason.DARK})]
        if number < 4:
            marks.append(at(station.id, reasons={PlaceReason.DARK, PlaceReason.DRUGS}))
        if number < 2:
            marks.append(at(bridge.id, times={TimeOfDay.NIGHT}))
        answer(session, dialogue, {2: ("ja", None)}, marks)
    answer(session, dialogue, {2: ("ja", None)}, [words("bakom skolan")])
    places = summarise_results(session, dialogue.municipality, dialogue).places
    assert [(row.name, row.n_respondents, row.at_most) for row in places.named] == [
        ("Kyrkparken", 5, 9),
        ("Bron", None, None),  # by name: the order of the withheld tells nothing
        ("Resecentrum", None, None),
    ]
    assert [(row.member, row.n_respondents) for row in places.reasons] == [
        (PlaceReason.DARK, None),  # all five who gave a reason
        (PlaceReason.DRUGS, None),
    ]
    assert [(row.member, row.n_respondents) for row in places.times] == [(TimeOfDay.NIGHT, None)]
    assert (places.n_marks, places.n_respondents, places.n_words_only) == (None, 6, None)
    assert (places.n_with_reason, places.n_with_time) == (5, None)


def test_a_joint_dialogue_shows_each_municipality_its_own(
    session: Session, municipality: Municipality
) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    joint = make_dialogue(
        session, municipality, slug="gemensam", municipalities=[municipality, neighbour]
    )
    answer(session, joint, {1: ("1", None)})
    answer(session, joint, {1: ("5", None)}, municipality_id=neighbour.id)
    ours = summarise_results(session, municipality, joint, sees_rows=True)
    theirs = summarise_results(session, neighbour, joint, sees_rows=True)
    assert [results.n_responses for results in (ours, theirs)] == [1, 1]
    assert [results.questions[0].scale.safe.count for results in (ours, theirs)] == [0, 1]  # type: ignore[union-attr]


def at(named_place_id: int, **sets: set[PlaceReason] | set[TimeOfDay]) -> MarkedPlace:
    columns = {name: frozenset(members) for name, members in sets.items()}
    return MarkedPlace(named_place_id=named_place_id, precision=Precision.PLACE, **columns)


def words(text: str) -> MarkedPlace:
    return MarkedPlace(words=text, precision=Precision.DISTRICT)
