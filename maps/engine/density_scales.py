"""Peaks of the density at several bandwidths above what the baseline lets expect.

One bandwidth cannot show a crossing and a quarter at once, so kernels from one cell to 2.5 km are
looked at. What counts at a place is the effective number of marks under the kernel, 4 pi h^2 times
the density: so many even marks would be as steady. How high a peak must be is read from maps drawn
by the baseline alone (tolerance by simulation, Kelsall and Diggle 1995): higher than the highest
peak of 19 in 20 of them. No p is told: the circle drawn around a peak is not tested itself.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import ndimage

from maps.engine.grid import Bools, Floats
from maps.engine.scan_hotspots import (
    ALPHA,
    MAX_SHARE,
    MIN_CASES,
    ScanSettings,
    fullest_cells,
    ground_of,
)
from maps.engine.scan_null import Null, Progress, Sampler, simulated_maxima
from maps.engine.scan_observed import Found, Limits, Observed, Region
from maps.engine.scan_search import Search
from maps.engine.scan_statistic import critical_ratio, poisson_ratio
from maps.engine.scan_windows import Window, pad_to, padded, radii_for

LARGEST_M = 2500.0  # a kernel sees a disc of one and a half times its bandwidth best
MAPS = 199  # simulated at most
_STEP = 2**0.5
_FINE = 4.0  # a bandwidth of so many cells is looked at in blocks of two, and so on
_CUT = 3.0  # standard deviations
_MOST_TAKEN = 1 / 3  # of what is under a kernel may belong to stronger areas
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """A bandwidth in cells, and the side of the blocks that it is reckoned with."""

    cells: float
    block: int


@dataclass(frozen=True, slots=True)
class Kernels:
    """Gaussian kernels of rising bandwidths."""

    bandwidths: tuple[Bandwidth, ...]

    def around(self, values: Floats) -> list[Floats]:
        """The effective number under each kernel, by block."""
        return list(self._each(values))

    def _each(self, values: Floats) -> Iterator[Floats]:
        block = 1
        for bandwidth in self.bandwidths:
            while block < bandwidth.block:
                values = values[0::2] + values[1::2]
                values = values[:, 0::2] + values[:, 1::2]
                block *= 2
            sigma = bandwidth.cells / block
            smooth = ndimage.gaussian_filter(values, sigma, mode="constant", truncate=_CUT)
            yield 4 * np.pi * sigma**2 * smooth


def bandwidths_for(cell_m: float) -> tuple[Bandwidth, ...]:
    """From one cell to 2.5 km in steps of the root of two; one cell where that is more."""
    found: list[Bandwidth] = []
    cells, block = 1.0, 1
    while not found or cells * cell_m <= LARGEST_M * 1.001:
        if cells >= _FINE * block - 1e-9:
            block *= 2
        found.append(Bandwidth(cells, block))
        cells *= _STEP
    return tuple(found)


def effective_ratio(cases: Floats, expected: Floats, total: float) -> Floats:
    """Log likelihood ratio of effective numbers, less the log of how many such places there are.

    Narrow kernels have many more places to stand high by chance. Without the penalty (Duembgen and
    Spokoiny 2001, Walther 2010) they would hide what is wide. Effective numbers may be up to twice
    all marks.
    """
    ratio = poisson_ratio(np.minimum(cases, total), expected, total)
    return np.maximum(ratio - np.log(total / expected), 0.0)


def density_peaks(
    counts: Floats,
    share: Floats,
    settings: ScanSettings,
    progress: Progress | None = None,
    *,
    unpeopled: Bools | None = None,
) -> list[Bools]:
    """The areas around the peaks, highest first; arguments as for the scan."""
    total = round(float(counts.sum()))
    if total < MIN_CASES:
        return []
    radii = radii_for(settings.cell_m)
    kernels = Kernels(bandwidths_for(settings.cell_m))
    side = max(pad_to(radii), kernels.bandwidths[-1].block)
    baseline = padded(share, side)
    least = critical_ratio(_simulated(Heights(kernels, baseline, total), settings, progress), ALPHA)
    null = Null(baseline, radii, total, MAX_SHARE, MIN_CASES)
    circles = simulated_maxima(
        null, simulations=min(MAPS, settings.simulations), seed=settings.seed
    )
    limits = Limits(MAX_SHARE, MIN_CASES)
    observed = Observed(padded(counts, side), baseline, radii, limits, ground_of(unpeopled, side))
    search = Search(
        observed,
        radii,
        critical_ratio(circles, ALPHA),
        lambda left: _around_peak(kernels, left, least),
    )
    rows, columns = counts.shape
    cells = [found.cells[:rows, :columns] for found in search.all()]
    return [fullest_cells(counts, share, each, cell_m=settings.cell_m) for each in cells]


def _around_peak(kernels: Kernels, observed: Observed, least: float) -> Found | None:
    """The likeliest circle whose middle lies within a bandwidth of the highest peak."""
    free, base = kernels.around(observed.share), kernels.around(observed.base)
    peak: Window | None = None
    for index, cases in enumerate(kernels.around(observed.counts)):
        usable = (free[index] >= (1 - _MOST_TAKEN) * base[index]) & (base[index] <= MAX_SHARE)
        expected = free[index] * observed.scale
        higher = _highest(cases, expected, usable, observed.total, least)
        if higher is not None:
            least, bandwidth = higher[1], kernels.bandwidths[index]
            row, column = divmod(higher[0], cases.shape[1])
            peak = Window(index, bandwidth.cells, bandwidth.block, row, column)
    return None if peak is None else observed.best(least=0.0, region=Region(peak))


def _highest(
    cases: Floats, expected: Floats, usable: Bools, total: float, least: float
) -> tuple[int, float] | None:
    """The place where the effective ratio is highest, as a flat index, and its value there.

    None where it is nowhere above `least`. Only `usable` places with enough marks count.
    """
    usable = usable & (cases > expected) & (expected > _TINY) & (cases >= MIN_CASES - 0.5)
    flat = np.flatnonzero(usable)
    count, mean = cases.ravel()[flat], expected.ravel()[flat]
    bound = (count - mean) ** 2 * (1 / mean + 1 / np.maximum(total - mean, _TINY))
    flat = flat[bound > least]  # chi-square is never less than the ratio
    if flat.size == 0:
        return None
    values = effective_ratio(cases.ravel()[flat], expected.ravel()[flat], total)
    best = int(np.argmax(values))
    return (int(flat[best]), float(values[best])) if values[best] > least * (1 + _TINY) else None


class Heights:
    """The highest peak of a map of so many marks, in simulated maps as well."""

    def __init__(self, kernels: Kernels, share: Floats, total: int) -> None:
        self._kernels, self._total, self._draw = kernels, total, Sampler(share)
        self._expected = [mean * total for mean in kernels.around(share)]
        self._usable = [mean <= MAX_SHARE * total for mean in self._expected]

    def highest(self, counts: Floats) -> float:
        """The statistic there; 0 where nothing stands out."""
        most = 0.0
        each = zip(self._kernels.around(counts), self._expected, self._usable, strict=True)
        for cases, mean, allowed in each:
            found = _highest(cases, mean, allowed, self._total, most)
            most = most if found is None else found[1]
        return most

    def simulated(self, seed: int, number: int) -> float:
        """Of one map drawn by the baseline."""
        source = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
        return self.highest(self._draw.counts(source, self._total).astype(float))


def _simulated(heights: Heights, settings: ScanSettings, progress: Progress | None) -> Floats:
    """The statistic of the highest peak of each simulated map."""
    maxima: list[float] = []
    number_of = min(MAPS, settings.simulations)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for value in pool.map(partial(heights.simulated, settings.seed), range(number_of)):
            maxima.append(value)
            if progress is not None:
                progress(len(maxima), number_of)
    return np.array(maxima)
