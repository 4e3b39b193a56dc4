"""The greatest scan statistic of marks that fall by the baseline alone, many times over.

Each simulation has a random generator of its own, made from the seed and its number, so the
result is the same however many threads share the work.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from maps.engine.grid import Floats, Ints
from maps.engine.scan_statistic import Statistic, poisson_ratio
from maps.engine.scan_tiles import Tiles
from maps.engine.scan_windows import Numbers, Radius, level_sums, levels, window_sums

_BATCH = 1 << 14  # draws at a time, so that they stay in the processor's cache
_PILOT = 16  # simulations that set the level for the others
_MOST_REACH = 0.9  # of the least of them
_TABLE = 1 << 14
_FEW_TILES = 0.5  # with more squares than this share of them it is faster to take them all

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """The baseline as shares per cell (they sum to 1) and the windows it is scanned with.

    The `statistic` of a window must grow with its cases, and shrink when more are expected.
    """

    share: Floats
    radii: tuple[Radius, ...]
    total: int
    max_share: float
    min_cases: int
    statistic: Statistic = poisson_ratio


class Ruler:
    """The greatest ratio of simulated counts, without a logarithm for nearly all windows.

    For a level that nearly every simulation reaches, each window has a least number of cases that
    can reach it. Only windows with as many are worth a closer look; a simulation that stays below
    the level is looked at again with the level 0. So the result is exact, whatever the level.
    """

    def __init__(self, null: Null) -> None:
        self._null = null
        self._expected: list[Floats] = []
        for _, share in window_sums(null.share, null.radii):
            usable = (share > 0) & (share <= null.max_share + 1e-12)
            self._expected.append(np.where(usable, share * null.total, np.inf))
        self._small = self._smallest_dtype()
        self._level = 0.0
        self._sure = self._least = _Needs(self._leasts(0.0), null.radii)

    def set_level(self, level: float) -> None:
        """Look closer only at what can reach `level`."""
        self._level = level
        self._least = _Needs(self._leasts(level), self._null.radii)

    def greatest(self, counts: Ints) -> float:
        """The greatest ratio over all windows of enough cases; 0 without any."""
        best = self.greatest_above(counts)
        return best if best >= self._level else self._scan(counts, self._sure)

    def greatest_above(self, counts: Ints) -> float:
        """The same where it reaches the level, else less than the level."""
        return self._scan(counts, self._least)

    def _scan(self, counts: Ints, needs: "_Needs") -> float:
        best = 0.0
        by_block = levels(counts.astype(np.int32), self._null.radii, first=self._small)
        for chosen, sums in by_block:
            for index, windows, cases in needs.reached(chosen, sums):
                expected = self._expected[index].ravel()[windows]
                ratios = self._null.statistic(cases.astype(float), expected, self._null.total)
                best = max(best, float(ratios.max()))
        return best

    def _leasts(self, level: float) -> list[Numbers]:
        """Cases that each window needs to reach the level; none can in one that is not usable.

        Read from a table over expected counts: never too many, as the need grows with them.
        """
        steps = np.geomspace(1e-6, self._null.total, _TABLE)
        needed = np.maximum(_cases_for(level, steps, self._null), self._null.min_cases)
        needed = np.concatenate([[self._null.min_cases], needed])
        leasts = []
        for expected, radius in zip(self._expected, self._null.radii, strict=True):
            dtype = self._small if radius.block == 1 else np.dtype(np.int32)
            least = needed[np.searchsorted(steps, expected, side="right")]
            least = np.where(np.isfinite(expected), least, np.iinfo(dtype).max)
            leasts.append(np.minimum(least, np.iinfo(dtype).max).astype(dtype))
        return leasts

    def _smallest_dtype(self) -> np.dtype[np.signedinteger[Any]]:
        """Half-length numbers where no window of single cells can come near their end."""
        most = 0.0
        for index, share in window_sums(self._null.share, self._null.radii):
            if self._null.radii[index].block == 1:
                most = max(most, float(share.max()) * self._null.total)
        fits = most + 20 * np.sqrt(most) + 100 < np.iinfo(np.int16).max
        return np.dtype(np.int16) if fits else np.dtype(np.int32)


class _Needs:
    """The cases that each window needs, and the search for the windows that have them."""

    def __init__(self, leasts: list[Numbers], radii: tuple[Radius, ...]) -> None:
        self._leasts = leasts
        self._tiles: dict[int, Tiles] = {}
        for block in {radius.block for radius in radii}:
            chosen = [(i, radius) for i, radius in enumerate(radii) if radius.block == block]
            self._tiles[block] = Tiles(chosen, [leasts[i] for i, _ in chosen])

    def reached(
        self, chosen: list[tuple[int, Radius]], sums: Numbers
    ) -> Iterator[tuple[int, Ints, Numbers]]:
        """The windows of one block side that have the cases they need: index, flat, cases."""
        tiles = self._tiles[chosen[0][1].block]
        padded = tiles.padded(sums)
        active = tiles.active(padded)
        if active.size <= _FEW_TILES * tiles.size:
            yield from tiles.reached(padded, active)
            return
        for index, cases in level_sums(sums, [(i, radius.runs) for i, radius in chosen]):
            hit = np.flatnonzero(cases >= self._leasts[index])
            if hit.size:
                yield index, hit, cases.ravel()[hit]


def simulated_maxima(
    null: Null, *, simulations: int, seed: int, progress: Progress | None = None
) -> Floats:
    """The greatest log likelihood ratio of each simulation, in their order."""
    ruler, draw = Ruler(null), Sampler(null.share)

    def run(numbers: range) -> list[float]:
        found = []
        for number in numbers:
            source = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
            found.append(ruler.greatest(draw.counts(source, null.total)))
        return found

    maxima = run(range(min(_PILOT, simulations)))
    if maxima:
        ruler.set_level(_MOST_REACH * min(maxima))
    parts = [
        range(first, min(first + _PILOT, simulations))
        for first in range(len(maxima), simulations, _PILOT)
    ]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for found in pool.map(run, parts):
            maxima.extend(found)
            if progress is not None:
                progress(len(maxima), simulations)
    return np.array(maxima)


def _cases_for(level: float, expected: Floats, null: Null) -> Floats:
    """The fewest cases whose statistic reaches the level, by halving; more than all if none do."""
    total = null.total
    low, high = np.floor(expected), np.full(expected.shape, float(total + 1))
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = null.statistic(np.minimum(middle, total), expected, total) >= level
        enough &= middle > expected
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


class Sampler:
    """Draws marks by the shares: Walker's alias method, two look-ups per mark."""

    def __init__(self, share: Floats) -> None:
        self._shape = share.shape
        self._cells = np.flatnonzero(share > 0)
        self._keep, self._alias = _alias_table(share.ravel()[self._cells])

    def counts(self, source: np.random.Generator, total: int) -> Ints:
        """`total` marks as counts per cell."""
        size = self._cells.size
        drawn = np.empty(total, dtype=np.int64)
        for first in range(0, total, _BATCH):
            position = source.random(min(_BATCH, total - first))
            position *= size
            column = position.astype(np.int32)
            position -= column
            other = np.flatnonzero(position >= self._keep[column])
            column[other] = self._alias[column[other]]
            drawn[first : first + _BATCH] = column
        out = np.bincount(self._cells[drawn], minlength=self._shape[0] * self._shape[1])
        return out.reshape(self._shape)


def _alias_table(share: Floats) -> tuple[Floats, npt.NDArray[np.int32]]:
    """For each entry the chance to keep it, and which entry stands in when it is not kept."""
    scaled = share / share.sum() * share.size
    keep = np.ones(share.size)
    alias = np.arange(share.size, dtype=np.int32)
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
