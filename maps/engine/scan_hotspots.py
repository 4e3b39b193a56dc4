"""Hotspots among marks on a grid: where they lie closer than the baseline lets expect.

The scan tests every window at once; `scan_search` then draws what it finds.
"""

from dataclasses import dataclass, replace

import numpy as np

from maps.engine.grid import Bools, Floats
from maps.engine.scan_null import Null, Progress, simulated_maxima
from maps.engine.scan_observed import Found, Limits, Observed
from maps.engine.scan_search import Search
from maps.engine.scan_statistic import critical_ratio, monte_carlo_p, poisson_ratio, relative_risk
from maps.engine.scan_windows import LARGE_CELL_M, pad_to, padded, radii_for

ALPHA = 0.05
MIN_CASES = 5  # never a hotspot of fewer, whatever was expected
MAX_SHARE = 0.5
SIMULATIONS = 999

_FEW_CELLS = 13  # a circle of so few is told without its empty cells where they are large


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How the scan is made; lengths in metres."""

    cell_m: float
    seed: int = 1
    simulations: int = SIMULATIONS
    max_share: float = MAX_SHARE
    min_cases: int = MIN_CASES
    alpha: float = ALPHA


@dataclass(frozen=True, slots=True, eq=False)
class Hotspot:
    """The cells of one hotspot, with what was there and what the baseline let expect.

    `radius` in cells. `ratio` compares it with all the rest, and ranks it. `p` is adjusted for the
    search over all windows, and made when the stronger hotspots had been taken out.
    """

    rank: int
    cells: Bools
    radius: float
    n: int
    expected: float
    relative_risk: float
    ratio: float
    p: float


def scan_hotspots(
    counts: Floats,
    share: Floats,
    settings: ScanSettings,
    progress: Progress | None = None,
    *,
    unpeopled: Bools | None = None,
) -> tuple[Hotspot, ...]:
    """Hotspots at p at most alpha, strongest first; none where nothing can stand out.

    `counts` are whole marks per cell, `share` the baseline per cell; shapes (rows, columns) and
    `share` sums to 1. No mark may stand where the baseline is 0. `unpeopled` is the ground whose
    share follows from the marks on it alone.
    """
    total = round(float(counts.sum()))
    if total < settings.min_cases:
        return ()
    radii = radii_for(settings.cell_m)
    side = pad_to(radii)
    null = Null(padded(share, side), radii, total, settings.max_share, settings.min_cases)
    maxima = simulated_maxima(
        null, simulations=settings.simulations, seed=settings.seed, progress=progress
    )
    limits = Limits(settings.max_share, settings.min_cases)
    observed = Observed(padded(counts, side), null.share, radii, limits, ground_of(unpeopled, side))
    search = Search(observed, radii, critical_ratio(maxima, settings.alpha))
    hotspots = []
    for found in search.all():
        cells = found.cells[: counts.shape[0], : counts.shape[1]]
        cells = fullest_cells(counts, share, cells, cell_m=settings.cell_m)
        hotspots.append(_hotspot(counts, share, cells, found, maxima))
    kept = [spot for spot in hotspots if spot.p <= settings.alpha and spot.relative_risk > 1]
    kept.sort(key=lambda spot: -spot.ratio)
    return tuple(replace(spot, rank=rank) for rank, spot in enumerate(kept, start=1))


def ground_of(unpeopled: Bools | None, side: int) -> Bools | None:
    """The ground without people on a grid of whole blocks of `side` cells."""
    return None if unpeopled is None else padded(unpeopled.astype(float), side) > 0


def fullest_cells(counts: Floats, share: Floats, cells: Bools, *, cell_m: float) -> Bools:
    """Of few and large cells those that hold the cluster, as many as are least likely by chance.

    Many or small cells are returned as they are.
    """
    if cell_m <= LARGE_CELL_M or cells.sum() > _FEW_CELLS:
        return cells
    flat = np.flatnonzero(cells & (share > 0))
    flat = flat[np.argsort(-counts.ravel()[flat] / share.ravel()[flat], kind="stable")]
    total = float(counts.sum())
    expected = np.cumsum(share.ravel()[flat]) * total
    ratios = poisson_ratio(np.cumsum(counts.ravel()[flat]), expected, total)
    kept = np.zeros(cells.shape, dtype=bool)
    kept.ravel()[flat[: int(np.argmax(ratios)) + 1]] = True
    return kept


def _hotspot(counts: Floats, share: Floats, cells: Bools, found: Found, maxima: Floats) -> Hotspot:
    total = float(counts.sum())
    n, expected = float(counts[cells].sum()), float(share[cells].sum()) * total
    risk = relative_risk(n, expected, total)
    p = monte_carlo_p(found.ratio, maxima)
    ratio = float(poisson_ratio(n, expected, total))
    return Hotspot(0, cells, found.place.radius, round(n), expected, risk, ratio, p)
