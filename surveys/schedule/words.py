"""Free text -> the few words that the grammar's rules read, with a note of what was mended."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from surveys.schedule.words_dates import DAY_ABBREVIATIONS, WRITTEN_DATES
from surveys.schedule.words_english import to_swedish
from surveys.schedule.words_lexicon import (
    CYRILLIC_ER,
    FORMS,
    LOOKALIKES,
    NUMBERS,
    ORDINALS,
    OTHER_WORDS,
    UNITS,
    WEEKDAYS,
)

MIXED_SCRIPT = "mixed_script"
SPELLING = "spelling"

_New = str | Callable[[re.Match[str]], str]

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_QUOTES = re.compile(r"[§¤\"'*_«»“”„‟‘’‚`´\[\]{}]")  # noqa: RUF001 - the marks meant; § and ¤ are ours
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_MENDED = 7  # a letter astray in a shorter word too often makes another word
_SHORTEST_FOLDED = 5  # "manad", "ganger"; shorter ones ("var", "host", "far") are words themselves
# English words that are Swedish words with their dots off, or the other way round.
_NOT_FOLDED = {"mars", "varje", "varan"}


def _thousands(match: re.Match[str]) -> str:
    """ "1 500 kontroller" is one number; "vecka 9 200 kontroller" two."""
    before = match.string[: match.start()]
    return match[0] if re.search(r"\b(?:vecka|v|kvartal|q) $", before) else match[1] + match[2]


_SPACING: tuple[tuple[str, _New], ...] = (
    (r"\b(\d{1,2}):?(?:e|a|th)\b|\b(\d?1)st\b|\b(\d?2)nd\b|\b(\d?3)rd\b", r"\1\2\3\4:e"),
    *DAY_ABBREVIATIONS,
    *WRITTEN_DATES,
    (r"(?<=\d) ?- ?(?=tills ?vidare\b)", " och framåt, "),
    (r"\bdygnet runt,? (?:årets )?alla dagar\b(?: i veckan| om året)?", "löpande"),
    (r"\b(?:årets )?alla dagar\b(?: i veckan| om året)?", "varje dag"),
    (r"\bså länge (?:behov\w*|det behövs|som behövs)\b(?: finns| kvarstår)?"
     r"|\btills behov\w* upphör\b", "löpande"),
    (r"\bunder (?:hela )?projekte(?:t|ts gång)\b", "under projekttiden"),
    (r"\b(20\d\d) ?-$", r"från \1"),
    (r"\b(våren?|hösten?|sommar(?:en)?|vintern?) ?[-’']?(2\d)\b(?![-/:.\d])", r"\1 20\2"),
    (r"\b24 ?/ ?7\b|\bdygnet runt\b|\båret (?:runt|om)\b|\btillsvidare\b", "löpande"),
    (r",? \b(?:varav|av vilka|of which)\b[^.;]*", ""),  # a part of what was promised before it
    (r"\b(?:vid |i samband med )?årets slut\b|\bslutet av året\b", "31 december"),
    (r"\bslutet av varje år\b", "december varje år"),
    (r"\b(?:vid|inför|i samband med) (?:varje )?termins(?:start|slut)\w*", "varje termin"),
    (r"(?<=, )skolavslutning\w*|(?<=och )skolavslutning\w*|\bskolavslutning\w*(?=,| och)", "juni"),
    (r"(?<=, )skolstart\w*|(?<=och )skolstart\w*|\bskolstart\w*(?=,| och)", "augusti"),
    (r"\b(?:vid|inför|i samband med) (?:varje )?(?:skolstart|läsårs(?:start|slut)|läsårets \w+"
     r"|årsbokslut|bokslut|årsredovisning|verksamhetsberättelse|årsstämma|budgetarbete)\w*",
     "varje år"),
    (r"\b(?:(?:varje|alla|vid|på) )?lönehelg\w*", "varje månad"),
    (r"\b(?:varje|alla) (?:kvällar|kväll|natt|nätter|morgon|morgnar|eftermiddag|förmiddag|lunch)\b",
     "varje dag"),
    (r"\bmed (?:jämna mellanrum|regelbundna intervaller)\b", "löpande"),
    (r"\b(var|vart) (?=annan\b|annat\b)", r"\1"),
    (r"\b(vår|höst|sommar|vinter)- ?(?=(?:och|/|samt) ?(?:vår|höst|sommar|vinter)\b)", r"\1 "),
    (r"\b(?:agenda|vision|strategi|målbild|färdplan) 20\d\d\b(?! ?-)", " "),
    (r"\b(?:vid|inför|under|i samband med) (?:varje )?skolavslutning\w*", "juni varje år"),
    (r"\bnationaldagen\b", "6 juni"),
    (r"\b(?:alla hjärtans dag|valentine'?s day)\b", "14 februari"),
    (r"\bhalloween\b", "31 oktober"),
    (r"\b(?:varje|alla|på) skoldag\w*|\bskoldagar\b", "varje vardag under skoltid"),
    (r"\b(?:internationella )?kvinnodagen\b", "8 mars"),
    (r"\borange (?:the world|dagen|day)\b", "25 november"),
    (r"\b112-? ?dagen\b", "11 februari"),
    (r"\bvalborg(?:smässoafton)?\b", "30 april"),
    (r"\bluciadagen\b|\blucia\b", "13 december"),
    (r"\bjulafton\b|(?<=före )jul(?:en|helgen)?\b(?! ?-)|(?<=innan )jul(?:en)?\b(?! ?-)"
     r"|(?<=inför )jul(?:en)?\b(?! ?-)|(?<=vid )jul(?:en)?\b(?! ?-)"
     r"|(?<=till )jul(?:en)?\b(?! ?-)", "24 december"),
    (r"\bjul(?=-? (?:och|/) ?nyår)|\bjulhelgen\b", "juldagarna"),
    (r"\bhalvårsskiftet\b", "30 juni"),
    (r"\bårsskiftet (\d\d)[/-](\d\d)\b(?!\d)", r"årsskiftet 20\1/20\2"),
    (r"\b(?:före|innan|inför|till) årsskiftet\b", "senast årsskiftet"),
    (r"\bnyårsafton\b", "31 december"),
    (r"\bi mån av\b|\bi den mån\b", "vid behov av"),
    (r"\bsommarlov(?:et)?\b( 20\d\d)?", r"sommaren\1 sommarlov"),
    (r"\b(?:vår|höst)(?:termin\w*)?-? ?(?:och|/|samt) ?(?:vår|höst)termin\w*", "varje termin"),
    (r"\b(?:läs|skol)år(?:et)? (?:20)?(\d\d)[/-](?:20)?(\d\d)\b", r"augusti 20\1 - juni 20\2"),
    (r"\b(första|andra) halvan av (?:år(?:et)? )?(?=20\d\d)", r"\1 halvåret "),
    (r"\bt\. ?o\. ?m\b\.?|\bt o m\b|\btom\b\.?(?= ?(?:\d|vecka|år|jan|feb|mar|apr|maj|jun|jul|aug"
     r"|sep|okt|nov|dec|vår|höst|somm))", "till och med"),
    (r"\bfr\. ?o\. ?m\b\.?|\bfr o m\b|\bf\. ?o\. ?m\b\.?|\bfom\b\.?", "från och med"),
    (r"\b(v|kv|q|nr)\.(?=\d)", r"\1 "),
    (r"\b(kl|ca|ggr|v|kv|mån|st|resp|max|jan|feb|febr|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.(?!\d)",
     r"\1 "),
    (r"\bklockan\b|\bkl\.(?=\d)", "kl "),
    (r"(?<=\bkl )([01]\d|2[0-3])([0-5]\d)\b", r"\1.\2"),
    (r"\b(?:vid |i samband med )?(?:varje )?månadsskifte\w*", "varje månad"),
    (r"\b(?:under |i )?(20\d\d),? (?:och )?(?:därefter|sedan)\b", r"\1 och framåt"),
    (r"\b(?:som|jämfört med|än|mot|basår|basåret) (?:år )?20\d\d\b", " "),
    (r"(?<=\d)(?=[^\W\d_])", " "),
    (r"(?<=[^\W\d_])(?=\d)", " "),
    (r"(?<![\d.,:/-])(?<!\d )(\d{1,3}) (\d{3})(?= [^\W\d])", _thousands),
    (r"(?<=\d) (?=000\b)", ""),
    (r"(?<=\d)-{2,}(?=\d)", " - "),
    (r"[≥⩾]|>=", " minst "),
    (r"[≤⩽]|<=", " högst "),
    (r"(?<!\d)/|/(?!\d)", " / "),
    (r"(/ ?|\bper )v\b(?! ?\d)", r"\1vecka"),
    (r"\s+", " "),
)  # fmt: skip
_A_DAY = r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)"
# After the words: numbers said twice, hyphens left hanging, things said in two words.
_TIDYING: tuple[tuple[str, str], ...] = (
    (r"\bhalv år\b", "halvår"),
    (r"\b(?:ett|1) par\b", "ca 2"),
    (
        r"\bmellan (\d{1,3}) (?:och|till) (\d{1,3})"
        r"(?= (?!jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[^\W\d])",
        r"\1-\2",
    ),
    (r"(?<= / )ar\b|\b(?<=per )ar\b|(?<=varje )ar\b", "år"),
    (r"(?<=\d )(?:x|g|\*|gang|ganger)(?= |$)", "gånger"),
    (r"\bminst (\d+)(?: gånger)?,? ?(?:och|men|samt)? ?(?:högst|som mest) \d+", r"minst \1"),
    (r"(?:/|\bper) ?(\d{1,2}) (år|månad|vecka|kvartal|dag)\b", r"var \1:e \2"),
    (r"\b(\d+) (?:st|stycken)(?=$| (?:före|innan|senast|till|under)\b)", r"\1 gånger"),
    (r"\bengångsinsats\b", "1 gånger"),
    (r"(?<=\d )h\b(?! ?[12]\b)", "timmar"),
    # "8 fredagskvällar" are eight occasions, and no rhythm.
    (
        rf"(?<![\d.,:§-])(?<!kl )(?<!den )(?<!vecka )(?<!v )\b(\d{{1,2}}) {_A_DAY}"
        rf"(?:-? ?(?:eller|och/eller|/) {_A_DAY})?(?= |$|[.,;])(?! kl)",
        r"\1 gånger",
    ),
    (r"\b(\d+) (?:st|stycken|stycken av|antal)\b", r"\1"),
    (r"\b(?:en|ett) ?\( ?1 ?\)|\( ?1 ?\) ?(?:en|ett)\b", "1"),
    (r"\b(\d+) ?\( ?\1 ?\)|\( ?(\d+) ?\) ?\2\b", r"\1\2"),
    (r"\b(\d+) \1\b(?! ?[/.:])", r"\1"),
    (r"\s+", " "),
)
SPACING = tuple((re.compile(pattern), new) for pattern, new in _SPACING)
TIDYING = tuple((re.compile(pattern), new) for pattern, new in _TIDYING)
_UNIT_MISSPELT = re.compile(r"(?P<before>(?:/ ?|\bper |\bvarje ))(?P<word>[^\W\d_]{5,})")
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
    mended_units = _UNIT_MISSPELT.sub(lambda match: _unit(match, mended), to_swedish(counted))
    known = _WORD.sub(lambda match: _known(match[0], mended), mended_units)
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


def _apply(changes: tuple[tuple[re.Pattern[str], _New], ...], text: str) -> str:
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


def _unit(match: re.Match[str], mended: list[str]) -> str:
    """ "Per vekca", "varje mådag": where a unit or a day must stand, a short word is mended too."""
    word = match["word"]
    if word in _vocabulary():
        return match[0]
    meant = {*UNITS, *WEEKDAYS} if match["before"].startswith("varje") else {*UNITS}
    near = {
        FORMS[known]
        for known in _units()
        if FORMS[known] in meant and word[0] == known[0] and _is_one_off(word, known)
    }
    if len(near) != 1:
        return match[0]
    mended.append(word)
    return match["before"] + near.pop()


@cache
def _units() -> tuple[str, ...]:
    meant = {*UNITS, *WEEKDAYS}
    return tuple(
        form for form, base in FORMS.items() if base in meant and len(form) >= len("vecka")
    )


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
