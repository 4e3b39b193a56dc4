"""Answers that are marked: from when, in which figures, and what staff decide."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.responses import AnswerDraft, PlaceDraft, ResponseDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response, Suspicion, SuspicionReview
from surveys.queries.dialogues.suspicions import (
    LeftOut,
    MarkCount,
    list_decisions,
    list_suspicious,
    summarise_left_out,
)
from surveys.queries.results.results import summarise_results
from surveys.queries.texts.masked import MaskedWords
from surveys.services.dialogues.count_checks import verify_counts
from surveys.services.dialogues.responses import submit_response
from surveys.services.dialogues.suspicions import DecisionDraft, decide
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response

LONG = (
    "Det behövs fler lampor längs gångvägen mellan stationen och skolan, och någon som är ute"
    " på kvällarna."
)
HONEYPOT, BURST = Suspicion.HONEYPOT, Suspicion.BURST
REPEATED, NO_PROOF = Suspicion.REPEATED, Suspicion.NO_PROOF


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def send(session: Session, dialogue: Dialogue, n: int, *marks: Suspicion, text: str = "") -> None:
    """Answer number ``n``, which felt unsafe at a place in words."""
    texts = (AnswerDraft(3, text=text),) if text else ()
    draft = ResponseDraft(
        key=f"abcdefghijklmnopqrst{n:04}",
        answers=(AnswerDraft(1, value="1"), *texts),
        places=(PlaceDraft(number=0, words="Vid bron"),),
        suspicions=frozenset(marks),
    )
    submit_response(session, dialogue.municipality, dialogue, draft, now=NOW, secret="s")


def stored(session: Session, dialogue: Dialogue) -> list[Response]:
    return list(session.scalars(select(Response).where(Response.dialogue_id == dialogue.id)))


def n_in_figures(session: Session, dialogue: Dialogue) -> int:
    """As the results page says, with counts that hold."""
    session.flush()
    assert verify_counts(session, dialogue) == []
    results = summarise_results(session, dialogue.municipality, dialogue, sees_rows=True)
    scale = results.questions[0].scale
    assert (scale.n if scale else 0) == results.n_responses
    return results.n_responses


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ((), True),
        ((HONEYPOT,), False),
        ((REPEATED,), False),
        ((BURST,), True),  # a school class
        ((NO_PROOF,), True),  # an old phone
        ((BURST, NO_PROOF), False),
    ],
)
def test_what_is_left_out_until_staff_decide(
    session: Session, dialogue: Dialogue, marks: tuple[Suspicion, ...], counts: bool
) -> None:
    send(session, dialogue, 1, *marks)
    (response,) = stored(session, dialogue)
    assert response.suspicions == frozenset(marks)
    assert response.is_counted is counts
    assert response.places[0].is_counted is counts
    assert n_in_figures(session, dialogue) == counts


def test_a_long_text_is_repeated_from_its_fourth_answer_however_disguised(
    session: Session, dialogue: Dialogue
) -> None:
    for n in range(5):
        send(session, dialogue, n, text=LONG + "!" * n)
    marked = [r for r in stored(session, dialogue) if REPEATED in r.suspicions]
    assert len(marked) == 2
    assert n_in_figures(session, dialogue) == 3


def test_short_texts_that_many_write_are_never_repeated(
    session: Session, dialogue: Dialogue
) -> None:
    for n in range(10):
        send(session, dialogue, n, text="mer poliser")
    assert not any(r.suspicions for r in stored(session, dialogue))
    assert n_in_figures(session, dialogue) == 10


def test_the_same_words_in_another_dialogue_are_not_the_same_answer(
    session: Session, dialogue: Dialogue, municipality: Municipality
) -> None:
    other = make_dialogue(session, municipality, "annan")
    for n in range(3):
        send(session, other, n, text=LONG)
    send(session, dialogue, 9, text=LONG)
    assert not stored(session, dialogue)[0].suspicions


def test_the_same_answer_sent_again_another_way_is_still_the_same(
    session: Session, dialogue: Dialogue
) -> None:
    send(session, dialogue, 1)
    send(session, dialogue, 1, BURST, NO_PROOF)
    assert len(stored(session, dialogue)) == 1
    assert n_in_figures(session, dialogue) == 1


def decision(session: Session, dialogue: Dialogue, review: SuspicionReview, **meant: object) -> int:
    draft = DecisionDraft(review, **meant)  # type: ignore[arg-type]
    return decide(
        session, dialogue.municipality, dialogue, draft, decided_by="Trygghetssamordnare", now=NOW
    )


def test_staff_decide_about_all_of_a_kind(session: Session, dialogue: Dialogue) -> None:
    send(session, dialogue, 1)
    for n in range(2, 5):
        send(session, dialogue, n, BURST)
    assert decision(session, dialogue, SuspicionReview.LEFT_OUT, suspicion=BURST) == 3
    assert n_in_figures(session, dialogue) == 1
    assert decision(session, dialogue, SuspicionReview.COUNTED, suspicion=BURST) == 3
    assert n_in_figures(session, dialogue) == 4
    log = list_decisions(session, dialogue.municipality, dialogue)
    assert [(line.review, line.suspicion, line.n) for line in log] == [
        (SuspicionReview.COUNTED, BURST, 3),
        (SuspicionReview.LEFT_OUT, BURST, 3),
    ]
    assert {(line.decided_by, line.decided_at) for line in log} == {("Trygghetssamordnare", NOW)}


def test_staff_decide_about_one_answer(session: Session, dialogue: Dialogue) -> None:
    send(session, dialogue, 1, HONEYPOT)
    send(session, dialogue, 2, HONEYPOT)
    meant = stored(session, dialogue)[0]
    assert decision(session, dialogue, SuspicionReview.COUNTED, response_id=meant.id) == 1
    assert n_in_figures(session, dialogue) == 1
    assert meant.is_counted


def test_nobody_decides_about_an_answer_that_is_not_marked_or_is_withdrawn(
    session: Session, dialogue: Dialogue
) -> None:
    plain = make_response(session, dialogue, {1: ("1", None)})
    gone = make_response(
        session,
        dialogue,
        {1: ("1", None)},
        suspicions=frozenset({HONEYPOT}),
        withdrawn_on=NOW.date(),
        is_counted=False,
    )
    for response in (plain, gone):
        with pytest.raises(NotFound):
            decision(session, dialogue, SuspicionReview.COUNTED, response_id=response.id)
    with pytest.raises(NotFound):
        decision(session, dialogue, SuspicionReview.COUNTED, suspicion=HONEYPOT)
    assert not gone.is_counted


def test_another_municipalitys_answer_is_not_found(session: Session, dialogue: Dialogue) -> None:
    elsewhere = session.scalars(
        select(Response).where(Response.municipality_id != dialogue.municipality_id)
    ).first()
    assert elsewhere is not None
    elsewhere.suspicions = frozenset({HONEYPOT})
    with pytest.raises(NotFound):
        decision(session, dialogue, SuspicionReview.LEFT_OUT, response_id=elsewhere.id)


def test_a_decision_is_about_one_answer_or_one_kind(session: Session, dialogue: Dialogue) -> None:
    with pytest.raises(InvalidInput):
        decision(session, dialogue, SuspicionReview.LEFT_OUT)


def test_how_many_are_left_out_and_why(session: Session, dialogue: Dialogue) -> None:
    send(session, dialogue, 1)
    send(session, dialogue, 2, HONEYPOT, BURST)
    send(session, dialogue, 3, BURST)
    make_response(session, dialogue, withdrawn_on=NOW.date(), is_counted=False)
    summary = summarise_left_out(session, dialogue.municipality, dialogue)
    assert summary == LeftOut(
        n_marked=2,
        n_left_out=1,
        n_withdrawn=1,
        marks=(MarkCount(HONEYPOT, 1, 1), MarkCount(BURST, 2, 1)),
    )


def test_the_list_shows_undecided_answers_first(session: Session, dialogue: Dialogue) -> None:
    for n in range(3):
        send(session, dialogue, n, BURST, text="Fler lampor")
    decided = list_suspicious(session, dialogue.municipality, dialogue).entries[0]
    decision(session, dialogue, SuspicionReview.LEFT_OUT, response_id=decided.response_id)
    page = list_suspicious(session, dialogue.municipality, dialogue)
    assert (page.n, page.n_pages) == (3, 1)
    assert page.entries[-1].response_id == decided.response_id
    assert page.entries[0].answers == (
        (1, "1", None),
        (2, "ja", None),
        (3, None, MaskedWords("Fler lampor", ())),
    )
    with pytest.raises(NotFound):
        list_suspicious(session, dialogue.municipality, dialogue, page=2)
