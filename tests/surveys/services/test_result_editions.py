"""Public figures in editions: whom they count, what leaves them, and what is forgotten of whom."""

import random
import uuid
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, Response, SuspicionReview
from surveys.models.result_edition import ResultEdition
from surveys.queries.results.result_editions import (
    get_public_results,
    list_public_results,
    list_result_editions,
)
from surveys.services.dialogues.counting import settle_counting
from surveys.services.dialogues.destruction import destroy_content
from surveys.services.maps.map_edition_steps import person_digest
from surveys.services.results.result_editions import (
    count_results,
    prepare_results,
    publish_results,
    publish_results_now,
    request_results,
    store_results,
    withdraw_results,
)
from tests.conftest import NOW
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_municipality

ROLE = "Trygghetssamordnare"


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def add(
    session: Session, dialogue: Dialogue, n: int, value: str, **values: object
) -> list[Response]:
    return [
        make_response(session, dialogue, {1: (value, None)}, id=uuid.uuid4(), **values)
        for _ in range(n)
    ]


def publish(session: Session, dialogue: Dialogue) -> ResultEdition:
    return publish_results_now(session, dialogue.municipality, dialogue, role=ROLE, now=NOW)


def table(edition: ResultEdition, key: str) -> dict[str, int]:
    """The counts of one table by answers."""
    found = next(one for one in edition.tables if one["key"] == key)
    return {"+".join(row["codes"]): row["count"] for row in found["rows"]}


def leave(session: Session, response: Response) -> None:
    response.suspicion_review = SuspicionReview.LEFT_OUT
    settle_counting(session, response, now=NOW)


def test_an_edition_counts_respondents_and_never_a_few(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 20, "4")
    add(session, dialogue, 8, "2")
    add(session, dialogue, 3, "1")
    add(session, dialogue, 2, "vet_ej")
    edition = publish(session, dialogue)
    counts = table(edition, "q1")
    assert {k: n for k, n in counts.items() if n} == {"4": 20, "2+1": 11}
    assert (edition.n_respondents, edition.left_out["waiting"]) == (31, 2)
    assert (edition.published_by, edition.number) == (ROLE, 1)


def test_the_limits_are_the_municipality_s_at_the_first_edition(
    session: Session, dialogue: Dialogue
) -> None:
    dialogue.municipality.min_respondents = 20
    add(session, dialogue, 20, "4")
    add(session, dialogue, 25, "2")
    publish(session, dialogue)
    dialogue.municipality.min_respondents = 5
    later = prepare_results(session, dialogue.municipality, dialogue, now=NOW)
    assert later.min_respondents == 20


def test_groups_are_crossed_only_with_enough_in_every_cell(
    session: Session, dialogue: Dialogue
) -> None:
    for value in ("4", "2"):
        add(session, dialogue, 15, value, gender=Gender.WOMAN, age_band=AgeBand.FROM_80)
        add(session, dialogue, 12, value, gender=Gender.MAN, age_band=AgeBand.UNDER_15)
        add(session, dialogue, 4, value, gender=Gender.OTHER)
    edition = publish(session, dialogue)
    by_gender = next(one for one in edition.tables if one["key"] == "q1_gender")
    assert [row["counts"] for row in by_gender["rows"]] == [[15, 16], [15, 16]]
    assert "annat" in by_gender["columns"][1]["codes"]


def test_themes_count_those_who_are_coded(session: Session, dialogue: Dialogue) -> None:
    light, police, *_ = make_codebook(session, dialogue.municipality).values()
    responses = [*add(session, dialogue, 20, "4"), *add(session, dialogue, 10, "2")]
    for number, response in enumerate(responses[:20]):
        make_coding(session, response, light if number < 14 else police)
    edition = publish(session, dialogue)
    themes = next(one for one in edition.tables if one["key"] == "themes")
    assert themes["n"] == 20
    assert sorted(row["count"] for row in themes["rows"]) == [6, 14]


def test_an_answer_that_leaves_does_not_take_the_edition_with_it(
    session: Session, dialogue: Dialogue
) -> None:
    """With exact counts its going would tell that the answer stood where there were only five."""
    responses = add(session, dialogue, 5, "1")
    add(session, dialogue, 30, "5")
    edition = publish(session, dialogue)
    leave(session, responses[0])
    shown = get_public_results(session, dialogue.municipality, dialogue)
    assert shown is not None
    assert shown.content_hash == edition.content_hash


