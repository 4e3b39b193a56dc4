"""The windows of the observed marks, kept up to date while found hotspots are taken out."""

from dataclasses import dataclass, replace

import numpy as np

from maps.engine.grid import Bools, Floats, Ints
from maps.engine.scan_places import Circle, Sums, best_circle
from maps.engine.scan_statistic import Statistic, poisson_ratio
from maps.engine.scan_windows import Radius, Window, window_cells, window_sums

# A window may reach over this share of its baseline into ground that a stronger hotspot has.
_MOST_TAKEN = 1 / 3
_TINY = 1e-12
_LEVEL = 1e-9
_STIRLING = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What a window must keep to: its share of the baseline at most, its marks at least."""

    max_share: float
    min_cases: int


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One window with its free cells, its marks, its share of the baseline and its ratio."""

    window: Window
    cells: Bools
    cases: float
    share: float
    ratio: float
    is_even: bool = False  # drawn as so many marks more on all of its ground
    first_share: float = 0.0  # of the baseline before anything was taken out
    total: float = 0.0  # the marks that were left, and those expected in it
    expected: float = 0.0
    peak: float = 0.0  # what another method's statistic is at the peak in it
    circle: Circle | None = None  # around other places than windows have

    @property
    def place(self) -> Circle:
        """Where its cells lie: the window, or a circle near it."""
        return self.circle or Circle(*self.window.centre, self.window.radius)

    @property
    def rate(self) -> float:
        """Marks per share of the baseline: comparable between windows sought at one time."""
        return self.cases / self.share

    @property
    def first_rate(self) -> float:
        """Marks per share of the first baseline: comparable between windows of one data set."""
        return self.cases / self.first_share


@dataclass(frozen=True, slots=True)
class Region:
    """Windows with their centre in the circle `around` and wholly outside the circles `apart`."""

    around: Window
    apart: tuple[Window, ...] = ()


