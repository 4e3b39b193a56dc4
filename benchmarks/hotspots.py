"""Gi* with false-discovery control against binning the same points with ``np.bincount``."""

import time
from collections.abc import Callable

import numpy as np

from maps.gi_star import benjamini_hochberg, gi_star, upper_tail

WIDTH_M, HEIGHT_M, CELL_M = 40_000, 30_000, 100
COLUMNS, ROWS = WIDTH_M // CELL_M, HEIGHT_M // CELL_M
RADIUS_M = 500
REPEATS = 7


def marks(n: int, seed: int = 20_261_120) -> tuple[np.ndarray, np.ndarray]:
    """``n`` marks in metres: seven in ten in forty clusters, the rest anywhere."""
    draw = np.random.default_rng(seed)
    clustered = int(n * 0.7)
    centres = draw.uniform((2_000, 2_000), (WIDTH_M - 2_000, HEIGHT_M - 2_000), (40, 2))
    near = centres[draw.integers(0, 40, clustered)] + draw.normal(0, 300, (clustered, 2))
    points = np.vstack([near, draw.uniform((0, 0), (WIDTH_M, HEIGHT_M), (n - clustered, 2))])
    points = np.clip(points, 0, (WIDTH_M - 1, HEIGHT_M - 1))
    return points[:, 0], points[:, 1]


def count(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Points per cell, a row per 100 m northwards."""
    cells = (y // CELL_M).astype(np.int64) * COLUMNS + (x // CELL_M).astype(np.int64)
    return np.bincount(cells, minlength=ROWS * COLUMNS).reshape(ROWS, COLUMNS).astype(float)


def analyse(counts: np.ndarray) -> np.ndarray:
    """z, one-sided p and the adjusted p of each cell."""
    study = np.ones_like(counts, dtype=bool)
    z = gi_star(counts, study, radius_m=RADIUS_M, cell_m=CELL_M)
    return benjamini_hochberg(upper_tail(z[study]))


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several runs, after one that is not counted."""
    work()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return float(np.median(times) * 1e3)


def report() -> None:
    """Print the cost at four sizes and its ratio to the binning."""
    print(f"Gi* + FDR on a {COLUMNS} x {ROWS} grid of {CELL_M} m, disk of {RADIUS_M} m")
    print(f"{'marks':>10} {'bincount ms':>12} {'Gi*+FDR ms':>12} {'both / bincount':>16}")
    for n in (1_000, 10_000, 100_000, 1_000_000):
        x, y = marks(n)
        counts = count(x, y)
        binning = milliseconds(lambda x=x, y=y: count(x, y))
        testing = milliseconds(lambda counts=counts: analyse(counts))
        print(f"{n:>10} {binning:>12.2f} {testing:>12.2f} {(binning + testing) / binning:>15.1f}x")
