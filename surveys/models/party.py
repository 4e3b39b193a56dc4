"""The parties of the joint work."""

import enum


class Party(enum.Enum):
    """Who carries a promise, a source or an activity."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    BOTH = "both"
    OTHER = "other"
