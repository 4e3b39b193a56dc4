"""Rules for what a source from outside says of itself, before it is frozen."""

from collections.abc import Sequence
from typing import Any

from surveys.drafts.evidence import RateDraft, SeriesRow, SourceDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_COUNT, MAX_SHORT, MAX_TITLE
from surveys.services.editions.input_rules import optional_text, required_text

MAX_SERIES = 120  # ten years of months
PER = 100_000  # inhabitants: what rates of rare things are told per


def outside_columns(draft: SourceDraft) -> dict[str, Any]:
    """The columns of an evidence row that only a source from outside has. Raise InvalidInput."""
    return {
        "indicator": optional_text(draft.indicator, "indicator", MAX_TITLE),
        "geography": optional_text(draft.geography, "geography", MAX_TITLE),
        "comparison": optional_text(draft.comparison, "comparison"),
        "direction": draft.direction,
        "wanted": draft.wanted,
        "recurs": optional_text(draft.recurs, "recurs", MAX_SHORT),
        "series": _series(draft.series),
        "needs_clearance": draft.needs_clearance,
        "figures": {"rate": _rate(draft.rate)} if draft.rate else {},
    }


def _series(rows: Sequence[SeriesRow]) -> list[dict[str, Any]]:
    if len(rows) > MAX_SERIES:
        raise InvalidInput("series_too_long", "series")
    return [
        {
            "period": required_text(row.period, "series", MAX_SHORT),
            "value": _bounded(row.value, "series"),
            "unit": optional_text(row.unit, "series", MAX_SHORT) or "",
        }
        for row in rows
    ]


def _rate(draft: RateDraft) -> dict[str, Any]:
    _check_count(draft.count, draft.population, "rate_count")
    stored: dict[str, Any] = {"count": draft.count, "population": draft.population, "per": PER}
    if draft.other_count is None and draft.other_population is None:
        return stored
    if draft.other_count is None or draft.other_population is None or not draft.other_name.strip():
        raise InvalidInput("rate_incomplete", "other_name")
    _check_count(draft.other_count, draft.other_population, "other_count")
    name = required_text(draft.other_name, "other_name", MAX_SHORT)
    other = {"name": name, "count": draft.other_count, "population": draft.other_population}
    return stored | {"other": other}


def _check_count(count: int, population: int, field: str) -> None:
    if not 0 <= count <= population or not 0 < population <= MAX_COUNT:
        raise InvalidInput("rate_impossible", field)


def _bounded(value: float, field: str) -> float:
    if not -MAX_COUNT <= value <= MAX_COUNT:
        raise InvalidInput("out_of_range", field)
    return value
