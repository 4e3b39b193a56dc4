"""A text as words with what each may be, and what the words around a place tell about it."""

import re
from dataclasses import dataclass

from surveys.text.masking_name_readings import SURELY, Reading, read_word
from surveys.text.masking_name_words import (
    DOES,
    NAMING,
    NOT_A_PERSON_AFTER,
    NOT_A_PERSON_BEFORE,
    PLACE_BEFORE,
    SAID,
    SIGNED,
    SLASHED,
    TITLES,
    WHERE,
)

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
REACH = 30  # characters before a word that may tell what it is
MOST_PARTS = 4  # words of one name
_SENTENCE_END = re.compile(r"(?:\A|[.!?:;\n\"(–]|\s-)\s*\Z")
_INSTITUTION = re.compile(r"polis|kommun")  # what follows is as often a place or a heading
_BETWEEN_ROLE_AND_NAME = (" ", ", ", ": ", " (", "  ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is read: in small letters where everything around is in capitals."""

    text: str
    start: int
    end: int
    reading: Reading
    is_capital: bool

    @property
    def is_compound(self) -> bool:
        """Whether it goes on in small letters after a hyphen: "Broberg-matchen"."""
        return "-" in self.text and not self.text.rpartition("-")[2][0].isupper()

    @property
    def is_initial(self) -> bool:
        """Whether it is a single capital."""
        return self.is_capital and len(self.text) == 1


class Sentence:
    """The words of a text in order; every question is about the word at a place among them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _read(text)

    def at(self, place: int) -> Word | None:
        """The word there, or None beyond the last."""
        return self.words[place] if place < len(self.words) else None

    def is_close(self, place: int) -> bool:
        """Whether the word stands right after the one before it."""
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        return gap.strip(" ") == "" and 0 < len(gap) < 3

    def begins_sentence(self, place: int) -> bool:
        """Whether a capital is due there anyway."""
        start = self.words[place].start
        return start == 0 or _SENTENCE_END.search(self.text, max(0, start - 4), start) is not None

    def has_role(self, place: int) -> bool:
        """Whether what somebody is to somebody stands right before: "grannen"."""
        if place == 0:
            return False
        before = self.words[place - 1]
        gap = self.text[before.end : self.words[place].start]
        return before.reading.is_role and gap in _BETWEEN_ROLE_AND_NAME

    def is_titled(self, place: int) -> bool:
        """Whether "herr" or "familjen" stands right before."""
        return place > 0 and self.is_close(place) and self.words[place - 1].text.lower() in TITLES

    def is_told(self, place: int) -> bool:
        """Whether the words before, or being the signature, say that a name comes."""
        return self.has_role(place) or self._is_before(NAMING, place) or self.is_said(place)

    def is_said(self, place: int) -> bool:
        """Whether a name and nothing else comes: "heter", "mvh", "/" at the end of the text."""
        if self._is_before(SAID, place) or self._is_before(SIGNED, place):
            return True
        return self._is_before(SLASHED, place) and len(self.text) - self.words[place].end < REACH

    def names_anyone(self, place: int) -> bool:
        """Whether even a word that no list has must be a name there."""
        if self.is_said(place) or self.is_titled(place):
            return True
        if not self.has_role(place) or self._is_before(NAMING, place):
            return False
        return _INSTITUTION.match(self.words[place - 1].text.lower()) is None

    def tells_after(self, last: int) -> bool:
        """Whether what follows the word before ``last`` is what persons do, or where they work."""
        return DOES.match(self.text, self.words[last - 1].end) is not None or self.is_at_work(last)

    def is_at_work(self, last: int) -> bool:
        """Whether the word before ``last`` is followed by "på socialen" or the like."""
        return WHERE.match(self.text, self.words[last - 1].end) is not None

    def follows_something_named(self, place: int) -> bool:
        """Whether "Café", "stormen" or "i" stands before: what follows is named after a person."""
        return self._is_before(NOT_A_PERSON_BEFORE, place)

    def follows_place_word(self, place: int) -> bool:
        """Whether "i", "från" or "utanför" stands before."""
        return self._is_before(PLACE_BEFORE, place)

    def follows_capital(self, place: int) -> bool:
        """Whether the word continues a name of several words: "Stora Björn"."""
        return (
            place > 0
            and self.is_close(place)
            and self.words[place - 1].is_capital
            and not self.begins_sentence(place - 1)
        )

    def names_a_place(self, place: int) -> bool:
        """Whether the capitalised words from there on end as in "Gustav Adolfs torg"."""
        last = place + 1
        end = min(len(self.words), place + MOST_PARTS)
        while last < end and self.words[last].is_capital and self.is_close(last):
            last += 1
        if not self.is_before_place_noun(last):
            return False
        final = self.words[last - 1].reading
        return final.family < SURELY or final.is_genitive or last - place == 1

    def is_before_place_noun(self, last: int) -> bool:
        """Whether the word before ``last`` is followed by "skola", "torg" or the like."""
        return NOT_A_PERSON_AFTER.match(self.text, self.words[last - 1].end) is not None

    def _is_before(self, pattern: re.Pattern[str], place: int) -> bool:
        start = self.words[place].start
        return pattern.search(self.text[max(0, start - REACH) : start]) is not None


def _read(text: str) -> list[Word]:
    shouted = _is_shouted(text)
    found = list(WORD.finditer(text))
    loud = [len(match[0]) > 1 and match[0].isupper() for match in found]
    words = []
    for i, match in enumerate(found):
        # Words shouted side by side are read as if in small letters.
        is_quiet = shouted or (loud[i] and any([*loud[max(0, i - 1) : i], *loud[i + 1 : i + 2]]))
        written = match[0].lower() if is_quiet else match[0]
        reading = read_word(written.title() if loud[i] and not is_quiet else written)
        words.append(Word(written, match.start(), match.end(), reading, written[0].isupper()))
    return words


def _is_shouted(text: str) -> bool:
    """Whether everything is in capitals, so that a capital tells nothing."""
    capitals = sum(map(str.isupper, text))
    return capitals > 8 and capitals * 10 > sum(map(str.isalpha, text)) * 8