class Observed:
    """Marks and baseline per cell, less what has been taken out, and the sums of every window.

    After Zhang, Assunção and Kulldorff (2010): a found cluster leaves both the marks and the
    baseline before the next is sought, so that a strong one does not hide the weaker.

    Ground without people (`unpeopled`) has its share by the marks on it. When marks are taken out
    there, it gets its share by those that are left: else its rest would be expected to hold the
    marks of the taken cluster again, and the towns would stand out against it.
    """

    def __init__(
        self,
        counts: Floats,
        share: Floats,
        radii: tuple[Radius, ...],
        limits: Limits,
        unpeopled: Bools | None = None,
    ) -> None:
        self.counts, self.share = counts.astype(float), share.astype(float)
        self._first, self._base = share, share.astype(float)
        self._unpeopled = unpeopled
        self._taken = np.zeros(counts.shape, dtype=bool)
        self._radii, self._limits = radii, limits
        self._cases = [sums for _, sums in window_sums(self.counts, radii)]
        self._free = [sums for _, sums in window_sums(self.share, radii)]
        self._whole = [sums.copy() for sums in self._free]

    @property
    def base(self) -> Floats:
        """The baseline before anything was taken out, levelled as what is left."""
        return self._base

    @property
    def total(self) -> float:
        """The marks that are left."""
        return float(self.counts.sum())

    @property
    def left(self) -> float:
        """The share of the baseline that is left."""
        return max(float(self.share.sum()), _TINY)

    @property
    def scale(self) -> float:
        """Marks that are expected for a share of 1 of the baseline, by what is left."""
        return self.total / self.left

    def take_out(self, cells: Bools) -> None:
        """Remove the cells, marks and baseline, from all windows."""
        for values, sums in ((self.counts, self._cases), (self.share, self._free)):
            gone = np.where(cells, values, 0.0)
            values[cells] = 0.0
            for index, change in window_sums(gone, self._radii):
                sums[index] -= change
        self._taken |= cells
        if self._unpeopled is not None:
            self._level(self._unpeopled)

    def _level(self, ground: Bools) -> None:
        """Let the ground without people be expected to hold the marks that are left on it."""
        on, share = float(self.counts[ground].sum()), float(self.share[ground].sum())
        others, peopled = self.total - on, self.left - share
        if share <= _TINY or others <= 0 or peopled <= _TINY:
            return
        part = on / others * peopled / share
        if part > 1 - _LEVEL:
            return  # what is taken out of a town is no reason to expect more outside it
        for values, sums in ((self.share, self._free), (self._base, self._whole)):
            gone = np.where(ground, values * (1 - part), 0.0)
            np.subtract(values, gone, out=values)
            for index, change in window_sums(gone, self._radii):
                sums[index] -= change

    def best(
        self,
        *,
        least: float,
        smallest: int = 0,
        largest: int | None = None,
        region: Region | None = None,
        statistic: Statistic = poisson_ratio,
    ) -> Found | None:
        """The window with the greatest ratio above `least`, the smallest of equals.

        `smallest` and `largest` are the radii allowed, as indices. Another `statistic` takes the
        place of the ratio, as the one that is told too.
        """
        chosen: Window | None = None
        scale = self.scale
        for index in range(smallest, len(self._radii) if largest is None else largest + 1):
            flat = self._usable(index, scale, region)
            ratios, flat = self._ratios(index, flat, scale, least, statistic)
            if ratios.size and ratios.max() > least * (1 + _TINY):
                place = int(np.argmax(ratios))
                least = float(ratios[place])
                row, column = divmod(int(flat[place]), self._cases[index].shape[1])
                chosen = self._radii[index].window(index, row, column)
        return None if chosen is None else self._found(chosen, least)

    def above(self, least: float, index: int, region: Region) -> Ints:
        """Flat indices of the windows of one radius with a ratio above `least`."""
        scale = self.scale
        ratios, flat = self._ratios(index, self._usable(index, scale, region), scale, least)
        above: Ints = flat[ratios > least * (1 + _TINY)]
        return above

    def told(self, index: int, flat: int) -> Found:
        """One window of one radius."""
        row, column = divmod(flat, self._cases[index].shape[1])
        found = self._found(self._radii[index].window(index, row, column), 0.0)
        ratio = float(poisson_ratio(found.cases, found.share * self.scale, self.total))
        return replace(found, ratio=ratio, is_even=True)

    def shifted(self, found: Found, aside: tuple[float, float], radius: float) -> Found | None:
        """`found` with the free cells around a place beside its centre, `aside` in cells.

        It keeps its window and its ratio, which are what was tested. None where that is no window.
        """
        row, column = (middle + by for middle, by in zip(found.window.centre, aside, strict=True))
        shifted = self._at(found, Circle(row, column, radius))
        usable = shifted.cases >= self._limits.min_cases and shifted.share <= self._limits.max_share
        return shifted if usable else None

    def placed(self, found: Found) -> Found:
        """`found` with the free cells of the likeliest circle near its window, which may be itself.

        It keeps its window and its ratio, which are what was tested.
        """
        sums = Sums((self.counts, self.share, self.base), found.window)
        total, scale, limits = self.total, self.scale, self._limits

        def ratio_of(circle: Circle) -> float:
            cases, share, whole = sums.of(circle)
            usable = limits.min_cases - 0.5 < cases and _TINY < share <= limits.max_share + _TINY
            if not usable or share < (1 - _MOST_TAKEN) * whole:
                return 0.0
            return float(poisson_ratio(cases, share * scale, total))

        return self._at(found, best_circle(found.window, ratio_of))

    def _at(self, found: Found, circle: Circle) -> Found:
        row, column = np.ogrid[: self.counts.shape[0], : self.counts.shape[1]]
        cells = np.hypot(row + 0.5 - circle.row, column + 0.5 - circle.column) <= circle.radius
        placed = self._found(found.window, found.ratio, cells)
        return replace(placed, is_even=found.is_even, circle=circle)

    def _found(self, window: Window, ratio: float, cells: Bools | None = None) -> Found:
        cells = window_cells(window, self.counts.shape) if cells is None else cells
        cells = cells & ~self._taken
        cases, share = float(self.counts[cells].sum()), float(self.share[cells].sum())
        first = max(float(self._first[cells].sum()), _TINY)
        share, total = max(share, _TINY), self.total
        expected = share * total / self.left
        return Found(window, cells, cases, share, ratio, False, first, total, expected)

    def _usable(self, index: int, scale: float, region: Region | None) -> Ints:
        """Flat indices of the windows that may be used and hold more than is expected."""
        cases, share, whole = self._cases[index], self._free[index], self._whole[index]
        if region is None:
            part: tuple[slice, slice] = (slice(None), slice(None))
        else:
            part = self._box(region.around, self._radii[index].block, cases.shape)
        usable = cases[part] > np.maximum(share[part] * scale, self._limits.min_cases - 0.5)
        usable &= (share[part] > _TINY) & (share[part] <= self._limits.max_share + _TINY)
        usable &= share[part] >= (1 - _MOST_TAKEN) * whole[part]
        row, column = np.nonzero(usable)
        row, column = row + (part[0].start or 0), column + (part[1].start or 0)
        if region is not None:
            inside = self._allowed(region, self._radii[index], row, column)
            row, column = row[inside], column[inside]
        flat: Ints = row * cases.shape[1] + column
        return flat

    @staticmethod
    def _box(around: Window, block: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
        bounds = [
            slice(
                max(0, int((middle - around.radius) // block) - 1),
                min(length, int((middle + around.radius) // block) + 2),
            )
            for middle, length in zip(around.centre, shape, strict=True)
        ]
        return bounds[0], bounds[1]

    @staticmethod
    def _allowed(region: Region, radius: Radius, row: Ints, column: Ints) -> Bools:
        north = (row + 0.5 + radius.aside[0]) * radius.block
        east = (column + 0.5 + radius.aside[1]) * radius.block
        middle = region.around.centre
        allowed: Bools = np.hypot(north - middle[0], east - middle[1]) <= region.around.radius
        for other in region.apart:
            gap = np.hypot(north - other.centre[0], east - other.centre[1])
            allowed &= gap >= other.radius + radius.cells
        return allowed

    def _ratios(
        self,
        index: int,
        flat: Ints,
        scale: float,
        least: float,
        statistic: Statistic = poisson_ratio,
    ) -> tuple[Floats, Ints]:
        """The ratios of the windows that can have one above `least`.

        Chi-square is never less than the Poisson ratio, and with the log of its greatest term
        never less than the exact tail.
        """
        total = self.total
        cases = np.rint(self._cases[index].ravel()[flat])
        expected = self._free[index].ravel()[flat] * scale
        bound = (cases - expected) ** 2 * (1 / expected + 1 / np.maximum(total - expected, _TINY))
        if statistic is not poisson_ratio:
            bound += np.log(2 * np.pi * cases) / 2 + _STIRLING
        kept = bound > least
        return statistic(cases[kept], expected[kept], total), flat[kept]
