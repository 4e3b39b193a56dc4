"""What somebody says who needs to see marks as single points."""

import enum
from dataclasses import dataclass


class PointsReason(enum.Enum):
    """Why somebody needs the single points."""

    WHERE_EXACTLY = "where_exactly"  # to find the spot before a measure, or a safety walk
    CHECK_PLACES = "check_places"  # whether marks and place names stand right
    DISCLOSURE = "disclosure"  # a request for a public record
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PointsDraft:
    """The reason, and own words about it, which are needed where the reason is another."""

    reason: PointsReason
    words: str = ""
