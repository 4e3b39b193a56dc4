"""Texts that say the same in the same words."""

import pytest

from surveys.text.likeness import fingerprint

LONG = (
    "Det behövs fler lampor längs gångvägen mellan stationen och skolan, och någon som är ute"
    " på kvällarna."
)


def test_signs_case_and_spaces_make_no_difference() -> None:
    disguised = "  " + LONG.upper().replace(",", " – ").replace(" ", "\n") + "!!! 😀"
    assert fingerprint(LONG)
    assert fingerprint(disguised) == fingerprint(LONG)


def test_other_words_are_another_text() -> None:
    assert fingerprint(LONG.replace("lampor", "vuxna")) != fingerprint(LONG)


@pytest.mark.parametrize("text", ["", "mer poliser", "Bättre belysning i parken!", "!" * 500])
def test_what_many_write_by_themselves_has_none(text: str) -> None:
    assert fingerprint(text) is None
