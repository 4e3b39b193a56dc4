"""Which methods tell an area of marks without a cluster, as `analyse hotspots` would.

An area is told where the greatest statistic of the marks is above all but so many of the simulated
ones. Once that many simulations are as great the answer is known, so the others are not made: the
answers are the same and nine in ten simulations are saved.
"""

from collections.abc import Callable, Iterable

import numpy as np

from benchmarks.planted_sets import PlantedSet
from maps.engine.density_scales import Heights, Kernels, bandwidths_for
from maps.engine.point_analysis import Method, Request, analyse_points
from maps.engine.scan_hotspots import ALPHA, MAX_SHARE, MIN_CASES
from maps.engine.scan_null import Null, Ruler, Sampler
from maps.engine.scan_statistic import Statistic, poisson_ratio, surprise
from maps.engine.scan_windows import pad_to, padded, radii_for


def tells(drawn: PlantedSet, seed: int, simulations: int) -> list[str]:
    """The names of the methods that tell an area of the set."""
    request = Request(Method.SCAN, None, seed, simulations=0)
    analysis = analyse_points(drawn.points, request, people=drawn.people, boundary=drawn.boundary)
    if analysis.marked is None:
        return []
    counts, share = analysis.marked.counts, analysis.marked.share
    told = {
        Method.SCAN: _circles(counts, share, analysis.cell_m, poisson_ratio, seed),
        Method.GI: _circles(counts, share, analysis.cell_m, surprise, seed),
        Method.KDE: _kernels(counts, share, analysis.cell_m, seed),
    }
    return [
        method.value
        for method, (observed, reach) in told.items()
        if _is_rare(observed, (reach(number) for number in range(simulations)), simulations)
    ]


def _is_rare(observed: float, simulated: Iterable[float], simulations: int) -> bool:
    """Are fewer of them as great than p at most alpha allows?"""
    allowed, as_great = int(ALPHA * (simulations + 1) + 1e-9) - 1, 0
    for value in simulated:
        as_great += value >= observed * (1 - 1e-12)
        if as_great > allowed:
            return False
    return observed > 0


def _circles(
    counts: np.ndarray, share: np.ndarray, cell_m: float, statistic: Statistic, seed: int
) -> tuple[float, Callable[[int], float]]:
    radii = radii_for(cell_m)
    side, total = pad_to(radii), round(float(counts.sum()))
    null = Null(padded(share, side), radii, total, MAX_SHARE, MIN_CASES, statistic)
    ruler, draw = Ruler(null), Sampler(null.share)
    observed = ruler.greatest(padded(counts, side).astype(np.int64))
    ruler.set_level(observed * (1 - 1e-9))

    def reach(number: int) -> float:
        source = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
        return ruler.greatest_above(draw.counts(source, total))

    return observed, reach


def _kernels(
    counts: np.ndarray, share: np.ndarray, cell_m: float, seed: int
) -> tuple[float, Callable[[int], float]]:
    kernels = Kernels(bandwidths_for(cell_m))
    side = max(pad_to(radii_for(cell_m)), kernels.bandwidths[-1].block)
    heights = Heights(kernels, padded(share, side), round(float(counts.sum())))
    return heights.highest(padded(counts, side)), lambda number: heights.simulated(seed, number)
