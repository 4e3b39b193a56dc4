"""Proof of work: what is taken, what is not, and when it is asked for."""

import base64
import json

import pytest
from altcha import Challenge, Payload, solve_challenge

from webapp.edge import proof
from webapp.edge.pressure import LOAD_ANSWERS, LOAD_STAYS_S, LOAD_WINDOW_S, Load
from webapp.edge.proof import GRACE_S, ProofMode, Proofs, is_asked_for, is_owed


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> Proofs:
    """Easy ones."""
    monkeypatch.setattr(proof, "ROUNDS", 1)
    return Proofs("only-for-tests")


def solved(proofs: Proofs) -> str:
    challenge = Challenge.from_dict(proofs.challenge())
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def test_a_solution_is_taken_for_one_answer_however_often_that_is_sent(proofs: Proofs) -> None:
    sent = solved(proofs)
    assert proofs.accepts(sent, "one answer")
    assert proofs.accepts(sent, "one answer")
    assert not proofs.accepts(sent, "another answer")


def test_a_solution_that_is_too_old_is_not_taken(
    proofs: Proofs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "LIFETIME_S", -2)
    assert not proofs.accepts(solved(proofs), "one answer")


def test_a_challenge_that_we_did_not_make_is_not_taken(proofs: Proofs) -> None:
    assert not proofs.accepts(solved(Proofs("another installation")), "one answer")


def test_a_wrong_solution_is_not_taken(proofs: Proofs) -> None:
    content = json.loads(base64.b64decode(solved(proofs)))
    content["solution"]["derivedKey"] = "00" * 32
    assert not proofs.accepts(base64.b64encode(json.dumps(content).encode()).decode(), "one")


@pytest.mark.parametrize(
    "sent", ["", "x", "😀", "bnVsbA==", "W10=", "e30=", "eyJhIjox", "A" * 9000]
)
def test_what_is_no_solution_at_all_is_not_taken(proofs: Proofs, sent: str) -> None:
    assert not proofs.accepts(sent, "one answer")


def test_used_signatures_are_forgotten_when_they_could_not_be_used_again(
    proofs: Proofs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "LIFETIME_S", 60)
    assert proofs.accepts(solved(proofs), "one answer")
    assert len(proofs._used) == 1
    later = proof.time.time() + 100
    monkeypatch.setattr(proof.time, "time", lambda: later)
    assert proofs.accepts(solved(proofs), "another answer")
    assert len(proofs._used) == 1


def test_the_load_rises_with_many_answers_and_falls_ten_minutes_after_the_last() -> None:
    at = [1000.0]
    load = Load(lambda: at[0])
    for _ in range(LOAD_ANSWERS - 1):
        load.note_answer()
    assert load.high_for_s() is None
    at[0] += LOAD_WINDOW_S
    load.note_answer()
    assert load.high_for_s() == 0
    at[0] += LOAD_STAYS_S - 1
    assert load.high_for_s() == LOAD_STAYS_S - 1
    at[0] += 1
    assert load.high_for_s() is None


def test_two_hundred_pupils_in_an_hour_are_no_load() -> None:
    at = [1000.0]
    load = Load(lambda: at[0])
    for _ in range(200):
        at[0] += 3600 / 200
        load.note_answer()
        assert load.high_for_s() is None


def test_pages_that_lay_open_when_the_load_rose_owe_nothing() -> None:
    assert is_asked_for(ProofMode.AUTO, 0)
    assert not is_owed(ProofMode.AUTO, GRACE_S - 1)
    assert is_owed(ProofMode.AUTO, GRACE_S)
    assert not is_asked_for(ProofMode.AUTO, None)
    assert not is_owed(ProofMode.AUTO, None)


def test_the_setting_goes_before_the_load() -> None:
    assert is_asked_for(ProofMode.ON, None)
    assert is_owed(ProofMode.ON, None)
    assert not is_asked_for(ProofMode.OFF, 1e6)
    assert not is_owed(ProofMode.OFF, 1e6)
