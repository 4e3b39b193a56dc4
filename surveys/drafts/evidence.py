"""Evidence before it is frozen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """An external source as somebody reports it. ``n`` is None where the base is unknown."""

    title: str
    statement: str  # what it says, in words
    source: str  # who made it
    period: str | None = None
    n: int | None = None
    method: str | None = None
    caveat: str | None = None
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one's own figure, which the edge knows and the domain does not."""

    title: str
    statement: str
    source: str
    period: str
    method: str
    caveat: str