def test_the_next_edition_counts_without_those_who_left(
    session: Session, dialogue: Dialogue
) -> None:
    responses = add(session, dialogue, 9, "1")
    add(session, dialogue, 30, "5")
    publish(session, dialogue)
    leave(session, responses[0])
    assert (
        prepare_results(session, dialogue.municipality, dialogue, now=NOW).failure == "nothing_new"
    )
    add(session, dialogue, 12, "1")
    edition = publish(session, dialogue)
    assert table(edition, "q1")["1"] == 20
    members = edition.ledger["members"]
    assert person_digest(responses[0].id.hex) not in [edition.ledger["persons"][i] for i in members]


def test_an_answer_that_leaves_while_it_is_counted_drops_the_edition(
    session: Session, dialogue: Dialogue
) -> None:
    here = dialogue.municipality
    responses = add(session, dialogue, 20, "1")
    add(session, dialogue, 30, "5")
    edition_id = request_results(session, here, dialogue, now=NOW).id
    drafted = count_results(session, here, dialogue, edition_id)
    leave(session, responses[0])
    with pytest.raises(NotFound):
        store_results(session, here, dialogue, edition_id, drafted)


def test_a_table_that_is_wrong_does_not_come_back_after_a_taking_down(
    session: Session, dialogue: Dialogue
) -> None:
    responses = add(session, dialogue, 20, "1")
    add(session, dialogue, 30, "5")
    first = publish(session, dialogue)
    withdraw_results(
        session, dialogue.municipality, dialogue, first.id, reason="Påhittade svar", now=NOW
    )
    for response in responses[:3]:
        leave(session, response)
    later = prepare_results(session, dialogue.municipality, dialogue, now=NOW)
    assert later.failure == "nothing_to_show"


def test_the_ledger_of_earlier_editions_is_forgotten(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 20, "1")
    add(session, dialogue, 30, "5")
    publish(session, dialogue)
    add(session, dialogue, 30, "5")
    publish(session, dialogue)
    ledgers = session.scalars(
        select(ResultEdition.ledger)
        .where(ResultEdition.dialogue_id == dialogue.id)
        .order_by(ResultEdition.number)
    ).all()
    assert ledgers[0] == {}
    assert len(ledgers[1]["persons"]) == 80


def test_destruction_cuts_the_way_from_the_ledger_to_the_answer(
    session: Session, dialogue: Dialogue
) -> None:
    responses = add(session, dialogue, 20, "1")
    add(session, dialogue, 30, "5")
    edition = publish(session, dialogue)
    gone = responses[0]
    gone.withdrawn_on = date(2023, 7, 20)
    settle_counting(session, gone, now=NOW)
    digest = person_digest(gone.id.hex)
    assert digest in edition.ledger["persons"]
    destroy_content(session, dialogue.municipality, decision="KS 1", before=date(2023, 7, 31))
    session.refresh(edition, ["ledger"])
    assert digest not in edition.ledger["persons"]
    assert len(edition.ledger["persons"]) == 50


def test_nothing_residents_wrote_and_no_id_is_in_what_readers_get(
    session: Session, dialogue: Dialogue
) -> None:
    dice = random.Random(1)
    for _ in range(60):
        make_response(session, dialogue, {1: (dice.choice("54321"), None), 3: (None, "HEMLIGT")})
    edition = publish(session, dialogue)
    text = repr(edition.tables)
    assert "HEMLIGT" not in text
    assert not any(digest in text for digest in edition.ledger["persons"])


def test_an_edition_is_one_municipality_s(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 20, "1")
    add(session, dialogue, 30, "5")
    shown = publish(session, dialogue)
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    assert get_public_results(session, neighbour, dialogue) is None
    assert list_public_results(session, neighbour) == []
    with pytest.raises(NotFound):
        withdraw_results(session, neighbour, dialogue, shown.id, reason="x", now=NOW)


def test_taking_down_needs_a_reason_and_something_published(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 20, "1")
    add(session, dialogue, 30, "5")
    shown, here = publish(session, dialogue), dialogue.municipality
    with pytest.raises(InvalidInput):
        withdraw_results(session, here, dialogue, shown.id, reason="  ", now=NOW)
    withdraw_results(session, here, dialogue, shown.id, reason="Fel", now=NOW)
    with pytest.raises(Conflict):
        withdraw_results(session, here, dialogue, shown.id, reason="Igen", now=NOW)
    with pytest.raises(Conflict):
        publish_results(session, here, dialogue, shown.id, role=ROLE, now=NOW)
    states = [e.state for e in list_result_editions(session, here, dialogue)]
    assert states == [EditionState.WITHDRAWN]


@pytest.mark.parametrize("n", [0, 1, 4])
def test_a_dialogue_with_hardly_any_answers_has_nothing_to_show(
    session: Session, dialogue: Dialogue, n: int
) -> None:
    add(session, dialogue, n, "4")
    edition = prepare_results(session, dialogue.municipality, dialogue, now=NOW)
    assert (edition.failure, edition.tables) == ("nothing_to_show", [])
