"""What persons said of the squares that they marked: each person once in a square."""

from dataclasses import dataclass

import numpy as np

from maps.grid import Grid, Ints
from maps.marks import Marks, spread


@dataclass(frozen=True, slots=True, eq=False)
class CellPersons:
    """One row per square and person, by rising square: a million marks are folded once."""

    grid: Grid
    cell: Ints
    person: Ints
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
        folded = self.fold(masks)
        at = np.searchsorted(cells, self.cell)
        at[at == cells.size] = 0
        chosen = np.zeros(at.size, dtype=bool) if cells.size == 0 else cells[at] == self.cell
        at, folded = at[chosen], folded[chosen]
        return np.array(
            [
                np.bincount(at[(folded >> member) & 1 == 1], minlength=cells.size)
                for member in range(members)
            ],
            dtype=np.int64,
        )


def cell_persons(marks: Marks, grid: Grid) -> CellPersons:
    """The persons of each square that their marks touch, a name over its whole extent."""
    entries = spread(marks, grid)
    key = entries.cell * (int(marks.person.max(initial=0)) + 1) + entries.person
    order = np.argsort(key)
    first = np.ones(order.size, dtype=bool)
    first[1:] = np.diff(key[order]) != 0
    starts = np.flatnonzero(first)
    rows = order[starts]
    return CellPersons(
        grid=grid,
        cell=entries.cell[rows],
        person=entries.person[rows],
        starts=starts,
        sources=marks.source[entries.mark[order]],
    )
