"""Gi* at several distances at once: disks from one cell to 4 km, as many as the data ask for.

A disk's p is exact: how often so many of the marks would fall in it by the baseline (binomial).
The disks overlap, so a correction that counts them all (Bonferroni, or Benjamini and Hochberg's
first step) finds far less than it may. p is adjusted instead by the smallest p of simulations of
the baseline: Westfall and Young (1993), min p. It holds the chance of any false area, and with it
the false discovery rate, to alpha whatever the overlap.
"""

import math
from dataclasses import dataclass

from maps.engine.grid import Bools, Floats
from maps.engine.scale_peaks import Peaks, Rule
from maps.engine.scan_hotspots import (
    ALPHA,
    MAX_HOTSPOTS,
    MAX_SHARE,
    MIN_CASES,
    ScanSettings,
    fullest_cells,
)
from maps.engine.scan_null import Null, Progress, simulated_maxima
from maps.engine.scan_statistic import critical_ratio, monte_carlo_p, surprise
from maps.engine.scan_windows import Radius, pad_to, padded, radii_for, window_sums


@dataclass(frozen=True, slots=True)
class Disks:
    """Disks of rising radii."""

    radii: tuple[Radius, ...]
    parts: tuple[float, ...] = (0.25, 0.33)  # a third remains just outside an even disc's edge

    def around(self, values: Floats) -> list[Floats]:
        """The sum within each radius of every block; shapes by the block of each radius."""
        return [sums for _, sums in window_sums(values, self.radii)]

    def block(self, index: int) -> int:
        """The side in cells of the blocks of one radius."""
        return self.radii[index].block

    def reach(self, index: int) -> float:
        """The radius in cells."""
        return self.radii[index].cells


def gi_areas(
    counts: Floats, share: Floats, settings: ScanSettings, progress: Progress | None = None
) -> list[tuple[Bools, float]]:
    """Areas with their adjusted p, at most alpha, strongest first; arguments as for the scan."""
    total = round(float(counts.sum()))
    if total < MIN_CASES:
        return []
    radii = radii_for(settings.cell_m)
    side = pad_to(radii)
    null = Null(padded(share, side), radii, total, MAX_SHARE, MIN_CASES, surprise)
    maxima = simulated_maxima(
        null, simulations=settings.simulations, seed=settings.seed, progress=progress
    )
    critical = critical_ratio(maxima, ALPHA)
    if math.isinf(critical):
        return []
    rule = Rule(surprise, critical, MAX_SHARE, MIN_CASES)
    rows, columns = counts.shape
    found = Peaks(padded(counts, side), null.share, Disks(radii), rule).told(MAX_HOTSPOTS)
    areas = []
    for peak in found:
        cells = peak.cells[:rows, :columns]
        cells = fullest_cells(counts, share, cells, cell_m=settings.cell_m)
        areas.append((cells, monte_carlo_p(peak.value, maxima)))
    return areas
