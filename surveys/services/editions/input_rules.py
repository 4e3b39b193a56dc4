"""Rules that pictures, evidence, promises and plans share."""

from datetime import date

from surveys.drafts.promises import TargetDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_PARAGRAPHS, MAX_PERIOD_MONTHS, MAX_TARGET
from surveys.schedule.periods import add_months

FIRST_YEAR, LAST_YEAR = 1990, 2100


def check_day(day: date | None, field: str) -> None:
    """Refuse a year that can only be a slip of the finger."""
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput("day_unlikely", field)


def check_period(starts_on: date, ends_on: date) -> None:
    """Refuse a period that ends before it starts, or that lasts more than ten years."""
    check_day(starts_on, "starts_on")
    check_day(ends_on, "ends_on")
    if ends_on < starts_on:
        raise InvalidInput("end_before_start", "ends_on")
    if ends_on >= add_months(starts_on, MAX_PERIOD_MONTHS):
        raise InvalidInput("period_too_long", "ends_on")


def check_target(target: TargetDraft) -> None:
    """Refuse a target of nothing and one that nobody could count to."""
    if target.count < 1:
        raise InvalidInput("target_too_small", "target_count")
    if target.count > MAX_TARGET:
        raise InvalidInput("target_too_large", "target_count")


def require(text: str, code: str, field: str) -> str:
    """``text`` without outer blanks; refuse an empty one."""
    kept = text.strip()
    if not kept:
        raise InvalidInput(code, field)
    return kept


def required_text(text: str, field: str, max_length: int = MAX_PARAGRAPHS) -> str:
    """As ``require``, and refuse a text of more than ``max_length`` characters."""
    kept = require(text, "required", field)
    if len(kept) > max_length:
        raise InvalidInput("too_long", field)
    return kept


def optional_text(text: str | None, field: str, max_length: int = MAX_PARAGRAPHS) -> str | None:
    """As ``required_text``, but None where there is nothing."""
    return required_text(text, field, max_length) if text and text.strip() else None
