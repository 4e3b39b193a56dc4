"""An answer is stored once and whole, or not at all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from maps.places import distance_m, metres_per_degree
from surveys.db import WRITE_OPTION
from surveys.drafts.responses import AnswerDraft, IfOutside
from surveys.errors import DialogueClosed, InvalidInput, KeyReused, PlacesOutside
from surveys.limits import MAX_PLACES
from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import (
    AgeBand,
    Gender,
    MarkedPlace,
    PlaceReason,
    Response,
    TimeOfDay,
)
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.dialogues.responses import Receipt, submit_response
from tests.conftest import NOW
from tests.factories.dialogues import CLOSES_AT, OPENS_AT, make_dialogue
from tests.factories.drafts import IN_SODERHAMN, KEY, SECRET, STOCKHOLM, make_draft, make_place
from tests.factories.municipalities import make_named_place


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    return make_dialogue(session, municipality)


def submit(
    session: Session, municipality: Municipality, dialogue: Dialogue, **content: object
) -> Receipt:
    draft = make_draft(**content)  # type: ignore[arg-type]
    return submit_response(session, municipality, dialogue, draft, now=NOW, secret=SECRET)


def stored(session: Session, dialogue: Dialogue) -> Response:
    return session.scalars(select(Response).where(Response.dialogue_id == dialogue.id)).one()


def stored_place(session: Session, dialogue: Dialogue) -> MarkedPlace:
    return session.scalars(select(MarkedPlace).where(MarkedPlace.dialogue_id == dialogue.id)).one()


def count(session: Session, dialogue: Dialogue) -> int:
    statement = select(func.count()).select_from(Response)
    return session.scalar(statement.where(Response.dialogue_id == dialogue.id)) or 0


def test_what_was_answered_is_stored_and_nothing_that_points_at_a_person(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(
        session,
        municipality,
        dialogue,
        answers=(
            AnswerDraft(1, value="2"),
            AnswerDraft(2, value="nej"),
            AnswerDraft(3, text="Ljus"),
        ),
        age_band=AgeBand.FROM_15_TO_24,
        gender=Gender.OTHER,
        area="Sandarne",
    )
    response = stored(session, dialogue)
    answers = {a.question.position: (a.value, a.text) for a in response.answers}
    assert answers == {1: ("2", None), 2: ("nej", None), 3: (None, "Ljus")}
    assert response.municipality_id == municipality.id
    assert response.answered_on == date(2023, 8, 1)
    assert (response.age_band, response.gender) == (AgeBand.FROM_15_TO_24, Gender.OTHER)
    assert response.area == "Sandarne"
    kept = " ".join(str(getattr(response, c.key)) for c in Response.__table__.columns)
    assert KEY not in kept


def test_the_day_is_the_one_in_sweden(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    late = datetime(2023, 8, 1, 22, 30, tzinfo=UTC)
    submit_response(session, municipality, dialogue, make_draft(), now=late, secret=SECRET)
    assert stored(session, dialogue).answered_on == date(2023, 8, 2)


def test_the_code_is_three_words_and_only_its_hash_is_kept(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    receipt = submit(session, municipality, dialogue)
    response = stored(session, dialogue)
    assert len(receipt.code.split(" ")) == 3
    assert response.receipt_hash
    assert receipt.code.replace(" ", "") not in response.receipt_hash


def test_sending_again_stores_nothing_and_shows_the_same_code(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    first = submit(session, municipality, dialogue)
    again = submit(session, municipality, dialogue)
    assert again == first
    assert count(session, dialogue) == 1
    counts = select(func.sum(AnswerCount.n)).where(AnswerCount.dialogue_id == dialogue.id)
    assert session.scalar(counts) == 3  # one for each question


def test_sending_again_after_the_closing_still_gives_the_receipt(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    first = submit(session, municipality, dialogue)
    later = CLOSES_AT + timedelta(days=1)
    again = submit_response(session, municipality, dialogue, make_draft(), now=later, secret=SECRET)
    assert again.code == first.code


def test_a_key_cannot_carry_another_answer(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(session, municipality, dialogue)
    with pytest.raises(KeyReused):
        submit(session, municipality, dialogue, answers=(AnswerDraft(1, value="1"),))
    assert count(session, dialogue) == 1


@pytest.mark.parametrize(
    "moment", [OPENS_AT - timedelta(seconds=1), CLOSES_AT + timedelta(seconds=1)]
)
def test_nothing_is_stored_outside_the_open_period(
    session: Session, municipality: Municipality, dialogue: Dialogue, moment: datetime
) -> None:
    with pytest.raises(DialogueClosed):
        submit_response(session, municipality, dialogue, make_draft(), now=moment, secret=SECRET)
    assert count(session, dialogue) == 0


@pytest.mark.parametrize("moment", [OPENS_AT, CLOSES_AT])
def test_the_first_and_the_last_moment_count(
    session: Session, municipality: Municipality, dialogue: Dialogue, moment: datetime
) -> None:
    submit_response(session, municipality, dialogue, make_draft(), now=moment, secret=SECRET)
    assert count(session, dialogue) == 1


def test_two_taps_at_the_same_time_store_once(
    session: Session, municipality: Municipality, dialogue: Dialogue, engine: Engine
) -> None:
    slug, both_ready = dialogue.slug, threading.Barrier(2)
    session.commit()

    def tap(_: int) -> Receipt:
        with Session(engine) as own:
            both_ready.wait(timeout=30)
            own.connection(execution_options={WRITE_OPTION: True})
            kommun = get_municipality(own, "soderhamn")
            receipt = submit(own, kommun, get_dialogue(own, kommun, slug))
            own.commit()
            return receipt

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(tap, range(2))
    assert first == second
    assert count(session, dialogue) == 1


def test_a_place_of_the_list_takes_the_register_s_position(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    place = make_place(
        name="Resecentrum",
        words="vid bussarna",
        reasons=frozenset({PlaceReason.DARK, PlaceReason.DESERTED}),
        times=frozenset({TimeOfDay.EVENING}),
    )
    submit(session, municipality, dialogue, places=(place,))
    mark = stored_place(session, dialogue)
    assert mark.named_place is not None
    assert (mark.lat, mark.lon) == (mark.named_place.lat, mark.named_place.lon)
    assert (mark.precision.value, mark.words) == ("place", "vid bussarna")
    assert mark.reasons == {PlaceReason.DARK, PlaceReason.DESERTED}
    assert mark.times == {TimeOfDay.EVENING}


def test_another_municipality_s_place_name_stays_words(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(session, municipality, dialogue, places=(make_place(name="Hagfors torg"),))
    mark = stored_place(session, dialogue)
    assert (mark.named_place_id, mark.words, mark.lat) == (None, "Hagfors torg", None)


def test_a_pin_is_stored_on_the_fifty_metre_grid(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(session, municipality, dialogue, places=(make_place(pin=IN_SODERHAMN),))
    mark = stored_place(session, dialogue)
    assert mark.precision.value == "exact"
    assert mark.lat is not None
    assert mark.lon is not None
    assert (mark.lat, mark.lon) != IN_SODERHAMN
    assert distance_m(mark.lat, mark.lon, *IN_SODERHAMN) < 36
    assert mark.outside_m == 0


def test_words_alone_have_no_position(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(session, municipality, dialogue, places=(make_place(words="Stigen bakom skolan"),))
    mark = stored_place(session, dialogue)
    assert (mark.words, mark.lat, mark.lon) == ("Stigen bakom skolan", None, None)


def test_pointing_out_a_place_answers_the_question_about_places(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(session, municipality, dialogue, answers=(), places=(make_place(words="Torget"),))
    answers = {a.question.position: a.value for a in stored(session, dialogue).answers}
    assert answers == {2: "ja"}


def test_a_place_does_not_overrule_a_no(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    no = (AnswerDraft(2, value="nej"),)
    submit(session, municipality, dialogue, answers=no, places=(make_place(words="Torget"),))
    assert [a.value for a in stored(session, dialogue).answers] == ["nej"]
    assert stored_place(session, dialogue).words == "Torget"


def test_a_pin_a_little_outside_is_accepted_and_noted(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    north_of_the_edge = (61.5 + 600 / 111_400, 17.0)
    receipt = submit(session, municipality, dialogue, places=(make_place(pin=north_of_the_edge),))
    assert receipt.n_places_near == 1
    assert stored_place(session, dialogue).outside_m == pytest.approx(600, abs=5)


@pytest.mark.parametrize(("metres", "is_accepted"), [(990, True), (1010, False)])
def test_the_limit_is_one_kilometre(
    metres: float,
    is_accepted: bool,
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
) -> None:
    place = make_place(pin=(61.5 + metres / metres_per_degree(61.5)[0], 17.0))
    if is_accepted:
        assert submit(session, municipality, dialogue, places=(place,)).n_places_near == 1
    else:
        with pytest.raises(PlacesOutside):
            submit(session, municipality, dialogue, places=(place,))


def test_a_pin_far_outside_is_asked_about(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    with pytest.raises(PlacesOutside) as refused:
        submit(session, municipality, dialogue, places=(make_place(4, pin=STOCKHOLM),))
    [outside] = refused.value.places
    assert (outside.number, outside.suggestion) == (4, "Resecentrum")
    assert outside.distance_m == pytest.approx(195_000, rel=0.05)
    assert count(session, dialogue) == 0


def test_without_its_pin_the_place_is_kept_in_words(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    place = make_place(pin=STOCKHOLM, words="Vid kiosken", if_outside=IfOutside.WORDS)
    submit(session, municipality, dialogue, places=(place,))
    mark = stored_place(session, dialogue)
    assert (mark.words, mark.lat, mark.outside_m) == ("Vid kiosken", None, 0)


def test_the_suggested_place_is_taken_instead_of_the_pin(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    place = make_place(pin=STOCKHOLM, if_outside=IfOutside.SUGGESTED)
    submit(session, municipality, dialogue, places=(place,))
    mark = stored_place(session, dialogue)
    assert mark.named_place is not None
    assert (mark.named_place.name, mark.precision.value) == ("Resecentrum", "place")


def test_a_lone_pin_that_is_dropped_leaves_the_yes(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    place = make_place(pin=STOCKHOLM, if_outside=IfOutside.WORDS)
    submit(session, municipality, dialogue, answers=(), places=(place,))
    response = stored(session, dialogue)
    assert response.places == []
    assert [a.value for a in response.answers] == ["ja"]


def test_a_municipality_without_an_outline_refuses_no_pin(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    municipality.outline = None
    submit(session, municipality, dialogue, places=(make_place(pin=STOCKHOLM),))
    assert stored_place(session, dialogue).precision.value == "exact"


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", {"answers": ()}),
        ("choice", {"answers": (AnswerDraft(1, value="ja"),)}),
        ("choice", {"answers": (AnswerDraft(2, value="5"),)}),
        ("no_question", {"answers": (AnswerDraft(9, value="5"),)}),
        ("too_long", {"answers": (AnswerDraft(3, text="x" * 2001),)}),
        ("too_long", {"places": (make_place(words="x" * 501),)}),
        ("too_many", {"places": tuple(make_place(words="x") for _ in range(MAX_PLACES + 1))}),
    ],
)
def test_what_the_rules_refuse_is_not_stored(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    code: str,
    content: dict[str, object],
) -> None:
    with pytest.raises(InvalidInput) as refused:
        submit(session, municipality, dialogue, **content)
    assert refused.value.code == code
    assert count(session, dialogue) == 0


def test_background_that_the_dialogue_does_not_ask_for_is_not_kept(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    dialogue.asks_age_band = dialogue.asks_gender = dialogue.asks_area = False
    submit(
        session,
        municipality,
        dialogue,
        age_band=AgeBand.FROM_80,
        gender=Gender.WOMAN,
        area="Sandarne",
    )
    response = stored(session, dialogue)
    assert (response.age_band, response.gender, response.area) == (None, None, None)
