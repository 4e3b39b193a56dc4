"""How good the suggested themes are on answers that were never learned from, and how fast.

`python -m benchmarks.themes` also repeats the cross-validation behind the settings.
"""

import csv
import random
import time
from collections.abc import Sequence
from pathlib import Path

from surveys.text.themes import suggest_all
from surveys.text.themes_examples import CODES, Example, labelled_answers, split_codes
from surveys.text.themes_measure import FIRST, Agreement, compare, set_aside
from surveys.text.themes_model import ThemeModel, train

FRESH = Path(__file__).with_name("themes_fresh.csv")
ANSWERS = 5000
FOLDS = 5


def measure(model: ThemeModel, examples: Sequence[Example], at_least: int = 1) -> Agreement:
    """The model's agreement with the people who coded ``examples``."""
    texts = ((e.q2, e.q3) for e in examples)
    suggested = [
        [suggestion.code for suggestion in suggestions]
        for suggestions in suggest_all(texts, model, at_least=at_least)
    ]
    return compare((e.codes for e in examples), suggested)


def fresh_answers() -> tuple[Example, ...]:
    """Answers in many styles, invented and coded by the codebook before any suggestion was seen.

    Nothing was changed after they were measured, and nothing may be learned from them.
    """
    with FRESH.open(encoding="utf-8", newline="") as file:
        return tuple(
            Example(row["id"], row["q2"], row["q3"], split_codes(row["themes"]), coder=row["style"])
            for row in csv.DictReader(file)
        )


def report() -> None:
    """Print the agreement on the third held out, the speed of learning and of suggesting."""
    learned_from, held = set_aside()
    started = time.perf_counter()
    model = train(learned_from)
    print(f"themes: learned from {len(learned_from)} answers in {_since(started):.1f} s")
    _show(f"held out ({len(held)} answers)", measure(model, held))
    fresh = fresh_answers()
    _show(f"invented afterwards ({len(fresh)} answers)", measure(model, fresh))
    always = measure(model, held, FIRST).among_first
    print(f"themes, held out: {always:.3f} among the first three where three are always shown")
    _by_code(model, held)
    texts = [(e.q2, e.q3) for e in labelled_answers()]
    many = (texts * (ANSWERS // len(texts) + 1))[:ANSWERS]
    started = time.perf_counter()
    list(suggest_all(many, model))
    print(f"themes: {ANSWERS / _since(started):.0f} suggestions a second (target 500)")


def cross_validate() -> None:
    """Print the agreement over five folds of the answers that may be learned from."""
    examples = list(set_aside()[0])
    random.Random(0).shuffle(examples)
    for fold in range(FOLDS):
        tested = examples[fold::FOLDS]
        model = train([e for e in examples if e not in tested])
        _show(f"fold {fold + 1}", measure(model, tested))


def _show(name: str, found: Agreement) -> None:
    print(
        f"themes, {name}: micro-F1 {found.f1:.3f} (target 0.60, aim 0.75), precision"
        f" {found.precision:.3f}, recall {found.recall:.3f}; {found.among_first:.3f} of the codes"
        " among the first three (target 0.75)"
    )


def _by_code(model: ThemeModel, examples: Sequence[Example]) -> None:
    """How often each code was given, suggested, and both: counts, for too few are held out."""
    suggested = [
        {suggestion.code for suggestion in suggestions}
        for suggestions in suggest_all(((e.q2, e.q3) for e in examples), model)
    ]
    for code in CODES:
        given = [code in e.codes for e in examples]
        found = [code in codes for codes in suggested]
        both = sum(g and f for g, f in zip(given, found, strict=True))
        print(f"  {code}: given {sum(given)}, suggested {sum(found)}, both {both}")


def _since(started: float) -> float:
    return time.perf_counter() - started


if __name__ == "__main__":
    report()
    cross_validate()
