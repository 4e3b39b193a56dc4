"""Gi* and density against binning the same marks, and against esda and scipy, in one run.

All in milliseconds of processor time, the least of several runs: the clock tells how busy the
machine is. The references are made for a hundred thousand marks, ours for these and for a million.
"""

import time
import warnings
from collections.abc import Callable

import numpy as np

from maps.engine.density import kernel_density
from maps.engine.gi_star import benjamini_hochberg, gi_star, upper_tail

WIDTH_M, HEIGHT_M, CELL_M = 40_000, 30_000, 100
COLUMNS, ROWS = WIDTH_M // CELL_M, HEIGHT_M // CELL_M
RADIUS_M = 500
REPEATS = 25
REFERENCE = 100_000
BANDWIDTH_M = 300
SAMPLED = 100


def marks(n: int, seed: int = 20_261_120) -> tuple[np.ndarray, np.ndarray]:
    """``n`` marks in metres: seven in ten in forty clusters, the rest anywhere."""
    draw = np.random.default_rng(seed)
    clustered = int(n * 0.7)
    centres = draw.uniform((2_000, 2_000), (WIDTH_M - 2_000, HEIGHT_M - 2_000), (40, 2))
    near = centres[draw.integers(0, 40, clustered)] + draw.normal(0, 300, (clustered, 2))
    points = np.vstack([near, draw.uniform((0, 0), (WIDTH_M, HEIGHT_M), (n - clustered, 2))])
    points = np.clip(points, 0, (WIDTH_M - 1, HEIGHT_M - 1))
    return points[:, 0], points[:, 1]


def cells_of(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The number of each point's cell, a row per 100 m northwards."""
    return (y / CELL_M).astype(np.int64) * COLUMNS + (x / CELL_M).astype(np.int64)


def count(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Points per cell."""
    return (
        np.bincount(cells_of(x, y), minlength=ROWS * COLUMNS).reshape(ROWS, COLUMNS).astype(float)
    )


def analyse(counts: np.ndarray) -> np.ndarray:
    """z, one-sided p and the adjusted p of each cell."""
    study = np.ones_like(counts, dtype=bool)
    z = gi_star(counts, study, radius_m=RADIUS_M, cell_m=CELL_M)
    return benjamini_hochberg(upper_tail(z[study]))


def milliseconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The least processor time of several runs, after one that is not counted."""
    work()
    times = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times) * 1e3


def report() -> None:
    """Print the cost at four sizes beside the binning, and beside esda and scipy."""
    print(
        f"Gi* + FDR on a {COLUMNS} x {ROWS} grid of {CELL_M} m, disk of {RADIUS_M} m, processor ms"
    )
    print(f"{'marks':>10} {'index + bincount':>17} {'bincount':>9} {'Gi*+FDR':>9} {'density':>9}"
          f" {'Gi* / index + bincount (target 5)':>34} {'both':>6}")  # fmt: skip
    ours = {}
    for n in (10_000, REFERENCE, 1_000_000):
        x, y = marks(n)
        counts, flat = count(x, y), cells_of(x, y)
        binning = milliseconds(lambda x=x, y=y: count(x, y))
        alone = milliseconds(lambda flat=flat: np.bincount(flat, minlength=ROWS * COLUMNS))
        testing = milliseconds(lambda counts=counts: analyse(counts))
        density = milliseconds(lambda counts=counts: _density(counts))
        ours[n] = testing, density, binning
        print(f"{n:>10} {binning:>17.2f} {alone:>9.2f} {testing:>9.2f} {density:>9.2f}"
              f" {testing / binning:>33.1f}x {(binning + testing) / binning:>5.1f}x")  # fmt: skip
    growth = ours[1_000_000][0] / ours[10_000][0]
    print(f"  from 10 000 to 1 000 000 marks beyond the binning: {growth:.2f}x (target 1.5)")
    _beside_esda(*ours[1_000_000])
    _beside_scipy(ours[REFERENCE][1], ours[REFERENCE][2])


def _density(counts: np.ndarray) -> np.ndarray:
    return kernel_density(counts, cell_m=CELL_M, bandwidth_m=BANDWIDTH_M)


def _beside_esda(testing: float, _density: float, binning: float) -> None:
    """Its analytical form over all cells: weights and z, which need some three gigabytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the reference says of itself
        from esda.getisord import G_Local  # noqa: PLC0415 - heavy, and only here
        from libpysal.weights import DistanceBand  # noqa: PLC0415

        counts = count(*marks(REFERENCE))
        row, column = np.divmod(np.arange(counts.size), COLUMNS)
        middles = np.column_stack([column, row]) * float(CELL_M)
        started = time.process_time()
        weights = DistanceBand(middles, threshold=RADIUS_M, binary=True, silence_warnings=True)
        weighed = time.process_time()
        local = G_Local(counts.ravel(), weights, transform="B", star=True, permutations=0)
        done = time.process_time()
    study = np.ones_like(counts, dtype=bool)
    apart = np.abs(
        gi_star(counts, study, radius_m=RADIUS_M, cell_m=CELL_M).ravel() - local.Zs
    ).max()
    took = (done - started) * 1e3
    print(f"  esda, {REFERENCE} marks: {took:.0f} ms (weights {(weighed - started) * 1e3:.0f});"
          f" ours of a million, binning included, {testing + binning:.1f} ms:"
          f" {took / (testing + binning):.0f} times (target 1000)")  # fmt: skip
    print(f"    z differ by {apart:.1e}")


def _beside_scipy(density: float, binning: float) -> None:
    """Its kernel is evaluated at every hundredth cell, and the time multiplied."""
    from scipy.stats import gaussian_kde  # noqa: PLC0415

    x, y = marks(REFERENCE)
    some = np.arange(0, ROWS * COLUMNS, SAMPLED)
    at = np.vstack([(some % COLUMNS + 0.5) * CELL_M, (some // COLUMNS + 0.5) * CELL_M])
    kernel = gaussian_kde(np.vstack([x, y]))
    took = milliseconds(lambda: kernel(at), repeats=1) * SAMPLED
    print(f"  scipy gaussian_kde, {REFERENCE} marks: {took:.0f} ms (every {SAMPLED}th cell, times"
          f" {SAMPLED}); ours, binning included, {density + binning:.1f} ms:"
          f" {took / (density + binning):.0f} times (target 1000)")  # fmt: skip
