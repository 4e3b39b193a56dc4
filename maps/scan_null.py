"""The greatest scan statistic of marks that fall by the baseline alone, many times over.

Each simulation has a random generator of its own, made from the seed and its number, so the
result is the same however many threads share the work.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.grid import Floats
from maps.scan_statistic import poisson_ratio
from maps.scan_windows import Numbers, Radius, window_sums

_MOST_EXACT_IN_FLOAT32 = 2**24
_BATCH = 1 << 16  # draws at a time, so that they stay in the processor's cache

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Ruler:
    """What one radius measures windows by.

    `expected` cases per window, and `weight`, 0 where the window may not be used: for the others
    ((cases - expected) * weight) squared is never less than the log likelihood ratio.
    """

    expected: Numbers
    weight: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """The baseline as shares per cell (they sum to 1) and the windows it is scanned with."""

    share: Floats
    radii: tuple[Radius, ...]
    total: int
    max_share: float
    min_cases: int

    def rulers(self) -> list[Ruler]:
        """One ruler per radius."""
        dtype = np.float32 if self.total < _MOST_EXACT_IN_FLOAT32 else np.float64
        made = []
        for _, share in window_sums(self.share, self.radii):
            usable = (share > 0) & (share <= self.max_share + 1e-12)
            expected = np.where(usable, share * self.total, 1.0)
            weight = np.sqrt(1 / expected + 1 / np.maximum(self.total - expected, 1e-9))
            weight = np.where(usable, weight, 0.0)
            made.append(Ruler(expected.astype(dtype), weight.astype(dtype)))
        return made


def simulated_maxima(
    null: Null, *, simulations: int, seed: int, progress: Progress | None = None
) -> Floats:
    """The greatest log likelihood ratio of each simulation, in their order."""
    rulers = null.rulers()
    draw = _Sampler(null.share)
    maxima = np.zeros(simulations)
    done = 0
    lock = threading.Lock()

    def run(first: int) -> None:
        nonlocal done
        for number in range(first, simulations, workers):
            source = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
            counts = draw.counts(source, null.total).astype(rulers[0].expected.dtype)
            maxima[number] = greatest_ratio(counts, null, rulers)
            with lock:
                done += 1
                if progress is not None:
                    progress(done, simulations)

    workers = max(1, min(os.cpu_count() or 1, simulations))
    with ThreadPoolExecutor(workers) as pool:
        for finished in [pool.submit(run, first) for first in range(workers)]:
            finished.result()
    return maxima


def greatest_ratio(counts: Numbers, null: Null, rulers: list[Ruler]) -> float:
    """The greatest ratio over all windows of at least `min_cases` cases; 0 without any.

    The bound of the ruler spares the logarithms of nearly all windows.
    """
    best = 0.0
    for index, cases in window_sums(counts, null.radii):
        ruler = rulers[index]
        bound = cases - ruler.expected
        bound *= ruler.weight
        promising = np.flatnonzero(bound > np.sqrt(best) * 0.999)
        found = cases.ravel()[promising]
        enough = found >= null.min_cases
        if not enough.any():
            continue
        expected = ruler.expected.ravel()[promising[enough]]
        ratios = poisson_ratio(found[enough], expected, null.total)
        best = max(best, float(ratios.max()))
    return best


class _Sampler:
    """Draws marks by the shares: Walker's alias method, two look-ups per mark."""

    def __init__(self, share: Floats) -> None:
        self._shape = share.shape
        self._cells = np.flatnonzero(share > 0)
        self._keep, self._alias = _alias_table(share.ravel()[self._cells])

    def counts(self, source: np.random.Generator, total: int) -> npt.NDArray[np.int64]:
        """`total` marks as counts per cell."""
        size = self._cells.size
        counts = np.zeros(size, dtype=np.int64)
        for first in range(0, total, _BATCH):
            position = source.random(min(_BATCH, total - first))
            position *= size
            column = position.astype(np.int64)
            position -= column
            drawn = np.where(position < self._keep[column], column, self._alias[column])
            counts += np.bincount(drawn, minlength=size)
        out = np.zeros(self._shape[0] * self._shape[1], dtype=np.int64)
        out[self._cells] = counts
        return out.reshape(self._shape)


def _alias_table(share: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """For each entry the chance to keep it, and which entry stands in when it is not kept."""
    scaled = share / share.sum() * share.size
    keep = np.ones(share.size)
    alias = np.arange(share.size, dtype=np.int64)
    left = scaled.tolist()
    small = [i for i, value in enumerate(left) if value < 1]
    large = [i for i, value in enumerate(left) if value >= 1]
    while small and large:
        low, high = small.pop(), large[-1]
        keep[low], alias[low] = left[low], high
        left[high] -= 1 - left[low]
        if left[high] < 1:
            small.append(large.pop())
    return keep, alias
