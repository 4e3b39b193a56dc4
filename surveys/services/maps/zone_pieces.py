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
class Persons:
    """Whose each mark is, a code from 0, and the marks in the order of their persons: those of
    person p from ``first[p]`` on.
    """

    of_mark: Ints
    marks: Ints
    first: Ints


def group_persons(of_mark: Ints) -> Persons:
    """The marks of each person; ``of_mark`` is the person of each mark."""
    of_each = np.bincount(of_mark, minlength=int(of_mark.max(initial=-1)) + 1)
    return Persons(of_mark, rising(of_mark), np.concatenate(([0], np.cumsum(of_each))))


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """``zones`` tells by zone and piece whether the piece lies in the zone.

    ``by_piece`` are the marks in the order of their pieces, those of piece p from ``starts[p]`` on.
    """

    zones: Bools
    piece: Ints
    persons: Persons
    by_piece: Ints
    starts: Ints

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
        return distinct(self.persons.of_mark[marks[:most]])

    def _any(self, chosen: Bools, persons: Ints) -> Bools:
        """Whether each of the persons has a mark in any of the chosen pieces."""
        first = self.persons.first[persons]
        sizes = self.persons.first[persons + 1] - first
        marks = _runs(self.persons.marks, first, sizes)
        starts = np.cumsum(sizes) - sizes
        has_one: Bools = np.logical_or.reduceat(chosen[self.piece[marks]], starts)
        return has_one


def cut_in_pieces(rows: Sequence[tuple[Ints, Ints]], n_zones: int, persons: Persons) -> Pieces:
    """The pieces of zones in ``rows`` of (marks, the zone of each); a mark may lie in several."""
    number = mixed(np.arange(1, n_zones + 1))
    key = np.zeros(persons.of_mark.size, dtype=np.uint64)
    for mark, zone in rows:
        np.add.at(key, mark, number[zone])
    piece, keys = pd.factorize(key)
    by_piece = rising(piece)
    starts = np.concatenate(([0], np.cumsum(np.bincount(piece, minlength=keys.size))))
    stands_for = np.zeros(key.size, dtype=bool)  # one mark of each piece: all lie in the same
    stands_for[by_piece[starts[:-1]]] = True
    zones = np.zeros((n_zones, keys.size), dtype=bool)
    for mark, zone in rows:
        at = np.flatnonzero(stands_for[mark])
        zones[zone[at], piece[mark[at]]] = True
    return Pieces(zones=zones, piece=piece, persons=persons, by_piece=by_piece, starts=starts)


def _runs(of: Ints, starts: Ints, sizes: Ints) -> Ints:
    """The values of ``of`` from each of the starts on, so many from each."""
    before = np.cumsum(sizes) - sizes
    return of[np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))]
