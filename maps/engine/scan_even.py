"""The circle of a cluster that lies evenly on the ground, whoever lives there.

The scan asks for circles where all are marked so many times more than expected. Marks that gather
over a quarter and the wood beside it do not do so: the part where few live stands out far more
than the rest, and the strongest circle is drawn there alone. So a found circle is held against
those around it by another likelihood, of so many marks more on every piece of ground; the better
explanation is drawn, if it too is more than chance by the scan's own measure.
"""

import math
from dataclasses import dataclass, fields, replace

import numpy as np
from scipy import ndimage, stats

from maps.engine.grid import Bools, Floats, Ints
from maps.engine.scan_observed import Found, Observed, Region
from maps.engine.scan_windows import Radius, Window, lying_apart, pad_to, strip, window_sums

_DENSITIES = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)  # of the excess in the found circle
_MARGIN = math.log(20)  # a found circle this near the best is as good an answer
_ALIKE = 1e-6
_MOST_PARTS = 4
_TINY = 1e-12
_WIDER = 1.6  # times the best radius at most
_RING = 0.25  # of its excess a cell: what the ring of a wider circle must hold
_VALLEY, _VALLEY_P = 0.5, 0.01
_EIGHT = np.ones((3, 3), dtype=bool)


def is_even(share: Floats) -> bool:
    """Is nearly all the ground expected to hold as much as the rest?"""
    low, high = np.quantile(share[share > 0], (0.1, 0.9))
    return bool(high - low <= _ALIKE * high)


class EvenCircles:
    """The circles around a found one, by how well an even excess in them explains the marks."""

    def __init__(self, observed: Observed, radii: tuple[Radius, ...], critical: float) -> None:
        self._observed, self._radii, self._critical = observed, radii, critical

    def better(self, found: Found, ratio: float) -> Found:
        """The best circle around the middle of `found`, or `found` where that explains more.

        `ratio` is how much a circle like `found` explains at its best place.
        """
        excess = self._more(found.cells)
        if excess <= 0:
            return found
        near = _Near(self._observed, self._radii, found.window, self._critical)
        circles = near.circles([part * excess for part in _DENSITIES])
        row, column = found.window.centre
        best = circles.only(np.hypot(circles.row - row, circles.column - column) <= circles.radius)
        if best.size and best.score.max() > ratio + _MARGIN:
            whole = best.first()
            part = self._told_apart(circles, whole, near)
            told = near.widened(whole, circles) if part is whole else part
            return self._observed.told(*told.window)
        whole = _Circles.of(found, ratio)
        part = self._told_apart(circles, whole, near)
        return found if part is whole else self._observed.told(*part.window)

    def _told_apart(self, circles: "_Circles", whole: "_Circles", near: "_Near") -> "_Circles":
        """The stronger of two clusters that the circle `whole` spans, or that circle.

        A wide cluster may lie beside a narrow one, or several narrow ones beside each other.
        """
        row, column = whole.row[0], whole.column[0]
        gap = np.hypot(circles.row - row, circles.column - column)
        inside = circles.only((gap <= whole.radius[0]) & (circles.radius < whole.radius[0]))
        for radius in np.unique(inside.radius)[::-1]:
            narrow = inside.only(inside.radius <= radius)
            first = narrow.first()
            for beside in (inside, narrow):
                parts = _apart_from_each_other(first, beside)
                if len(parts) > 1 and near.apart(whole, parts):
                    return self._told_apart(circles, first, near)
        return whole

    def _more(self, cells: Bools) -> float:
        """Marks above the expected per cell."""
        expected = float(self._observed.share[cells].sum()) * self._observed.scale
        return (float(self._observed.counts[cells].sum()) - expected) / max(1, int(cells.sum()))


