"""The server's half of the place search; the browser's half is held to the same cases."""

import json
from pathlib import Path

import pytest

from surveys.text.place_search import Searched, find_places, meant_place

CASES = json.loads((Path(__file__).parents[2] / "place_search.json").read_text(encoding="utf-8"))
PLACES = [Searched(name, tuple(aliases)) for name, aliases in CASES["places"]]


@pytest.mark.parametrize(("typed", "meant"), CASES["meant"])
def test_a_name_means_one_place_or_none(typed: str, meant: str | None) -> None:
    assert meant_place(typed, PLACES) == meant


@pytest.mark.parametrize(("typed", "found"), CASES["found"])
def test_what_may_be_meant_is_suggested_best_first(typed: str, found: list[str]) -> None:
    assert find_places(typed, PLACES) == found


def test_an_empty_search_shows_the_whole_list() -> None:
    assert find_places(" ", PLACES) == [place.name for place in PLACES]


def test_no_text_is_too_long_or_too_strange_to_search_for() -> None:
    for typed in ("x" * 100_000, "\u202eresecentrum\u202c", "\x00", "ß" * 70):
        find_places(typed, PLACES)
        meant_place(typed, PLACES)
