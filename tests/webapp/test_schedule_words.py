"""How a reading is said back to the one who is to confirm it."""

from datetime import date

import pytest
from flask import Flask

from surveys.schedule.grammar import parse
from surveys.schedule.periods import Window
from tests.surveys.schedule.test_readback import PHRASES
from webapp.words.schedule import reading_words

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
NO_BREAK = "\N{NO-BREAK SPACE}"


def said(app: Flask, text: str) -> str:
    with app.test_request_context("/"):
        return reading_words(parse(text, TWO_YEARS), TWO_YEARS).replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Minst 2 ggr/år", "Minst 2 gånger per år. Det blir 4 tillfällen 2022–2023."),
        (
            "varje måndag kl. 14.00",
            "Varje måndag kl. 14. Det blir 98 tillfällen 2022–2023, 6 röda dagar är undantagna.",
        ),
        ("högst 3 gånger per år", "Högst 3 gånger per år."),
        ("var tredje vecka", "Var 3:e vecka. Det blir 34 tillfällen 2022–2023."),
        ("månadsvis (ej juli)", "Varje månad utom i juli. Det blir 22 tillfällen 2022–2023."),
        (
            "första måndagen i månaden",
            "Den första måndagen varje månad. Det blir 22 tillfällen 2022–2023,"
            " 2 röda dagar är undantagna.",
        ),
        ("sista vardagen i månaden", "Den sista vardagen varje månad. Det blir 24 tillfällen"
         " 2022–2023."),
        ("vecka 7, 12 och 44", "Vecka 7, 12 och 44 varje år. Det blir 6 tillfällen 2022–2023."),
        ("senast 2023-02-06", "Senast 6 februari 2023."),
        ("under 2022", "Någon gång 2022."),
        (
            "När behov uppstår",
            "Vid behov. Det som görs räknas, och ni anger när behovet senast prövades.",
        ),
        ("senast 15 mars", "Senast en dag som inte är helt angiven. Vilket år sägs inte."),
        (
            "flera möten",
            "Kan inte läsas som en tid, för att ”flera” och liknande inte säger något antal."
            " Det sparas som text.",
        ),
    ],
)  # fmt: skip
def test_a_reading_in_plain_swedish(app: Flask, text: str, words: str) -> None:
    assert said(app, text) == words


@pytest.mark.parametrize("text", PHRASES)
def test_every_kind_of_reading_can_be_said(app: Flask, text: str) -> None:
    words = said(app, text)
    assert words.endswith(".")
    assert "None" not in words
