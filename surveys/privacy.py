"""Small numbers of people are not told. Applied in ``surveys.queries``, so that no page forgets.

The rules: what is too small to tell (primary), and the limits of each municipality. What must be
withheld besides, so that it cannot be had from totals, is ``surveys.suppression``.
"""

import enum
from dataclasses import dataclass

from surveys.models.municipality import Municipality

# Counts of respondents below this could point at a person.
MIN_RESPONDENTS = 5
# In a table of one thing against another a person is known by two things.
MIN_CROSSED = 10
# In a group of fewer than so many times the limit "all of them" and "none of them" tell what each
# has answered: under 15 respondents of a whole dialogue, under 30 of a group in a crossed table.
SMALL_GROUP = 3


class Withheld(enum.Enum):
    """Why a number is not told."""

    PRIMARY = "primary"  # too few people, or nobody or everybody in a small group
    COMPLEMENTARY = "complementary"  # it would give away another one
    # What tables say to anybody: which of the two it is would tell that a number is small.
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Limits:
    """The fewest respondents that are told: of one thing, and in a cell of a crossed table."""

    min_respondents: int = MIN_RESPONDENTS
    min_crossed: int = MIN_CROSSED


def limits_of(municipality: Municipality) -> Limits:
    """The limits that ``municipality`` has decided."""
    return Limits(municipality.min_respondents, municipality.min_crossed)


def is_sensitive(count: int, base: int, limit: int) -> bool:
    """Whether ``count`` of a group of ``base`` respondents may not be told by itself.

    Fewer than ``limit``, and nobody or everybody where the group is small. An empty group tells
    nothing.
    """
    if base <= 0:
        return False
    if count in (0, base) and base < SMALL_GROUP * limit:
        return True
    return 0 < count < limit


def is_either_sensitive(count: int, base: int, limit: int) -> bool:
    """The same of those who said something, and of those of the group who did not."""
    return is_sensitive(count, base, limit) or is_sensitive(base - count, base, limit)
