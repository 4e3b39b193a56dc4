"""The words that speak for each theme, and how they are found among the words of an answer.

The words are data (``themes_lexicon.toml``); this module reads them once and answers, for one
written word, which of them it may be: as it stands, by its Swedish stem, as the beginning, end or
inside of a compound, or with one slip of the finger in a word of seven letters or more.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

STRONG = "strong"
WEAK = "weak"
NEVER = "never"
FORGIVEN_FROM_LETTERS = 7
_GAP = "_"
_REMEMBERED_WORDS = 50_000
_SHORTEST_STEM = 4  # shorter stems stand for too many words: "led" for "leder"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon: the group and strength that it lends, and its words in a row.

    ``parts`` are numbers of word patterns; None stands for up to two words of any kind.
    """

    group: str
    strength: str
    parts: tuple[int | None, ...]


@dataclass(slots=True)
class _Patterns:
    """Word patterns by the way in which they are compared, each with its number."""

    numbers: dict[str, int] = field(default_factory=dict)
    exact: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    prefixes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    suffixes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    inside: list[tuple[str, int]] = field(default_factory=list)
    slips: dict[str, set[tuple[str, int, bool]]] = field(default_factory=lambda: defaultdict(set))


class Lexicon:
    """All entries, and the search for the ones that a word may begin."""

    def __init__(self, groups: dict[str, dict[str, str]]) -> None:
        self._patterns = _Patterns()
        self._stem = snowballstemmer.stemmer("swedish").stemWord
        self.by_first: dict[int, list[Entry]] = defaultdict(list)
        for group, lists in groups.items():
            for strength, text in lists.items():
                for line in text.replace("\n", " ").split(","):
                    self._add(group, strength, line.split())
        self.numbers_of = lru_cache(_REMEMBERED_WORDS)(self._numbers_of)

    def _add(self, group: str, strength: str, words: list[str]) -> None:
        if not words:
            return
        if strength == NEVER:
            # What only looks like a theme shares its stem with the theme: "gräset", "gräs".
            words = [word if "*" in word else f"={word}" for word in words]
        forgiving = len(words) == 1 and strength == STRONG
        parts = tuple(None if word == _GAP else self._number(word, forgiving) for word in words)
        first = parts[0]
        assert first is not None, f"a line of the lexicon begins with a gap: {words}"  # noqa: S101
        self.by_first[first].append(Entry(group, strength, parts))

    def _number(self, pattern: str, forgiving: bool) -> int:
        known = self._patterns
        number = known.numbers.setdefault(pattern, len(known.numbers))
        bare = pattern.strip("*=")
        begins, ends = pattern.endswith("*"), pattern.startswith("*")
        if begins and ends:
            known.inside.append((bare, number))
        elif begins:
            known.prefixes[bare].add(number)
        elif ends:
            known.suffixes[bare].add(number)
        elif pattern.startswith("="):
            known.exact[bare].add(number)
        else:
            known.exact[bare].add(number)
            stem = self._stem(bare)
            if len(stem) >= _SHORTEST_STEM:
                known.stems[stem].add(number)
        if forgiving and not ends and len(bare) >= FORGIVEN_FROM_LETTERS:
            for variant in _shortened(bare):
                known.slips[variant].add((bare, number, begins))
        return number

    def _numbers_of(self, word: str) -> frozenset[int]:
        """The word patterns that ``word`` (lower case) fits."""
        known = self._patterns
        found = set(known.exact.get(word, ())) | known.stems.get(self._stem(word), set())
        for length in range(1, len(word) + 1):
            found |= known.prefixes.get(word[:length], set())
            found |= known.suffixes.get(word[-length:], set())
        found |= {number for bare, number in known.inside if bare in word}
        if not found and len(word) >= FORGIVEN_FROM_LETTERS:
            found |= self._with_a_slip(word)
        return frozenset(found)

    def _with_a_slip(self, word: str) -> set[int]:
        found: set[int] = set()
        for length in range(FORGIVEN_FROM_LETTERS - 1, len(word) + 1):
            beginning = word[:length]
            for variant in _shortened(beginning):
                for bare, number, begins in self._patterns.slips.get(variant, ()):
                    whole = length == len(word)
                    alike = beginning[:1] == bare[:1] and is_one_slip(beginning, bare)
                    if (begins or whole) and alike:
                        found.add(number)
        return found


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def is_one_slip(written: str, meant: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour parts the two."""
    if abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    rest_written, rest_meant = written[start:], meant[start:]
    if len(written) == len(meant):
        swapped = rest_written[1:2] + rest_written[:1] + rest_written[2:]
        return rest_written[1:] == rest_meant[1:] or swapped == rest_meant
    if len(written) > len(meant):
        return rest_written[1:] == rest_meant
    return rest_written == rest_meant[1:]


@cache
def _table() -> dict[str, dict[str, str | bool]]:
    text = files("surveys.text").joinpath("themes_lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def deniable_groups() -> frozenset[str]:
    """The codes that a denial takes away ("inga knarkare")."""
    return frozenset(group for group, lists in _table().items() if lists.get("denied") is True)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package: themes under their codes, marks under ``marks``."""
    return Lexicon(
        {
            group: {name: text for name, text in lists.items() if isinstance(text, str)}
            for group, lists in _table().items()
        }
    )
