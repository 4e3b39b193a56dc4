"""What a source from outside says of itself: what it measures, where, which way, beside what."""

from dataclasses import dataclass
from typing import Any

from surveys.models.evidence import Direction, Evidence, EvidenceKind
from surveys.statistics.rates import Rate, RateRatio, rate, rate_ratio


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One row of the table that a figure brings."""

    period: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class RateView:
    """A count per inhabitant with its interval, and another place's to hold it against."""

    own: Rate
    other_name: str
    other: Rate | None
    ratio: RateRatio | None


@dataclass(frozen=True, slots=True)
class OutsideView:
    """All of it; what the source does not say is None or empty."""

    indicator: str | None
    geography: str | None
    comparison: str | None
    direction: Direction | None
    wanted: Direction | None
    recurs: str | None
    series: tuple[SeriesPoint, ...]
    rate: RateView | None
    needs_clearance: bool


def view_outside(evidence: Evidence) -> OutsideView | None:
    """What ``evidence`` says of itself; None for what is counted here."""
    if evidence.kind is not EvidenceKind.EXTERNAL_SOURCE:
        return None
    return OutsideView(
        indicator=evidence.indicator,
        geography=evidence.geography,
        comparison=evidence.comparison,
        direction=evidence.direction,
        wanted=evidence.wanted,
        recurs=evidence.recurs,
        series=tuple(
            SeriesPoint(str(row["period"]), float(row["value"]), str(row.get("unit", "")))
            for row in evidence.series or ()
        ),
        rate=_rate(evidence.figures.get("rate")),
        needs_clearance=bool(evidence.needs_clearance),
    )


def _rate(stored: dict[str, Any] | None) -> RateView | None:
    if not stored:
        return None
    own = rate(stored["count"], stored["population"], stored["per"])
    beside = stored.get("other")
    if not beside:
        return RateView(own, "", None, None)
    other = rate(beside["count"], beside["population"], stored["per"])
    return RateView(own, beside["name"], other, rate_ratio(own, other))
