"""How often a municipality wants to publish its lägesbild, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CadenceDraft:
    """``pauses`` are months of the year (1-12); ``due_day`` is of the month after the one told of.

    ``purpose`` is what readers are told that it is for.
    """

    starts_on: date
    due_day: int
    ends_on: date | None = None
    every_months: int = 1
    pauses: frozenset[int] = frozenset()
    purpose: str = ""
