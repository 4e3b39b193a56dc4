"""The windows of a grid in squares, so that squares without marks enough are left out at once.

Few marks on a wide grid reach what a window needs in a small part of it only. What is left out
cannot reach it, so nothing of the result changes.
"""

from collections.abc import Iterator

import numpy as np

from maps.engine.grid import Ints
from maps.engine.scan_windows import Numbers, Radius, disk_sums

SIDE = 16  # blocks, twice the reach of the widest window
_HALO = 8
_WIDE = SIDE + 2 * _HALO


class Tiles:
    """The windows of one block side, `leasts` as the cases that each needs, by radius.

    All `leasts` have the shape of the grid of blocks; no window reaches further than 8 blocks.
    """

    def __init__(self, radii: list[tuple[int, Radius]], leasts: list[Numbers]) -> None:
        self._runs = [(index, radius.runs) for index, radius in radii]
        if max(run[2] for _, runs in self._runs for run in runs) > _HALO:
            raise ValueError("a window reaches further than its square's margin")
        rows, columns = leasts[0].shape
        self._shape = (-(-rows // SIDE), -(-columns // SIDE))
        self._leasts = {
            index: self._squares(least) for (index, _), least in zip(radii, leasts, strict=True)
        }
        self._fewest = {i: least.min(axis=(0, 1)) for i, least in self._leasts.items()}
        self._fewest_of_all = np.min(list(self._fewest.values()), axis=0)
        across = self._shape[1] * SIDE + 2 * _HALO
        corner_row, corner_column = np.divmod(np.arange(self._fewest_of_all.size), self._shape[1])
        self._corners = (corner_row * across + corner_column) * SIDE
        self._columns = columns
        step = np.arange(_WIDE)
        self._steps = step[:, None] * across + step[None, :]

    @property
    def size(self) -> int:
        """The number of squares."""
        return int(self._fewest_of_all.size)

    def padded(self, counts: Numbers) -> Numbers:
        """`counts` with a margin, up to whole squares: what the other methods take."""
        rows, columns = (length * SIDE + 2 * _HALO for length in self._shape)
        out = np.zeros((rows, columns), counts.dtype)
        out[_HALO : _HALO + counts.shape[0], _HALO : _HALO + counts.shape[1]] = counts
        return out

    def active(self, padded: Numbers) -> Ints:
        """The squares in which a window can have the cases that it needs."""
        by_row = padded[0::_HALO].astype(np.int32)
        for step in range(1, _HALO):
            by_row += padded[step::_HALO]
        halves = by_row[:, 0::_HALO].copy()
        for step in range(1, _HALO):
            halves += by_row[:, step::_HALO]
        four = halves[:-3] + halves[1:-2] + halves[2:-1] + halves[3:]
        around = four[:, :-3] + four[:, 1:-2] + four[:, 2:-1] + four[:, 3:]
        return np.flatnonzero(around[::2, ::2].ravel() >= self._fewest_of_all)

    def reached(self, padded: Numbers, active: Ints) -> Iterator[tuple[int, Ints, Numbers]]:
        """For each radius its index, the windows that have what they need, and their cases.

        Windows are flat indices into the grid of blocks.
        """
        # Squares last: every step then runs over long stretches of memory.
        wide = padded.ravel()[self._steps[:, :, None] + self._corners[active]]
        for index, sums in disk_sums(wide, self._runs, halo=_HALO):
            some = np.flatnonzero(sums.max(axis=(0, 1)) >= self._fewest[index][active])
            if some.size == 0:
                continue
            cases, squares = sums[:, :, some], active[some]
            hit = np.flatnonzero(cases >= self._leasts[index][:, :, squares])
            if hit.size:
                place, which = np.divmod(hit, squares.size)
                square_row, square_column = np.divmod(squares[which], self._shape[1])
                row = square_row * SIDE + place // SIDE
                flat = row * self._columns + square_column * SIDE + place % SIDE
                yield index, flat, cases.ravel()[hit]

    def _squares(self, values: Numbers) -> Numbers:
        """Shape (SIDE, SIDE, squares); no window beyond the grid has the cases that it needs."""
        rows, columns = self._shape
        most = np.iinfo(values.dtype).max
        whole = np.full((rows * SIDE, columns * SIDE), most, dtype=values.dtype)
        whole[: values.shape[0], : values.shape[1]] = values
        shaped = whole.reshape(rows, SIDE, columns, SIDE).transpose(1, 3, 0, 2)
        return np.ascontiguousarray(shaped.reshape(SIDE, SIDE, rows * columns))
