"""How many answers that need somebody's eyes the safety queue finds, and how many it takes wrongly.

``python -m benchmarks.safety``. The held-out sentences were written before any rule.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from surveys.text.safety import find_safety_signs


@dataclass(frozen=True)
class Measurement:
    """Recall: found at all; kinds: found with the right kind; precision of the queue."""

    recall: float
    kinds: float
    precision: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def measure(part: str) -> Measurement:
    """The measurement on ``tuned`` or ``held_out``."""
    rows = sentences(part)
    signs = {text: find_safety_signs(text) for _kind, text in rows}
    meant = [(kind, text) for kind, text in rows if kind != "-"]
    found = [(kind, text) for kind, text in meant if signs[text]]
    wrong = tuple(text for kind, text in rows if kind == "-" and signs[text])
    return Measurement(
        recall=len(found) / len(meant),
        kinds=sum(kind in signs[text] for kind, text in meant) / len(meant),
        precision=len(found) / (len(found) + len(wrong)),
        missed=tuple(text for _kind, text in meant if not signs[text]),
        wrong=wrong,
    )


def report() -> None:
    """Print both measurements."""
    for part in ("tuned", "held_out"):
        result = measure(part)
        print(
            f"Safety queue, {part}: recall {result.recall:.2f},"
            f" right kind {result.kinds:.2f}, precision {result.precision:.2f}"
        )


def sentences(part: str) -> list[tuple[str, str]]:
    """Kind ("-" for none) and sentence of ``tuned`` or ``held_out``."""
    text = files("benchmarks").joinpath("safety_sentences.toml").read_text(encoding="utf-8")
    pairs = (line.split(" | ", 1) for line in tomllib.loads(text)[part].strip().splitlines())
    return [(kind, sentence) for kind, sentence in pairs]


if __name__ == "__main__":
    report()
