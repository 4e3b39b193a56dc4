"""Weights that make those who answered look like those who live there, and what they cost.

Respondents are handled by cell: all in a cell share one weight, so 50 000 answers are as quick as
50. Counts in, plain numbers out. Weights mend who answered by age, gender and area; they do not
mend that those who answered chose to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from surveys.statistics.proportions import CONFIDENCE, Proportion, estimate_share, wilson_interval

Floats = npt.NDArray[np.float64]

LOWEST_WEIGHT, HIGHEST_WEIGHT = 0.3, 3.0
MAX_PASSES = 1000
MAX_TRIMS = 50
_CLOSE = 1e-10  # of a share: margins are met when none is further off


class DoesNotConverge(ValueError):
    """No weights meet all margins at once: a group of one lies wholly inside a group of another."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One way to divide the cells: the group of each, and the share that each group shall have."""

    groups: tuple[int, ...]
    targets: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each cell, 1 on average over respondents.

    ``n_trimmed`` respondents had a weight outside the limits, ``largest_gap`` is how far the
    weighted share of any group is left from its target, between 0 and 1.
    """

    by_cell: tuple[float, ...]
    n_trimmed: int
    largest_gap: float
    n_effective: float
    design_effect: float


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """A weighted share between 0 and 1, with its interval by the effective number of answers."""

    share: float
    low: float
    high: float
    n: int
    n_effective: float


@dataclass(frozen=True, slots=True)
class Representation:
    """A group's share of those who answered against its share of those who live there.

    ``ratio`` 0.5 is half as many as there should be; ``low`` to ``high`` is its interval.
    """

    among: Proportion
    of_population: float
    ratio: float
    low: float
    high: float


def weigh(
    counts: Sequence[int],
    margins: Sequence[Margin],
    *,
    low: float = LOWEST_WEIGHT,
    high: float = HIGHEST_WEIGHT,
) -> Weights:
    """Rake to ``margins``, trim to ``low``-``high`` times the average, and rake again.

    ``counts`` are respondents by cell, each above 0. Where trimming and raking cannot both be had,
    the limits hold and ``largest_gap`` tells what is left. Raises DoesNotConverge, or ValueError
    where a group with a target has no respondent.

    Trimming by turns with raking: L. Kish, Weighting for unequal P_i, Journal of Official
    Statistics 8 (1992) 183-200; D. Izrael, M. P. Battaglia and M. R. Frankel, Extreme survey
    weight adjustment as a component of sample balancing, SAS Global Forum (2009), paper 247.
    """
    n = np.asarray(counts, dtype=np.float64)
    weights = rake(n, margins) / n
    trimmed = np.zeros(len(n), dtype=bool)
    for _ in range(MAX_TRIMS):
        outside = (weights < low - _CLOSE) | (weights > high + _CLOSE)
        if not outside.any():
            break
        trimmed |= outside
        held = n * np.clip(weights, low, high)
        weights = rake(held * n.sum() / held.sum(), margins) / n
    else:
        weights = _held(n, weights, low, high)
    return Weights(
        by_cell=tuple(float(weight) for weight in weights),
        n_trimmed=int(n[trimmed].sum()),
        largest_gap=_largest_gap(n * weights, margins),
        n_effective=effective_n(counts, weights),
        design_effect=float(n.sum()) / effective_n(counts, weights),
    )


def rake(totals: Floats, margins: Sequence[Margin]) -> Floats:
    """``totals`` by cell, scaled group by group until each margin's groups have their targets.

    The sum stays. Raises DoesNotConverge, or ValueError as ``weigh``.

    Source: iterative proportional fitting, W. E. Deming and F. F. Stephan, On a least squares
    adjustment of a sampled frequency table when the expected marginal totals are known, Annals of
    Mathematical Statistics 11 (1940) 427-444.
    """
    fitted, whole = totals.copy(), totals.sum()
    divisions = [(np.asarray(m.groups), np.asarray(m.targets) * whole) for m in margins]
    for groups, targets in divisions:
        if ((np.bincount(groups, fitted, len(targets)) == 0) & (targets > 0)).any():
            raise ValueError("a group that shall have a share has no respondent")
    for _ in range(MAX_PASSES):
        for groups, targets in divisions:
            now = np.bincount(groups, fitted, len(targets))
            factors = np.divide(targets, now, out=np.ones_like(now), where=now > 0)
            fitted = fitted * factors[groups]
        if _largest_gap(fitted, margins) < _CLOSE:
            return fitted
    raise DoesNotConverge


def effective_n(counts: Sequence[int], weights: Sequence[float] | Floats) -> float:
    """How many equally weighted answers would be worth as much; 0 without any.

    Source: L. Kish, Survey Sampling (1965), section 11.7: the squared sum of the weights by the
    sum of their squares.
    """
    n, w = np.asarray(counts, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    squares = float((n * w * w).sum())
    return float((n * w).sum()) ** 2 / squares if squares else 0.0


def weighted_share(
    counted: Sequence[int],
    counts: Sequence[int],
    weights: Sequence[float],
    confidence: float = CONFIDENCE,
) -> WeightedShare:
    """The weighted share of ``counted`` among ``counts``, both by cell.

    Raises ValueError where ``counts`` has nobody.

    The interval is Wilson's with the effective number of answers for n: C. Franco, R. J. A.
    Little, T. A. Louis and E. V. Slud, Comparative study of confidence intervals for proportions
    in complex sample surveys, Journal of Survey Statistics and Methodology 7 (2019) 334-364.
    """
    part = sum(n * w for n, w in zip(counted, weights, strict=True))
    whole = sum(n * w for n, w in zip(counts, weights, strict=True))
    if whole <= 0:
        raise ValueError("a share of nobody")
    share = min(1.0, part / whole)
    size = effective_n(counts, weights)
    low, high = wilson_interval(share * size, size, confidence)
    return WeightedShare(share, low, high, sum(counts), size)


def represent(count: int, n: int, of_population: float) -> Representation:
    """``count`` of ``n`` respondents against a share of the population above 0.

    The population is counted, not sampled, so the interval of the ratio is that of the share by
    the same divisor. Raises ValueError as ``wilson_interval``, or where the group has nobody.
    """
    if of_population <= 0:
        raise ValueError("nobody lives there who could be represented")
    among = estimate_share(count, n)
    ratio, low, high = (x / of_population for x in (among.share, among.low, among.high))
    return Representation(among, of_population, ratio, low, high)


def _held(n: Floats, weights: Floats, low: float, high: float) -> Floats:
    """Weights within the limits, 1 on average: what is cut is shared out among the others."""
    held = np.clip(weights, low, high)
    for _ in range(MAX_TRIMS):
        free = (held > low) & (held < high)
        left = n.sum() - (n * held)[~free].sum()
        among = (n * held)[free].sum()
        if not free.any() or abs(left - among) < _CLOSE * n.sum():
            break
        held = np.where(free, np.clip(held * left / among, low, high), held)
    return held


def _largest_gap(fitted: Floats, margins: Sequence[Margin]) -> float:
    """How far the share of any group is from its target."""
    gaps = [0.0]
    for margin in margins:
        shares = np.bincount(margin.groups, fitted, len(margin.targets)) / fitted.sum()
        gaps.append(float(np.abs(shares - np.asarray(margin.targets)).max()))
    return max(gaps)
