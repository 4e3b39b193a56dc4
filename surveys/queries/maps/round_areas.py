"""Areas that stand out in two rounds, and places where something was done, held together."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.queries.maps.place_work import Gap, Timing, Work
from surveys.queries.maps.round_counts import PLACE, REST, RING, Pair, ToldCounts, Untold
from surveys.statistics.before_after import (
    Quotient,
    Relative,
    displacement_quotient,
    relative_change,
)

# States of an analysis that tell whether anything stands out.
_JUDGED = frozenset({"done", "no_variation"})


class AreaState(enum.Enum):
    """What became of an area that stands out in one round."""

    REMAINS = "remains"
    GONE = "gone"
    NEW = "new"
    NOT_JUDGED = "not_judged"  # the other round has too few marks to tell


@dataclass(frozen=True, slots=True)
class ComparedArea:
    """An area that stands out in one round (``side`` 0 or 1), and the same ground in the other.

    ``others`` are the ranks of the other round's areas at the same place.
    """

    key: str
    side: int
    rank: int
    name: str
    state: AreaState
    others: tuple[int, ...]
    pair: Pair


@dataclass(frozen=True, slots=True)
class TimedWork:
    """What was done at a place. ``days`` are those between the rounds; ``goes_on``: later too."""

    work: Work
    timing: Timing
    days: tuple[date, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """A place where something was done, of the register; lengths in metres.

    Of a street ``radius_m`` is how far it reaches to each side. ``in_areas`` are the ranks of the
    areas that it touches, in each round. ``relative`` holds the change inside to that outside.
    """

    place_id: int
    letter: str
    name: str
    is_street: bool
    radius_m: float
    ring_m: float
    in_areas: tuple[tuple[int, ...], tuple[int, ...]]
    works: tuple[TimedWork, ...]
    place: Pair
    ring: Pair
    rest: Pair
    relative: Relative | None
    quotient: Quotient | None

    @property
    def is_between(self) -> bool:
        """Whether anything was done there between the rounds."""
        return any(each.timing is Timing.BETWEEN for each in self.works)


def compare_areas(
    findings: Mapping[str, Any], told: ToldCounts, because: Untold | None
) -> tuple[ComparedArea, ...]:
    """All areas of both rounds, those of the earlier first."""
    states = [each["state"] for each in findings["rounds"]]
    return tuple(
        ComparedArea(
            key=area["key"],
            side=area["side"],
            rank=area["rank"],
            name=area["name"],
            state=_state(area["side"], area["others"], states),
            others=tuple(area["others"]),
            pair=told.pair(area["key"], because),
        )
        for area in findings["areas"]
    )


def compare_places(
    findings: Mapping[str, Any],
    told: ToldCounts,
    because: Untold | None,
    works: Sequence[Work],
    gap: Gap,
) -> tuple[ComparedPlace, ...]:
    """The places that were counted and at which something is still said to be done."""
    by_place: dict[int, list[TimedWork]] = {}
    for work in works:
        by_place.setdefault(work.place_id, []).append(_timed(work, gap))
    return tuple(
        _place(place, told, because, tuple(by_place[place["id"]]))
        for place in findings["places"]
        if place["id"] in by_place
    )


def _state(side: int, others: Sequence[int], states: Sequence[str]) -> AreaState:
    if others:
        return AreaState.REMAINS
    if states[1 - side] not in _JUDGED:
        return AreaState.NOT_JUDGED
    return AreaState.NEW if side else AreaState.GONE


def _timed(work: Work, gap: Gap) -> TimedWork:
    timing = gap.timing(work.days)
    between = tuple(day for day in work.days if gap.after < day < gap.before)
    return TimedWork(
        work, timing, between, timing is Timing.BETWEEN and work.days[-1] >= gap.before
    )


def _place(
    place: Mapping[str, Any],
    told: ToldCounts,
    because: Untold | None,
    works: tuple[TimedWork, ...],
) -> ComparedPlace:
    if because is None and not any(each.timing is Timing.BETWEEN for each in works):
        because = Untold.NOT_BETWEEN
    at, ring, rest = (told.pair(f"{zone}{place['id']}", because) for zone in (PLACE, RING, REST))
    relative = _relative(at)
    earlier, later = place["in_areas"]
    return ComparedPlace(
        place_id=place["id"],
        letter=place["letter"],
        name=place["name"],
        is_street=place["is_street"],
        radius_m=place["radius_m"],
        ring_m=place["ring_m"],
        in_areas=(tuple(earlier), tuple(later)),
        works=works,
        place=at,
        ring=ring,
        rest=rest,
        relative=relative,
        quotient=_quotient((at, ring, rest), relative),
    )


def _relative(pair: Pair) -> Relative | None:
    """Those who pointed out the place against those who did not, before and after."""
    if pair.difference is None:
        return None
    before, after = pair.difference.earlier, pair.difference.later
    return relative_change(
        (before.count, before.n - before.count), (after.count, after.n - after.count)
    )


def _quotient(zones: Sequence[Pair], relative: Relative | None) -> Quotient | None:
    """Only where the place fell by more than chance lets expect: else nothing is there to move."""
    if relative is None or relative.high >= 1:
        return None
    counts = [
        (zone.earlier.count, zone.later.count)
        for zone in zones
        if zone.earlier is not None and zone.later is not None
    ]
    return displacement_quotient(*counts) if len(counts) == len(zones) else None
