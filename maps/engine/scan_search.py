"""Clusters one after the other: the strongest is told apart from its neighbours, drawn, taken out.

What every method finds is drawn by this search, wherever its own statistic has the highest peak: a
circle that spans two clusters with empty ground between them gives way to the two, and the thin
skirt of a found cluster is not told as another.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy import ndimage, stats

from maps.engine.grid import Bools
from maps.engine.scan_even import EvenCircles, is_even
from maps.engine.scan_observed import Found, Observed, Region
from maps.engine.scan_statistic import poisson_ratio
from maps.engine.scan_windows import Radius, lying_apart, strip

MAX_HOTSPOTS = 200

_VALLEY = 0.5  # of the weaker side's rate: what the ground between two clusters must lie below
_VALLEY_P = 0.01
_MOST_PARTS = 8
_SKIRT = 0.5  # of the neighbour's rate: what touches it and is weaker than this is its skirt
_CLEAR_OF = 0.5  # of the smaller radius: its middle lies so far outside what is beside it
_FAR_SIDE = 0.5  # of the marks more than expected at its near side: what is no skirt has at its far
_EDGE = 1e-9  # a cell across the way is on neither side
_RING = 3.2  # radii of the neighbour: a wider window around it is more than its ring
_FINEST = 1.5  # cells: circles this small are as long as they are wide
_ASIDE = [(a / 2, b / 2) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]  # cells
_SHIFTED = 1.25, 1.6  # four and twelve cells around a corner, six and eight around a side
_RIM_RATE, _RIM_RATIO, _RIM_RADIUS = 1.6, 0.25, 0.5  # of the neighbour's
_AS_LIKELY = math.log(20)  # a circle within this of the best is as good an answer
_RING_TIMES = 2.0  # the expected: what the ring of a wider circle must hold
_WIDER = 1.6  # times the best radius at most
_EIGHT = np.ones((3, 3), dtype=bool)


class Search:
    """One after the other, the strongest left, until there is no peak.

    `critical` is the Poisson ratio that a circle of chance hardly has; `peak` finds the strongest
    circle by the measure of the method. Without it the ratio is the measure.
    """

    def __init__(
        self,
        observed: Observed,
        radii: tuple[Radius, ...],
        critical: float,
        peak: Callable[[Observed], Found | None] | None = None,
    ) -> None:
        self._observed, self._radii, self._critical = observed, radii, critical
        self._peak = peak or (lambda left: left.best(least=critical))
        self._scale = observed.scale
        self._even = None if is_even(observed.share) else EvenCircles(observed, radii, critical)

    def all(self) -> list[Found]:
        """Those that are no skirt of a stronger one, at most `MAX_HOTSPOTS`."""
        taken: list[Found] = []
        told: list[Found] = []
        while len(told) < MAX_HOTSPOTS and len(taken) < 4 * MAX_HOTSPOTS:
            peak = self._peak(self._observed)
            if peak is None:
                break
            found = self._drawn(peak)
            if not any(self._is_skirt(found, other) for other in taken):
                told.append(found)
            taken.append(found)
            self._observed.take_out(found.cells)
        return told

    def _drawn(self, found: Found) -> Found:
        """What is told of a peak."""
        apart = self._told_apart(found)
        even = apart if self._even is None else self._even.better(apart, self._fit(apart).ratio)
        drawn = self._shifted(self._placed(self._widened(found) if even is found else even))
        row, column = map(int, found.window.centre)
        return replace(drawn, peak=found.peak if drawn.cells[row, column] else 0.0)

    def _is_skirt(self, found: Found, other: Found) -> bool:
        """Is `found` what the stronger `other` left over, and no cluster that lies beside it?"""
        return _is_skirt(found, other, self._more) and not self._stands_off(found, other)

    def _stands_off(self, found: Found, other: Found) -> bool:
        """Does `found` lie beside `other` and go on at its far side as it begins at the near one?

        What a cluster leaves over falls off with the distance from it.
        """
        middle = np.array(found.place.centre)
        away = middle - np.array(other.place.centre)
        narrow, wide = sorted((found.place.radius, other.place.radius))
        if np.hypot(*away) <= wide + _CLEAR_OF * narrow:
            return False
        row, column = np.nonzero(found.cells)
        far = (row + 0.5 - middle[0]) * away[0] + (column + 0.5 - middle[1]) * away[1]
        counts = self._observed.counts[row, column]
        more = counts - self._observed.share[row, column] * self._observed.scale
        beyond, near = more[far > _EDGE].sum(), more[far < -_EDGE].sum()
        return bool(beyond > 0 and beyond >= _FAR_SIDE * near)

    def _more(self, found: Found) -> float:
        """Marks above the expected per cell."""
        return (found.cases - found.first_share * self._scale) / max(1, int(found.cells.sum()))

    def _told_apart(self, found: Found) -> Found:
        """The stronger of two clusters that `found` spans, or `found` itself."""
        whole = self._fit(found)
        for largest in range(found.window.index - 1, -1, -1):
            for widest in dict.fromkeys((found.window.index - 1, largest)):
                parts = self._parts(found, largest, widest)
                if len(parts) > 1 and self._apart(whole, parts) and not self._left(whole, parts):
                    return self._told_apart(parts[0])
        return found

    def _parts(self, found: Found, largest: int, widest: int) -> list[Found]:
        """The strongest smaller windows with their centre in `found`, outside one another.

        The first has a radius up to `largest`, the others up to `widest`: a wide cluster may lie
        beside a narrow one, or several narrow ones beside each other.
        """
        parts: list[Found] = []
        while len(parts) < _MOST_PARTS:
            region = Region(found.window, tuple(part.window for part in parts))
            part = self._observed.best(least=self._critical, largest=largest, region=region)
            if part is None:
                break
            parts.append(part)
            largest = widest
        return parts

    def _left(self, whole: Found, parts: list[Found]) -> bool:
        """Is the greater part of a cluster what lies between, and the parts its densest spots?"""
        inside = np.logical_or.reduce([part.cells for part in parts])
        rest = self._outside(whole, parts)
        counts, share = self._observed.counts, self._observed.share
        total = self._observed.total - float(counts[inside].sum())
        level = total / max(self._observed.left - float(share[inside].sum()), 1e-12)
        cases, expected = counts[rest].sum(), share[rest].sum() * level
        greater = cases > sum(part.cases for part in parts)
        return bool(greater and poisson_ratio(cases, expected, total) > self._critical)

    def _widened(self, found: Found) -> Found:
        """The widest circle around the best one that is still about as likely.

        The best circle of few marks ends at the outermost of them, which lies inside the cluster
        more often than outside.
        """
        least = max(self._critical, found.ratio - _AS_LIKELY)
        for index in range(len(self._radii) - 1, found.window.index, -1):
            if self._radii[index].cells > _WIDER * found.window.radius + 1e-9:
                continue
            wider = self._observed.best(
                least=least, smallest=index, largest=index, region=Region(found.window)
            )
            if wider is not None and _covers(wider, found) and self._adds(wider, found):
                return wider
        return found

    def _shifted(self, found: Found) -> Found:
        """The cells around a corner or a side near the centre, where they are clearly likelier.

        Windows lie around the middles of cells. A cluster hardly wider than a cell, around a corner
        of four, has a fourth of itself outside the best of them.
        """
        if found.window.radius > _FINEST:
            return found
        best, most = found, self._ratio(found) + _AS_LIKELY
        for aside in _ASIDE:
            for radius in _SHIFTED:
                shifted = self._observed.shifted(found, aside, radius)
                if shifted is not None and self._ratio(shifted) > most:
                    best, most = shifted, self._ratio(shifted)
        return best

    def _placed(self, found: Found) -> Found:
        """The circle a little aside, where that is clearly likelier."""
        if found.is_even or found.window.block == 1:
            return found
        placed = self._observed.placed(found)
        return placed if self._ratio(placed) > self._ratio(found) + _AS_LIKELY else found

    def _fit(self, found: Found) -> Found:
        """How well one circle near the found one explains the marks, wherever windows lie."""
        if found.window.block == 1:
            return found
        placed = self._observed.placed(found)
        return replace(placed, ratio=max(found.ratio, self._ratio(placed)))

    def _ratio(self, found: Found) -> float:
        return float(poisson_ratio(found.cases, found.share * self._observed.scale, found.total))

    def _adds(self, wider: Found, found: Found) -> bool:
        """Has the ring around `found` itself clearly more than is expected there?"""
        level = self._observed.total / self._observed.left
        more = wider.cases - found.cases
        return more > 0 and more >= _RING_TIMES * level * (wider.share - found.share)

    def _apart(self, whole: Found, parts: list[Found]) -> bool:
        """Do several windows tell more than one, with empty ground around or between them?"""
        several = self._several(parts)
        if several <= whole.ratio:
            return False
        clear = [parts[place] for place in lying_apart([part.cells for part in parts])]
        if len(clear) > 1 and self._several(clear) > whole.ratio:
            weakest = min(part.rate for part in clear)
            if self._is_valley(self._outside(whole, parts), weakest):
                return True
        first, second = parts[:2]
        between, weaker = self._between(first, second), min(first.rate, second.rate)
        if self._is_valley(between, weaker):
            return True
        # A valley of few cells proves nothing by itself. Where a denser middle of one whole
        # explains far less than clusters apart do, it is enough that there is one.
        rim = ndimage.binary_dilation(first.cells | second.cells, structure=_EIGHT)
        n, level = self._held(between & ~rim, _VALLEY * weaker)
        return n < level and several > self._explained(first, self._rest(whole, first))

    def _several(self, parts: list[Found]) -> float:
        """How much two or more of them explain, less what each beyond the first must add."""
        return max(
            self._explained(*parts[:number]) - (number - 1) * self._critical
            for number in range(2, len(parts) + 1)
        )

    def _is_valley(self, cells: Bools, rate: float) -> bool:
        """Do the cells hold clearly less than half of the rate?"""
        n, level = self._held(cells, _VALLEY * rate)
        return n < level and float(stats.poisson.cdf(n, level)) <= _VALLEY_P

    @staticmethod
    def _outside(whole: Found, parts: list[Found]) -> Bools:
        """The cells of the whole that are none of the parts."""
        outside: Bools = whole.cells & ~np.logical_or.reduce([part.cells for part in parts])
        return outside

    def _explained(self, *parts: Found) -> float:
        """The log likelihood ratio of so many clusters, each with a rate of its own."""
        total, scale = self._observed.total, self._observed.scale
        ratio, rest, rest_expected = 0.0, total, total
        for part in parts:
            if part.cases > 0:
                ratio += part.cases * math.log(part.cases / (part.share * scale))
            rest -= part.cases
            rest_expected -= part.share * scale
        return ratio + (rest * math.log(rest / rest_expected) if rest > 0 else 0.0)

    def _rest(self, whole: Found, part: Found) -> Found:
        cells = whole.cells & ~part.cells
        cases, share = self._observed.counts[cells].sum(), self._observed.share[cells].sum()
        return replace(whole, cells=cells, cases=float(cases), share=max(float(share), 1e-12))

    def _held(self, cells: Bools, rate: float) -> tuple[float, float]:
        """Marks in the cells, and how many there would be at a rate."""
        n, share = self._observed.counts[cells].sum(), self._observed.share[cells].sum()
        return float(n), rate * float(share)

    def _between(self, first: Found, second: Found) -> Bools:
        """The strip between two windows, as broad as the narrower."""
        half = max(1.0, min(first.window.radius, second.window.radius))
        start, end = np.array(first.window.centre), np.array(second.window.centre)
        return strip(self._observed.counts.shape, start, end, half) & ~first.cells & ~second.cells


def _covers(wider: Found, found: Found) -> bool:
    """Does the wider circle hold the other, but for the rounding to cells?"""
    gap = math.dist(wider.window.centre, found.window.centre)
    return gap + found.window.radius <= wider.window.radius + wider.window.block


def _is_skirt(found: Found, other: Found, more: Callable[[Found], float]) -> bool:
    """Is `found` only what a circle left over of the cluster that the stronger `other` told?

    The thin edge or ring of a cluster that fades out, or a bit of rim that the circle missed.
    """
    own_rate, rate = found.first_rate, other.first_rate
    if other.is_even:
        own_rate, rate = more(found), more(other)
    own, radius = found.place.radius, other.place.radius
    gap = math.dist(found.place.centre, other.place.centre)
    slack = other.window.block + 1
    beside = own <= max(radius, _FINEST) and gap <= own + radius + slack
    ring = gap <= own <= _RING * radius
    if own_rate < _SKIRT * rate and (beside or ring):
        return True
    touching = gap <= radius + min(slack, own + other.window.block / 2)
    at_rim = touching and own <= _RIM_RADIUS * radius
    alike = own_rate <= _RIM_RATE * rate and found.ratio <= _RIM_RATIO * other.ratio
    return at_rim and alike
