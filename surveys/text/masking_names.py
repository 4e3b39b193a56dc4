"""Likely names of persons: by lists, by the way that Swedish names are built, by the words around.

A name that is also a word, a month, a place or a shop counts only beside something that tells: a
role before it ("grannen Kim"), what the person does or where the person is found after it.
"""

import re
from collections.abc import Iterator

from surveys.text.masking_name_context import MOST_PARTS, REACH, WORD, Sentence, Word
from surveys.text.masking_name_lists import core_family_names, ends_like_family, is_rare_word
from surveys.text.masking_name_readings import NO, PERHAPS, SURELY, read_word
from surveys.text.masking_name_words import FAMILY_WORDS, INITIALS_TOLD, PARTICLES
from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView

_INITIALS = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\.\s?[A-ZÅÄÖ](?:\.|(?!\w))(?:\s?[A-ZÅÄÖ]\.)?(?!\w)")
_NO_INITIALS = re.compile(r"P\.\s?S|O\.\s?S|A\.\s?K|U\.\s?S|F\.\s?D|E\.\s?U|B\.\s?L")
_SHORTEST_SHOUTED = 5  # below it a single word in capitals is an abbreviation: ELSA, CAN
_SHORTEST_FAMILY = 5  # letters from which a family name is hardly an everyday word


def find_names(view: PlainView) -> Iterator[Span]:
    """Names of persons: full names, and single ones where they tell who is meant."""
    sentence = Sentence(view.text)
    place = 0
    while place < len(sentence.words):
        last = _name_at(sentence, place)
        if last is None:
            place += 1
            continue
        yield view.span(sentence.words[place].start, _end(sentence, last - 1), "name")
        place = last
    yield from _initials(view)


def _initials(view: PlainView) -> Iterator[Span]:
    for found in _INITIALS.finditer(view.text):
        before = WORD.findall(view.text, max(0, found.start() - REACH), found.start())
        is_role = bool(before) and read_word(before[-1]).is_role
        is_told = INITIALS_TOLD.match(view.text, found.end()) is not None
        if is_role or (is_told and not _NO_INITIALS.match(found[0])):
            yield view.span(*found.span(), "name")


def _name_at(sentence: Sentence, place: int) -> int | None:
    """The word after the name that begins at ``place``, or None."""
    word = sentence.words[place]
    if word.is_initial:
        return _initial(sentence, place)
    if word.is_capital:
        return _capital_name(sentence, place)
    if word.reading.given == NO or word.reading.is_blocked or word.reading.is_role:
        return None
    return _small_name(sentence, place)


def _capital_name(sentence: Sentence, place: int) -> int | None:
    word = sentence.words[place]
    if word.reading.is_role and word.reading.given == NO:
        return None
    if sentence.names_a_place(place):
        return None
    last = _run(sentence, place)
    if last - place > 1 and _is_full_name(sentence, place, last):
        return last
    if not word.is_compound and _is_lone_name(sentence, place):
        return _with_initial(sentence, place + 1)
    return None


def _run(sentence: Sentence, place: int) -> int:
    """The word after the capitalised words from ``place`` that may make one name."""
    last = place + 1
    if sentence.words[place].reading.is_genitive:
        follows = sentence.at(last)
        if follows is None or follows.reading.family < SURELY:
            return last
    end = min(len(sentence.words), place + MOST_PARTS)
    while last < end and sentence.is_close(last):
        is_particle = sentence.words[last].text.lower() in PARTICLES
        if not _continues(sentence, last + 1 if is_particle else last):
            break
        last += 1
    return last


def _continues(sentence: Sentence, place: int) -> bool:
    """Whether the word there may be a further part of a name."""
    word = sentence.at(place)
    if word is None or not word.is_capital or not sentence.is_close(place):
        return False
    if word.is_initial or word.is_compound or word.reading.is_role:
        return False
    if word.reading.is_blocked or word.reading.is_place_like:
        return word.reading.family == SURELY
    return True


def _is_full_name(sentence: Sentence, place: int, last: int) -> bool:
    first, final = sentence.words[place].reading, sentence.words[last - 1].reading
    if first.given == SURELY:
        return final.family > NO or not sentence.follows_something_named(place)
    if first.given == PERHAPS and final.family == SURELY:
        return True
    if first.given == PERHAPS:
        return not first.is_blocked and (final.family > NO or sentence.is_told(place))
    return first.may_be_unlisted and _is_unlisted_full_name(sentence, place, last)


