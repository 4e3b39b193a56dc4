"""Codes that can be read aloud, guessed by nobody and typed carelessly."""

import pytest

from surveys.receipt_codes import hash_code, hash_key, make_code, normalise_code

SECRET = "a secret of this test"


def test_a_code_is_three_words_of_three_syllables() -> None:
    words = make_code(SECRET, 1, "key").split(" ")
    assert [len(word) for word in words] == [6, 6, 6]


def test_the_same_answer_has_the_same_code_and_others_have_others() -> None:
    codes = {make_code(SECRET, 1, f"key {n}") for n in range(2000)}
    assert len(codes) == 2000
    assert make_code(SECRET, 1, "key 7") in codes
    assert make_code(SECRET, 2, "key 7") not in codes
    assert make_code("another secret", 1, "key 7") not in codes


def test_there_are_at_least_fifty_bits() -> None:
    alphabet = {make_code(SECRET, 1, str(n))[:2] for n in range(5000)}
    assert len(alphabet) ** 9 > 2**50


@pytest.mark.parametrize(
    "typed",
    [
        "Bakito Lumevi Sorapu",
        "bakito-lumevi-sorapu",
        "bakitolumevisorapu",
        " BÅKITO lumevi  sörapu.",
    ],
)
def test_case_spaces_hyphens_and_dots_do_not_matter(typed: str) -> None:
    assert normalise_code(typed) == "bakitolumevisorapu"
    assert hash_code(SECRET, typed) == hash_code(SECRET, "bakito lumevi sorapu")


@pytest.mark.parametrize(
    "typed", ["", "bakito lumevi", "x" * 18, "bakito" * 1000, "😀", "' OR 1=1 --"]
)
def test_what_cannot_be_a_code_has_no_hash(typed: str) -> None:
    assert hash_code(SECRET, typed) is None


def test_nothing_stored_tells_the_key_or_the_code() -> None:
    assert hash_key(SECRET, "key") != hash_key("another secret", "key")
    assert len(hash_key(SECRET, "key")) == 64
