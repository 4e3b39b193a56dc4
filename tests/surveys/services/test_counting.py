"""An answer that does not count is in no figure, list or map, and its counts move once."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, Response, Suspicion, SuspicionReview
from surveys.queries.dialogues.overview import get_overview
from surveys.queries.maps.hotspots import get_map_state
from surveys.queries.maps.mark_columns import load_marks
from surveys.queries.maps.marks import NO_MARKS, count_fingerprints, get_fingerprint
from surveys.queries.maps.stale_maps import list_stale_dialogues
from surveys.queries.results.results import summarise_results
from surveys.queries.texts.free_text import list_free_text
from surveys.services.dialogues.count_checks import rebuild_counts, verify_counts
from surveys.services.dialogues.counting import count_new, is_to_be_counted, settle_counting
from surveys.services.maps.hotspots import analyse_run, read_run, store_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import make_run, mark

ROOT = Path(__file__).parents[3]
TODAY = date(2023, 8, 1)
# Readers of single answers, for whoever holds the code or imports the same row again.
OF_ONE_ANSWER = {"receipts.py", "imports.py", "originals.py"}


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def response(session: Session, dialogue: Dialogue) -> Response:
    """Counted, with words and a mark."""
    response = make_response(
        session,
        dialogue,
        {1: ("1", None), 2: ("ja", None), 3: (None, "Fler lampor")},
        [mark(61.3, 17.04, words="vid bron", precision=Precision.EXACT)],
    )
    count_new(session, response)
    return response


def seen(session: Session, dialogue: Dialogue) -> dict[str, object]:
    """What staff can see of the dialogue's answers, wherever they look."""
    municipality = dialogue.municipality
    session.expire_all()
    results = summarise_results(session, municipality, dialogue, sees_rows=True)
    marks = load_marks(session, municipality, dialogue)
    return {
        "responses": results.n_responses,
        "scale": results.questions[0].scale.n if results.questions[0].scale else 0,
        "texts": results.questions[2].n_texts,
        "missing": results.questions[0].n_missing,
        "days": (results.first_on, results.last_on),
        "marks": results.places.n_marks,
        "positions": marks.size,
        "fingerprint": get_fingerprint(session, municipality, dialogue) != NO_MARKS,
        "in_round": (municipality.id, dialogue.id) in count_fingerprints(session),
        "on_map_page": get_map_state(session, municipality, dialogue).n_marks_now,
        "free_text": list_free_text(session, municipality, dialogue).n,
        "overview": get_overview(session, municipality, NOW, TODAY).dialogues[0].n_responses,
    }


def withdraw(session: Session, response: Response) -> bool:
    response.withdrawn_on = TODAY
    return settle_counting(session, response, now=NOW)


def test_an_answer_that_is_taken_out_is_seen_nowhere(
    session: Session, dialogue: Dialogue, response: Response
) -> None:
    before = seen(session, dialogue)
    assert all(before[name] for name in before.keys() - {"missing"})
    assert withdraw(session, response)
    after = seen(session, dialogue)
    assert not any(value for name, value in after.items() if name != "days")
    assert after["days"] == (None, None)
    assert verify_counts(session, dialogue) == []


def test_an_answer_that_is_counted_again_is_back_everywhere(
    session: Session, dialogue: Dialogue, response: Response
) -> None:
    before = seen(session, dialogue)
    response.suspicions = frozenset({Suspicion.REPEATED})
    assert settle_counting(session, response, now=NOW)
    response.suspicion_review = SuspicionReview.COUNTED
    assert settle_counting(session, response, now=NOW)
    assert seen(session, dialogue) == before
    assert verify_counts(session, dialogue) == []


def test_asked_twice_the_counts_move_once(
    session: Session, dialogue: Dialogue, response: Response
) -> None:
    assert withdraw(session, response)
    assert not withdraw(session, response)
    assert verify_counts(session, dialogue) == []


def test_a_suspicious_answer_is_stored_and_never_counted_until_staff_say_so(
    session: Session, dialogue: Dialogue
) -> None:
    response = make_response(
        session,
        dialogue,
        {1: ("1", None), 3: (None, "Köp här")},
        [mark(61.3, 17.04)],
        suspicions=frozenset({Suspicion.HONEYPOT}),
    )
    count_new(session, response)
    assert not any(value for name, value in seen(session, dialogue).items() if name != "days")
    response.suspicion_review = SuspicionReview.COUNTED
    settle_counting(session, response, now=NOW)
    assert seen(session, dialogue)["responses"] == 1
    assert verify_counts(session, dialogue) == []


