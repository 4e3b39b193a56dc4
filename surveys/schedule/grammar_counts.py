"""Counts: "minst 4 insatser", "2 gånger / år", "1 tillfälle / vecka"."""

import enum
import re
from dataclasses import dataclass

from surveys.schedule.words_lexicon import AMOUNT, OCCASION, PERIOD, UNITS


class Limit(enum.Enum):
    """How a count bounds what is done."""

    AT_LEAST = "at_least"
    EXACTLY = "exactly"
    AT_MOST = "at_most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Count:
    """``number`` occasions per ``unit`` (None where the text says none)."""

    number: int
    limit: Limit
    unit: str | None


ADVERBS = {
    "dagligen": "dag", "veckovis": "vecka", "månadsvis": "månad", "kvartalsvis": "kvartal",
    "tertialvis": "tertial", "terminsvis": "termin", "halvårsvis": "halvår", "årligen": "år",
}  # fmt: skip

_LIMITS = {
    "minst": Limit.AT_LEAST, "inte mindre än": Limit.AT_LEAST, "ej mindre än": Limit.AT_LEAST,
    "inte färre än": Limit.AT_LEAST, "ej färre än": Limit.AT_LEAST,
    "exakt": Limit.EXACTLY, "sammanlagt": Limit.EXACTLY, "totalt": Limit.EXACTLY,
    "högst": Limit.AT_MOST, "upp till": Limit.AT_MOST, "som mest": Limit.AT_MOST,
    "inte fler än": Limit.AT_MOST, "ej fler än": Limit.AT_MOST, "inte mer än": Limit.AT_MOST,
    "färre än": Limit.AT_MOST, "mindre än": Limit.AT_MOST, "max": Limit.AT_MOST,
    "ca": Limit.ABOUT, "fler än": Limit.AT_LEAST, "mer än": Limit.AT_LEAST,
    "över": Limit.AT_LEAST,
}  # fmt: skip
_ONE_MORE = ("fler än", "mer än", "över")
_ONE_LESS = ("färre än", "mindre än")
_TARGETS = ("minst", "exakt", "inte mindre än", "ej mindre än", "inte färre än", "ej färre än")
_LENGTH = re.compile(r"(?:arbets)?(?:dag|timm|minut|pass)|halv$|års?$|årig")

_LIMIT = rf"(?:\b(?P<limit>{'|'.join(sorted(_LIMITS, key=len, reverse=True))}) (?:vid |om |i )?)?"
_NUMBER = (
    r"(?<![\d.,:§+-])(?<!\d )\b(?P<number>\d{1,9}|en|ett)\b(?P<more>\+)?(?![\d:]|[.,]\d| ?%)"
    r"(?: ?(?:-|till|eller|alternativt) ?(?P<to>\d{1,9})\b(?![.,:]\d))?"
)
_UNIT = rf"(?P<unit>{'|'.join((*UNITS, PERIOD))})\b(?! \d)"
_PER = (
    r"(?:/|per [^\W\d]+ och |(?:per|i|om|under|inom) (?:varje |respektive |hela |ett |en |1 )?"
    r"|varje |respektive )\s*"
)
_THINGS = r"(?P<things>(?:[^\W\d]+[^\d§.,;:/]{0,90}?)?)"
_WITH_UNIT = re.compile(
    rf"{_LIMIT}{_NUMBER} ?\+?{_THINGS}\s*(?:{_PER}{_UNIT}|\b(?P<adverb>{'|'.join(ADVERBS)})\b)"
)
_BARE = re.compile(
    rf"{_LIMIT}{_NUMBER} ?\+? ?"
    rf"(?P<things>(?:[^\W\d]+(?:[- ]+[^\W\d]+){{0,2}}? )?[^\W\d]*{OCCASION}\b)"
)
# "Minst 4 …", "minst 2 nya metoder": a limit makes a target of any number that is no size.
_LIMITED = re.compile(rf"{_LIMIT}{_NUMBER} ?\+? ?(?P<things>(?:[^\W\d]+(?: [^\W\d]+)?)?)(?! ?%)")
_UNIT_BEFORE = re.compile(
    rf"\b(?:(?:varje|per|under varje|under) {_UNIT}|(?P<adverb>{'|'.join(ADVERBS)})\b)"
)
_SUFFIX_AT_LEAST = re.compile(r"\beller (?:fler|mer|oftare)\b|\(minst\)|\bsom minst\b|,? minst ?$")
_SUFFIX_AT_MOST = re.compile(r"\beller färre\b|\(högst\)|\bsom mest\b")
_ONCE = re.compile(r"gånger|tillfälle")
_AMOUNT = re.compile(rf"{AMOUNT}\b")
_MOST_WORDS = 9
_MOST_WORDS_AFTER_AN_ARTICLE = 2
_ARTICLES = ("en", "ett")

