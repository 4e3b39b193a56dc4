"""Kulldorff's scan of areas with cases and population: which neighbours have too many.

Discrete Poisson model, circles around each area's middle, high rates only, as SaTScan's default.
A circle holds every area whose middle is within its radius, those at the same distance together.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from maps.engine.grid import Bools, Floats, Ints
from maps.engine.scan_statistic import monte_carlo_p, poisson_ratio, relative_risk

_BATCH = 500  # simulations drawn by one generator
_SAME = 1e-9  # distances that differ by rounding only

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Positions (n, 2) or (n, 3) in metres, whole cases and population of n areas."""

    position: Floats
    cases: Floats
    population: Floats


@dataclass(frozen=True, slots=True)
class Cluster:
    """Areas that together have more cases than expected, as indices, the nearest to its middle
    first. `p` is adjusted for the search over all circles.
    """

    rank: int
    members: tuple[int, ...]
    cases: float
    expected: float
    relative_risk: float
    ratio: float
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class _Circles:
    """The circles around one area: members in order, how many each circle takes, its share."""

    order: Ints
    ends: Ints
    share: Floats


def scan_areas(
    areas: Areas,
    *,
    max_population: float = 0.5,
    simulations: int = 9999,
    seed: int = 1,
    progress: Progress | None = None,
) -> tuple[Cluster, ...]:
    """The most likely cluster and the secondary ones that share no area with a stronger one.

    As in SaTScan each area offers the strongest circle around it. Every cluster with an excess is
    listed with its p, whatever that is. Empty without cases, or when no circle has an excess.
    """
    total = float(areas.cases.sum())
    if total <= 0:
        return ()
    offered = []
    for circles in _all_circles(areas, max_population):
        cases = np.cumsum(areas.cases[circles.order])[circles.ends]
        ratios = poisson_ratio(cases, circles.share * total, total)
        if ratios.size and ratios.max() > 0:
            best = int(np.argmax(ratios))
            members = circles.order[: circles.ends[best] + 1]
            offered.append((float(ratios[best]), members, float(circles.share[best]) * total))
    chosen = _apart(offered, areas.cases.size)
    maxima = _maxima(areas, max_population, simulations, seed, progress) if chosen else np.zeros(0)
    clusters = []
    for rank, (ratio, members, expected) in enumerate(chosen, start=1):
        count = float(areas.cases[members].sum())
        risk = relative_risk(count, expected, total)
        p = monte_carlo_p(ratio, maxima)
        named = tuple(int(member) for member in members)
        clusters.append(Cluster(rank, named, count, expected, risk, ratio, p))
    return tuple(clusters)


def _all_circles(areas: Areas, max_population: float) -> Iterator[_Circles]:
    share = areas.population / areas.population.sum()
    for middle in areas.position:
        distance = np.sqrt(((areas.position - middle) ** 2).sum(axis=1))
        order = np.argsort(distance, kind="stable")
        inside = np.cumsum(share[order])
        further = np.diff(distance[order]) > _SAME * np.maximum(1.0, distance[order][1:])
        whole: Bools = np.append(further, True)
        usable = (inside > 0) & (inside < 1) & (inside <= max_population + 1e-12)
        ends = np.flatnonzero(whole & usable)
        yield _Circles(order, ends, inside[ends])


def _apart(offered: list[tuple[float, Ints, float]], size: int) -> list[tuple[float, Ints, float]]:
    taken = np.zeros(size, dtype=bool)
    chosen = []
    for offer in sorted(offered, key=lambda one: -one[0]):
        if not taken[offer[1]].any():
            taken[offer[1]] = True
            chosen.append(offer)
    return chosen


def _maxima(
    areas: Areas, max_population: float, simulations: int, seed: int, progress: Progress | None
) -> Floats:
    """The greatest ratio of each simulation; the same for a seed on any number of processors."""
    total = round(float(areas.cases.sum()))
    share = areas.population / areas.population.sum()
    circles = [c for c in _all_circles(areas, max_population) if c.ends.size]
    maxima = np.zeros(simulations)
    done = 0

    def run(number: int) -> int:
        first = number * _BATCH
        size = min(_BATCH, simulations - first)
        source = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
        drawn = source.multinomial(total, share, size=size).astype(float)
        maxima[first : first + size] = _greatest(drawn, circles, total)
        return size

    with ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as pool:
        for size in pool.map(run, range(-(-simulations // _BATCH))):
            done += size
            if progress is not None:
                progress(done, simulations)
    return maxima


def _greatest(drawn: Floats, circles: list[_Circles], total: int) -> Floats:
    """The greatest ratio of each row; most circles are ruled out by a bound without logarithms."""
    best = np.zeros(len(drawn))
    for one in circles:
        cases = np.cumsum(drawn[:, one.order[: one.ends[-1] + 1]], axis=1)[:, one.ends]
        expected = one.share * total
        weight = np.sqrt(1 / expected + 1 / np.maximum(total - expected, 1e-9))
        promising = ((cases - expected) * weight) > np.sqrt(best)[:, None] * 0.999
        row, column = np.nonzero(promising)
        ratios = poisson_ratio(cases[row, column], expected[column], total)
        np.maximum.at(best, row, ratios)
    return best
