"""What persons said of the squares that they marked: each person once in a square."""

from dataclasses import dataclass

import numpy as np

from maps.engine.distinct import rising
from maps.engine.grid import Floats, Grid, Ints
from maps.engine.marks import Entries, Marks, spread


@dataclass(frozen=True, slots=True, eq=False)
class CellPersons:
    """One row per square and person, by rising square: a million marks are folded once."""

    grid: Grid
    cell: Ints
    person: Ints
    share: Floats  # of the person that is in the square, the largest of their marks there
    starts: Ints  # where each row's entries begin, in the order that `sources` has
    sources: Ints  # the mark of each entry, an index in what was located

    def fold(self, masks: Ints) -> Ints:
        """All bits that a person has set in a square, of marks' masks."""
        if self.cell.size == 0:
            return self.cell
        folded: Ints = np.bitwise_or.reduceat(masks[self.sources], self.starts)
        return folded

    def count(self, masks: Ints, members: int, cells: Ints) -> Ints:
        """Distinct persons who said each member in each of `cells` (rising): (members, cells)."""
        said = np.zeros((members, self.grid.size), dtype=np.int64)
        if self.cell.size:
            folded = self.fold(masks)
            first = np.flatnonzero(np.diff(self.cell, prepend=-1))
            marked = self.cell[first]
            # Several members in one number, so far apart that even all persons have room.
            wide = int(self.cell.size).bit_length()
            together = max(1, 63 // wide)
            for start in range(0, members, together):
                several = min(together, members - start)
                mask = np.arange(1 << several)
                ones = np.zeros_like(mask)
                for k in range(several):
                    ones |= ((mask >> k) & 1) << wide * k
                summed = np.add.reduceat(ones[(folded >> start) & mask[-1]], first)
                for k in range(several):
                    said[start + k, marked] = (summed >> wide * k) & ((1 << wide) - 1)
        return said[:, cells]

    @property
    def value(self) -> Floats:
        """The persons' shares summed per square of the grid."""
        summed = np.bincount(self.cell, weights=self.share, minlength=self.grid.size)
        return summed.astype(np.float64).reshape(self.grid.shape)

    @property
    def respondents(self) -> Ints:
        """Distinct persons per square of the grid: the same as `value` where all are points."""
        counted = np.bincount(self.cell, minlength=self.grid.size)
        return counted.astype(np.int64).reshape(self.grid.shape)


def cell_persons(marks: Marks, grid: Grid, entries: Entries | None = None) -> CellPersons:
    """The persons of each square that their marks touch, a name over its whole extent.

    `entries` are those of the marks, where they are spread already.
    """
    entries = spread(marks, grid) if entries is None else entries
    key = entries.cell * (int(marks.person.max(initial=0)) + 1) + entries.person
    order = rising(key)
    key = key[order]
    first = np.ones(order.size, dtype=bool)
    first[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(first)
    rows = order[starts]
    share = entries.share[order]
    return CellPersons(
        grid=grid,
        cell=entries.cell[rows],
        person=entries.person[rows],
        share=np.maximum.reduceat(share, starts) if starts.size else share,
        starts=starts,
        sources=marks.source[entries.mark[order]],
    )
