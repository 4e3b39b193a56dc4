"""An answer as words: where each stands, which clause it belongs to, what the lexicon finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.text.themes_lexicon import Entry, Lexicon, load_lexicon

# A novel says nothing more about its theme than its beginning.
MAX_CHARACTERS = 8000
MAX_WORDS = 600
_LONGEST_WORD = 40
_GAP_WORDS = 2
_TOKEN = re.compile(r"\w+(?:[-:'’]\w+)*|[^\w\s]")
_ENDS_SENTENCE = frozenset(".!?\n;")
_ENDS_CLAUSE = _ENDS_SENTENCE | frozenset(",:()")
# Markup, formulas and templates are no words of the answer; what stands between tags is.
_NO_WORDS = re.compile(
    r"<(script|style)\b.*?(</\1\s*>|$)|<[^<>]*>|\$\{[^{}]*\}|\{\{[^{}]*\}\}|https?://\S+|\bwww\.\S+"
    r"|^\s*[=@+-]\s*\w*\(.*|^\s*=.*|\b(drop|select|insert|delete)\s+(table|from|into|\*).*",
    re.IGNORECASE | re.DOTALL,
)
_LINE = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One written word, lower case, with the numbers of its sentence and clause."""

    text: str
    written: str
    sentence: int
    clause: int
    patterns: frozenset[int]


@dataclass(frozen=True, slots=True)
class Find:
    """An entry of the lexicon found at the words ``start`` to ``end`` (exclusive)."""

    group: str
    strength: str
    start: int
    end: int


def read_words(text: str, lexicon: Lexicon | None = None) -> list[Word]:
    """The words of ``text`` in order, at most MAX_WORDS."""
    known = lexicon or load_lexicon()
    words: list[Word] = []
    sentence = clause = 0
    for match in _TOKEN.finditer(_LINE.sub(" . ", _NO_WORDS.sub(" ", text[:MAX_CHARACTERS]))):
        written = match[0]
        if written in _ENDS_CLAUSE:
            clause += 1
            sentence += written in _ENDS_SENTENCE
        elif written[0].isalnum():
            lower = written.lower()[:_LONGEST_WORD]
            words.append(Word(lower, written, sentence, clause, known.numbers_of(lower)))
            if len(words) == MAX_WORDS:
                break
    return words


def find_entries(words: list[Word], lexicon: Lexicon | None = None) -> list[Find]:
    """Everything that the lexicon finds among ``words``, by where it begins."""
    known = lexicon or load_lexicon()
    return [
        Find(entry.group, entry.strength, start, end)
        for start, word in enumerate(words)
        for number in word.patterns
        for entry in known.by_first.get(number, ())
        for end in _ends(words, start, entry)
    ]


def _ends(words: list[Word], start: int, entry: Entry) -> Iterator[int]:
    """Where the entry ends if it stands at ``start``, inside one sentence; nothing otherwise."""
    position, reach = start + 1, 0
    for part in entry.parts[1:]:
        if part is None:
            reach = _GAP_WORDS
            continue
        for candidate in range(position, min(position + reach, len(words) - 1) + 1):
            fits = candidate < len(words) and part in words[candidate].patterns
            if fits and words[candidate].sentence == words[start].sentence:
                position, reach = candidate + 1, 0
                break
        else:
            return
    yield position
