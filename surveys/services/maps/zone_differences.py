"""Which zones of one map tell a number, so that no two of them differ by a few persons.

A map's zones lie in each other: all of it, its RegSO, their DeSO, and hotspots across them. Whoever
knows two numbers knows how many lie between. So what lies in a zone and in none of those within it
is nobody or at least the limit, and so is what the zones round another hold besides it
(docs/decisions/0032). For the job process only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from maps.engine.grid import Bools, Ints

_LOOKED_AT = 1000  # persons, before all of a zone are


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Zones of one kind that do not overlap: rows of (mark, zone), the first zone is 0.

    ``may`` says which may be told by themselves; ``is_kept``: those are told whatever it costs
    the others.
    """

    mark: Ints
    zone: Ints
    may: Bools
    is_kept: bool = False


def choose_told(kinds: Sequence[Zones], person: Ints, least: int) -> list[Bools]:
    """For each kind which of its zones are told; ``person`` is the person of each mark.

    The kinds stand in the order in which they are to be told, and of one kind the larger zone
    comes before the smaller: the smaller is withheld.
    """
    choice = _Choice(kinds, person, least)
    for number, kind in enumerate(kinds):
        of_kind = choice.first[number] + np.flatnonzero(kind.may)
        for zone in of_kind[np.argsort(-choice.n[of_kind], kind="stable")].tolist():
            if kind.is_kept or choice.is_safe(zone):
                choice.tell(zone)
    return [
        choice.told[start : start + kind.may.size]
        for start, kind in zip(choice.first, kinds, strict=True)
    ]


@dataclass(slots=True)
class _Choice:
    """The zones of all kinds in one row of numbers, and which of them are told so far."""

    kinds: Sequence[Zones]
    person: Ints
    least: int
    first: list[int] = field(default_factory=list)  # of each kind
    kind_of: Ints = field(init=False)
    told: Bools = field(init=False)
    n: Ints = field(init=False)  # persons of each zone
    shared: Ints = field(init=False)  # persons of both, by zone and zone
    marks_in: Ints = field(init=False)  # marks of both
    lies: Bools = field(init=False)  # by zone and zone, whether the second lies in the first
    holds: Bools = field(init=False)  # the same, of two alike only one in the other
    members: csr_array = field(init=False)  # zones by persons
    of_person: csr_array = field(init=False)  # persons by zones
    _seen: Bools = field(init=False)

    def __post_init__(self) -> None:
        sizes = [kind.may.size for kind in self.kinds]
        self.first = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int).tolist()
        self.kind_of = np.repeat(np.arange(len(sizes)), sizes)
        rows = [kind.zone + start for kind, start in zip(self.kinds, self.first, strict=True)]
        zone, mark = np.concatenate(rows), np.concatenate([kind.mark for kind in self.kinds])
        total = sum(sizes)
        marks = csr_array(
            (np.ones(zone.size, dtype=np.int32), (zone, mark)), shape=(total, self.person.size)
        )
        persons = int(self.person.max(initial=-1)) + 1
        self.members = csr_array(
            (np.ones(zone.size, dtype=np.int32), (zone, self.person[mark])), shape=(total, persons)
        )
        self.members.sum_duplicates()
        self.members.data[:] = 1
        self.marks_in = (marks @ marks.T).toarray().astype(np.int64)
        self.shared = (self.members @ self.members.T).toarray().astype(np.int64)
        self.n = np.diag(self.shared).copy()
        # All its marks do, or all but fewer than the limit.
        own = np.diag(self.marks_in)
        self.lies = (own - self.marks_in < self.least) & (self.marks_in > 0)
        self.lies &= (own <= own[:, np.newaxis]) & ~np.eye(total, dtype=bool)
        row = np.arange(total)
        is_first = (own[:, np.newaxis] == own) & (row[:, np.newaxis] < row)
        self.holds = self.lies & ((own[:, np.newaxis] > own) | is_first)
        self.of_person = self.members.T.tocsr()
        self.told = np.zeros(total, dtype=bool)
        self._seen = np.zeros(persons, dtype=bool)

    def tell(self, zone: int) -> None:
        """Tell the zone."""
        self.told[zone] = True

    def is_safe(self, zone: int) -> bool:
        """Whether the zone can be told beside those that are told already."""
        self.told[zone] = True
        touched = np.flatnonzero(self.told & (self.marks_in[zone] > 0))
        is_safe = not any(
            self._is_few(largest, within)
            for outer in touched.tolist()
            for largest, within in self._differences(outer, zone)
        )
        self.told[zone] = False
        return is_safe

    def _differences(self, zone: int, new: int) -> Iterator[tuple[Ints, Ints]]:
        """(the larger zones, the zones within them) of all differences of one zone and the new."""
        others = self.told & (self.kind_of != self.kind_of[zone])
        within = np.flatnonzero(others & self.lies[zone])
        if new == zone or new in within:
            yield from ((np.array([zone]), one) for one in self._groups(within, new, zone))
        for kind in range(len(self.kinds)):
            of_kind = self.kind_of == kind
            round_it = np.flatnonzero(others & of_kind & (self.marks_in[zone] > 0))
            if round_it.size and (new == zone or new in round_it):
                outside = self.marks_in[zone, zone] - self.marks_in[zone, round_it].sum()
                if outside < self.least:
                    yield round_it, np.array([zone])

    def _groups(self, within: Ints, new: int, zone: int) -> Iterator[Ints]:
        """Zones within another to be taken from it: each, those of each kind, and all."""
        singles = within if new == zone else np.array([new])
        yield from singles.reshape(-1, 1)
        for kind in range(len(self.kinds)):
            of_kind = within[self.kind_of[within] == kind]
            if of_kind.size > 1 and (new == zone or new in of_kind):
                yield of_kind
        if within.size > 1:
            yield within[~self.holds[np.ix_(within, within)].any(axis=0)]

    def _is_few(self, largest: Ints, within: Ints) -> bool:
        """Whether a few persons are in the larger zones and not within, as sets or as numbers."""
        by_number = int(self.n[largest].sum() - self.n[within].sum())
        if 0 < by_number < self.least:
            return True
        if largest.size == 1 and (by_number > 0 or self._are_enough(int(largest[0]), within)):
            return False  # as sets there are at least as many
        if largest.size == within.size == 1:
            between = int(self.n[largest[0]] - self.shared[largest[0], within[0]])
        else:
            between = self._between(largest, within)
        return 0 < between < self.least

    def _are_enough(self, zone: int, within: Ints) -> bool:
        """Whether a few of its persons, looked at, show already that enough are in no other."""
        persons = self._persons(zone)
        some = persons[:: max(1, persons.size // _LOOKED_AT)]
        is_within = np.zeros(self.told.size, dtype=np.int32)
        is_within[within] = 1
        outside = np.count_nonzero(self.of_person[some] @ is_within == 0)
        return bool(outside >= self.least)

    def _between(self, largest: Ints, within: Ints) -> int:
        for zone in largest:
            self._seen[self._persons(zone)] = True
        for zone in within:
            self._seen[self._persons(zone)] = False
        n = 0
        for zone in largest:
            persons = self._persons(zone)
            n += int(np.count_nonzero(self._seen[persons]))
            self._seen[persons] = False
        return n

    def _persons(self, zone: int) -> Ints:
        start, end = self.members.indptr[zone : zone + 2]
        persons: Ints = self.members.indices[start:end]
        return persons
