"""How the words of a text are brought to one form before the rules read them."""

import pytest

from surveys.schedule.words import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Minst fyra (4) GGR/ÅR", "minst 4 gånger / år"),
        ("minst två 2 aktivitetstillfällen", "minst 2 aktivitetstillfällen"),
        ("1ggr/mån.", "1 gånger / månad"),
        ("4\u00a0\u2013\u00a06 m\u00f6ten", "4 - 6 möten"),
        ("lo\u0308pande", "löpande"),  # a letter and its dots apart
        ("kontinu\u00aderligt", "löpande"),  # a hyphen that was not printed
        ("fredag- och lördagskvällar", "fredag- och lördag"),
        ("den 3:e måndagen i månaden", "den 3:e måndag i månad"),
        ("t.o.m. 2023-06-30", "till och med 2023-06-30"),
        ("every Monday at 2 pm", "varje måndag kl 14.00"),
        ("at least twice a year", "minst 2 gånger varje år"),
        ("polisen tittar på trafiken", "polisen tittar på trafiken"),
    ],
)
def test_one_form_for_each_word(text: str, plain: str) -> None:
    normalised = normalise(text)
    assert (normalised.text, normalised.notes) == (plain, ())


@pytest.mark.parametrize(
    ("text", "plain", "note"),
    [
        ("behovsanpasat", "behovsanpassat", "spelling"),  # a letter missing
        ("kvartallsvis", "kvartalsvis", "spelling"),  # one too many
        ("varje mandag", "varje måndag", "spelling"),  # without its ring
        ("v\u0430rje m\u00e5nad", "varje månad", "mixed_script"),  # looks like a
        ("va\u0440je m\u00e5nad", "varje månad", "mixed_script"),  # looks like p, sounds like r
    ],
)
def test_what_is_mended_is_told(text: str, plain: str, note: str) -> None:
    normalised = normalise(text)
    assert (normalised.text, normalised.notes) == (plain, (note,))


@pytest.mark.parametrize("word", ["var", "host", "ledande", "projektets", "köpande", "senaste"])
def test_words_that_only_resemble_are_left_alone(word: str) -> None:
    assert normalise(word).text == word
