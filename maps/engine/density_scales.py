"""Peaks of the density at several bandwidths above what the baseline lets expect.

One bandwidth cannot show a crossing and a quarter at once, so kernels from one cell to 2.5 km are
looked at. What counts at a place is the effective number of marks under the kernel, 4 pi h^2 times
the density: so many even marks would be as steady. How high a peak must be is read from maps drawn
by the baseline alone (tolerance by simulation, Kelsall and Diggle 1995): higher than the highest
peak of 19 in 20 of them. No p is told: the area around a peak is a contour and not a test.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from maps.engine.grid import Bools, Floats
from maps.engine.scale_peaks import Peaks, Rule, highest
from maps.engine.scan_hotspots import ALPHA, MAX_HOTSPOTS, MAX_SHARE, MIN_CASES, ScanSettings
from maps.engine.scan_null import Progress, Sampler
from maps.engine.scan_statistic import critical_ratio, poisson_ratio
from maps.engine.scan_windows import padded

LARGEST_M = 2500.0  # a kernel sees a disc of one and a half times its bandwidth best
MAPS = 199  # simulated at most
_STEP = 2**0.5
_FINE = 4.0  # a bandwidth of so many cells is looked at in blocks of two, and so on
_CUT = 3.0  # standard deviations
_CORE = 1.0  # bandwidths: what lies so near its peak always belongs to an area


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """A bandwidth in cells, and the side of the blocks that it is reckoned with."""

    cells: float
    block: int


@dataclass(frozen=True, slots=True)
class Kernels:
    """Gaussian kernels of rising bandwidths."""

    bandwidths: tuple[Bandwidth, ...]
    parts: tuple[float, ...] = (0.4, 0.5, 0.6, 0.7)  # half remains over the edge of an even disc

    def around(self, values: Floats) -> list[Floats]:
        """The effective number under each kernel, by block."""
        return list(self._each(values))

    def block(self, index: int) -> int:
        """The side in cells of the blocks of one bandwidth."""
        return self.bandwidths[index].block

    def reach(self, index: int) -> float:
        """One bandwidth, in cells."""
        return _CORE * self.bandwidths[index].cells

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


_RULE = Rule(effective_ratio, 0.0, MAX_SHARE, MIN_CASES)


def density_peaks(
    counts: Floats, share: Floats, settings: ScanSettings, progress: Progress | None = None
) -> list[Bools]:
    """The areas around the peaks, highest first; arguments as for the scan."""
    total = round(float(counts.sum()))
    if total < MIN_CASES:
        return []
    kernels = Kernels(bandwidths_for(settings.cell_m))
    side = kernels.bandwidths[-1].block
    baseline = padded(share, side)
    maxima = _simulated(kernels, baseline, total, settings, progress)
    rule = replace(_RULE, critical=critical_ratio(maxima, ALPHA))
    rows, columns = counts.shape
    peaks = Peaks(padded(counts, side), baseline, kernels, rule).told(MAX_HOTSPOTS)
    return [peak.cells[:rows, :columns] for peak in peaks]


def _simulated(
    kernels: Kernels, share: Floats, total: int, settings: ScanSettings, progress: Progress | None
) -> Floats:
    """The statistic of the highest peak of each simulated map."""
    draw, number_of = Sampler(share), min(MAPS, settings.simulations)
    expected = [mean * total for mean in kernels.around(share)]

    usable = [mean <= MAX_SHARE * total for mean in expected]

    def highest_of(number: int) -> float:
        source = np.random.default_rng(np.random.SeedSequence(settings.seed, spawn_key=(number,)))
        drawn = kernels.around(draw.counts(source, total).astype(float))
        most = 0.0
        for cases, mean, allowed in zip(drawn, expected, usable, strict=True):
            found = highest(_RULE, cases, mean, allowed, total, most)
            most = most if found is None else found[1]
        return most

    maxima = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for value in pool.map(highest_of, range(number_of)):
            maxima.append(value)
            if progress is not None:
                progress(len(maxima), number_of)
    return np.array(maxima)
