"""How well suggested themes agree with the codes that people gave."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.text.themes_examples import Example, labelled_answers

HELD_OUT_ONE_IN = 3
FIRST = 3
AUTHOR = "author"  # the coder of the labels that the measure is taken on


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares between 0 and 1 over all codes of all answers (micro averages).

    ``among_first`` is the share of the person's codes found among the first three suggestions.
    """

    precision: float
    recall: float
    f1: float
    among_first: float


def compare(given: Iterable[frozenset[str]], suggested: Iterable[Sequence[str]]) -> Agreement:
    """The agreement of ``suggested`` (best first) with the codes ``given`` by a person.

    Raises ValueError when there is no code to compare with or none was suggested.
    """
    hits = early = people = machine = 0
    for codes, suggestions in zip(given, suggested, strict=True):
        hits += len(codes.intersection(suggestions))
        early += len(codes.intersection(suggestions[:FIRST]))
        people += len(codes)
        machine += len(suggestions)
    if not people or not machine:
        raise ValueError("nothing to compare")
    return Agreement(hits / machine, hits / people, 2 * hits / (machine + people), early / people)


def is_held_out(answer_id: str) -> bool:
    """Whether the answer belongs to the third that nobody read when rules were written.

    Decided by a hash of its id alone, before any label was looked at.
    """
    return int(hashlib.sha256(answer_id.encode()).hexdigest(), 16) % HELD_OUT_ONE_IN == 0


def set_aside() -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """The package's labelled answers as (to learn from, held out)."""
    labelled = labelled_answers()
    held = tuple(e for e in labelled if e.coder == AUTHOR and is_held_out(e.id))
    return tuple(e for e in labelled if e not in held), held
