"""Getis-Ord Gi* of values at any positions, with binary weights within a distance.

Ord and Getis (1995); z and p equal esda's G_Local(star=True, transform="B") in the tests.
"""

import math

import numpy as np
from scipy import special
from scipy.spatial import cKDTree

from maps.engine.grid import Floats

_AT_ONCE = 2000  # positions whose neighbours are held in memory together
_EDGE = 1e-9  # a neighbour exactly at the distance belongs, whatever rounding says
_ALIKE = 1e-13  # of the largest value: what differs by less is rounding, whatever the unit


def gi_star_at(position: Floats, values: Floats, distance: float) -> Floats:
    """z of each position (shape (n, 2) or (n, 3)), itself and its neighbours within `distance`.

    All z are 0 when the values do not vary, and z is 0 where the neighbours are everyone.
    """
    n = values.size
    z = np.zeros(n)
    if n < 2:
        return z
    mean = values.mean()
    spread = math.sqrt(max(0.0, float(((values - mean) ** 2).mean())))
    if spread <= _ALIKE * float(np.abs(values).max()):
        return z
    neighbours, summed = _neighbour_sums(position, values - mean, distance * (1 + _EDGE))
    scale = spread * np.sqrt(np.maximum(0.0, n * neighbours - neighbours**2) / (n - 1))
    return np.divide(summed, scale, out=z, where=scale > 0)


def all_alone(position: Floats, distance: float) -> bool:
    """Whether no position has another within `distance`: z then tells of single values only."""
    tree = cKDTree(position)
    for first in range(0, len(position), _AT_ONCE):
        part = position[first : first + _AT_ONCE]
        nearest, _ = tree.query(part, k=2, distance_upper_bound=distance * (1 + _EDGE))
        if np.isfinite(nearest[:, 1]).any():
            return False
    return True


def tail(z: Floats) -> Floats:
    """One-sided p in the direction of each z, as esda's p_norm: small for high and low alike."""
    p: Floats = special.ndtr(-np.abs(z))
    return p


def _neighbour_sums(position: Floats, values: Floats, distance: float) -> tuple[Floats, Floats]:
    tree = cKDTree(position)
    counts, sums = np.zeros(values.size), np.zeros(values.size)
    for first in range(0, values.size, _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        near = tree.query_ball_point(position[part], distance)
        lengths = np.fromiter((len(one) for one in near), dtype=np.int64, count=len(near))
        members = np.concatenate([np.asarray(one, dtype=np.int64) for one in near])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        counts[part] = lengths
        sums[part] = np.add.reduceat(values[members], starts)
    return counts, sums
