"""Kulldorff's spatial scan statistic: the likelihood ratios and their Monte Carlo p.

Kulldorff (1997), "A spatial scan statistic": among all windows, the one whose excess over the
rest is least likely to be chance. Only excesses count, never deficits. The p of a window is its
rank among the greatest ratios of data drawn without clusters, so it already pays for the search
over every window, and secondary windows are judged by the same, strict measure.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Statistic = Callable[[Floats, Floats, float], Floats]  # cases, expected, total

_FAR = 1e-250  # p below this is about to be no number any more


def poisson_ratio(cases: npt.ArrayLike, expected: npt.ArrayLike, total: float) -> Floats:
    """Log likelihood ratio of windows with `cases` where `expected` were, of `total` cases in all.

    0 where there is no excess; infinity where cases stand in a window that expects none.
    """
    cases, expected = np.broadcast_arrays(np.asarray(cases, float), np.asarray(expected, float))
    outside = total - cases
    with np.errstate(divide="ignore", invalid="ignore"):
        inside_term = np.where(cases > 0, cases * np.log(cases / expected), 0.0)
        outside_term = np.where(outside > 0, outside * np.log(outside / (total - expected)), 0.0)
    ratio: Floats = np.where(cases > expected, inside_term + outside_term, 0.0)
    return ratio


def surprise(cases: Floats, expected: Floats, total: float) -> Floats:
    """-log p that a window holds so many or more of `total` cases by chance: exact, binomial.

    0 where there is no excess. Beyond p of 1e-250 the tail is the sum of a geometric series.
    """
    cases, expected = np.broadcast_arrays(np.asarray(cases, float), np.asarray(expected, float))
    tail = np.zeros(cases.shape)
    more = cases > expected
    count, others = cases[more], total - cases[more]
    share = np.clip(expected[more] / total, 1e-300, 1.0)
    p = special.betainc(count, others + 1, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        one = special.gammaln(total + 1) - special.gammaln(count + 1) - special.gammaln(others + 1)
        one += special.xlogy(count, share) + special.xlog1py(others, -share)
        step = others / (count + 1) * share / (1 - share)
        tail[more] = np.where(p > _FAR, -np.log(p), -one + np.log1p(-step))
    return tail


def bernoulli_ratio(cases: Floats, marks: Floats, total_cases: float, total: float) -> Floats:
    """Log likelihood ratio of windows where `cases` of the `marks` are of the asked kind.

    `total_cases` of all `total` marks are. 0 where the share is no greater inside than outside.
    """
    cases, marks = np.broadcast_arrays(np.asarray(cases, float), np.asarray(marks, float))
    inside = _binomial(cases, marks) + _binomial(total_cases - cases, total - marks)
    whole = _binomial(np.asarray(total_cases, float), np.asarray(total, float))
    excess = cases * (total - marks) > (total_cases - cases) * marks
    ratio: Floats = np.where(excess, inside - whole, 0.0)
    return ratio


def relative_risk(cases: float, expected: float, total: float) -> float:
    """How many times the rate outside the rate inside is; infinity when all cases are inside."""
    outside = total - cases
    if outside <= 0:
        return float("inf")
    if expected <= 0:
        return float("inf") if cases > 0 else 0.0
    return (cases / expected) / (outside / (total - expected))


def monte_carlo_p(ratio: float, maxima: Floats) -> float:
    """The rank of `ratio` among the simulated maxima, itself counted: (1 + as great) / (1 + n).

    Ratios that differ by rounding only are as great as each other.
    """
    as_great = int(np.count_nonzero(maxima >= ratio - 1e-9 * max(1.0, abs(ratio))))
    return (1 + as_great) / (1 + maxima.size)


def critical_ratio(maxima: Floats, alpha: float) -> float:
    """The least simulated-free ratio with p at most `alpha`; infinity with too few simulations.

    A ratio above the returned value has fewer than alpha * (n + 1) maxima as great as itself.
    """
    allowed = int(np.floor(alpha * (maxima.size + 1) + 1e-9)) - 1
    if allowed < 0:
        return float("inf")
    if allowed >= maxima.size:
        return 0.0
    return float(np.sort(maxima)[::-1][allowed])


def _binomial(cases: Floats, marks: Floats) -> Floats:
    """c ln(c/n) + (n - c) ln((n - c)/n), 0 where a factor is."""
    others = marks - cases
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(cases > 0, cases * np.log(cases / marks), 0.0)
        second = np.where(others > 0, others * np.log(others / marks), 0.0)
    total: Floats = first + second
    return total
