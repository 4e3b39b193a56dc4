"""The calendar day in Sweden: what is stored of a time, and what deadlines are said in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def swedish_day(moment: datetime) -> date:
    """The date in Sweden at ``moment``; raise ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone has no Swedish day")
    return moment.astimezone(SWEDEN).date()
