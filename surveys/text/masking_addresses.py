"""Home addresses: a street with its number, "Storgatan 12 B, lgh 1203, 826 30 Orten".

A street without a number is a place, which is what the survey asks about.
"""

import re
from collections.abc import Iterator

from surveys.text.masking_number_words import NUMBER_WORDS
from surveys.text.masking_spans import Span
from surveys.text.masking_street_words import (
    ABBREVIATED,
    ABBREVIATED_BEFORE_DOT,
    BARE_STREETS,
    COUNTED,
    DIRECTIONS,
    GENERIC,
    NOT_ABBREVIATED,
    STREET_END,
    WEAK_END,
    is_nearly_street,
)
from surveys.text.masking_view import PlainView

# A word and the number after it: what every address has. The rest is decided word by word.
_CANDIDATE = re.compile(
    r"(?<![\w@])(?P<street>[^\W\d_][^\W\d_:'-]{0,29}(?:[-':][^\W\d_]{1,29}){0,3})"
    r"(?P<dot>\.?)(?P<gap>\s{0,3},?\s{0,2}(?:(?:nr|nummer|no|num)\b\.?:?\s{0,2}|#\s?)?)"
    r"(?P<number>\d(?:\d{0,2}| \d)(?:\s?[-/]\s?\d{1,3}(?![\d.:]))?)"
    r"(?P<letter>[A-Za-z](?!\w)|\s[A-H](?!\w)|\s[J-NP-Z](?![\w.])|\s[abcdfgh](?!\w))?(?!\w"
    r"|[.:,]\d)"
)
_IN_WORDS = re.compile(
    r"(?<![\w@])(?P<street>[^\W\d_]{3,30})(?P<dot>)(?P<gap>\s{1,3}(?:nr\s|nummer\s)?)"
    r"(?P<number>[a-zåäö]{2,14})(?P<letter>\s[A-Ha-h](?!\w))?(?=\s{0,3}(?:[.,;!?)\n]|\Z))"
)
_MORE = re.compile(
    r"(?:\s?,?\s{0,2}(?:"
    r"(?:lgh|lght|läg\w{0,5}het(?:en)?|lag|apt|ap|rum)\.?\s?(?:nr\s?)?\d{1,4}\b"
    r"|\d{1,2}\s?(?:tr|trp|trappor|trappa|vån|våningen)\b\.?(?:\s?upp\b)?"
    r"|(?:uppg|uppgång|port|trappa|ingång|hus)\.?\s?(?:[A-Za-z]|\d{1,2})(?!\w)"
    r"|(?:bv|nb|ög)\b|våning\s\d{1,2}\b|vån\.?\s?\d{1,2}\b))"
)
_TOWN = re.compile(
    r"\s?,?\s{0,2}(?:(?:SE?|S)-?\s?)?\d{3}\s?\d{2}(?!\d)(?:\s{1,2}[A-ZÅÄÖ][^\W\d_]{1,24}){0,2}"
)
_LIVES = re.compile(
    r"(?:\bbor(?:\s\w{1,12})?\s(?:på|i|vid)|\bbodde\spå|\bboende\spå|adress\w*|\bhemma\s(?:på"
    r"|hos\soss\spå)"
    r"|\bhuset\spå|\bhemadress\w*|\bskriven\spå|\bfolkbokförd\s(?:på|i)|\blägenhet\w*\s(?:på|i)"
    r"|\bnr|\bhem\still\smig\spå|\bvilla\w*\spå)\s?:?\s{0,2}(?:är\s)?\Z",
    re.IGNORECASE,
)
_NO_STREET_END = re.compile(r"(?:berg|borg|dag|ing|lag|helg|torg|vag|väg)\Z")
_ROAD = re.compile(r"(?:europa|läns|riks)?väg\Z", re.IGNORECASE)
_HOUR = re.compile(r"\s?-\s?")
_NIGHTS = re.compile(
    r"\s(?:på\s)?(?:(?:mån|tis|ons|tors|fre|lör|sön)|kväll|natt|varje|helg|vardag|tiden)", re.I
)
_MOST_BEFORE = 60  # characters looked at for the words before "gatan"
_WORD_BEFORE = re.compile(r"([^\W\d_][^\W\d_:'-]{0,24}(?:[:'-][^\W\d_]{1,24})?)\s{1,2}\Z")
_MAX_EXTRA = 4


