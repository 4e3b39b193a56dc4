"""Three ways to find areas among marks on a grid: the scan, Gi*, and density without a test."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import ndimage

from maps.engine.density import kernel_density, least_squares_m
from maps.engine.density_scales import density_peaks
from maps.engine.gi_scales import gi_areas
from maps.engine.gi_star import gi_star
from maps.engine.grid import Bools, Floats, Grid
from maps.engine.scan_hotspots import MIN_CASES, ScanSettings, scan_hotspots
from maps.engine.scan_null import Progress
from maps.engine.scan_statistic import poisson_ratio, relative_risk

GI_RADIUS_CELLS = 3.0
_HARDLY_MORE = 3.0  # log likelihood ratio: one in twenty by chance, without any search
_EIGHT = np.ones((3, 3), dtype=bool)


@dataclass(frozen=True, eq=False)
class Marked:
    """Counts and baseline shares per cell of a grid."""

    grid: Grid
    counts: Floats
    share: Floats
    unpeopled: Bools | None = None  # ground whose share follows from the marks on it

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


def count_hidden(findings: Sequence[Finding], total: int) -> int:
    """How many hold hardly more than expected before the stronger ones are taken away."""
    ratios = [poisson_ratio(found.n, found.expected, total) for found in findings]
    return int(np.count_nonzero(np.array(ratios) < _HARDLY_MORE))


def find_by_scan(
    marked: Marked, *, seed: int, simulations: int, progress: Progress | None
) -> tuple[Finding, ...]:
    """Kulldorff's scan: areas at p at most 0.05, strongest first."""
    settings = ScanSettings(marked.grid.cell_m, seed=seed, simulations=simulations)
    spots = scan_hotspots(
        marked.counts, marked.share, settings, progress, unpeopled=marked.unpeopled
    )
    return tuple(
        Finding(spot.rank, spot.cells, spot.n, spot.expected, spot.relative_risk, spot.p)
        for spot in spots
    )


def find_by_gi(
    marked: Marked, *, seed: int, simulations: int, progress: Progress | None
) -> tuple[Finding, ...]:
    """Cells with more marks around them than expected within the distance where that is clearest.

    The p of an area is the adjusted one of its clearest cell, at most 0.05.
    """
    settings = ScanSettings(marked.grid.cell_m, seed=seed, simulations=simulations)
    found = gi_areas(marked.counts, marked.share, settings, progress, unpeopled=marked.unpeopled)
    areas = [replace(area, p=p) for cells, p in found for area in _areas(marked, cells)]
    return _ranked(areas, [float(rank) for rank in range(len(areas))])


def find_by_density(
    marked: Marked, *, seed: int, simulations: int, progress: Progress | None
) -> tuple[Finding, ...]:
    """Areas around the highest peaks of the density above the expected: no test, no p."""
    settings = ScanSettings(marked.grid.cell_m, seed=seed, simulations=simulations)
    peaks = density_peaks(
        marked.counts, marked.share, settings, progress, unpeopled=marked.unpeopled
    )
    areas = [area for cells in peaks for area in _areas(marked, cells)]
    return _ranked(areas, [float(rank) for rank in range(len(areas))])


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


def _areas(marked: Marked, chosen: Bools) -> list[Finding]:
    labels, number = ndimage.label(chosen, structure=_EIGHT)
    areas = []
    for label in range(1, number + 1):
        cells = labels == label
        n, expected = float(marked.counts[cells].sum()), float(marked.expected[cells].sum())
        risk = relative_risk(n, expected, marked.total)
        # What stands out when stronger areas were taken away may hold less than all marks expect.
        if n >= MIN_CASES and risk > 1:
            areas.append(Finding(0, cells, round(n), expected, risk, None))
    return areas


def _ranked(areas: list[Finding], keys: list[float]) -> tuple[Finding, ...]:
    order = np.argsort(np.array(keys), kind="stable")
    return tuple(replace(areas[i], rank=rank) for rank, i in enumerate(order, start=1))
