"""Which themes an answer is about: suggestions to a person who codes, never the published truth.

Rules and learning together: the words that speak for a theme (``themes_rules``) and a model of
answers that people have coded (``themes_model.own_model``, handed in so that the web process never
loads it). Without a model the rules answer alone. Place names give no theme, ethnicity, religion
and nationality are none, and a suggestion carries the words that made it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from surveys.text.themes_examples import CODES
from surveys.text.themes_lexicon import STRONG
from surveys.text.themes_rules import Reading, read_answer

OTHER = "other"
NONE = "none"
# Chosen by cross-validation, on the side of showing a coder one too many rather than one too few.
ENOUGH_WITH_MODEL = 0.28
ENOUGH_BY_RULES = 0.6
RULES_SHARE = 0.3  # of the score when a model is there
_BATCH = 1000
_MOST_WORDS = 4
_SHORT_DENIAL_WORDS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code of the codebook, how sure it is (0 to 1), and the words of the answer behind it."""

    code: str
    score: float
    why: tuple[str, ...]


class Learned(Protocol):
    """What is asked of a model; ``themes_model.ThemeModel`` is one."""

    def probabilities(self, readings: Sequence[Reading]) -> Sequence[Sequence[float]]:
        """One row for each reading, one number for each of CODES."""

    def reasons(self, reading: Reading, code: str) -> tuple[str, ...]:
        """The words of the answer that spoke most for ``code``."""


def suggest(q2: str, q3: str, learned: Learned | None = None) -> list[Suggestion]:
    """The themes of one answer, best first, never none at all: ``none`` stands alone.

    ``q2`` says where it feels unsafe, ``q3`` what would help.
    """
    return next(suggest_all([(q2, q3)], learned))


def suggest_all(
    answers: Iterable[tuple[str, str]], learned: Learned | None = None
) -> Iterator[list[Suggestion]]:
    """The themes of each (q2, q3), in order; far faster by the thousand than one by one."""
    remaining = iter(answers)
    while batch := [read_answer(q2, q3) for q2, q3 in islice(remaining, _BATCH)]:
        probabilities = learned.probabilities(batch) if learned else [()] * len(batch)
        for reading, row in zip(batch, probabilities, strict=True):
            learnt = dict(zip(CODES, row, strict=True)) if learned else {}
            yield _suggestions(reading, learnt, learned)


def _suggestions(
    reading: Reading, learnt: Mapping[str, float], learned: Learned | None
) -> list[Suggestion]:
    enough = ENOUGH_WITH_MODEL if learned else ENOUGH_BY_RULES
    scores = _scores(reading, learnt)
    codes = [code for code in CODES if code != NONE and scores[code] >= enough]
    if _is_empty(reading):
        codes = [NONE]
        scores[NONE] = 1.0
    elif not codes:
        codes = [max(CODES, key=lambda code: scores[code])]
        if not scores[codes[0]]:
            codes = [OTHER]  # something is said, and nothing tells what
    codes.sort(key=lambda code: -scores[code])
    return [Suggestion(code, float(scores[code]), _why(reading, code, learned)) for code in codes]


def _scores(reading: Reading, learnt: Mapping[str, float]) -> dict[str, float]:
    ruled = reading.scores()
    share = RULES_SHARE if learnt else 1.0
    return {
        code: share * ruled.get(code, 0.0) + (1 - share) * learnt.get(code, 0.0) for code in CODES
    }


def _is_empty(reading: Reading) -> bool:
    """Whether nothing is said, or nothing but a denial: "har aldrig sett någon langare"."""
    reasons = [reason for reason in reading.evidence if reason.code != NONE]
    if reading.says_nothing:
        return not reasons
    length = len(f"{reading.q2} {reading.q3}".split())
    only_denied = bool(reading.denied) and length <= _SHORT_DENIAL_WORDS
    return only_denied and all(reason.strength != STRONG for reason in reasons)


def _why(reading: Reading, code: str, learned: Learned | None) -> tuple[str, ...]:
    reasons = [reason for reason in reading.evidence if reason.code == code]
    reasons.sort(key=lambda reason: reason.strength != STRONG)
    words = tuple(dict.fromkeys(reason.words for reason in reasons))[:_MOST_WORDS]
    if words or learned is None:
        return words
    return learned.reasons(reading, code)
