"""What else must be withheld, so that nothing withheld can be worked out from totals.

A table whose totals are told hides a number only if the withheld ones could be otherwise and
still add up. Every number of a table stands in one sum along each of its two directions, so the
ways in which they could be otherwise are circulations in a network whose arcs are the withheld
numbers: one more here, one fewer there, round and back. A number is protected when it can differ
by as much as asked over such rounds; where it cannot, the cheapest further number is withheld.
(Complementary cell suppression as network flow: J. Castro, Recent advances in optimization
techniques for statistical tabular data protection, European Journal of Operational Research 216
(2012) 257-269; a hierarchy in one of the two directions keeps the table a network.)

Plain numbers in and out; the tests check the result by linear programming.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import sqrt

Spot = tuple[int, int]  # line, category
_Place = tuple[str, int, int]

_OPENED, _INNER = 10.0, 3.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines by categories. The sum of each category is told.

    ``parents[i]`` is the line that line i is a part of, or None. ``counts`` holds all lines, those
    that are sums of others too. ``lines_add_up``: whether each line's sum over the categories is
    told besides (a crossed table), or the categories are tables of their own.
    """

    parents: tuple[int | None, ...]
    counts: tuple[tuple[int, ...], ...]
    lines_add_up: bool = True


def withhold(
    block: Block, needs: Mapping[Spot, int], forced: Collection[Spot] = ()
) -> frozenset[Spot]:
    """All spots of ``block`` to withhold: those in ``needs`` and ``forced``, and what protects.

    ``needs`` gives each sensitive spot the width of the range in which an outsider may know it to
    lie. Where even a wholly withheld block leaves less, all that can be is withheld.
    """
    network = _Network(block, {*needs, *forced})
    for spot in sorted(needs, key=lambda each: (-needs[each], each)):
        network.protect(spot, needs[spot])
    return frozenset(network.withheld)


@dataclass(slots=True)
class _Network:
    block: Block
    withheld: set[Spot]
    arcs: dict[Spot, tuple[_Place, _Place]] = field(default_factory=dict)
    touching: dict[_Place, list[Spot]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        parents = self.block.parents
        inner = {parent for parent in parents if parent is not None}
        for line, parent in enumerate(parents):
            for category in range(len(self.block.counts[line])):
                if line in inner:
                    tail = ("sum", line, category)
                elif self.block.lines_add_up:
                    tail = ("line", line, 0)
                else:
                    tail = ("free", 0, category)
                head = ("sum", -1 if parent is None else parent, category)
                self.arcs[line, category] = (tail, head)
                self.touching[tail].append((line, category))
                self.touching[head].append((line, category))

    def protect(self, spot: Spot, need: int) -> None:
        """Withhold what lets ``spot`` lie anywhere in a range of ``need``."""
        changes: dict[Spot, int] = defaultdict(int)
        reached = self._widen(spot, need, changes, up=True)
        if reached < need:
            self._widen(spot, need - reached, defaultdict(int), up=False)

    def _widen(self, spot: Spot, need: int, changes: dict[Spot, int], *, up: bool) -> int:
        tail, head = self.arcs[spot]
        start, end = (head, tail) if up else (tail, head)
        most = need if up else min(need, self._count(spot))
        reached = 0
        while reached < most:
            path = self._cheapest(start, end, spot, most - reached, changes)
            if path is None:
                break
            room = min((self._count(s) + changes[s] for s, sign in path if sign < 0), default=most)
            step = min(most - reached, room)
            for passed, sign in path:
                changes[passed] += sign * step
                self.withheld.add(passed)
            reached += step
        return reached

    def _cheapest(
        self, start: _Place, end: _Place, without: Spot, wanted: int, changes: dict[Spot, int]
    ) -> list[tuple[Spot, int]] | None:
        """The cheapest way round as spots with a sign, or None where there is none."""
        best = {start: 0.0}
        came: dict[_Place, tuple[_Place, Spot, int]] = {}
        queue = [(0.0, start)]
        while queue:
            cost, place = heapq.heappop(queue)
            if place == end:
                return _walked(came, start, end)
            if cost > best[place]:
                continue
            for spot in self.touching[place]:
                if spot == without:
                    continue
                tail, head = self.arcs[spot]
                sign, onward = (1, head) if place == tail else (-1, tail)
                room = self._count(spot) + changes[spot]
                if sign < 0 and room <= 0:
                    continue
                dear = cost + self._price(spot, wanted if sign > 0 else room, wanted)
                if dear < best.get(onward, float("inf")):
                    best[onward] = dear
                    came[onward] = (place, spot, sign)
                    heapq.heappush(queue, (dear, onward))
        return None

    def _price(self, spot: Spot, room: int, wanted: int) -> float:
        if spot in self.withheld:
            return 0.01
        weight = _INNER if self.arcs[spot][0][0] == "sum" else 1.0
        return weight * (_OPENED + sqrt(self._count(spot))) * max(1.0, wanted / room)

    def _count(self, spot: Spot) -> int:
        return self.block.counts[spot[0]][spot[1]]


def _walked(
    came: Mapping[_Place, tuple[_Place, Spot, int]], start: _Place, end: _Place
) -> list[tuple[Spot, int]]:
    path = []
    place = end
    while place != start:
        place, spot, sign = came[place]
        path.append((spot, sign))
    return path
