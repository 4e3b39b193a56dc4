"""Find a place of the register though it is misspelt: the same rules as in the browser.

Both sides are held to the cases of ``tests/place_search.json``: ``frontend/js/place-search.js``
answers while somebody types, this module when the form is sent.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

MAX_FOUND = 6
_MAX_TYPED = 60
_MIN_STEM = 3
_MIN_START = 5  # so many first letters name a place where only one place begins so
# Swedish endings, the longest first: "torgets", "stationen", "resecentrums".
_ENDINGS = ("arnas", "ernas", "arna", "erna", "ens", "ets", "en", "et", "ns", "ts", "n", "t", "s")
_BETWEEN_WORDS = re.compile(r"[\W_]+")

# How well a name fits; the smaller the better. From MISSPELT the distance is added.
_EXACT, _STEM, _START, _WORD, _INSIDE, _MISSPELT, _MISSPELT_START = 0, 1, 2, 3, 4, 10, 20


@dataclass(frozen=True, slots=True)
class Searched:
    """A name to search among, with the other names that mean the same place."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def folded(self) -> list[str]:
        """All its names as they are compared."""
        return [fold(name) for name in (self.name, *self.aliases)]


def fold(text: str) -> str:
    """``text`` in lower case without accents, dots and rings; single spaces between words."""
    apart = unicodedata.normalize("NFD", text[:_MAX_TYPED].lower())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", plain).strip()


def find_places(typed: str, places: Sequence[Searched], limit: int = MAX_FOUND) -> list[str]:
    """The names that fit ``typed``, best first; all of them where nothing is typed."""
    if not typed.strip():
        return [place.name for place in places]
    query = fold(typed)
    ranked = [
        (rank, index, place.name)
        for index, place in enumerate(places)
        if (rank := _best(_rank(query, name) for name in place.folded)) is not None
    ]
    return [name for _, _, name in sorted(ranked)[:limit]]


def meant_place(typed: str, places: Sequence[Searched]) -> str | None:
    """The one place that ``typed`` must mean; None where there is none, or a choice to make.

    A misspelling counts only with the right first letter: "Trädgården" is not "Brädgården".
    """
    query = fold(typed)
    ranked = [
        (rank, place.name)
        for place in places
        if (rank := _best(_certain_rank(query, name) for name in place.folded)) is not None
    ]
    if not ranked:
        return None
    best = min(rank for rank, _ in ranked)
    names = [name for rank, name in ranked if rank == best]
    return names[0] if len(names) == 1 else None


def _best(ranks: Iterable[int | None]) -> int | None:
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank(query: str, name: str) -> int | None:
    if not query:
        return None
    certain = _certain_rank(query, name)
    if certain is not None and certain < _START:
        return certain
    if len(query) > 1 and name.startswith(query):
        return _START
    if len(query) > 1 and f" {query}" in name:
        return _WORD
    if len(query) > 2 and query in name:
        return _INSIDE
    return _misspelt(query, name)


def _certain_rank(query: str, name: str) -> int | None:
    if not query or query == name:
        return _EXACT if query else None
    if _stem(query) == _stem(name):
        return _STEM
    if len(query) >= _MIN_START and name.startswith(query):
        return _START
    rank = _misspelt(query, name)
    is_certain = rank is not None and rank < _MISSPELT_START and query[0] == name[0]
    return rank if is_certain else None


def _misspelt(query: str, name: str) -> int | None:
    """Wrong, missing, added or swapped letters: one from four letters on, two from eight on."""
    allowed = _allowed(query)
    distance = min(OSA.distance(query, name), OSA.distance(_stem(query), _stem(name)))
    if distance <= allowed:
        return _MISSPELT + distance
    distance = OSA.distance(query, name[: len(query)])
    if distance <= allowed and query[0] == name[0]:
        return _MISSPELT_START + distance
    return None


def _allowed(query: str) -> int:
    if len(query) < 4:
        return 0
    return 1 if len(query) < 8 else 2


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= _MIN_STEM:
            return name.removesuffix(ending)
    return name
