"""Which zones of one map tell a number, so that no two of them differ by a few persons.

A map's zones lie in each other: all of it, its RegSO, their DeSO, and hotspots across them. Whoever
knows two numbers knows how many lie between. So what lies in a zone and in none of those within it
is nobody or at least the limit, and so is what the zones round another hold besides it
(docs/decisions/0032). For the job process only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from maps.engine.grid import Bools, Ints
from surveys.services.maps.zone_pieces import Persons, Pieces, cut_in_pieces


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Zones of one kind that do not overlap: rows of (mark, zone), the first zone is 0.

    ``n`` is how many persons each has, ``may`` which may be told by themselves; ``is_kept``: those
    are told whatever it costs the others.
    """

    mark: Ints
    zone: Ints
    n: Ints
    may: Bools
    is_kept: bool = False


def choose_told(kinds: Sequence[Zones], persons: Persons, least: int) -> list[Bools]:
    """For each kind which of its zones are told; ``persons`` says whose the marks are.

    The kinds stand in the order in which they are to be told, and of one kind the larger zone
    comes before the smaller: the smaller is withheld.
    """
    choice = _Choice(kinds, persons, least)
    for number, kind in enumerate(kinds):
        of_kind = choice.first[number] + np.flatnonzero(kind.may)
        for zone in of_kind[np.argsort(-choice.n[of_kind], kind="stable")].tolist():
            if kind.is_kept or choice.is_safe(zone):
                choice.told[zone] = True
    return [
        choice.told[start : start + kind.may.size]
        for start, kind in zip(choice.first, kinds, strict=True)
    ]


@dataclass(slots=True)
class _Choice:
    """The zones of all kinds in one row of numbers, and which of them are told so far."""

    kinds: Sequence[Zones]
    persons: Persons
    least: int
    first: list[int] = field(default_factory=list)  # of each kind
    kind_of: Ints = field(init=False)
    told: Bools = field(init=False)
    n: Ints = field(init=False)  # persons of each zone
    pieces: Pieces = field(init=False)
    marks_in: Ints = field(init=False)  # marks of both, by zone and zone
    lies: Bools = field(init=False)  # by zone and zone, whether the second lies in the first
    holds: Bools = field(init=False)  # the same, of two alike only one in the other

    def __post_init__(self) -> None:
        sizes = [kind.may.size for kind in self.kinds]
        self.first = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int).tolist()
        self.kind_of = np.repeat(np.arange(len(sizes)), sizes)
        self.n = np.concatenate([kind.n for kind in self.kinds])
        total = sum(sizes)
        rows = [
            (kind.mark, kind.zone + start)
            for kind, start in zip(self.kinds, self.first, strict=True)
        ]
        self.pieces = cut_in_pieces(rows, total, self.persons)
        self.marks_in = self.pieces.marks_of_both()
        # All its marks do, or all but fewer than the limit.
        own = np.diag(self.marks_in)
        self.lies = (own - self.marks_in < self.least) & (self.marks_in > 0)
        self.lies &= (own <= own[:, np.newaxis]) & ~np.eye(total, dtype=bool)
        row = np.arange(total)
        is_first = (own[:, np.newaxis] == own) & (row[:, np.newaxis] < row)
        self.holds = self.lies & ((own[:, np.newaxis] > own) | is_first)
        self.told = np.zeros(total, dtype=bool)

    def is_safe(self, zone: int) -> bool:
        """Whether the zone can be told beside those that are told already."""
        self.told[zone] = True
        is_safe = not any(
            self._is_few(largest, within)
            for outer in self._outer(zone).tolist()
            for largest, within in self._differences(outer, zone)
        )
        self.told[zone] = False
        return is_safe

    def _outer(self, new: int) -> Ints:
        """The told zones that have a difference with the new one, itself among them."""
        of_kind = self.told & (self.kind_of == self.kind_of[new])
        outside = np.diag(self.marks_in) - self.marks_in[:, of_kind].sum(axis=1)
        is_ringed = (self.marks_in[:, new] > 0) & (outside < self.least)
        other = self.told & (self.kind_of != self.kind_of[new]) & (self.lies[:, new] | is_ringed)
        other[new] = True
        return np.flatnonzero(other)

    def _differences(self, zone: int, new: int) -> Iterator[tuple[Ints, Ints]]:
        """(the larger zones, the zones within them) of all differences of one zone and the new."""
        others = self.told & (self.kind_of != self.kind_of[zone])
        within = np.flatnonzero(others & self.lies[zone])
        if new == zone or self.lies[zone, new]:
            yield from ((np.array([zone]), one) for one in self._groups(within, new, zone))
        touching = np.flatnonzero(others & (self.marks_in[zone] > 0))
        for round_it in self._by_kind(touching, None if new == zone else new):
            outside = self.marks_in[zone, zone] - self.marks_in[zone, round_it].sum()
            if outside < self.least:
                yield round_it, np.array([zone])

    def _groups(self, within: Ints, new: int, zone: int) -> Iterator[Ints]:
        """Zones within another to be taken from it: each, those of each kind, and all."""
        singles = within if new == zone else np.array([new])
        yield from singles.reshape(-1, 1)
        for of_kind in self._by_kind(within, None if new == zone else new):
            if of_kind.size > 1:
                yield of_kind
        if within.size > 1:
            yield within[~self.holds[np.ix_(within, within)].any(axis=0)]

    def _by_kind(self, zones: Ints, with_zone: int | None) -> list[Ints]:
        """The zones of each kind, or of the one that ``with_zone`` is of."""
        kinds = range(len(self.kinds)) if with_zone is None else [self.kind_of[with_zone]]
        parts = [zones[self.kind_of[zones] == kind] for kind in kinds]
        return [part for part in parts if part.size]

    def _is_few(self, largest: Ints, within: Ints) -> bool:
        """Whether a few persons are in the larger zones and not within, as sets or as numbers."""
        by_number = int(self.n[largest].sum() - self.n[within].sum())
        if 0 < by_number < self.least:
            return True
        if largest.size == 1 and by_number > 0:
            return False  # as sets there are at least as many
        return 0 < self.pieces.count_between(largest, within, self.least) < self.least
