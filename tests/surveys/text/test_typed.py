"""Typed text is kept as it was typed, except for what nothing can carry."""

import pytest

from surveys.text.typed import clean_text


@pytest.mark.parametrize(
    "text",
    [
        "😀 Mörkt!",
        "<script>alert(1)</script>",
        "\u202bنص\u202c",
        "Rad ett\nrad två",
        "a\tb",
        "{{ 7*7 }}",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Torget \r\n", "Torget"),
        ("rad\r\nrad\rrad", "rad\nrad\nrad"),
        ("mör\x00kt", "mörkt"),
        ("a\x1b[31mb\x85", "a[31mb"),
        ("a\ud800b\uffffc\U0001fffe", "abc"),
    ],
)
def test_what_nothing_can_carry_is_left_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
