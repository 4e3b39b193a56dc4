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
ENOUGH_WITH_MODEL = 0.22
ENOUGH_BY_RULES = 0.6
RULES_SHARE = 0.3  # of the score when a model is there
_BATCH = 1000
_RULED = frozenset(CODES)
_MOST_WORDS = 4
_SHORT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code of the codebook, how sure it is (0 to 1), and the words of the answer behind it."""

    code: str
    score: float
    why: tuple[str, ...]


class Learned(Protocol):
    """What is asked of a model; ``themes_model.ThemeModel`` is one."""

    @property
    def codes(self) -> Sequence[str]:
        """What it tells apart: CODES, and those that a municipality has added."""

    def probabilities(self, readings: Sequence[Reading]) -> Sequence[Sequence[float]]:
        """One row for each reading, one number for each of ``codes``."""

    def reasons(self, reading: Reading, code: str) -> tuple[str, ...]:
        """The words of the answer that spoke most for ``code``."""


def suggest(
    q2: str, q3: str, learned: Learned | None = None, *, at_least: int = 1
) -> list[Suggestion]:
    """The themes of one answer, best first, never none at all: ``none`` stands alone.

    ``q2`` says where it feels unsafe, ``q3`` what would help. ``at_least`` asks for so many
    suggestions (for a screen that always shows three) even if the last are unlikely.
    """
    return next(suggest_all([(q2, q3)], learned, at_least=at_least))


def suggest_all(
    answers: Iterable[tuple[str, str]], learned: Learned | None = None, *, at_least: int = 1
) -> Iterator[list[Suggestion]]:
    """The themes of each (q2, q3), in order; far faster by the thousand than one by one."""
    remaining = iter(answers)
    while batch := [read_answer(q2, q3) for q2, q3 in islice(remaining, _BATCH)]:
        probabilities = learned.probabilities(batch) if learned else [()] * len(batch)
        for reading, row in zip(batch, probabilities, strict=True):
            learnt = dict(zip(learned.codes, row, strict=True)) if learned else {}
            codes = _codes(reading, learnt, at_least)
            yield [
                Suggestion(code, score, _why(reading, code, learned))
                for code, score in codes.items()
            ]


def _codes(reading: Reading, learnt: Mapping[str, float], at_least: int) -> dict[str, float]:
    """The codes to suggest with their scores, best first."""
    if _is_empty(reading):
        return {NONE: 1.0}
    scores = _scores(reading, learnt)
    ranked = sorted(scores, key=lambda code: -scores[code])
    if not scores[ranked[0]]:
        return {OTHER: 0.0}  # something is said, and nothing tells what
    enough = ENOUGH_WITH_MODEL if learnt else ENOUGH_BY_RULES
    codes = [code for code in ranked if code != NONE]
    likely = sum(scores[code] >= enough for code in codes)
    if not likely and ranked[0] == NONE:
        return {NONE: scores[NONE]}
    return {code: scores[code] for code in codes[: max(likely, at_least)] if scores[code]}


def _scores(reading: Reading, learnt: Mapping[str, float]) -> dict[str, float]:
    ruled = reading.scores()
    if not learnt:
        return {code: ruled.get(code, 0.0) for code in CODES}
    return {
        # What a municipality has added has no rules, and stands by what was learnt alone.
        code: (1 - RULES_SHARE) * found + RULES_SHARE * ruled.get(code, 0.0)
        if code in _RULED
        else found
        for code, found in learnt.items()
    }


def _is_empty(reading: Reading) -> bool:
    """Whether nothing is said, or nothing but denial or praise: "aldrig sett någon langare"."""
    reasons = [reason for reason in reading.evidence if reason.code != NONE]
    if reading.says_nothing:
        return not reasons
    length = len(f"{reading.q2} {reading.q3}".split())
    nothing_left = bool(reading.taken_away) and length <= _SHORT_WORDS
    return nothing_left and all(reason.strength != STRONG for reason in reasons)


def _why(reading: Reading, code: str, learned: Learned | None) -> tuple[str, ...]:
    reasons = [reason for reason in reading.evidence if reason.code == code]
    reasons.sort(key=lambda reason: reason.strength != STRONG)
    words = tuple(dict.fromkeys(reason.words for reason in reasons))[:_MOST_WORDS]
    if words or learned is None:
        return words
    return learned.reasons(reading, code)
