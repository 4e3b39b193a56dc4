"""A place before and after: held to a published interval, to statsmodels, and to fractions."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import Table2x2

from surveys.statistics.before_after import Displacement, displacement_quotient, relative_change

# A. P. Wheeler and J. H. Ratcliffe, A simple weighted displacement difference test to evaluate
# place based crime interventions, Crime Science 7:11 (2018): crimes before and after.
TREATED, AROUND, CONTROL = (207, 110), (178, 157), (308, 318)


def test_a_published_ratio_is_found_again() -> None:
    # Placebo and aspirin, heart attack or none: A. Agresti, An Introduction to Categorical Data
    # Analysis, section 2.3: 1.83, 95 % interval 1.44 to 2.33.
    found = relative_change(before=(104, 10_933), after=(189, 10_845))
    assert round(found.value, 2) == 1.83
    assert (round(found.low, 2), round(found.high, 2)) == (1.44, 2.33)
    assert found.is_clear_of_one


def test_ratios_equal_those_of_statsmodels_and_of_half_more_where_a_number_is_zero() -> None:
    for inside_0, outside_0, inside_1, outside_1 in product(
        (0, 1, 9, 340), (5, 77), (0, 12), (3, 9)
    ):
        ours = relative_change((inside_0, outside_0), (inside_1, outside_1))
        four = np.array([[inside_1, inside_0], [outside_1, outside_0]], dtype=float)
        table = Table2x2(four if four.all() else four + 0.5)
        theirs = (table.oddsratio, *table.oddsratio_confint(0.05))
        assert (ours.value, ours.low, ours.high) == pytest.approx(theirs, rel=1e-12)


def test_the_same_change_everywhere_is_one() -> None:
    found = relative_change((20, 200), (10, 100))
    assert found.value == pytest.approx(1)
    assert not found.is_clear_of_one


@pytest.mark.parametrize(
    ("before", "after"), [((0, 0), (1, 2)), ((1, 2), (0, 0)), ((-1, 5), (1, 2))]
)
def test_a_round_without_persons_has_no_ratio(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match="round"):
        relative_change(before, after)


def test_the_quotient_of_published_counts_is_that_of_its_formula() -> None:
    found = displacement_quotient(TREATED, AROUND, CONTROL)
    assert found is not None
    at_ring = Fraction(157, 318) - Fraction(178, 308)
    at_place = Fraction(110, 318) - Fraction(207, 308)
    assert found.value == pytest.approx(float(at_ring / at_place))
    assert round(found.value, 2) == 0.26
    assert found.says is Displacement.SPREAD


@pytest.mark.parametrize(
    ("ring", "says"),
    [
        ((50, 0), Displacement.SPREAD_MORE),
        ((50, 45), Displacement.SPREAD),
        ((50, 50), Displacement.NONE),
        ((50, 60), Displacement.PART),
        ((50, 90), Displacement.ALL),
    ],
)
def test_what_the_quotient_says_of_the_ring(ring: tuple[int, int], says: Displacement) -> None:
    found = displacement_quotient((60, 20), ring, (100, 100))
    assert found is not None
    assert found.says is says


def test_there_is_no_quotient_where_nothing_fell_or_there_is_no_rest() -> None:
    assert displacement_quotient((20, 20), (5, 9), (100, 100)) is None
    assert displacement_quotient((20, 25), (5, 9), (100, 100)) is None
    assert displacement_quotient((20, 10), (5, 9), (0, 100)) is None
