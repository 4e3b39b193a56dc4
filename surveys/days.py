"""The calendar day in Sweden: what is stored of a time, and what deadlines are said in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def swedish_day(moment: datetime) -> date:
    """The date in Sweden at ``moment``; raise ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone has no Swedish day")
    return moment.astimezone(SWEDEN).date()


def whole_hour(moment: datetime) -> datetime:
    """The hour that ``moment`` lies in.

    What is kept of a time where answers have been counted: two such times close together, with the
    number of answers at each, would tell when the ones between them came.
    """
    return moment.replace(minute=0, second=0, microsecond=0)
