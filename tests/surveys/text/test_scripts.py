"""Words with letters of another script: each found, named and read as Latin."""

import unicodedata

import pytest

from surveys.text.scripts import LOOKALIKES, find_mixed_words, latin_text, latin_words


@pytest.mark.parametrize("letter", sorted(LOOKALIKES))
def test_each_look_alike_is_found_and_named_in_a_swedish_word(letter: str) -> None:
    [found] = find_mixed_words(f"En väg{letter}rutin finns")
    assert found.word == f"väg{letter}rutin"
    assert found.strangers == ((letter, f"U+{ord(letter):04X}", unicodedata.name(letter)),)
    readings = {found.proposed, found.other}
    assert f"väg{LOOKALIKES[letter]}rutin" in readings


@pytest.mark.parametrize("letter", sorted(LOOKALIKES))
def test_look_alikes_are_not_latin_and_their_readings_are(letter: str) -> None:
    assert unicodedata.name(letter).split()[0] in {"CYRILLIC", "GREEK"}
    assert all("LATIN" in unicodedata.name(c) for c in LOOKALIKES[letter])


def test_no_normal_form_would_have_helped() -> None:
    word = "Sk\u0435\u0440"
    assert unicodedata.normalize("NFKC", word) != "Sker"
    assert latin_text(f"{word} i projektets styrgrupp") == "Sker i projektets styrgrupp"


def test_sound_goes_before_look_where_the_document_has_the_word() -> None:
    [found] = find_mixed_words("g\u0440uppen", known={"gruppen"})
    assert found.proposed == "gruppen"
    [found] = find_mixed_words("ka\u0440pen", known={"kappen"})
    assert (found.proposed, found.other) == ("kappen", "karpen")


def test_a_word_of_nothing_but_look_alikes_is_found_in_latin_text() -> None:
    [found] = find_mixed_words("\u0441\u043e\u0441 \u00e4r larmet")
    assert found.proposed in {"coc", "sos"}
    assert find_mixed_words("\u0441\u043e\u0441") == ()  # nothing around it says which script


def test_letters_with_marks_of_their_own_are_read_whole() -> None:
    [found] = find_mixed_words("tr\u0430\u030agt och")  # a Cyrillic a with a ring over it
    assert found.proposed == "trågt"


def test_a_letter_that_looks_like_none_gives_no_proposal() -> None:
    [found] = find_mixed_words("s\u0436kola")
    assert found.proposed is None
    assert latin_text("s\u0436kola") == "s\u0436kola"


@pytest.mark.parametrize(
    "text",
    [
        "Ädel på ön: 5 µg, 10 000 m², № 3",
        "Жанна är välkommen",
        "\u03b1-värdet",
        "naïve café Łódź",
        "",
    ],
)
def test_what_is_as_it_should_be_is_left_alone(text: str) -> None:
    assert find_mixed_words(text) == ()
    assert latin_text(text) == text


def test_each_word_is_named_once_and_in_order() -> None:
    found = find_mixed_words("Sk\u0435r, v\u0430rje och sk\u0435r, Sk\u0435r")
    assert [word.proposed for word in found] == ["Sker", "varje", "sker"]


def test_the_words_that_decide_are_the_latin_ones() -> None:
    assert list(latin_words("Sk\u0435r Åter igen")) == ["åter", "igen"]
