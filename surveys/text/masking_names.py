"""Likely names of persons: by lists, by the way that Swedish names are built, by the words around.

A name that is also a word, a month, a place or a shop counts only beside something that tells: a
role before it ("grannen Kim"), what the person does or where the person is found after it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.text.masking_name_lists import core_family_names, ends_like_family, is_rare_word
from surveys.text.masking_name_readings import NO, PERHAPS, SURELY, Reading, read_word
from surveys.text.masking_name_words import (
    DOES,
    FAMILY_WORDS,
    INITIALS_TOLD,
    NAMING,
    NOT_A_PERSON_AFTER,
    NOT_A_PERSON_BEFORE,
    PARTICLES,
    PLACE_BEFORE,
    SAID,
    SIGNED,
    SLASHED,
    TITLES,
    WHERE,
)
from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_INITIALS = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\.\s?[A-ZÅÄÖ](?:\.|(?!\w))(?:\s?[A-ZÅÄÖ]\.)?(?!\w)")
_NO_INITIALS = re.compile(
    r"(?:P\.\s?S|O\.\s?S|A\.\s?K|U\.\s?S|F\.\s?D|E\.\s?U|B\.\s?L)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?:\A|[.!?:;\n\"(–]|\s-)\s*\Z")
_REACH = 30  # characters before a word that may tell what it is
_MOST_PARTS = 4
_SHORTEST_SHOUTED = 5
_LONG_FAMILY = 5  # letters from which a family name is hardly an everyday word


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    reading: Reading
    is_capital: bool


class _NameFinder:
    def __init__(self, text: str) -> None:
        self.text = text
        shouted = _is_shouted(text)
        self.words = [
            _Word(w, m.start(), m.end(), read_word(w.title() if w.isupper() and not shouted else w),
                  w[0].isupper() and not shouted)
            for m in _WORD.finditer(text)
            for w in (m[0].lower() if shouted else m[0],)
        ]  # fmt: skip
        self._quieten()

    def _quieten(self) -> None:
        """Words shouted side by side are read as if in small letters."""
        loud = [len(word.text) > 1 and word.text.isupper() for word in self.words]
        for i, word in enumerate(self.words):
            if loud[i] and (any(loud[max(0, i - 1) : i]) or any(loud[i + 1 : i + 2])):
                lowered = word.text.lower()
                self.words[i] = _Word(
                    lowered, word.start, word.end, read_word(lowered), is_capital=False
                )

    def find(self) -> Iterator[tuple[int, int]]:
        place = 0
        while place < len(self.words):
            last = self._name_at(place)
            if last is None:
                place += 1
                continue
            yield self.words[place].start, self._end(last - 1)
            place = last

    def _name_at(self, place: int) -> int | None:
        """The word after the name that begins at ``place``, or None."""
        word = self.words[place]
        if word.is_capital:
            return self._capital_name(place)
        if word.reading.given == NO:
            return None
        return self._small_name(place)

    def _capital_name(self, place: int) -> int | None:
        word = self.words[place]
        if len(word.text) == 1:
            return self._initial(place)
        if word.reading.is_role and word.reading.given == NO:
            return None
        if self._names_a_place(place):
            return None
        last = self._run(place)
        if last - place > 1 and self._is_full_name(place, last):
            return last
        if self._is_lone_name(place):
            return self._with_initial(place + 1)
        return None

    def _names_a_place(self, place: int) -> bool:
        """Whether the capitalised words from here on end in "skola" or "torg": "Gustav Adolfs torg"."""
        last = place + 1
        end = min(len(self.words), place + _MOST_PARTS)
        while last < end and self.words[last].is_capital and self._is_close(last):
            last += 1
        final = self.words[last - 1].reading
        if NOT_A_PERSON_AFTER.match(self.text, self.words[last - 1].end) is None:
            return False
        return final.family < SURELY or final.is_genitive or last - place == 1

    def _run(self, place: int) -> int:
        """The word after the capitalised words from ``place`` that may make one name."""
        last = place + 1
        if self.words[place].reading.is_genitive and not self._has_family(last):
            return last
        while last < len(self.words) and last - place < _MOST_PARTS and self._is_close(last):
            word = self.words[last]
            if word.text.lower() in PARTICLES and self._continues(last + 1):
                last += 1
            elif self._continues(last) and len(word.text) > 1:
                last += 1
            else:
                break
        return last

    def _continues(self, place: int) -> bool:
        if place >= len(self.words) or not self._is_close(place):
            return False
        word = self.words[place]
        if not word.is_capital or len(word.text) < 2 or word.reading.is_role:
            return False
        if _is_compound(word.text):
            return False
        reading = word.reading
        if reading.is_blocked or reading.is_place_like:
            return reading.family == SURELY
        return True

    def _has_family(self, place: int) -> bool:
        return self._continues(place) and self.words[place].reading.family == SURELY

    def _is_full_name(self, place: int, last: int) -> bool:
        first, final = self.words[place].reading, self.words[last - 1].reading
        if first.given == SURELY:
            return not self._is_before(NOT_A_PERSON_BEFORE, place) or final.family > NO
        if first.given == PERHAPS:
            if final.family == SURELY:
                return True
            return not first.is_blocked and (final.family > NO or self._is_told(place))
        if not first.may_be_unlisted:
            return False
        told = self._is_told(place) or self._tells_after(last)
        if final.family == SURELY:
            is_built = self._is_built(self.words[last - 1])
            return told or is_built or not self._begins_sentence(place)
        if final.family == PERHAPS and not final.is_place_like:
            return told or not self._begins_sentence(place)
        return told

    def _is_lone_name(self, place: int) -> bool:
        word, reading = self.words[place], self.words[place].reading
        if _is_compound(word.text):
            return False
        told = self._is_told(place)
        if (
            reading.given == PERHAPS
            and not reading.is_blocked
            and self._with_initial(place + 1) > place + 1
        ):
            return True
        if reading.is_blocked and reading.is_genitive:
            return False
        if word.text.isupper() and len(word.text) < _SHORTEST_SHOUTED and not told:
            return False  # ELSA, CAN: an abbreviation
        if reading.given == SURELY:
            return not self._is_before(NOT_A_PERSON_BEFORE, place)
        if (
            reading.given == PERHAPS
            and reading.is_common_given
            and not self._begins_sentence(place)
        ):
            return not self._is_before(NOT_A_PERSON_BEFORE, place) and not self._follows_capital(
                place
            )
        if reading.given == PERHAPS:
            return told or (self._tells_after(place + 1) and not self._is_before(PLACE_BEFORE, place)
                            and not reading.is_blocked)  # fmt: skip
        if reading.family == SURELY and not reading.is_blocked:
            if word.text.lower().rstrip("s").endswith(("sson", "so")):
                return not self._is_before(PLACE_BEFORE, place) or told
            return told or self._is_titled(place) or WHERE.match(self.text, word.end) is not None
        if self._is_titled(place) and reading.may_be_unlisted:
            return True
        return (
            told
            and reading.may_be_unlisted
            and not self._is_before(NAMING, place, but=(SAID, SIGNED))
        )

    def _small_name(self, place: int) -> int | None:
        """A name in small letters: both names side by side, or one that is announced."""
        reading = self.words[place].reading
        if reading.is_blocked or reading.is_role:
            return None
        following = place + 1
        if following < len(self.words) and self._is_close(following) and not reading.is_genitive:
            family = self.words[following]
            if family.reading.family == SURELY and not family.reading.is_blocked:
                if reading.given == SURELY or self._is_built(family):
                    return following + 1
        if reading.given < SURELY and not is_rare_word(self.words[place].text):
            return None
        if NOT_A_PERSON_AFTER.match(self.text, self.words[place].end):
            return None
        if self._is_told(place) or WHERE.match(self.text, self.words[place].end):
            return following
        return None

    @staticmethod
    def _is_built(word: _Word) -> bool:
        """Whether the family name is no everyday word."""
        lowered = word.text.lower()
        if len(lowered) < _LONG_FAMILY or lowered in FAMILY_WORDS:
            return False
        return (
            ends_like_family(lowered)
            or lowered.removesuffix("s") in core_family_names()
            or lowered in core_family_names()
        )

    def _initial(self, place: int) -> int | None:
        """ "K. Andersson", and "grannen K" where a role stands right before."""
        following = place + 1
        end = self.words[place].end
        if self.text[end : end + 1] == "." or self.text[end : end + 1] == " ":
            gap = (
                self.text[end : self.words[following].start] if following < len(self.words) else ""
            )
            if gap in (".", ". ", " ") and self._is_family_capital(following):
                return following + 1
        return following if self._has_role(place) and self.text[end - 1] not in "ÅÄÖI" else None

    def _is_family_capital(self, place: int) -> bool:
        word = self.words[place]
        return word.is_capital and word.reading.family == SURELY and not word.reading.is_blocked

    def _with_initial(self, last: int) -> int:
        """``last``, past a single initial: "Kenneth L"."""
        if last < len(self.words) and self._is_close(last):
            word = self.words[last]
            if (
                word.is_capital
                and len(word.text) == 1
                and not self.text[word.end : word.end + 1].isdigit()
            ):
                return last + 1
        return last

    def _end(self, last: int) -> int:
        word = self.words[last]
        is_initial = len(word.text) == 1 and self.text[word.end : word.end + 1] == "."
        return word.end + 1 if is_initial else word.end

    def _is_close(self, place: int) -> bool:
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        return gap.strip(" ") == "" and 0 < len(gap) < 3

    def _is_told(self, place: int) -> bool:
        if self._has_role(place) or any(self._is_before(p, place) for p in (NAMING, SAID, SIGNED)):
            return True
        return self._is_before(SLASHED, place) and len(self.text) - self.words[place].end < _REACH

    def _has_role(self, place: int) -> bool:
        if place == 0:
            return False
        before, start = self.words[place - 1], self.words[place].start
        gap = self.text[before.end : start]
        return before.reading.is_role and gap in (" ", ", ", ": ", " (", "  ")

    def _is_titled(self, place: int) -> bool:
        return place > 0 and self._is_close(place) and self.words[place - 1].text.lower() in TITLES

    def _tells_after(self, last: int) -> bool:
        end = self.words[last - 1].end
        return DOES.match(self.text, end) is not None or WHERE.match(self.text, end) is not None

    def _begins_sentence(self, place: int) -> bool:
        start = self.words[place].start
        return _SENTENCE_END.search(self.text, max(0, start - 4), start) is not None or start == 0

    def _follows_capital(self, place: int) -> bool:
        return (
            place > 0
            and self._is_close(place)
            and self.words[place - 1].is_capital
            and (not self._begins_sentence(place - 1))
        )

    def _is_before(
        self, pattern: re.Pattern[str], place: int, but: tuple[re.Pattern[str], ...] = ()
    ) -> bool:
        start = self.words[place].start
        before = self.text[max(0, start - _REACH) : start]
        return pattern.search(before) is not None and not any(p.search(before) for p in but)


def find_names(view: PlainView) -> Iterator[Span]:
    """Names of persons: full names, and single ones where they tell who is meant."""
    for start, end in _NameFinder(view.text).find():
        yield view.span(start, end, "name")
    for found in _INITIALS.finditer(view.text):
        before = _WORD.findall(view.text, max(0, found.start() - _REACH), found.start())
        if before and read_word(before[-1]).is_role:
            yield view.span(*found.span(), "name")
        elif not _NO_INITIALS.match(found[0]) and INITIALS_TOLD.match(view.text, found.end()):
            yield view.span(*found.span(), "name")


def _is_compound(word: str) -> bool:
    """Whether a capitalised word goes on in small letters after a hyphen: "Broberg-matchen"."""
    return "-" in word and not word.rpartition("-")[2][0].isupper()


def _is_shouted(text: str) -> bool:
    """Whether everything is in capitals, so that a capital tells nothing."""
    capitals = sum(map(str.isupper, text))
    return capitals > 8 and capitals * 10 > sum(map(str.isalpha, text)) * 8
