"""What a share allows a heading to claim.

A heading over a figure says a finding only where the interval supports it; else the question
itself is the heading. Numbers in, a code out: the words belong to the page.
"""

import enum

from surveys.statistics.proportions import FEW_ANSWERS, Proportion, estimate_share

# "About half" is claimed where the whole interval lies this close to one half.
HALF_WITHIN = 0.1


class Finding(enum.Enum):
    """Claims that a heading may make about two opposite answers."""

    MOST_FIRST = "most_first"  # more than half gave the first answer
    MOST_SECOND = "most_second"
    HALF_SECOND = "half_second"  # about half gave the second answer
    HALF_FIRST = "half_first"
    MORE_FIRST = "more_first"  # no majority, yet more gave the first than the second
    MORE_SECOND = "more_second"


def find_majority(first: int, second: int, n: int) -> Finding | None:
    """The claim that ``first`` and ``second`` of ``n`` answers allow, or None.

    ``n`` counts those too who gave neither. Majorities are judged by the 95 % Wilson interval of
    the share of n. "More than" is judged by the interval of ``first`` among those who gave one of
    the two, which conditions on them as McNemar's test does (Q. McNemar, Psychometrika 12 (1947)
    153-157). Nothing is claimed from fewer than 30 answers.
    """
    if n < FEW_ANSWERS:
        return None
    one, two = estimate_share(first, n), estimate_share(second, n)
    rules = (
        (one.low > 0.5, Finding.MOST_FIRST),
        (two.low > 0.5, Finding.MOST_SECOND),
        (_is_about_half(two), Finding.HALF_SECOND),
        (_is_about_half(one), Finding.HALF_FIRST),
    )
    claimed = next((finding for holds, finding in rules if holds), None)
    return claimed or _compare(first, second)


def _is_about_half(share: Proportion) -> bool:
    return 0.5 - HALF_WITHIN <= share.low <= 0.5 <= share.high <= 0.5 + HALF_WITHIN


def _compare(first: int, second: int) -> Finding | None:
    if first + second < FEW_ANSWERS:
        return None
    among = estimate_share(first, first + second)
    if among.low > 0.5:
        return Finding.MORE_FIRST
    return Finding.MORE_SECOND if among.high < 0.5 else None