# Counts that cannot be read as one, with the reason.
_FAULTS = (
    ("contradictory_numbers", re.compile(r"(?<![.,:\d])\b(\d+) ?\((?!\1\))\d+\)")),
    ("fraction", re.compile(
        rf"(?<!kl )(?<![\d.,:])\d+[.,]\d+ ?(?:{_PER}{_UNIT}|(?:[^\W\d]+ )?[^\W\d]*{OCCASION}\b)")),
    ("fraction", re.compile(r"(?<!\d)\b1/2 gånger|\ben halv gånger|\bhalv gånger")),
    ("negative", re.compile(rf"(?:^|(?<!\d) )- ?\d+ ?(?:{_PER}{_UNIT}|[^\W\d]*{OCCASION}\b)")),
    ("too_many", re.compile(rf"\b\d{{10,}} ?(?:{_PER}|[^\W\d]*{OCCASION}\b)")),
)  # fmt: skip
_VAGUE = re.compile(
    r"\b(?:ofta|sällan|ibland|då och då|emellanåt)\b"
    rf"|\bnågon gånger (?:{_PER}){_UNIT.replace('<unit>', '<any>')}|"
    rf"\b(?:några|flera|flertal\w*|fåtal\w*|enstaka|antal|många|upprepade|ett par tre)\b"
    rf"(?: [^\W\d]+){{0,2}}? ?(?:[^\W\d]*{OCCASION}\b|{_PER}{_UNIT})"
)
_SIZE = re.compile(
    r"\b(?:minst|högst|ca) (?:\d+|en|ett) (?:halv )?(?:arbets)?"
    r"(?:dag\b|dagar|timm|tim\b|minut|pass)"
)


def count_fault(text: str) -> str | None:
    """Why a count in ``text`` (normalised, without its dates) cannot be read, or None."""
    return next((code for code, pattern in _FAULTS if pattern.search(text)), None)


def vague_count(text: str) -> str | None:
    """Why no count was found, where one seems to be meant."""
    if _VAGUE.search(text):
        return "vague_count"
    if _SIZE.search(text):
        return "size_of_occasion"
    if any(_is_amount(match) for match in _WITH_UNIT.finditer(text)):
        return "not_occasions"
    return None


def find_count(text: str) -> Count | None:
    """The first count of occasions in ``text`` (normalised, its dates behind marks)."""
    for match in _WITH_UNIT.finditer(text):
        if _is_count(match):
            unit = match["unit"] or ADVERBS[match["adverb"]]
            return _count(match, unit)
    for match in _BARE.finditer(text):
        if _is_bare_count(match):
            return _count(match, _unit_before(match))
    for match in _LIMITED.finditer(text):
        if match["limit"] in _TARGETS and not _is_size(match):
            return _count(match, _unit_before(match))
    return None


def _is_size(match: re.Match[str]) -> bool:
    return _is_amount(match) or any(
        thing in (*UNITS, PERIOD) or _LENGTH.match(thing) for thing in match["things"].split()
    )


def _is_count(match: re.Match[str]) -> bool:
    things = match["things"].split()
    is_article = match["number"] in _ARTICLES and match["limit"] is None
    if is_article and match["adverb"]:  # "en grupp tar månadsvis fram": the group is no count
        return _ONCE.match(match["things"].strip()) is not None
    most = _MOST_WORDS_AFTER_AN_ARTICLE if is_article else _MOST_WORDS
    return len(things) <= most and not _is_amount(match) and not (is_article and not things)


def _is_amount(match: re.Match[str]) -> bool:
    return any(_AMOUNT.fullmatch(word) for word in match["things"].split()[:2])


def _is_bare_count(match: re.Match[str]) -> bool:
    """ "En rapport" is an article; "en gång" and "minst en insats" are counts."""
    things = match["things"].split()
    if any(thing in (*UNITS, PERIOD) for thing in things):  # "inom 2 veckor efter varje insats"
        return False
    if match["number"] not in _ARTICLES or match["limit"]:
        return not _is_amount(match)
    return _ONCE.match(match["things"]) is not None


def _unit_before(match: re.Match[str]) -> str | None:
    """ "Varje år genomförs 2 insatser": the unit earlier in the same sentence."""
    sentence = re.split(r"[.;]", match.string[: match.start()])[-1]
    found = _UNIT_BEFORE.search(sentence)
    if found is None:
        return None
    return found["unit"] or ADVERBS[found["adverb"]]


def _count(match: re.Match[str], unit: str | None) -> Count:
    number = 1 if match["number"] in _ARTICLES else int(match["number"])
    limit = _LIMITS.get(match["limit"] or "", Limit.EXACTLY)
    if match["limit"] in _ONE_MORE:
        number += 1
    elif match["limit"] in _ONE_LESS:
        number = max(number - 1, 0)
    if match["limit"] is None:
        limit = _said_around(match)
    return Count(number, limit, unit)


def _said_around(match: re.Match[str]) -> Limit:
    """What stands after the number: "4-5 gånger", "3+ gånger", "2 gånger eller fler"."""
    sentence = re.split(r"[.;]", match.string[match.start() :])[0]
    if match["to"] or match["more"] or _SUFFIX_AT_LEAST.search(sentence):
        return Limit.AT_LEAST
    return Limit.AT_MOST if _SUFFIX_AT_MOST.search(sentence) else Limit.EXACTLY
