"""The density of persons over a grid: a Gaussian kernel with a bandwidth that is always said."""

from enum import StrEnum

import numpy as np
from scipy import ndimage

from maps.engine.grid import Floats

MAX_BANDWIDTH_M = 1000.0
_STEP = 1.25
_NORMAL_IQR = 1.349  # interquartile range of a normal distribution with standard deviation 1
_CUT = 4.0  # the kernel ends at four standard deviations: 0.03 % of its mass in two dimensions


class BandwidthRule(StrEnum):
    """How the bandwidth was chosen."""

    SCOTT_ROBUST = "scott_robust"
    LEAST_SQUARES = "least_squares"
    GIVEN = "given"


def scott_robust_m(east: Floats, north: Floats, *, cell_m: float) -> float:
    """Scott's rule in two dimensions with a robust spread: A * n ** (-1/6), in metres.

    A is the mean over the two axes of min(standard deviation, IQR / 1.349) (Scott 1992, the robust
    spread after Silverman 1986). Never below one cell, which is all that the grid can show, nor
    above 1 000 m, where a neighbourhood is no longer told from the next.
    """
    if east.size == 0:
        return cell_m
    spreads = [min(float(axis.std()), _iqr(axis) / _NORMAL_IQR) for axis in (east, north)]
    rule = float(np.mean(spreads)) * east.size ** (-1 / 6)
    return min(max(rule, cell_m), max(MAX_BANDWIDTH_M, cell_m))


def least_squares_m(counts: Floats, *, cell_m: float) -> float:
    """The bandwidth in metres whose density lies nearest the true one: least-squares
    cross-validation (Rudemo 1982, Bowman 1984) over steps of a quarter, on counts per cell.

    A narrow cluster in wide ground calls for a narrow kernel, which a rule that looks at the
    spread of all marks cannot see. From one cell to 1 000 m, or one cell where that is more.
    """
    n = float(counts.sum())
    steps = int(np.log(max(1.0, MAX_BANDWIDTH_M / cell_m)) / np.log(_STEP)) + 1
    if n < 2:
        return cell_m
    losses = {}
    for bandwidth in cell_m * _STEP ** np.arange(steps):
        own = n / (2 * np.pi * (bandwidth / 1000) ** 2)  # each mark's kernel at the mark itself
        twice, once = (
            float((counts * kernel_density(counts, cell_m=cell_m, bandwidth_m=width)).sum())
            for width in (bandwidth * np.sqrt(2), bandwidth)
        )
        losses[float(bandwidth)] = twice / n**2 - 2 * (once - own) / (n * (n - 1))
    return min(losses, key=lambda bandwidth: losses[bandwidth])


def kernel_density(value: Floats, *, cell_m: float, bandwidth_m: float) -> Floats:
    """Persons per square kilometre: the grid of persons smoothed by a separable Gaussian."""
    sigma = bandwidth_m / cell_m
    smooth = ndimage.gaussian_filter(
        value.astype(np.float64), sigma, mode="constant", truncate=_CUT
    )
    density: Floats = smooth / (cell_m / 1000) ** 2
    return density


def _iqr(values: Floats) -> float:
    low, high = np.percentile(values, [25, 75])
    return float(high - low)