def _is_unlisted_full_name(sentence: Sentence, place: int, last: int) -> bool:
    """Whether words of which the first is in no list are a name for all that."""
    if sentence.is_told(place) or sentence.tells_after(last):
        return True
    final = sentence.words[last - 1]
    if final.reading.family == SURELY and _is_family_alone(final):
        return True
    looks_so = final.reading.family > NO and not final.reading.is_place_like
    return looks_so and not sentence.begins_sentence(place)


def _is_lone_name(sentence: Sentence, place: int) -> bool:
    word = sentence.words[place]
    if word.reading.is_blocked and word.reading.is_genitive:
        return False
    told = sentence.is_told(place)
    if word.text.isupper() and len(word.text) < _SHORTEST_SHOUTED and not told:
        return False
    if word.reading.given == SURELY:
        return not sentence.follows_something_named(place)
    if word.reading.given == PERHAPS:
        return told or _is_lone_shared_name(sentence, place)
    if word.reading.family == SURELY and not word.reading.is_blocked:
        return told or _is_lone_family(sentence, place)
    return word.reading.may_be_unlisted and sentence.names_anyone(place)


def _is_lone_shared_name(sentence: Sentence, place: int) -> bool:
    """Whether a given name that is also something else is a name there."""
    word = sentence.words[place]
    if word.reading.is_blocked or sentence.follows_something_named(place):
        return False
    if _with_initial(sentence, place + 1) > place + 1:
        return True
    if word.reading.is_common_given and not sentence.begins_sentence(place):
        return not sentence.follows_capital(place)  # an everyday word would have no capital
    return sentence.tells_after(place + 1) and not sentence.follows_place_word(place)


def _is_lone_family(sentence: Sentence, place: int) -> bool:
    if sentence.is_titled(place) or sentence.is_at_work(place + 1):
        return True
    is_patronymic = sentence.words[place].text.lower().removesuffix("s").endswith("sson")
    return is_patronymic and not sentence.follows_place_word(place)


def _small_name(sentence: Sentence, place: int) -> int | None:
    """A name in small letters: both names side by side, or one that is announced."""
    word, following = sentence.words[place], sentence.at(place + 1)
    if following is not None and sentence.is_close(place + 1) and not word.reading.is_genitive:
        is_family = following.reading.family == SURELY and not following.reading.is_blocked
        if is_family and (word.reading.given == SURELY or _is_family_alone(following)):
            return place + 2
    if word.reading.given < SURELY and not is_rare_word(word.text):
        return None
    if sentence.is_before_place_noun(place + 1):
        return None
    is_meant = sentence.is_told(place) or sentence.is_at_work(place + 1)
    return place + 1 if is_meant else None


def _is_family_alone(word: Word) -> bool:
    """Whether the family name is no everyday word."""
    lowered = word.text.lower()
    if len(lowered) < _SHORTEST_FAMILY or lowered in FAMILY_WORDS:
        return False
    return ends_like_family(lowered) or not core_family_names().isdisjoint(
        (lowered, lowered.removesuffix("s"))
    )


def _initial(sentence: Sentence, place: int) -> int | None:
    """The word after "K. Andersson", or after "grannen K" where a role stands right before."""
    word, following = sentence.words[place], sentence.at(place + 1)
    if following is not None and sentence.text[word.end : following.start] in (".", ". ", " "):
        is_family = following.is_capital and following.reading.family == SURELY
        if is_family and not following.reading.is_blocked:
            return place + 2
    return place + 1 if sentence.has_role(place) and word.text not in "ÅÄÖI" else None


def _with_initial(sentence: Sentence, last: int) -> int:
    """``last``, past a single initial: "Kenneth L"."""
    word = sentence.at(last)
    if word is None or not word.is_initial or not sentence.is_close(last):
        return last
    return last if sentence.text[word.end : word.end + 1].isdigit() else last + 1


def _end(sentence: Sentence, last: int) -> int:
    """The end of the name in the text, with the full stop after an initial."""
    word = sentence.words[last]
    return word.end + 1 if word.is_initial and sentence.text.startswith(".", word.end) else word.end
