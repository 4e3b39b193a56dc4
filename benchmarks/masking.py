"""How much personal data the masking finds, how much it takes by mistake, and how fast it is.

``python -m benchmarks.masking``. The held-out writings come last: nothing was tuned on them.
"""

import time
from collections import Counter
from dataclasses import dataclass

from benchmarks.masking_texts import LabelledText, clean_texts, labelled_texts
from surveys.text.masking import KINDS, find_personal_data

SPANS = 2000
CLEAN = 2000
SEED = 20231101
TARGET = 0.98
TARGET_NAMES = 0.80
MAX_FALSE_PER_100 = 2.0


@dataclass(frozen=True)
class Measurement:
    """Recall by kind, false spans per 100 clean answers, and answers a second."""

    recall: dict[str, float]
    false_per_100: float
    answers_a_second: float


def is_found(text: LabelledText) -> bool:
    """Whether the whole piece is masked, and as what it is."""
    spans = find_personal_data(text.text)
    masked = {i for span in spans for i in range(span.start, span.end)}
    whole = all(i in masked for i in range(text.start, text.end) if text.text[i].isalnum())
    return whole and any(
        s.kind == text.kind and s.start < text.end and text.start < s.end for s in spans
    )


def measure(*, held_out: bool, seed: int = SEED, n: int = SPANS) -> Measurement:
    """The masking against ``n`` generated spans and as many clean answers as CLEAN."""
    texts = labelled_texts(n, seed, held_out=held_out)
    clean = clean_texts(CLEAN, seed, held_out=held_out)
    asked = Counter(text.kind for text in texts)
    started = time.perf_counter()
    found = Counter(text.kind for text in texts if is_found(text))
    false = sum(len(find_personal_data(text)) for text in clean)
    seconds = time.perf_counter() - started
    recall = {kind: found[kind] / asked[kind] for kind in KINDS}
    return Measurement(recall, 100 * false / len(clean), (n + len(clean)) / seconds)


def report() -> None:
    """Print both measurements beside the targets."""
    for name, held_out in (("writings tuned on", False), ("writings held out", True)):
        result = measure(held_out=held_out)
        print(f"Masking, {name}, {SPANS} spans:")
        for kind, recall in result.recall.items():
            target = TARGET_NAMES if kind == "name" else TARGET
            print(f"  {kind:8} recall {recall:.3f} (target {target:.2f})")
        print(f"  false spans per 100 clean answers: {result.false_per_100:.2f} (target 2)")
        print(f"  {result.answers_a_second:,.0f} answers a second")


if __name__ == "__main__":
    report()
