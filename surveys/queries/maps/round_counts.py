"""Persons at the same places in two rounds, told within the limits.

What is stored are whole counts, and which of them may be told beside all that each round's own map
and the results tell: that was decided where the marks were at hand. The municipality's limit of
today holds as well. Of each number also what is left of the round's persons without it must be
large enough, and what is left of a region without another that lies in it.
"""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.privacy import is_either_sensitive
from surveys.statistics.comparison import Difference, compare_shares
from surveys.statistics.proportions import Proportion, estimate_share

# What the keys of counts begin with: areas of the earlier and of the later round; a named place,
# the ring around it, and the rest of the map.
SIDES = ("a", "b")
PLACE, RING, REST = "p", "r", "u"
ZONES = (PLACE, RING, REST)


class Untold(enum.Enum):
    """Why there is no difference."""

    TOO_FEW = "too_few"
    BREAK = "break"  # nothing of the two rounds can be compared
    NOT_BETWEEN = "not_between"  # nothing was done there between the rounds


@dataclass(frozen=True, slots=True)
class Pair:
    """Persons who pointed out the same ground in both rounds; None where that is not told."""

    earlier: Proportion | None
    later: Proportion | None
    difference: Difference | None
    untold: Untold | None


@dataclass(frozen=True, slots=True)
class ToldCounts:
    """What may be told of one drawing: for each round its persons, and counts by key."""

    persons: tuple[int | None, int | None]
    counts: tuple[Mapping[str, int], Mapping[str, int]]

    def share(self, side: int, key: str) -> Proportion | None:
        """The persons of a region among those of the round who marked a place."""
        n, count = self.persons[side], self.counts[side].get(key)
        return estimate_share(count, n) if n and count is not None else None

    def pair(self, key: str, because: Untold | None = None) -> Pair:
        """Both rounds, with their difference unless there is a reason ``because`` of which not."""
        earlier, later = self.share(0, key), self.share(1, key)
        if earlier is None or later is None:
            return Pair(earlier, later, None, Untold.TOO_FEW)
        if because is not None:
            return Pair(earlier, later, None, because)
        found = compare_shares((earlier.count, earlier.n), (later.count, later.n))
        return Pair(earlier, later, found, None)


def tell_counts(findings: Mapping[str, Any], least: int) -> ToldCounts:
    """The counts of a drawing that may be told where fewer than ``least`` persons are not."""
    persons = [int(each["n"]) for each in findings["rounds"]]
    within: Mapping[str, list[str]] = findings["within"]
    # A drawing that was made before this was decided tells nothing until it is drawn anew.
    allowed: Sequence[Sequence[str]] = findings.get("told", ((), ()))
    first, second = (
        _tell(_counts(findings, side, allowed[side]), persons[side], within, least)
        for side in (0, 1)
    )
    earlier, later = (n if n == 0 or n >= least else None for n in persons)
    return ToldCounts((earlier, later), (first, second))


def _counts(findings: Mapping[str, Any], side: int, allowed: Collection[str]) -> dict[str, int]:
    counts = {area["key"]: area["persons"][side] for area in findings["areas"]}
    for place in findings["places"]:
        for zone, count in zip(ZONES, place["persons"][side], strict=True):
            counts[f"{zone}{place['id']}"] = count
    return {key: count for key, count in counts.items() if key in allowed}


def _tell(
    counts: Mapping[str, int], n: int, within: Mapping[str, list[str]], least: int
) -> dict[str, int]:
    if n < least:
        return {}
    told = {key: c for key, c in counts.items() if not is_either_sensitive(c, n, least)}
    for inner, outers in within.items():
        left = [told[outer] - told[inner] for outer in outers if outer in told and inner in told]
        if any(0 < each < least for each in left):
            del told[inner]
    return {key: count for key, count in told.items() if _has_company(key, told)}


def _has_company(key: str, told: Mapping[str, int]) -> bool:
    """Ring and rest are told only with the place and each other: the three cover the map.

    From two of them and the total the third could be narrowed down.
    """
    if key[0] not in (RING, REST):
        return True
    return all(f"{zone}{key[1:]}" in told for zone in ZONES)
