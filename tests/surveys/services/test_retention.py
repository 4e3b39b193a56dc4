"""What is forgotten after a while, and what is destroyed only under a decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.responses import AnswerDraft, ResponseDraft
from surveys.errors import InvalidInput
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.notice import PrivacyNotice
from surveys.models.response import Response
from surveys.queries.dialogues.receipts import get_response_by_code
from surveys.queries.results.results import summarise_results
from surveys.queries.texts.free_text import list_free_text
from surveys.services.dialogues.count_checks import verify_counts
from surveys.services.dialogues.counting import count_new
from surveys.services.dialogues.destruction import destroy_content, plan_destruction
from surveys.services.dialogues.responses import submit_response
from surveys.services.dialogues.retention import drop_old_keys, has_old_keys
from surveys.services.dialogues.withdrawals import withdraw_response
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark
from tests.factories.noise import NOISE_TEXT

SECRET = "only-for-tests"
TODAY = swedish_day(NOW)
DRAFT = ResponseDraft(
    key="00000000-0000-4000-8000-000000000001", answers=(AnswerDraft(3, text="Fler lampor"),)
)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def submit(session: Session, dialogue: Dialogue, days_later: int = 0) -> str:
    moment = NOW + timedelta(days=days_later)
    return submit_response(
        session, dialogue.municipality, dialogue, DRAFT, now=moment, secret=SECRET
    ).code


def stored(session: Session, dialogue: Dialogue) -> list[Response]:
    session.expire_all()
    return list(session.scalars(select(Response).where(Response.dialogue_id == dialogue.id)))


def test_a_keys_hash_is_gone_after_seven_days_and_not_before(
    session: Session, dialogue: Dialogue
) -> None:
    submit(session, dialogue)
    for days, kept in ((0, True), (7, True), (8, False)):
        today = TODAY + timedelta(days=days)
        assert has_old_keys(session, today=today) is not kept
        assert drop_old_keys(session, today=today) == (0 if kept else 1)
        assert (stored(session, dialogue)[0].key_hash is not None) is kept
    assert not has_old_keys(session, today=TODAY + timedelta(days=8))


def test_an_answer_that_waited_longer_than_that_is_not_stored_twice(
    session: Session, dialogue: Dialogue
) -> None:
    code = submit(session, dialogue)
    drop_old_keys(session, today=TODAY + timedelta(days=8))
    assert submit(session, dialogue, days_later=9) == code
    assert len(stored(session, dialogue)) == 1
    assert verify_counts(session, dialogue) == []


def test_without_a_decision_nothing_can_be_destroyed(
    session: Session, municipality: Municipality
) -> None:
    for act in (plan_destruction, destroy_content):
        with pytest.raises(InvalidInput, match="no_decision"):
            act(session, municipality, decision=" ", before=date(2030, 1, 1))


def test_the_standing_decision_of_the_notice_is_enough(
    session: Session, municipality: Municipality
) -> None:
    session.add(
        PrivacyNotice(
            municipality_id=municipality.id, controllers="Vi", destruction_decision="KS 2023:7"
        )
    )
    session.flush()
    plan = plan_destruction(session, municipality, decision="", before=date(2030, 1, 1))
    assert plan.decision == "KS 2023:7"


def test_all_of_a_withdrawn_answer_is_destroyed_and_its_code_still_says_so(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    code = submit(session, dialogue)
    withdraw_response(session, municipality, code, secret=SECRET, now=NOW)
    assert stored(session, dialogue)[0].answers
    done = destroy_content(session, municipality, decision="KS 1", before=date(2023, 9, 1))
    assert (done.n_withdrawn, done.n_old) == (1, 0)
    (response,) = stored(session, dialogue)
    assert (response.answers, response.places, response.content_hash) == ([], [], "")
    found = get_response_by_code(session, municipality, code, secret=SECRET)
    assert found.withdrawn_on == TODAY
    assert verify_counts(session, dialogue) == []
    assert submit(session, dialogue) == code  # sent once more: never twice, never back
    assert not stored(session, dialogue)[0].is_counted


def test_of_an_old_answer_the_words_go_and_the_figures_stay_right(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    response = make_response(
        session,
        dialogue,
        {1: ("2", None), 2: ("ja", None), 3: (None, "Fler lampor")},
        [mark(61.3, 17.04, words="bakom kiosken")],
    )
    count_new(session, response)
    before = summarise_results(session, municipality, dialogue, sees_rows=True)
    done = destroy_content(session, municipality, decision="KS 1", before=date(2023, 8, 1))
    assert (done.n_withdrawn, done.n_old) == (0, 1)
    assert summarise_results(session, municipality, dialogue, sees_rows=True) == before
    assert verify_counts(session, dialogue) == []
    (kept,) = stored(session, dialogue)
    assert (kept.places[0].words, kept.places[0].lat) == (None, 61.3)
    assert "lampor" not in "".join(answer.text or "" for answer in kept.answers)
    assert list_free_text(session, municipality, dialogue).n == 0
    assert list_free_text(session, municipality, dialogue, search="destroyed").n == 0
    again = plan_destruction(session, municipality, decision="KS 1", before=date(2023, 8, 1))
    assert (again.n_withdrawn, again.n_old) == (0, 0)


def test_no_sum_of_destroyed_words_is_left_to_try_guesses_on(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    long = "Jag vill ha mer belysning längs gångvägen bakom skolan och ner mot ån och stationen."
    draft = replace(DRAFT, answers=(AnswerDraft(3, text=long),))
    submit_response(session, municipality, dialogue, draft, now=NOW, secret=SECRET)
    assert [a.fingerprint is None for r in stored(session, dialogue) for a in r.answers] == [False]
    destroy_content(session, municipality, decision="KS 1", before=date(2023, 9, 1))
    (response,) = stored(session, dialogue)
    assert (response.content_hash, response.key_hash) == ("", None)
    assert [answer.fingerprint for answer in response.answers] == [None]


def test_later_answers_and_other_municipalities_are_left_alone(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    submit(session, dialogue)
    destroy_content(session, municipality, decision="KS 1", before=TODAY)
    assert list_free_text(session, municipality, dialogue).n == 1
    texts = [a.text for r in session.scalars(select(Response)) for a in r.answers]
    assert NOISE_TEXT in texts
