"""What a found piece of personal data is, and which one counts where several overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["pnr", "phone", "email", "plate", "address", "account", "handle", "name"]
KINDS: tuple[Kind, ...] = (
    "pnr", "phone", "email", "plate", "address", "account", "handle", "name",
)  # fmt: skip

# The most specific first: an e-mail address holds a name, an IBAN holds what looks like a number.
_CERTAINTY: dict[Kind, int] = {
    "email": 0,
    "account": 1,
    "pnr": 1,
    "phone": 1,
    "handle": 2,
    "plate": 3,
    "address": 4,
    "name": 5,
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Personal data in a text: code points ``start`` to ``end`` (exclusive), and its kind."""

    start: int
    end: int
    kind: Kind


def resolve(candidates: Iterable[Span]) -> tuple[Span, ...]:
    """The candidates without overlaps, in order; the most specific and then the longest win."""
    ranked = sorted(
        (c for c in candidates if c.end > c.start),
        key=lambda c: (_CERTAINTY[c.kind], c.start - c.end, c.start),
    )
    taken = _Taken()
    return tuple(sorted(span for span in ranked if taken.add(span)))


class _Taken:
    """Which code points are spoken for. Spans are short, so their points are kept one by one."""

    def __init__(self) -> None:
        self._points: set[int] = set()

    def add(self, span: Span) -> bool:
        """Whether the span was free; it is taken now."""
        points = range(span.start, span.end)
        if not self._points.isdisjoint(points):
            return False
        self._points.update(points)
        return True
