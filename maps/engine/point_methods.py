"""Three ways to find areas among marks on a grid: the scan, Gi*, and density without a test."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import ndimage, stats

from maps.engine.density import kernel_density, least_squares_m
from maps.engine.gi_star import benjamini_hochberg, disk_sum, gi_star
from maps.engine.grid import Bools, Floats, Grid
from maps.engine.scan_hotspots import ALPHA, MAX_HOTSPOTS, MIN_CASES, ScanSettings, scan_hotspots
from maps.engine.scan_null import Progress
from maps.engine.scan_statistic import relative_risk

GI_RADIUS_CELLS = 3.0
DENSITY_TIMES = 3.0  # the expected density: what the density method draws from
_EIGHT = np.ones((3, 3), dtype=bool)


@dataclass(frozen=True, eq=False)
class Marked:
    """Counts and baseline shares per cell of a grid."""

    grid: Grid
    counts: Floats
    share: Floats

    @property
    def total(self) -> float:
        """The number of marks counted."""
        return float(self.counts.sum())

    @property
    def expected(self) -> Floats:
        """Marks per cell by the baseline."""
        return self.share * self.total

    @cached_property
    def bandwidth_m(self) -> float:
        """The bandwidth of the density, by least-squares cross-validation."""
        return least_squares_m(self.counts, cell_m=self.grid.cell_m)


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """An area of cells: marks, expected marks, relative risk, and p where something was tested."""

    rank: int
    cells: Bools
    n: int
    expected: float
    relative_risk: float
    p: float | None


def find_by_scan(
    marked: Marked, *, seed: int, simulations: int, progress: Progress | None
) -> tuple[Finding, ...]:
    """Kulldorff's scan: areas at p at most 0.05, strongest first."""
    settings = ScanSettings(marked.grid.cell_m, seed=seed, simulations=simulations)
    return tuple(
        Finding(spot.rank, spot.cells, spot.n, spot.expected, spot.relative_risk, spot.p)
        for spot in scan_hotspots(marked.counts, marked.share, settings, progress)
    )


def find_by_gi(marked: Marked) -> tuple[Finding, ...]:
    """Touching cells with more marks around them than expected, false discoveries controlled.

    z is Gi*, but its normal approximation finds too much where marks are sparse. So p is exact:
    how often so many of the marks would fall in the cell's disk by the baseline (binomial), then
    adjusted after Benjamini and Hochberg. The p of an area is the smallest of its cells.
    """
    z, study = gi_of(marked), _study(marked)
    inside = _disk(marked, marked.counts)[study]
    share = np.clip(_disk(marked, marked.share)[study], 0.0, 1.0)
    p = stats.binom.sf(np.rint(inside) - 1, round(marked.total), share)
    adjusted = np.full(marked.counts.shape, np.nan)
    adjusted[study] = benjamini_hochberg(p)
    found = (np.nan_to_num(adjusted, nan=1.0) <= ALPHA) & (np.nan_to_num(z) > 0)
    areas = [replace(area, p=float(adjusted[area.cells].min())) for area in _areas(marked, found)]
    return _ranked(areas, [-float(z[area.cells].max()) for area in areas])


def find_by_density(marked: Marked) -> tuple[Finding, ...]:
    """Touching cells with at least three times the density to be expected: no test, no p.

    Expected is what the baseline lets expect, evened out by the same kernel, and never less than
    the mean of the ground: beside a village a single mark is many times next to nothing.
    """
    cell_m, bandwidth_m = marked.grid.cell_m, marked.bandwidth_m
    density, expected = (
        kernel_density(values, cell_m=cell_m, bandwidth_m=bandwidth_m)
        for values in (marked.counts, marked.expected)
    )
    ground_km2 = float(_study(marked).sum()) * (cell_m / 1000) ** 2
    times = density / np.maximum(expected, marked.total / ground_km2)
    # A spot that is smaller than the kernel is a few marks that happen to stand together.
    least = math.pi * (bandwidth_m / cell_m) ** 2
    tops = (top for top in _tops(times) if top.sum() >= least)
    areas = [area for top in tops for area in _areas(marked, top)]
    return _ranked(areas, [-float(times[area.cells].max()) for area in areas])


def _tops(times: Floats) -> Iterator[Bools]:
    """The ground around each peak that is high enough, down to a fourth of the peak.

    A lower cut would tell the kernel's skirt as a part of a dense spot, and two spots as one.
    """
    high = times >= DENSITY_TIMES
    peaks = np.flatnonzero(high & (times == ndimage.maximum_filter(times, size=3)))
    free = high.copy()
    for peak in peaks[np.argsort(-times.ravel()[peaks], kind="stable")][:MAX_HOTSPOTS]:
        row, column = divmod(int(peak), times.shape[1])
        if not free[row, column]:
            continue
        labels, _ = ndimage.label(free & (times >= times[row, column] / 4), structure=_EIGHT)
        top = labels == labels[row, column]
        free &= ~top
        yield top


def gi_of(marked: Marked) -> Floats:
    """z of Gi* for the marks above the expected, within three cells; NaN outside the ground.

    Where the baseline is even this is Gi* of the counts.
    """
    excess = marked.counts - marked.expected
    cell_m = marked.grid.cell_m
    return gi_star(excess, _study(marked), radius_m=GI_RADIUS_CELLS * cell_m, cell_m=cell_m)


def density_of(marked: Marked) -> Floats:
    """Marks per square kilometre, by a Gaussian kernel of the bandwidth by cross-validation."""
    cell_m, bandwidth_m = marked.grid.cell_m, marked.bandwidth_m
    return kernel_density(marked.counts, cell_m=cell_m, bandwidth_m=bandwidth_m)


def _study(marked: Marked) -> Bools:
    study: Bools = (marked.share > 0) | (marked.counts > 0)
    return study


def _disk(marked: Marked, values: Floats) -> Floats:
    cell_m = marked.grid.cell_m
    return disk_sum(values, radius_m=GI_RADIUS_CELLS * cell_m, cell_m=cell_m)


def _areas(marked: Marked, chosen: Bools) -> list[Finding]:
    labels, number = ndimage.label(chosen, structure=_EIGHT)
    areas = []
    for label in range(1, number + 1):
        cells = labels == label
        n, expected = float(marked.counts[cells].sum()), float(marked.expected[cells].sum())
        if n >= MIN_CASES:
            risk = relative_risk(n, expected, marked.total)
            areas.append(Finding(0, cells, round(n), expected, risk, None))
    return areas


def _ranked(areas: list[Finding], keys: list[float]) -> tuple[Finding, ...]:
    order = np.argsort(np.array(keys), kind="stable")
    return tuple(replace(areas[i], rank=rank) for rank, i in enumerate(order, start=1))
