"""Counts per inhabitant with what chance does to them, and two places held against each other.

A count of rare things (deaths, fires) varies from year to year by chance alone, as a Poisson
variable does. Byar's approximation of its interval is the one that public health uses: it is
within a fraction of a per cent of the exact one from a count of one on.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from surveys.statistics.proportions import CONFIDENCE, wilson_interval

_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Rate:
    """``value`` per ``per`` inhabitants (or person-years), with its 95 % interval."""

    count: int
    population: int
    per: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RateRatio:
    """How many times higher the first rate is than the second, with its 95 % interval.

    ``high`` is None where the second place has no case: nothing can then be said upwards.
    """

    value: float | None
    low: float
    high: float | None

    @property
    def is_inconclusive(self) -> bool:
        """Whether chance alone may be behind the difference."""
        return self.low <= 1 and (self.high is None or self.high >= 1)


def rate(count: int, population: int, per: int = 100_000) -> Rate:
    """The rate of ``count`` cases among ``population`` > 0, with Byar's interval."""
    low, high = byar(count)
    scale = per / population
    return Rate(count, population, per, count * scale, low * scale, high * scale)


def byar(count: int) -> tuple[float, float]:
    """The 95 % interval of an expected number of which ``count`` were seen.

    Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (IARC 1987),
    p. 69.
    """
    low = 0.0
    if count:
        low = count * max(0.0, 1 - 1 / (9 * count) - _Z / (3 * sqrt(count))) ** 3
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + _Z / (3 * sqrt(more))) ** 3


def rate_ratio(one: Rate, other: Rate) -> RateRatio | None:
    """``one`` held against ``other``; None where neither place has a case.

    Given how many cases there are in all, those of the first place are a share of them; the
    share's interval (Wilson) turns into the ratio's.
    """
    n = one.count + other.count
    if n == 0:
        return None
    low, high = wilson_interval(one.count, n)
    people = other.population / one.population
    value = one.count / other.count * people if other.count else None
    return RateRatio(value, _odds(low) * people, _upper(high, people))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else 0.0


def _upper(share: float, people: float) -> float | None:
    return _odds(share) * people if share < 1 else None
