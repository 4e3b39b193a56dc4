"""A place before and after against the places around it: counts of persons in, numbers out.

Both measures describe an association. Neither can tell what brought a change about.
"""

from dataclasses import dataclass
from enum import Enum
from math import exp, log, sqrt
from statistics import NormalDist

from surveys.statistics.proportions import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Relative:
    """A ratio with its interval; 1 is "changed as the rest did"."""

    value: float
    low: float
    high: float

    @property
    def is_clear_of_one(self) -> bool:
        """Whether the interval leaves "as the rest" out."""
        return self.low > 1 or self.high < 1


def relative_change(
    before: tuple[int, int], after: tuple[int, int], confidence: float = CONFIDENCE
) -> Relative:
    """How the number inside changed, divided by how the number outside changed.

    Each pair is (inside, outside), different persons. The interval is Woolf's, on the logarithm;
    where a number is 0, one half is added to all four (Haldane and Anscombe). Raises ValueError for
    negative numbers and where a round has nobody.

    Source: B. Woolf, On estimating the relation between blood group and disease, Annals of Human
    Genetics 19 (1955) 251-253; as a measure of a place before and after, D. P. Farrington and
    B. C. Welsh, Effects of improved street lighting on crime: a systematic review (2002).
    """
    four = (*before, *after)
    if min(four) < 0 or not sum(before) or not sum(after):
        raise ValueError("each round needs persons, and no number is negative")
    extra = 0.0 if all(four) else 0.5
    inside_0, outside_0, inside_1, outside_1 = (number + extra for number in four)
    middle = log(inside_1 * outside_0 / (inside_0 * outside_1))
    error = sqrt(1 / inside_0 + 1 / outside_0 + 1 / inside_1 + 1 / outside_1)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * error
    return Relative(exp(middle), exp(middle - reach), exp(middle + reach))


class Displacement(Enum):
    """What the weighted displacement quotient says of the ring around a place."""

    SPREAD_MORE = "spread_more"  # > 1: the ring fell by more than the place
    SPREAD = "spread"  # > 0: the ring fell too
    NONE = "none"  # 0
    PART = "part"  # > -1: the ring rose by less than the place fell
    ALL = "all"  # <= -1: the ring rose by as much as the place fell, or by more


@dataclass(frozen=True, slots=True)
class Quotient:
    """The weighted displacement quotient and what it says."""

    value: float

    @property
    def says(self) -> Displacement:
        """The reading that its authors give."""
        if self.value > 1:
            return Displacement.SPREAD_MORE
        if self.value > 0:
            return Displacement.SPREAD
        if self.value == 0:
            return Displacement.NONE
        return Displacement.PART if self.value > -1 else Displacement.ALL


def displacement_quotient(
    place: tuple[int, int], ring: tuple[int, int], rest: tuple[int, int]
) -> Quotient | None:
    """The change in the ring against the rest, over the change at the place against the rest.

    Each pair is (before, after). None where the rest is empty, and where the place did not fall
    against the rest: there is then nothing that could have moved. It has no interval.

    Source: K. J. Bowers and S. D. Johnson, Measuring the geographical displacement and diffusion of
    benefit effects of crime prevention activity, Journal of Quantitative Criminology 19 (2003)
    275-301.
    """
    if not all(rest):
        return None
    at_place, at_ring = (one[1] / rest[1] - one[0] / rest[0] for one in (place, ring))
    return Quotient(at_ring / at_place) if at_place < 0 else None
