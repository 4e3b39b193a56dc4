"""Sentences and address parts."""

import pytest

from surveys.text.sentences import first_sentences, split_sentences
from surveys.text.slugs import make_slug


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("Lugnt.", ("Lugnt.",)),
        ("Lugnt. Fler mopeder!  Vi  följer.", ("Lugnt.", "Fler mopeder!", "Vi följer.")),
        ("Mötet är kl. 16. Kom dit.", ("Mötet är kl. 16.", "Kom dit.")),
        ("Se t.ex. Resecentrum. Där är det mörkt.", ("Se t.ex. Resecentrum.", "Där är det mörkt.")),
        ("Utan punkt", ("Utan punkt",)),
        ("Är det så? Ja. 12 av 20 såg det.", ("Är det så?", "Ja.", "12 av 20 såg det.")),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


def test_the_first_sentences_of_a_text() -> None:
    assert first_sentences("Ett. Två. Tre.", 2) == "Ett. Två."
    assert first_sentences("Ett.", 2) == "Ett."


def test_address_parts_are_plain_and_free() -> None:
    assert make_slug("Lägesbild, Ängelholm & Åre!") == "lagesbild-angelholm-are"
    assert make_slug("Samma", {"samma", "samma-2"}) == "samma-3"
    assert make_slug("!!!", fallback="bild") == "bild"
    assert len(make_slug("x" * 99, {"x" * 60})) == 60