@dataclass(frozen=True, slots=True, eq=False)
class _Circles:
    """Circles in cells, which windows they are, and their log likelihood ratios."""

    row: Floats
    column: Floats
    radius: Floats
    index: Ints
    flat: Ints
    score: Floats

    @classmethod
    def of(cls, found: Found, ratio: float) -> "_Circles":
        """The circle of a found window with the scan's own ratio at its best place."""
        row, column = (np.array([middle]) for middle in found.window.centre)
        radius, score = np.array([found.window.radius]), np.array([ratio])
        return cls(row, column, radius, np.array([found.window.index]), np.array([-1]), score)

    @property
    def size(self) -> int:
        return self.score.size

    @property
    def window(self) -> tuple[int, int]:
        return int(self.index[0]), int(self.flat[0])

    def only(self, which: Bools | Ints) -> "_Circles":
        return _Circles(*(getattr(self, each.name)[which] for each in fields(self)))

    def first(self) -> "_Circles":
        """The one with the greatest ratio."""
        return self.only(np.array([int(np.argmax(self.score))]))

    def touch(self, other: "_Circles") -> Bools:
        """Those that reach into one other."""
        gap = np.hypot(self.row - other.row, self.column - other.column)
        reach: Bools = gap < self.radius + other.radius
        return reach


def _apart_from_each_other(first: _Circles, circles: _Circles) -> list[_Circles]:
    """The first one, the best outside it, and so on."""
    parts = [first]
    circles = circles.only(~circles.touch(first))
    while circles.size and len(parts) < _MOST_PARTS:
        parts.append(circles.first())
        circles = circles.only(~circles.touch(parts[-1]))
    return parts


