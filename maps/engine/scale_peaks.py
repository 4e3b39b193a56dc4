"""Areas around the peaks of a map that is looked at with several widths at once.

One width sees clusters of its own size only. So every width is looked at, and a cluster is told at
the width where it stands out most: the distance where Gi* is greatest (Getis and Ord 1996), the
scale where a kernel's peak is highest (Lindeberg 1998). Its area is an upper level set
around the peak: the one of several whose count is least likely to be chance (Patil and Taillie
2004). Each found area is taken out before the next is sought, as in the scan, so that a strong one
does not hide the weaker.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import ndimage

from maps.engine.grid import Bools, Floats
from maps.engine.scan_statistic import Statistic, poisson_ratio

_MOST_TAKEN = 1 / 3  # of what is looked at around a place may belong to stronger areas
_SKIRT = 0.5  # of the neighbour's rate: what touches it and is weaker than this is its skirt
_RIM_RATE, _RIM_SIZE = 1.6, 0.25  # of the neighbour's: a bit that its area left over
_NEAR = 2  # cells: so near is touching
_TINY = 1e-12
_EIGHT = np.ones((3, 3), dtype=bool)


class Scales(Protocol):
    """The widths that a map is looked at with.

    `parts` of a peak's excess may remain at the edge of its area.
    """

    @property
    def parts(self) -> tuple[float, ...]:
        """Between 0 and 1."""

    def around(self, values: Floats) -> Sequence[Floats]:
        """For each width what stands around every place: cells, or blocks of them."""

    def block(self, index: int) -> int:
        """The side in cells of the blocks of one width."""

    def reach(self, index: int) -> float:
        """How far from a place, in cells, lies what it looks at most."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a peak: the statistic, the value it must exceed, and the limits of its count."""

    statistic: Statistic
    critical: float
    max_share: float
    min_cases: int


@dataclass(frozen=True, slots=True, eq=False)
class Peak:
    """The free cells of one area, and the statistic at its peak."""

    cells: Bools
    value: float


@dataclass(frozen=True, slots=True)
class _Top:
    index: int
    row: int
    column: int
    value: float


def highest(
    rule: Rule, cases: Floats, expected: Floats, usable: Bools, total: float, least: float
) -> tuple[int, float] | None:
    """The place where the statistic is highest, as a flat index, and its value there.

    None where it is nowhere above `least`. Only `usable` places with enough cases count.
    """
    usable = usable & (cases > expected) & (expected > _TINY) & (cases >= rule.min_cases - 0.5)
    flat = np.flatnonzero(usable)
    count, mean = cases.ravel()[flat], expected.ravel()[flat]
    # No statistic is greater: chi-square bounds the ratio, and the pmf the exact tail.
    bound = (count - mean) ** 2 * (1 / mean + 1 / np.maximum(total - mean, _TINY))
    flat = flat[bound + np.log(2 * math.pi * count) / 2 + 0.1 > least]
    if flat.size == 0:
        return None
    values = rule.statistic(cases.ravel()[flat], expected.ravel()[flat], total)
    best = int(np.argmax(values))
    return (int(flat[best]), float(values[best])) if values[best] > least * (1 + _TINY) else None


class Peaks:
    """One after the other, the strongest left, until none is above the critical value.

    `counts` and `share` (the baseline, summing to 1) have sides of whole blocks.
    """

    def __init__(self, counts: Floats, share: Floats, scales: Scales, rule: Rule) -> None:
        self._all, self._baseline = counts, share
        self._counts, self._share = counts.astype(float), share.astype(float)
        self._scales, self._rule = scales, rule
        self._whole = scales.around(share)
        self._taken = np.zeros(counts.shape, dtype=bool)

    def told(self, most: int) -> list[Peak]:
        """At most so many areas, without what stronger ones left of themselves."""
        taken: list[Peak] = []
        told: list[Peak] = []
        while len(told) < most and len(taken) < 2 * most:
            peak = self._next()
            if peak is None:
                break
            if not any(self._is_left_over(peak, other) for other in taken):
                told.append(peak)
            taken.append(peak)
            self._taken |= peak.cells
            self._counts[peak.cells] = 0.0
            self._share[peak.cells] = 0.0
        return told

    def _next(self) -> Peak | None:
        total = float(self._counts.sum())
        level = total / max(float(self._share.sum()), _TINY)
        cases, share = self._scales.around(self._counts), self._scales.around(self._share)
        top: _Top | None = None
        for index in range(len(cases)):
            least = self._rule.critical if top is None else top.value
            expected = share[index] * level
            own = self._own(index, expected, total)
            higher = highest(self._rule, cases[index], expected, own, total, least)
            if higher is not None:
                row, column = divmod(higher[0], cases[index].shape[1])
                top = _Top(index, row, column, higher[1])
        if top is None:
            return None
        cells = self._area(top, cases[top.index], share[top.index] * level, total)
        return Peak(cells, top.value)

    def _own(self, index: int, expected: Floats, total: float) -> Bools:
        """The places whose surroundings no stronger area has taken the greater part of."""
        whole, left = self._whole[index], max(float(self._share.sum()), _TINY)
        own: Bools = expected >= (1 - _MOST_TAKEN) * whole * (total / left)
        return own & (whole <= self._rule.max_share + _TINY)

    def _area(self, top: _Top, cases: Floats, expected: Floats, total: float) -> Bools:
        """The free cells of the ground around the peak whose count is least likely to be chance."""
        level = total / max(float(self._share.sum()), _TINY)
        best, found = -1.0, self._taken
        for blocks in self._grounds(top, cases - expected):
            side = self._scales.block(top.index)
            cells = np.repeat(np.repeat(blocks, side, axis=0), side, axis=1) & ~self._taken
            inside, even = float(self._counts[cells].sum()), float(self._share[cells].sum()) * level
            ratio = float(poisson_ratio(inside, max(even, _TINY), total))
            if ratio > best:
                best, found = ratio, cells
        return found

    def _grounds(self, top: _Top, excess: Floats) -> Iterator[Bools]:
        """Where enough of the peak's excess remains, without and with the peak's own circle."""
        row, column = np.ogrid[0 : excess.shape[0], 0 : excess.shape[1]]
        gap = np.hypot(row - top.row, column - top.column) * self._scales.block(top.index)
        circle = gap <= self._scales.reach(top.index) + _TINY
        for part in self._scales.parts:
            high = excess >= part * excess[top.row, top.column]
            labels, _ = ndimage.label(high, structure=_EIGHT)
            ground: Bools = labels == labels[top.row, top.column]
            yield ground
            yield ground | circle

    def _is_left_over(self, peak: Peak, other: Peak) -> bool:
        """Is it the thin skirt, or a bit of the rim, of a stronger area that it touches?"""
        near = ndimage.binary_dilation(other.cells, structure=_EIGHT, iterations=_NEAR)
        if not (near & peak.cells).any():
            return False
        own, rate = self._rate(peak), self._rate(other)
        small = peak.cells.sum() <= _RIM_SIZE * other.cells.sum()
        return own < _SKIRT * rate or bool(small and own <= _RIM_RATE * rate)

    def _rate(self, peak: Peak) -> float:
        share = float(self._baseline[peak.cells].sum())
        return float(self._all[peak.cells].sum()) / max(share, _TINY)
