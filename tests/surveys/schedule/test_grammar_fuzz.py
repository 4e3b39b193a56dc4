"""Anything at all, over and over, up to the longest text that is read at all."""

import random
from datetime import date

import pytest

from surveys.schedule.grammar import LONGEST_TEXT, parse
from surveys.schedule.grammar_schedule import Kind
from surveys.schedule.periods import Window
from surveys.schedule.readback import from_json, to_json

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
PIECES = (
    "½", "1½ ", "1/2 ", "1,5 ", "i ", "a", "9", "(4) ", "fyra (", "2022-", "1-", "- ", "kl. 14 ",
    "varje ", "varannan ", "måndag ", "och ", "minst ", "ggr/år ", "per ", "januari ", "till ",
    "från ", "v. 7 ", "\n", "\N{NO-BREAK SPACE}", "٤ ", "\N{CYRILLIC SMALL LETTER A}",
)  # fmt: skip


def repeated(piece: str, n: int) -> str:
    return (piece * n)[:n]


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_over_and_over_is_read_or_refused_with_a_reason(piece: str) -> None:
    schedule = parse(repeated(piece, LONGEST_TEXT), TWO_YEARS)
    assert (schedule.reason is None) is (schedule.kind is not Kind.UNPARSED)
    assert parse(repeated(piece, LONGEST_TEXT + 1), TWO_YEARS).reason in {"too_long", "empty"}


@pytest.mark.parametrize("seed", range(20))
def test_pieces_in_any_order_are_read_or_refused_with_a_reason(seed: int) -> None:
    chosen = random.Random(seed).choices(PIECES, k=80)
    text = "".join(chosen)[:LONGEST_TEXT]
    schedule = parse(text, TWO_YEARS)
    assert (schedule.reason is None) is (schedule.kind is not Kind.UNPARSED)
    assert from_json(to_json(schedule)) == schedule


def test_no_cell_of_a_plan_is_too_long_to_be_read() -> None:
    words = "Löpande under projektiden, med en muntlig rapport till styrgruppen för BRÅ. " * 8
    assert len(words) > 600
    assert parse(words, TWO_YEARS).kind is Kind.CONTINUOUS
