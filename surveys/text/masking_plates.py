"""Registration plates: three letters, two digits, and a digit or a letter; "ABC 12D".

A plate without a space or in small letters looks like much else: then the words around decide.
"""

import re
from collections.abc import Iterator

from surveys.text.masking_number_words import NUMBER_WORDS
from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView
from surveys.text.masking_words import words

_SEPARATOR = r"[ .:_/-]{0,3}"
_PLATE = re.compile(
    rf"(?<![^\W_])(?P<letters>[A-Z] ?[.-]? ?[A-Z] ?[.-]? ?[A-Z])(?P<gap>{_SEPARATOR})"
    r"(?P<number>[0-9O] ?[0-9O] ?(?:[0-9O]|(?<=\d)[A-Z]|(?<=\d )[A-Z]))(?![^\W_])",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?<![^\W_])[A-Z]{2}[ -]?\d{5}(?![^\W_])|(?<![^\W_])[A-Z]{3}[ -]\d{3,4}\b")
# The letters as they are read out over the telephone.
_LETTER = (
    r"(?:adam|bertil|ca?esar|david|erik|filip|gustav|helge|ivar|johan|kalle|ludvig|martin|niklas"
    r"|olof|petter|qvintus|rudolf|sigurd|tore|urban|viktor|wilhelm|xerxes|yngve|zäta)"
)
_SPELLED = re.compile(
    rf"\b(?:{_LETTER}[ ,-]{{1,3}}){{3}}"
    r"(?:\d ?\d ?[\dA-Z]|\w{2,9}[ ,]{1,2}\w{2,9}[ ,]{1,2}\w{2,9})\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?<![^\W_])[A-ZÅÄÖ] ?[A-ZÅÄÖ] ?[A-ZÅÄÖ]\s{1,3}"
    r"(?P<words>[a-zåäö]{2,14}(?:[ ,]{1,2}[a-zåäö]{2,14}){1,2})\b"
)
_LETTER_BEFORE = re.compile(r"(?:\A|\s)[^\W_] \Z")
_REACH = 45
_CUE = re.compile(
    r"\breg\b|\breg\.|\bregi\w*|\bregn\w*|reg\.?\s?-?\s?n\w{0,5}r|skylt\w*|plåt\w*|plate"
    r"|\w*bil(?:en|ar|"
    r"arna)?\b|\w*moppe\w*|\w*moped\w*|\bmc\b|motorcykel\w*|\bepa\w*|\ba-?traktor\w*|volvo\w*"
    r"|saab\w*"
    r"|\bbmw\w*|\baudi\w*|merc\w*|\bmersa\w*|toyota|\bkia\b|tesla|skoda|\bvw\b|\bgolf\b"
    r"|volkswagen"
    r"|ford|peugeot|renault|opel|nissan|porsche|hyundai|\bv[4-9]0\b|passat|car\b|van\b|släp\w*"
    r"|lastbil\w*|skåpbil\w*|pickup|jeep|bilnum\w*|fordon\w*|taxi\w*|påkörd",
    re.IGNORECASE,
)
_STRONG_CUE = re.compile(
    r"\breg\b|\breg\.|\bregi|\bregn|reg\.?\s?-?\s?n\w{0,5}r|skylt|bilnum|plate", re.I
)
_UNIT = re.compile(
    r"\s?(?:kr\b|kronor|%|procent|meter|m\b|km|kilometer|gånger|ggr|personer|st\b|min|tim|år"
    r"|dagar"
    r"|spänn|mil\b|kg|liter|ungdomar|barn|bilar)",
    re.IGNORECASE,
)
# Three letters before a number that are a word, an abbreviation or a shop.
_NO_PLATES = words("no_plates")


def find_plates(view: PlainView) -> Iterator[Span]:
    """Swedish registration plates, and foreign ones where the words around name a plate."""
    text = view.text
    shouted = _is_shouted(text)
    for found in _PLATE.finditer(text):
        if _is_plate(text, found, shouted=shouted):
            yield view.span(*found.span(), "plate")
    for found in _FOREIGN.finditer(text):
        if _STRONG_CUE.search(text, max(0, found.start() - _REACH), found.start()):
            yield view.span(*found.span(), "plate")
    for found in _SPELLED.finditer(text):
        yield view.span(*found.span(), "plate")
    for found in _IN_WORDS.finditer(text):
        digits = [NUMBER_WORDS.get(w, "") for w in re.split(r"[ ,]+", found["words"])]
        if all(digits) and len("".join(digits)) == 3 and _has_cue(text, found):
            yield view.span(*found.span(), "plate")


def _is_plate(text: str, found: re.Match[str], *, shouted: bool) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", found["letters"])
    number = found["number"]
    is_spaced_out = " " in found["letters"]
    if not any(c.isdigit() for c in number) or _UNIT.match(text, found.end()):
        return False
    if is_spaced_out:  # not the end of a longer word, spaced out
        return _LETTER_BEFORE.search(text, max(0, found.start() - 3), found.start()) is None
    if letters.lower() in _NO_PLATES:
        return _is_plate_for_all_that(text, found, shouted=shouted)
    if letters.isupper() and (number[-1].isdigit() or number[-1].isupper()):
        return not shouted or not found["gap"] or _has_cue(text, found)
    if " " in number:
        return False
    return found["gap"] in ("", "-") or _has_cue(text, found)


def _is_plate_for_all_that(text: str, found: re.Match[str], *, shouted: bool) -> bool:
    """Whether letters that are a word as well are a plate's: "VAR-609", "reg VEM 690"."""
    if not found["letters"].isupper():
        return _is_announced(text, found)
    ends_in_letter = found["number"][-1].isupper() and not shouted
    return bool(found["gap"].strip()) or ends_in_letter or _is_announced(text, found)


def _has_cue(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    before = _CUE.search(text, max(0, start - _REACH), start)
    return before is not None or _CUE.search(text, end, end + _REACH) is not None


def _is_announced(text: str, found: re.Match[str]) -> bool:
    start = found.start()
    return _STRONG_CUE.search(text, max(0, start - _REACH), start) is not None


def _is_shouted(text: str) -> bool:
    """Whether most letters are capitals, so that a capital tells nothing."""
    capitals = sum(1 for c in text if c.isupper())
    return capitals > 20 and capitals * 3 > sum(1 for c in text if c.isalpha()) * 2