class _Near:
    """Marks and expected marks on the ground around a window."""

    def __init__(
        self, observed: Observed, radii: tuple[Radius, ...], window: Window, critical: float
    ) -> None:
        self._radii, self._total, self._critical = radii, observed.total, critical
        side, reach = pad_to(radii), 3 * radii[-1].cells
        row, column = (
            slice(
                max(0, int((middle - reach) // side) * side),
                min(length, (int((middle + reach) // side) + 1) * side),
            )
            for middle, length in zip(window.centre, observed.counts.shape, strict=True)
        )
        self._corner, self._width = (row.start, column.start), observed.counts.shape[1]
        self._counts = observed.counts[row, column]
        share = observed.share[row, column]
        self._on = share > 0
        self._expected = np.where(self._on, np.maximum(share, _TINY) * observed.scale, np.inf)
        self._ground = [sums for _, sums in window_sums(self._on.astype(float), radii)]
        widest = replace(window, radius=radii[-1].cells * 2)
        self._windows = [
            observed.above(critical, index, Region(widest)) for index in range(len(radii))
        ]

    def circles(self, densities: list[float]) -> _Circles:
        """All that stand out, each with its ratio for the density that explains it best."""
        self._densities = densities
        best = [np.zeros(flat.size) for flat in self._windows]
        for more in densities:
            for index, sums in window_sums(self._gain(more), self._radii):
                at = self._at(index)
                added = more * self._ground[index][at]
                scores = sums[at] - self._total * np.log1p(added / self._total)
                np.maximum(best[index], scores, out=best[index])
        parts = []
        for index, (flat, scores) in enumerate(zip(self._windows, best, strict=True)):
            block, (north, east) = self._radii[index].block, self._radii[index].aside
            row, column = np.divmod(flat, self._width // block)
            radius = np.full(flat.size, self._radii[index].cells)
            middle = (row + 0.5 + north) * block, (column + 0.5 + east) * block
            parts.append((*middle, radius, np.full(flat.size, index), flat, scores))
        return _Circles(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def apart(self, whole: _Circles, parts: list[_Circles]) -> bool:
        """Do several circles explain more than one, with empty ground around or between them?"""
        several = self._several(parts)
        if several <= whole.score[0]:
            return False
        cells = [self._cells(part) for part in parts]
        clear = lying_apart(cells)
        if len(clear) > 1 and self._several([parts[place] for place in clear]) > whole.score[0]:
            outside = self._cells(whole) & ~np.logical_or.reduce(cells) & self._on
            if self._is_valley(outside, min(self._more(cells[place]) for place in clear)):
                return True
        first, second = cells[:2]
        more = min(self._more(first), self._more(second))
        between = self._between(*parts[:2]) & ~first & ~second & self._on
        if self._is_valley(between, more):
            return True
        rim = ndimage.binary_dilation(first | second, structure=_EIGHT)
        n, level = self._held(between & ~rim, _VALLEY * more)
        rest = self._explained(self._cells(whole) & ~first)
        return bool(n < level and several > parts[0].score[0] + rest)

    def widened(self, best: _Circles, circles: _Circles) -> _Circles:
        """The widest circle around the best one that is still about as likely.

        The best circle of few marks ends at the outermost of them, inside the cluster more often
        than outside.
        """
        gap = np.hypot(circles.row - best.row[0], circles.column - best.column[0])
        inner, block = best.radius[0], self._radii[int(best.index[0])].block
        wider = circles.only(
            (circles.radius > inner)
            & (circles.radius <= _WIDER * inner + _TINY)
            & (gap + inner <= circles.radius + block)
            & (circles.score >= best.score[0] - _MARGIN)
        )
        core = self._cells(best)
        for radius in np.unique(wider.radius)[::-1]:
            widest = wider.only(wider.radius == radius).first()
            if self._more(self._cells(widest) & ~core) >= _RING * self._more(core):
                return widest
        return best

    def _several(self, parts: list[_Circles]) -> float:
        """How much two or more of them explain, less what each beyond the first must add."""
        scores = np.cumsum([float(part.score[0]) for part in parts])
        return float(np.max((scores - self._critical * np.arange(len(parts)))[1:]))

    def _is_valley(self, cells: Bools, more: float) -> bool:
        """Do the cells hold clearly less than with half of so many more in each?"""
        n, level = self._held(cells, _VALLEY * more)
        return n < level and float(stats.poisson.cdf(n, level)) <= _VALLEY_P

    def _explained(self, cells: Bools) -> float:
        """The log likelihood ratio of an even excess in the cells."""
        ground = float((cells & self._on).sum())
        gains = [
            float(self._gain(more)[cells].sum())
            - self._total * math.log1p(more * ground / self._total)
            for more in self._densities
        ]
        return max(0.0, *gains)

    def _gain(self, more: float) -> Floats:
        gain: Floats = self._counts * np.log1p(more / self._expected)
        return gain

    def _held(self, cells: Bools, more: float) -> tuple[float, float]:
        """Marks in the cells, and how many there would be with so many more in each."""
        expected = float(self._expected[cells].sum()) + more * int(cells.sum())
        return float(self._counts[cells].sum()), expected

    def _more(self, cells: Bools) -> float:
        ground = cells & self._on
        excess = float(self._counts[ground].sum()) - float(self._expected[ground].sum())
        return excess / max(1, int(ground.sum()))

    def _at(self, index: int) -> tuple[Ints, Ints]:
        block = self._radii[index].block
        row, column = np.divmod(self._windows[index], self._width // block)
        return row - self._corner[0] // block, column - self._corner[1] // block

    def _cells(self, circle: _Circles) -> Bools:
        row, column = np.ogrid[0 : self._counts.shape[0], 0 : self._counts.shape[1]]
        north = row + 0.5 + self._corner[0] - circle.row[0]
        east = column + 0.5 + self._corner[1] - circle.column[0]
        inside: Bools = np.hypot(north, east) <= circle.radius[0]
        return inside

    def _between(self, first: _Circles, second: _Circles) -> Bools:
        start = np.array([first.row[0], first.column[0]]) - self._corner
        end = np.array([second.row[0], second.column[0]]) - self._corner
        half = max(1.0, min(float(first.radius[0]), float(second.radius[0])))
        return strip(self._counts.shape, start, end, half)
