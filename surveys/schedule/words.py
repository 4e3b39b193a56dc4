"""Free text -> the few words that the grammar's rules read, with a note of what was mended."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from surveys.schedule.words_english import to_swedish
from surveys.schedule.words_lexicon import (
    CYRILLIC_ER,
    FORMS,
    LOOKALIKES,
    NUMBERS,
    ORDINALS,
    OTHER_WORDS,
)

MIXED_SCRIPT = "mixed_script"
SPELLING = "spelling"

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_QUOTES = re.compile(r"[§¤\"'*_«»“”„‟‘’‚`´\[\]{}]")  # noqa: RUF001 - the marks meant; § and ¤ are ours
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_MENDED = 7  # a letter astray in a shorter word too often makes another word
_SHORTEST_FOLDED = 5  # "manad", "ganger"; shorter ones ("var", "host", "far") are words themselves
# English words that are Swedish words with their dots off, or the other way round.
_NOT_FOLDED = {"mars", "varje", "varan"}

_SPACING: tuple[tuple[str, str], ...] = (
    (r"\b(\d{1,2}):?(?:e|a|th)\b|\b(\d?1)st\b|\b(\d?2)nd\b|\b(\d?3)rd\b", r"\1\2\3\4:e"),
    (r"\bmån(?=\.?(?: ?[-,+]| (?:och|till|kl)\b))", "måndag"),
    (r"\bmon ?- ?fri\b", "måndag-fredag"),
    (r"\b24 ?/ ?7\b|\bdygnet runt\b|\båret (?:runt|om)\b|\btillsvidare\b", "löpande"),
    (r",? \b(?:varav|av vilka|of which)\b[^.;]*", ""),  # a part of what was promised before it
    (r"\b(?:vid |i samband med )?årets slut\b|\bslutet av året\b", "31 december"),
    (r"\bslutet av varje år\b", "december varje år"),
    (r"\b(?:vid|inför|i samband med) (?:varje )?termins(?:start|slut)\w*", "varje termin"),
    (r"\b(?:vid|inför|i samband med) (?:varje )?(?:skolstart|läsårsstart|årsbokslut)\w*",
     "varje år"),
    (r"\b(?:vid|inför|under|i samband med) (?:varje )?skolavslutning\w*", "juni varje år"),
    (r"\bnationaldagen\b", "6 juni"),
    (r"\bvalborg(?:smässoafton)?\b", "30 april"),
    (r"\bluciadagen\b|\blucia\b", "13 december"),
    (r"\bjulafton\b", "24 december"),
    (r"\bnyårsafton\b", "31 december"),
    (r"\bi mån av\b", "vid behov av"),
    (r"\b(?:vår|höst)-? ?(?:och|/|samt) ?(?:vår|höst)termin\w*", "varje termin"),
    (r"\bt\. ?o\. ?m\b\.?|\bt o m\b", "till och med"),
    (r"\bfr\. ?o\. ?m\b\.?|\bfr o m\b", "från och med"),
    (r"\b(kl|ca|ggr|v|kv|mån|st|resp|max|jan|feb|febr|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.(?!\d)",
     r"\1 "),
    (r"\bklockan\b", "kl"),
    (r"(?<=\d)(?=[^\W\d_])", " "),
    (r"(?<=[^\W\d_])(?=\d)", " "),
    (r"(?<=\d) (?=000\b)", ""),
    (r"[≥⩾]|>=", " minst "),
    (r"[≤⩽]|<=", " högst "),
    (r"(?<!\d)/|/(?!\d)", " / "),
    (r"(/ ?|\bper )v\b(?! ?\d)", r"\1vecka"),
    (r"\s+", " "),
)  # fmt: skip
# After the words: numbers said twice, hyphens left hanging, things said in two words.
_TIDYING: tuple[tuple[str, str], ...] = (
    (r"\bhalv år\b", "halvår"),
    (r"\b(?:ett|1) par\b", "ca 2"),
    (r"(?<= / )ar\b|\b(?<=per )ar\b|(?<=varje )ar\b", "år"),
    (r"(?<=\d )(?:x|g|\*|gang|ganger)(?= |$)", "gånger"),
    (r"\b(\d+) (?:st|stycken|stycken av|antal)\b", r"\1"),
    (r"\b(?:en|ett) ?\( ?1 ?\)|\( ?1 ?\) ?(?:en|ett)\b", "1"),
    (r"\b(\d+) ?\( ?\1 ?\)|\( ?(\d+) ?\) ?\2\b", r"\1\2"),
    (r"\b(\d+) \1\b(?! ?[/.:])", r"\1"),
    (r"\s+", " "),
)
SPACING = tuple((re.compile(pattern), new) for pattern, new in _SPACING)
TIDYING = tuple((re.compile(pattern), new) for pattern, new in _TIDYING)
_COMPOUND = re.compile(
    r"(måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)s?(?:morgn|förmiddag|eftermiddag|kväll|natt"
    r"|nätt|möte|träff|pass|mys)\w*"
)
# "Kvartalsrapport" is a report each quarter.
_REGULAR = re.compile(
    r"(års|halvårs|tertial|tertials|termins|kvartals|månads|vecko)"
    r"(?:uppföljning|rapport|möte|avstämning|utvärdering|träff|redovisning)\w*"
)
_REGULARLY = {
    "års": "årligen", "halvårs": "halvårsvis", "tertial": "tertialvis", "tertials": "tertialvis",
    "termins": "terminsvis", "kvartals": "kvartalsvis", "månads": "månadsvis",
    "vecko": "veckovis",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Normalised:
    """The text as the rules read it, and codes of what was mended on the way."""

    text: str
    notes: tuple[str, ...]


def normalise(text: str) -> Normalised:
    """Lower case, plain spaces and dashes, Latin letters, digits for number words, one form a word.

    "Minst fyra (4) ggr/ÅR" -> "minst 4 gånger / år". English becomes Swedish where a schedule is
    meant. Words that no rule knows stay as they are.
    """
    plain = _plain(text)
    folded = _WORD.sub(lambda match: _latin(match[0]), plain)
    notes = [MIXED_SCRIPT] if folded != plain else []
    spaced = _apply(SPACING, folded)
    mended: list[str] = []
    counted = _WORD.sub(lambda match: str(NUMBERS.get(match[0], match[0])), spaced)
    known = _WORD.sub(lambda match: _known(match[0], mended), to_swedish(counted))
    if mended:
        notes.append(SPELLING)
    return Normalised(_apply(TIDYING, known).strip(" -"), tuple(notes))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).lower()
    text = _QUOTES.sub(" ", _DASHES.sub("-", text))
    return re.sub(r"\s+", " ", text).strip()


def _latin(word: str) -> str:
    """The word in Latin letters. Cyrillic er looks like p and sounds like r: a known word tells."""
    by_sound = word.replace(CYRILLIC_ER, "r").translate(LOOKALIKES)
    return by_sound if by_sound in _vocabulary() else word.translate(LOOKALIKES)


def _apply(changes: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, new in changes:
        text = pattern.sub(new, text)
    return text


def _known(word: str, mended: list[str]) -> str:
    """The form that rules read; a word mended on the way is added to ``mended``."""
    if word in ORDINALS or word in OTHER_WORDS:
        return word
    form = _form(word)
    if form is not None:
        return form
    other = _without_dots().get(word) or _one_letter_off(word)
    if other is None:
        return word
    mended.append(word)
    return _form(other) or other


def _form(word: str) -> str | None:
    if word in NUMBERS:
        return str(NUMBERS[word])
    if compound := _COMPOUND.fullmatch(word):
        return compound[1]
    if regular := _REGULAR.fullmatch(word):
        return _REGULARLY[regular[1]]
    return FORMS.get(word)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset([*FORMS, *NUMBERS, *ORDINALS, *OTHER_WORDS])


@cache
def _without_dots() -> dict[str, str]:
    """ "manad" -> "månad": what keyboards and old systems leave of a word."""
    plain = str.maketrans("åäö", "aao")
    folded = {w.translate(plain): w for w in _vocabulary() if len(w) >= _SHORTEST_FOLDED}
    return {f: w for f, w in folded.items() if f != w and f not in _vocabulary() | _NOT_FOLDED}


@cache
def _one_letter_off(word: str) -> str | None:
    """The only known word that is one letter (wrong, missing, extra or swapped) from ``word``."""
    if len(word) < _SHORTEST_MENDED or word.removesuffix("s") in _vocabulary():  # a genitive
        return None
    near = {
        FORMS.get(known, known)
        for known in _vocabulary()
        if len(known) >= _SHORTEST_MENDED and known[0] == word[0] and _is_one_off(word, known)
    }
    return near.pop() if len(near) == 1 else None


def _is_one_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    a, b = one[start:], other[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
