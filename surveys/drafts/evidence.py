"""Evidence before it is frozen."""

from dataclasses import dataclass
from datetime import date

from surveys.models.evidence import Direction


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
    indicator: str | None = None  # what is measured: two indicators are never one series
    geography: str | None = None  # where, in the source's own words
    comparison: str | None = None  # beside which other place or time
    direction: Direction | None = None
    wanted: Direction | None = None  # the way that is hoped for: more reports may be the goal
    recurs: str | None = None  # "vartannat år"
    series: tuple["SeriesRow", ...] = ()
    rate: "RateDraft | None" = None
    needs_clearance: bool = False


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One number of a figure's table."""

    period: str
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RateDraft:
    """A count of rare things among so many inhabitants (or person-years), and another place's."""

    count: int
    population: int
    other_name: str = ""
    other_count: int | None = None
    other_population: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one's own figure, which the edge knows and the domain does not."""

    title: str
    statement: str
    source: str
    period: str
    method: str
    caveat: str
