"""How long ago anybody said anything: an axis of its own, beside the status and never part of it.

What is done when needed may be in good order and silent, and what is behind may be told of daily.
"""

import enum
from dataclasses import dataclass
from datetime import date


class Freshness(enum.Enum):
    """Classes of the days since the last word."""

    NEVER = "never"  # nothing has been said since it began
    FRESH = "fresh"
    QUIET = "quiet"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Limits:
    """Days after which something is quiet, and then silent. A municipality has its own."""

    quiet_after: int = 90
    silent_after: int = 180


@dataclass(frozen=True, slots=True)
class Staleness:
    """``last_on`` is the day of the last word, ``days`` how long ago that was."""

    freshness: Freshness
    last_on: date | None
    days: int | None

    @property
    def is_fresh(self) -> bool:
        return self.freshness is Freshness.FRESH


def stale_since(
    last_on: date | None,
    today: date,
    *,
    limits: Limits,
    is_running: bool,
    rhythm_days: int = 0,
) -> Staleness | None:
    """How stale something is at ``today``; None before it begins and once it is over.

    What happens once a year is not quiet after a quarter of one: ``rhythm_days``, the days between
    two occasions, are the least that both limits can be.
    """
    if not is_running:
        return None
    if last_on is None:
        return Staleness(Freshness.NEVER, None, None)
    days = (today - last_on).days
    if days > max(limits.silent_after, 2 * rhythm_days):
        return Staleness(Freshness.SILENT, last_on, days)
    if days > max(limits.quiet_after, rhythm_days):
        return Staleness(Freshness.QUIET, last_on, days)
    return Staleness(Freshness.FRESH, last_on, days)