@pytest.mark.parametrize(
    ("columns", "counts"),
    [
        ({}, True),
        ({"suspicions": frozenset({Suspicion.NO_PROOF})}, True),
        ({"suspicions": frozenset({Suspicion.HONEYPOT})}, False),
        (
            {
                "suspicions": frozenset({Suspicion.HONEYPOT}),
                "suspicion_review": SuspicionReview.COUNTED,
            },
            True,
        ),
        ({"suspicion_review": SuspicionReview.LEFT_OUT}, False),
        ({"withdrawn_on": TODAY, "suspicion_review": SuspicionReview.COUNTED}, False),
    ],
)
def test_what_counts(
    session: Session, dialogue: Dialogue, columns: dict[str, object], counts: bool
) -> None:
    assert is_to_be_counted(make_response(session, dialogue, **columns)) is counts


def test_counting_all_again_leaves_out_what_does_not_count(
    session: Session, dialogue: Dialogue, response: Response
) -> None:
    other = make_response(session, dialogue, {1: ("5", None)})
    count_new(session, other)
    withdraw(session, response)
    assert rebuild_counts(session, dialogue) == 0
    assert seen(session, dialogue)["responses"] == 1


def test_a_map_made_of_the_answer_is_shown_no_more_and_made_anew(
    session: Session, dialogue: Dialogue, response: Response
) -> None:
    run = make_run(session, dialogue)
    withdraw(session, response)
    session.refresh(run)
    assert (run.state, run.map_html, run.map_script) == (RunState.VOID, None, None)
    state = get_map_state(session, dialogue.municipality, dialogue)
    assert state.latest is None
    assert state.was_voided
    assert state.waiting_since == NOW
    assert (dialogue.municipality, dialogue) in list_stale_dialogues(session)


def test_a_map_that_is_being_made_with_the_answer_is_never_stored(
    session: Session, dialogue: Dialogue, response: Response
) -> None:
    run = HotspotRun(
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        state=RunState.QUEUED,
        requested_at=NOW,
        method="density_gi_star",
    )
    session.add(run)
    session.flush()
    data = read_run(session, dialogue.municipality, run.id, now=NOW)
    assert data is not None
    withdraw(session, response)
    store_run(session, dialogue.municipality, run.id, analyse_run(data), now=NOW)
    session.refresh(run)
    assert (run.state, run.computed_at) == (RunState.VOID, None)
    waiting = session.scalars(
        select(HotspotRun.id).where(
            HotspotRun.dialogue_id == dialogue.id, HotspotRun.state == RunState.QUEUED
        )
    )
    assert len(list(waiting)) == 1


def test_an_answer_without_a_place_leaves_the_map_as_it_is(
    session: Session, dialogue: Dialogue
) -> None:
    response = make_response(session, dialogue, {1: ("5", None)})
    count_new(session, response)
    run = make_run(session, dialogue)
    withdraw(session, response)
    assert run.state is RunState.DONE


def test_two_at_once_take_it_out_once(
    session: Session, engine: Engine, dialogue: Dialogue, response: Response
) -> None:
    session.commit()
    with Session(engine) as other:
        late = other.get(Response, response.id)
        assert late is not None
        assert late.is_counted
        other.rollback()
        late.withdrawn_on = TODAY
        withdraw(session, response)
        session.commit()
        assert not settle_counting(other, late, now=NOW)
        other.commit()
    assert verify_counts(session, dialogue) == []


def test_every_reader_of_answers_asks_whether_they_count() -> None:
    forgetful = [
        path.name
        for path in sorted((ROOT / "surveys" / "queries").glob("*.py"))
        if path.name not in OF_ONE_ANSWER
        and any(
            f"{model.__name__}.dialogue_id ==" in path.read_text(encoding="utf-8")
            for model in (Response, MarkedPlace)
        )
        and "is_counted" not in path.read_text(encoding="utf-8")
    ]
    assert forgetful == []
