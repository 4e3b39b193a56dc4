"""The pieces into which a map's zones cut its marks: all marks of a piece lie in the same zones.

A million marks lie in a few thousand pieces, and what zones have in common is read off those.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from maps.engine.distinct import distinct, rising
from maps.engine.grid import Bools, Ints
from maps.engine.stand_ins import mixed

_LOOKED_AT = 200  # marks, before ten times as many are


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """``zones`` tells by zone and piece whether the piece lies in the zone.

    ``by_piece`` are the marks in the order of their pieces, those of piece p from ``starts[p]`` on;
    ``by_person`` those of each person, a code from 0, from ``first[person]`` on.
    """

    zones: Bools
    piece: Ints
    person: Ints
    by_piece: Ints
    starts: Ints
    by_person: Ints
    first: Ints

    def marks_of_both(self) -> Ints:
        """How many marks lie in both, by zone and zone."""
        lies = self.zones.astype(np.float64)
        both: Ints = np.rint((lies * np.diff(self.starts)) @ lies.T).astype(np.int64)
        return both

    def count_between(self, larger: Ints, within: Ints, most: int) -> int:
        """Persons in any of the larger zones and in none of the others; some number from ``most``
        on where there are so many.
        """
        is_within: Bools = np.any(self.zones[within], axis=0)
        between = np.flatnonzero(np.any(self.zones[larger], axis=0) & ~is_within)
        sizes = self.starts[between + 1] - self.starts[between]
        n_marks, look_at, n = int(sizes.sum()), _LOOKED_AT, 0
        while n_marks:
            persons = self._persons(between, sizes, look_at)
            n = int(np.count_nonzero(~self._any(is_within, persons)))
            if n >= most or look_at >= n_marks:
                break
            look_at *= 10
        return n

    def _persons(self, pieces: Ints, sizes: Ints, most: int) -> Ints:
        """Whose the first ``most`` marks of the pieces are."""
        enough = int(np.searchsorted(np.cumsum(sizes), most)) + 1
        marks = _runs(self.by_piece, self.starts[pieces[:enough]], sizes[:enough])
        return distinct(self.person[marks[:most]])

    def _any(self, chosen: Bools, persons: Ints) -> Bools:
        """Whether each of the persons has a mark in any of the chosen pieces."""
        sizes = self.first[persons + 1] - self.first[persons]
        marks = _runs(self.by_person, self.first[persons], sizes)
        starts = np.cumsum(sizes) - sizes
        has_one: Bools = np.logical_or.reduceat(chosen[self.piece[marks]], starts)
        return has_one


def cut_in_pieces(rows: Sequence[tuple[Ints, Ints]], n_zones: int, person: Ints) -> Pieces:
    """The pieces of zones in ``rows`` of (marks, the zone of each); a mark may lie in several.

    ``person`` is the person of each mark, a code from 0.
    """
    number = mixed(np.arange(1, n_zones + 1))
    key = np.zeros(person.size, dtype=np.uint64)
    for mark, zone in rows:
        np.add.at(key, mark, number[zone])
    piece, keys = pd.factorize(key)
    zones = np.zeros((n_zones, keys.size), dtype=bool)
    for mark, zone in rows:
        zones[zone, piece[mark]] = True
    sizes = np.bincount(piece, minlength=keys.size)
    n_persons = int(person.max(initial=-1)) + 1
    of_each = np.bincount(person, minlength=n_persons)
    return Pieces(
        zones=zones,
        piece=piece,
        person=person,
        by_piece=rising(piece),
        starts=np.concatenate(([0], np.cumsum(sizes))),
        by_person=rising(person),
        first=np.concatenate(([0], np.cumsum(of_each))),
    )


def _runs(of: Ints, starts: Ints, sizes: Ints) -> Ints:
    """The values of ``of`` from each of the starts on, so many from each."""
    before = np.cumsum(sizes) - sizes
    return of[np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))]
