"""Whether two rounds differ: shares of two independent groups held against each other.

Counts in, plain numbers out, in the standard library only. The interval and the test answer two
questions: how large the difference may be, and how often chance alone would give one as large.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import comb, erfc, sqrt

from surveys.statistics.proportions import CONFIDENCE, Proportion, estimate_share

# Below this many expected in any cell of the four the normal curve is no good stand-in (W. G.
# Cochran, Some methods for strengthening the common chi-squared tests, Biometrics 10 (1954) 417).
MIN_EXPECTED = 5.0
SIGNIFICANCE = 0.05


class DifferenceTest(Enum):
    """How the p-value was found."""

    TWO_PROPORTIONS = "two_proportions"
    FISHER = "fisher"


@dataclass(frozen=True, slots=True)
class Difference:
    """``later`` minus ``earlier``, as shares between -1 and 1, with its interval and p-value."""

    earlier: Proportion
    later: Proportion
    difference: float
    low: float
    high: float
    p_value: float
    test: DifferenceTest

    @property
    def is_clear_of_zero(self) -> bool:
        """Whether the interval leaves no difference out."""
        return self.low > 0 or self.high < 0

    @property
    def holds(self) -> bool:
        """Whether chance alone would seldom give as large a difference, by the test alone."""
        return self.p_value < SIGNIFICANCE


def compare_shares(
    earlier: tuple[int, int], later: tuple[int, int], confidence: float = CONFIDENCE
) -> Difference:
    """Hold ``later`` against ``earlier``, each a count and its base n.

    Newcombe's interval; Fisher's exact test where an expected count is below 5, else the test of
    two proportions. Raises ValueError as ``wilson_interval``.
    """
    low, high = newcombe_interval(earlier, later, confidence)
    first, second = estimate_share(*earlier, confidence), estimate_share(*later, confidence)
    if smallest_expected(earlier, later) < MIN_EXPECTED:
        test, p_value = DifferenceTest.FISHER, fisher_exact(earlier, later)
    else:
        test, p_value = DifferenceTest.TWO_PROPORTIONS, two_proportion_test(earlier, later)[1]
    return Difference(first, second, second.share - first.share, low, high, p_value, test)


def newcombe_interval(
    earlier: tuple[int, int], later: tuple[int, int], confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """The interval of the share of ``later`` minus that of ``earlier``, by both Wilson intervals.

    Raises ValueError as ``wilson_interval``.

    Source: method 10 (hybrid score, no continuity correction) of R. G. Newcombe, Interval
    estimation for the difference between independent proportions: comparison of eleven methods,
    Statistics in Medicine 17 (1998) 873-890.
    """
    first, second = estimate_share(*earlier, confidence), estimate_share(*later, confidence)
    difference = second.share - first.share
    below = sqrt((second.share - second.low) ** 2 + (first.high - first.share) ** 2)
    above = sqrt((second.high - second.share) ** 2 + (first.share - first.low) ** 2)
    return max(-1.0, difference - below), min(1.0, difference + above)


def two_proportion_test(earlier: tuple[int, int], later: tuple[int, int]) -> tuple[float, float]:
    """z and the two-sided p-value of equal shares, with the pooled share and no correction.

    z squared is Pearson's chi-squared of the four cells. Raises ValueError where nobody or
    everybody of both groups is counted: then there is nothing to test.

    Source: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and Proportions,
    3rd ed. (2003), section 3.1.
    """
    (count_1, n_1), (count_2, n_2) = earlier, later
    pooled = (count_1 + count_2) / (n_1 + n_2)
    if pooled in {0.0, 1.0}:
        raise ValueError("both shares are 0 or both are 1")
    error = sqrt(pooled * (1 - pooled) * (1 / n_1 + 1 / n_2))
    z = (count_2 / n_2 - count_1 / n_1) / error
    return z, erfc(abs(z) / sqrt(2))


def fisher_exact(earlier: tuple[int, int], later: tuple[int, int]) -> float:
    """The two-sided p-value of equal shares, given all four totals of the table.

    The chances of all tables that are no more likely than the one seen, summed. They are whole
    numbers here, so that tables that are equally likely are so exactly.

    Source: R. A. Fisher, The logic of inductive inference, Journal of the Royal Statistical
    Society 98 (1935) 39-82; two-sided as A. Agresti, Categorical Data Analysis, 2nd ed. (2002),
    section 3.5.1.
    """
    (count_1, n_1), (count_2, n_2) = earlier, later
    counted = count_1 + count_2
    first = max(0, counted - n_2)
    ways = comb(n_1, first) * comb(n_2, counted - first)
    chances = [ways]
    for x in range(first, min(counted, n_1)):
        ways = ways * (n_1 - x) * (counted - x) // ((x + 1) * (n_2 - counted + x + 1))
        chances.append(ways)
    seen = chances[count_1 - first]
    return sum(ways for ways in chances if ways <= seen) / sum(chances)


def smallest_expected(earlier: tuple[int, int], later: tuple[int, int]) -> float:
    """The smallest count of the four cells that equal shares would let expect."""
    (count_1, n_1), (count_2, n_2) = earlier, later
    counted, total = count_1 + count_2, n_1 + n_2
    return min(n_1, n_2) * min(counted, total - counted) / total


def holm_adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values of one family of comparisons, raised so that all of them hold together.

    In the order given, each at most 1.

    Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal
    of Statistics 6 (1979) 65-70.
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * p_values[place]))
        adjusted[place] = largest
    return tuple(adjusted)
