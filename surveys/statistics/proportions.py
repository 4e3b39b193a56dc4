"""Shares with their uncertainty."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
# A share of fewer answers than this moves by several points with each of them: it is written as
# "k of n" and never as a percentage.
FEW_ANSWERS = 30


@dataclass(frozen=True, slots=True)
class Proportion:
    """``count`` of ``n`` as a share between 0 and 1, with its interval ``low`` to ``high``."""

    count: int
    n: int
    share: float
    low: float
    high: float

    @property
    def is_small(self) -> bool:
        """Whether the base is too small for a percentage."""
        return self.n < FEW_ANSWERS


def wilson_interval(count: float, n: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The Wilson score interval of ``count`` of ``n``, without continuity correction.

    Both are whole numbers, except where weights make an effective number of answers. Raises
    ValueError unless 0 <= count <= n, 0 < n and 0 < confidence < 1.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927) 209-212; it is method 3 of
    R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in
    Medicine 17 (1998) 857-872, who found its coverage near the nominal one down to small n.
    """
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence} is not between 0 and 1")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / n
    middle = 2 * count + z * z
    reach = z * sqrt(z * z + 4 * count * (1 - share))
    scale = 2 * (n + z * z)
    # The ends are exact by the formula at 0 and n; rounding must not push them past.
    low = 0.0 if count == 0 else (middle - reach) / scale
    high = 1.0 if count == n else (middle + reach) / scale
    return low, high


def estimate_share(count: int, n: int, confidence: float = CONFIDENCE) -> Proportion:
    """``count`` of ``n`` with its Wilson interval. Raises ValueError as ``wilson_interval``."""
    low, high = wilson_interval(count, n, confidence)
    return Proportion(count, n, count / n, low, high)