def find_addresses(view: PlainView) -> Iterator[Span]:
    """Streets with a number, and what follows of stair, flat, postal code and town."""
    for pattern in (_CANDIDATE, _IN_WORDS):
        for found in pattern.finditer(view.text):
            start = _street_start(view.text, found)
            if start is not None:
                yield view.span(start, _end(view.text, found.end()), "address")


def _street_start(text: str, found: re.Match[str]) -> int | None:
    """Where the street's name begins; None where this is no address."""
    if found.re is _IN_WORDS and not _is_number_word(found["number"]):
        return None
    if COUNTED.match(text, found.end()) or _is_hours(text, found):
        return None
    street = found["street"]
    if _ROAD.fullmatch(street):
        return _full_name(text, found) if _has_owner(text, found.start()) else None
    if street.lower() in BARE_STREETS:
        return _full_name(text, found)
    if _is_street(street, found, text):
        return _with_direction(text, found.start())
    return None


def _is_street(street: str, found: re.Match[str], text: str) -> bool:
    if found["dot"] or ABBREVIATED.fullmatch(street):
        return _is_abbreviation(street, found, text)
    if STREET_END.search(street) or (len(street) > 6 and is_nearly_street(street)):
        return street[0].isupper() or not GENERIC.fullmatch(street.lower())
    if not street[0].isupper():
        return False
    lives = _LIVES.search(text, max(0, found.start() - 40), found.start()) is not None
    if WEAK_END.search(street):
        return lives or bool(found["letter"]) or _MORE.match(text, found.end()) is not None
    return lives and street.lower() not in NOT_ABBREVIATED and len(street) > 2


def _is_abbreviation(street: str, found: re.Match[str], text: str) -> bool:
    """ "Kungsg. 7", "Storg 12": rather than the end of a sentence before a number."""
    ends = ABBREVIATED_BEFORE_DOT if found["dot"] else ABBREVIATED
    if ends.fullmatch(street) is None or street.lower() in NOT_ABBREVIATED:
        return False
    if _NO_STREET_END.search(street.lower()):
        return False
    if street.lower().endswith(("sg", "sv", "gg", "gt", "gat", "tg", "dsg")):
        return street[0].isupper()
    start = found.start()
    return street[0].isupper() or _LIVES.search(text, max(0, start - 40), start) is not None


def _is_number_word(word: str) -> bool:
    digits = NUMBER_WORDS.get(word, "")
    return len(word) > 2 and digits not in ("", "0", "1", "2")


def _is_hours(text: str, found: re.Match[str]) -> bool:
    """Whether the number is "22-02", a time of the night rather than houses 2 to 22."""
    pair = _HOUR.split(found["number"])
    if len(pair) != 2 or not all(part.isdigit() for part in pair):
        return False
    if _NIGHTS.match(text, found.end()):
        return True
    return int(pair[0]) > int(pair[1]) or (len(pair[0]) == 2 == len(pair[1]) and pair[0][0] == "0")


def _has_owner(text: str, start: int) -> bool:
    """Whether a capitalised genitive stands before "väg": "Drottning Kristinas väg 4"."""
    word = _WORD_BEFORE.search(text, max(0, start - _MOST_BEFORE), start)
    return word is not None and word[1][0].isupper() and word[1].endswith(("s", "x", "z"))


def _full_name(text: str, found: re.Match[str]) -> int | None:
    """The start of "Södra vägen 4" or "Olof Palmes gata 1"; None for a bare "vägen 2"."""
    word = _WORD_BEFORE.search(text, max(0, found.start() - _MOST_BEFORE), found.start())
    if word is None or not (word[1][0].isupper() or word[1].lower() in DIRECTIONS):
        return None
    if word[1].lower() in {"på", "i", "vid", "längs", "utmed", "bor", "den", "hela"}:
        return None
    start = word.start(1)
    for _ in range(_MAX_EXTRA):
        word = _WORD_BEFORE.search(text, max(0, start - _MOST_BEFORE), start)
        if (
            word is None
            or not word[1][0].isupper()
            or word[1] in {"På", "I", "Vid", "Längs", "Hos"}
        ):
            break
        start = word.start(1)
    return start


def _with_direction(text: str, start: int) -> int:
    word = _WORD_BEFORE.search(text, max(0, start - _MOST_BEFORE), start)
    return word.start(1) if word is not None and word[1].lower() in DIRECTIONS else start


def _end(text: str, end: int) -> int:
    for _ in range(_MAX_EXTRA):
        more = _MORE.match(text, end)
        if more is None:
            break
        end = more.end()
    town = _TOWN.match(text, end)
    return town.end() if town is not None else end
