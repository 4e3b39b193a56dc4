"""Slips in the words themselves: letters of another script, years, numbers, headings."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from surveys.queries.consistency.documents import (
    Documents,
    Words,
    list_words,
    period_words,
    plan_period,
    plan_spot,
    promise_spot,
)
from surveys.queries.consistency.findings import Finding, PlaceKind, Severity, Spot
from surveys.queries.promises.time import window_of
from surveys.text.scripts import find_mixed_words, latin_words

AROUND = 60  # characters shown on each side of what was found
LONG_WORD = 7  # shorter words are near each other by chance
ENDING = 2  # letters that follow a slip: two forms of one word differ at their ends
_NUMBER_WORDS = {
    "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
    "elva": 11, "tolv": 12,
}  # fmt: skip
_DOUBLED = re.compile(
    rf"\b({'|'.join(_NUMBER_WORDS)})\s+(\(?)(\d{{1,3}})\b(\)?)(?![\d:/.-])", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d:/§-])((?:19|20)\d\d)(?![\d:/])")
_LAW = re.compile(r"\b(?:lag|lagen|förordning|förordningen|sfs)\b[^.]{0,20}$", re.IGNORECASE)


def mixed_scripts(documents: Documents) -> Iterator[Finding]:
    """A word that looks Latin and holds letters of another script: search does not find it."""
    texts = list(list_words(documents))
    known = {word for words in texts for word in latin_words(words.text)}
    for words in texts:
        for mixed in find_mixed_words(words.text, known):
            letters = ", ".join(f"{name} ({code})" for _c, code, name in mixed.strangers)
            yield Finding(
                "mixed_script",
                Severity.FAULT,
                (excerpt(words, words.text.find(mixed.word), len(mixed.word)),),
                {"word": mixed.word, "letters": letters, "proposed": mixed.proposed or "–"},
            )


def years_outside(documents: Documents) -> Iterator[Finding]:
    """A year in what is promised or planned that lies outside the document's own period."""
    periods = _periods(documents)
    for words in list_words(documents):
        if words.years is None:
            continue
        first, last = words.years
        for match in _YEAR.finditer(words.text):
            if first <= int(match[1]) <= last or _LAW.search(words.text[: match.start()]):
                continue
            own = periods.get((words.spot.slug, words.spot.kind in _OF_PROMISE))
            spots = (excerpt(words, match.start(), 4), *((own,) if own else ()))
            yield Finding("year_outside", Severity.FAULT, spots, {"year": match[1]})


_OF_PROMISE = {PlaceKind.PROMISE, PlaceKind.POINT}


def _periods(documents: Documents) -> dict[tuple[str, bool], Spot]:
    found = {
        (plan.slug, False): plan_spot(plan, period_words(plan_period(plan)))
        for plan in documents.plans
    }
    for promise in documents.promises:
        window = window_of(promise)
        if window:
            found[(promise.slug, True)] = promise_spot(promise, period_words(window))
    return found


def doubled_numbers(documents: Documents) -> Iterator[Finding]:
    """ "minst två 2", or "fyra (3)": one number written twice. "fyra (4)" is how it is done."""
    for words in list_words(documents):
        for match in _DOUBLED.finditer(words.text):
            is_in_brackets = bool(match[2] and match[4])
            agrees = _NUMBER_WORDS[match[1].lower()] == int(match[3])
            if is_in_brackets and agrees:
                continue
            rule = "doubled_number" if agrees else "numbers_disagree"
            spot = excerpt(words, match.start(), len(match[0]))
            yield Finding(rule, Severity.FAULT, (spot,), {"words": match[0]})


def misspelt_headings(documents: Documents) -> Iterator[Finding]:
    """A word of a heading that stands nowhere else, while one a letter away does."""
    texts = list(list_words(documents))
    where: dict[str, list[Words]] = defaultdict(list)
    for words in texts:
        for word in dict.fromkeys(latin_words(words.text)):
            if len(word) >= LONG_WORD - 1:
                where[word].append(words)
    for words in texts:
        for word in dict.fromkeys(latin_words(words.text)) if words.is_heading else ():
            near = _near(word, words, where)
            if near is not None:
                yield _misspelt(word, near, words, where)


def _near(word: str, words: Words, where: dict[str, list[Words]]) -> str | None:
    """Another word that this one may be a slip for; None where it is at home elsewhere too."""
    if len(word) < LONG_WORD or any(other.text != words.text for other in where[word]):
        return None
    return next((other for other in where if is_slip(word, other)), None)


def _misspelt(word: str, near: str, words: Words, where: dict[str, list[Words]]) -> Finding:
    other = next((w for w in where[near] if w.text != words.text), where[near][0])
    at = other.text.casefold().find(near)
    spots = (replace(words.spot, words=words.text), excerpt(other, at, len(near)))
    return Finding("misspelt_heading", Severity.GAP, spots, {"word": word, "near": near})


def is_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter, or by two swapped, before their last ones."""
    if word == other or word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    shared = 0
    while shared < min(len(word), len(other)) and word[shared] == other[shared]:
        shared += 1
    a, b = word[shared:], other[shared:]
    if a[:2] == b[:2][::-1] and a[2:] == b[2:]:
        return len(a[2:]) >= ENDING
    tail = b if a[1:] == b else a if a == b[1:] else a[1:] if a[1:] == b[1:] else ""
    return len(tail) >= ENDING


def excerpt(words: Words, at: int, length: int) -> Spot:
    """The place with the words around what was found."""
    first, last = max(at - AROUND, 0), at + length + AROUND
    shown = words.text[first:last].strip()
    before = "…" if first > 0 else ""
    after = "…" if last < len(words.text) else ""
    return replace(words.spot, words=f"{before}{shown}{after}")
