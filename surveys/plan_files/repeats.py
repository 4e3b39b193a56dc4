"""Rows that are the same activity: the same words are joined, nearly the same are only told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from surveys.plan_files.found import FoundRow
from surveys.text.scripts import latin_text

_ALIKE = 84  # of 100
_SIGNS = re.compile(r"[\W_]+")
_SMALL = re.compile(r"att|och|i|på|av|för|med|till|en|ett|den|det|the|an?|of|to|and|in")
_STEM = 7  # letters that tell a word from another: "medverka", "medverkan"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two rows whose activities are nearly the same, by their numbers."""

    row: int
    other: int


def plain(text: str) -> str:
    """The words of ``text`` in lower case and Latin letters, without signs between them."""
    return _SIGNS.sub(" ", latin_text(text).casefold()).strip()


def join_repeats(rows: Sequence[FoundRow]) -> tuple[FoundRow, ...]:
    """``rows`` with ``same_as`` set where an earlier one has the same words under another area.

    The same name at another time is another activity until somebody says otherwise.
    """
    firsts: dict[tuple[str, str], FoundRow] = {}
    areas: dict[int, set[int | None]] = {}
    joined = []
    for row in rows:
        key = (plain(row.activity), plain(row.when))
        first = firsts.get(key) if key[0] else None
        if first is not None and row.area is not None and row.area not in areas[first.number]:
            areas[first.number].add(row.area)
            joined.append(replace(row, same_as=first.number))
            continue
        if first is None:
            firsts[key] = row
            areas[row.number] = {row.area}
        joined.append(row)
    return tuple(joined)


def find_alike(rows: Iterable[FoundRow]) -> list[Alike]:
    """Pairs of activities that may be one: each row with the first that it is like."""
    seen: list[tuple[FoundRow, str, str]] = []
    found = []
    for row in rows:
        if row.is_dropped or row.same_as is not None or not row.activity:
            continue
        words, bones = plain(row.activity), _bones(row.activity)
        for other, their_words, their_bones in seen:
            if other.number in row.apart_from or not _may_be_one(row, other):
                continue
            score = max(fuzz.ratio(words, their_words), fuzz.token_sort_ratio(bones, their_bones))
            if score >= _ALIKE and _numbers(words) == _numbers(their_words):
                found.append(Alike(row.number, other.number))
                break
        seen.append((row, words, bones))
    return found


def _may_be_one(row: FoundRow, other: FoundRow) -> bool:
    """The same time, or a time that one of them lacks; or the very same words."""
    when, theirs = plain(row.when), plain(other.when)
    return when == theirs or not when or not theirs or plain(row.activity) == plain(other.activity)


def _bones(text: str) -> str:
    """The beginnings of the words that carry the meaning."""
    return " ".join(word[:_STEM] for word in plain(text).split() if not _SMALL.fullmatch(word))


def _numbers(words: str) -> list[str]:
    return re.findall(r"\d+", words)
