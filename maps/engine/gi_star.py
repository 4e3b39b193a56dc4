"""Getis-Ord Gi* on a grid with binary disk weights, the cell itself included.

Ord and Getis (1995): z of the sum over the disk, against the mean and variance of all cells of the
study area. Held to esda's G_Local(star=True) in the tests. No permutations: the normal
approximation, one-sided, with Benjamini and Hochberg's control of the false discovery rate. Counts
are skewed to the right, so the approximation finds somewhat more than the rate promises where marks
are sparse: a reason why its areas are called concentrations.
"""

import math

import numpy as np
from scipy import special

from maps.engine.grid import Bools, Floats

_EDGE = 1e-9  # a middle exactly on the circle belongs to the disk, whatever rounding says


def disk_sum(values: Floats, *, radius_m: float, cell_m: float) -> Floats:
    """The sum of the cells whose middle is within radius_m of each cell's, none outside the grid.

    Row-wise running sums: exact for whole numbers and cheap up to some hundred thousand cells.
    """
    rows, columns = values.shape
    blocks = radius_m / cell_m
    reach = math.floor(blocks + _EDGE)
    margin = min(reach, columns)
    # Nothing before the first column, everything after the last: each half disk is then a slice.
    running = np.zeros((rows, columns + 2 * margin + 1))
    np.cumsum(values, axis=1, out=running[:, margin + 1 : margin + 1 + columns])
    running[:, margin + 1 + columns :] = running[:, margin + columns : margin + columns + 1]
    total = np.zeros(values.shape)
    for step in range(min(reach, rows - 1) + 1):
        half = math.floor(math.sqrt(max(0.0, blocks**2 - step**2)) + _EDGE)
        half = min(half, margin)
        right = running[:, margin + 1 + half : margin + 1 + half + columns]
        along = right - running[:, margin - half : margin - half + columns]
        total[step:] += along[: rows - step]
        if step:
            total[: rows - step] += along[step:]
    return total


def gi_star(values: Floats, study: Bools, *, radius_m: float, cell_m: float) -> Floats:
    """z per cell of the study area, NaN outside it.

    Only cells of the study area count, as values and as neighbours. All z are 0 when the values
    do not vary or the disk covers the whole area: then nothing can stand out.
    """
    z = np.full(values.shape, np.nan)
    inside = values[study]
    n = inside.size
    if n == 0:
        return z
    mean = inside.mean()
    spread = math.sqrt(max(0.0, float((inside**2).mean() - mean**2)))
    z[study] = 0.0
    if n < 2 or spread == 0:
        return z
    neighbours = disk_sum(study.astype(np.float64), radius_m=radius_m, cell_m=cell_m)[study]
    summed = disk_sum(np.where(study, values, 0.0), radius_m=radius_m, cell_m=cell_m)[study]
    scale = spread * np.sqrt(np.maximum(0.0, n * neighbours - neighbours**2) / (n - 1))
    z[study] = np.divide(summed - mean * neighbours, scale, out=np.zeros(n), where=scale > 0)
    return z


def upper_tail(z: Floats) -> Floats:
    """One-sided p: how often a standard normal is at least z; NaN stays NaN."""
    p: Floats = special.ndtr(-z)
    return p


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted p (q) of a family of tests; NaN stays out of the family and stays NaN."""
    q = np.full(p.shape, np.nan)
    tested = np.isfinite(p)
    family = p[tested]
    n = family.size
    if n == 0:
        return q
    order = np.argsort(family)[::-1]  # the order of equals changes nothing
    scaled = family[order] * n / np.arange(n, 0, -1)
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled))
    q[tested] = adjusted
    return q
