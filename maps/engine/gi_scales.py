"""Gi* at several distances at once: disks from one cell to 4 km, as many as the data ask for.

One distance sees clusters of its own size only. So every distance is looked at, and a cluster is
told where Gi* is clearest (Getis and Ord 1996). A disk's p is exact: how often so many of the marks
would fall in it by the baseline (binomial). The disks overlap, so a correction that counts them all
(Bonferroni, or Benjamini and Hochberg's first step) finds far less than it may. p is adjusted
instead by the smallest p of simulations of the baseline: Westfall and Young (1993), min p. It holds
the chance of any false area, and with it the false discovery rate, to alpha whatever the overlap.
"""

import math
from dataclasses import replace

import numpy as np

from maps.engine.grid import Bools, Floats
from maps.engine.scan_hotspots import (
    ALPHA,
    MAX_SHARE,
    MIN_CASES,
    ScanSettings,
    fullest_cells,
    ground_of,
)
from maps.engine.scan_null import Null, Progress, simulated_maxima
from maps.engine.scan_observed import Found, Limits, Observed
from maps.engine.scan_search import Search
from maps.engine.scan_statistic import critical_ratio, monte_carlo_p, poisson_ratio, surprise
from maps.engine.scan_windows import pad_to, padded, radii_for


def gi_areas(
    counts: Floats,
    share: Floats,
    settings: ScanSettings,
    progress: Progress | None = None,
    *,
    unpeopled: Bools | None = None,
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
    limits = Limits(MAX_SHARE, MIN_CASES)
    observed = Observed(padded(counts, side), null.share, radii, limits, ground_of(unpeopled, side))
    rows, columns = counts.shape
    areas = []
    for found in Search(observed, radii, critical, lambda left: _clearest(left, critical)).all():
        cells = found.cells[:rows, :columns]
        cells = fullest_cells(counts, share, cells, cell_m=settings.cell_m)
        own = float(surprise(np.array(found.cases), np.array(found.expected), found.total))
        areas.append((cells, monte_carlo_p(max(own, found.peak), maxima)))
    return areas


def _clearest(observed: Observed, critical: float) -> Found | None:
    """The disk whose p is smallest, if that is smaller than chance makes it."""
    found = observed.best(least=critical, statistic=surprise)
    if found is None:
        return None
    ratio = float(poisson_ratio(found.cases, found.expected, found.total))
    return replace(found, ratio=ratio, peak=found.ratio)
