"""Differences are held to published examples, to statsmodels and to scipy."""

from itertools import product

import pytest
from scipy.stats import fisher_exact as scipy_fisher
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from surveys.statistics.comparison import (
    DifferenceTest,
    compare_shares,
    fisher_exact,
    holm_adjusted,
    newcombe_interval,
    smallest_expected,
    two_proportion_test,
)

# R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10. The paper takes
# the first share minus the second.
NEWCOMBE = (
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
)
BASES = ((1, 1), (4, 30), (29, 30), (100, 57), (346, 78), (900, 51_000))


def tables() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of counts and bases, from nobody to everybody."""
    return [
        ((first, n_1), (second, n_2))
        for n_1, n_2 in BASES
        for first, second in product({0, n_1 // 3, n_1 - 1, n_1}, {0, n_2 // 2, n_2})
    ]


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE)
def test_published_intervals_of_differences_are_found_again(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe_interval(second, first) == pytest.approx((low, high), abs=5e-5)


def test_intervals_of_differences_equal_those_of_statsmodels() -> None:
    for earlier, later in tables():
        theirs = confint_proportions_2indep(*later, *earlier, compare="diff", method="newcomb")
        assert newcombe_interval(earlier, later) == pytest.approx(theirs, abs=1e-12)


def test_the_published_test_of_two_shares_is_found_again() -> None:
    # Aspirin and heart attacks, A. Agresti, An Introduction to Categorical Data Analysis, table
    # 2.3: Pearson's chi-squared is 25.0139.
    z, p_value = two_proportion_test((189, 11_034), (104, 11_037))
    assert z**2 == pytest.approx(25.0139, abs=5e-5)
    assert z < 0
    assert p_value == pytest.approx(5.69e-7, rel=1e-2)


def test_tests_of_two_shares_equal_those_of_statsmodels() -> None:
    compared = 0
    for earlier, later in tables():
        if earlier[0] + later[0] in {0, earlier[1] + later[1]}:
            continue
        counts, bases = zip(later, earlier, strict=True)
        theirs = proportions_ztest(list(counts), list(bases))
        assert two_proportion_test(earlier, later) == pytest.approx(theirs, abs=1e-12)
        compared += 1
    assert compared > 30


def test_nothing_is_tested_where_nobody_said_so_in_either_round() -> None:
    with pytest.raises(ValueError, match="both shares"):
        two_proportion_test((0, 50), (0, 60))


@pytest.mark.parametrize(
    ("earlier", "later", "p_value"),
    [
        # R. A. Fisher, The Design of Experiments (1935): the lady and the tea. Two-sided in
        # A. Agresti, Categorical Data Analysis, 2nd ed., section 3.5.2.
        ((3, 4), (1, 4), 0.4857),
        # R. A. Fisher, Statistical Methods for Research Workers (1970), p. 95: convictions of
        # like-sex twins of criminals. Two-sided in the manual of R's fisher.test.
        ((2, 17), (10, 13), 0.0005367),
    ],
)
def test_published_exact_tests_are_found_again(
    earlier: tuple[int, int], later: tuple[int, int], p_value: float
) -> None:
    assert fisher_exact(earlier, later) == pytest.approx(p_value, abs=6e-5, rel=1e-3)


def test_exact_tests_equal_those_of_scipy() -> None:
    for earlier, later in tables():
        table = [[k, n - k] for k, n in (earlier, later)]
        theirs = scipy_fisher(table).pvalue
        assert fisher_exact(earlier, later) == pytest.approx(theirs, abs=1e-9, rel=1e-9)


def test_the_published_family_of_tests_is_found_again() -> None:
    # H. Abdi, Holm's sequential Bonferroni procedure, Encyclopedia of Research Design (2010).
    found = holm_adjusted((0.0161, 0.000040, 0.6123))
    assert found == pytest.approx((0.0322, 0.000120, 0.6123), abs=1e-9)


def test_families_of_tests_equal_those_of_statsmodels() -> None:
    families = ((0.04,), (0.01, 0.01, 0.01), (0.9, 0.001, 0.03, 0.04, 0.02, 0.5), (1.0, 1.0))
    for p_values in families:
        theirs = multipletests(p_values, method="holm")[1]
        assert holm_adjusted(p_values) == pytest.approx(theirs, abs=1e-12)
    assert holm_adjusted(()) == ()


def test_few_expected_answers_call_for_the_exact_test() -> None:
    few, enough = compare_shares((1, 20), (7, 20)), compare_shares((5, 20), (5, 20))
    assert smallest_expected((1, 20), (7, 20)) == 4.0
    assert few.test is DifferenceTest.FISHER
    assert smallest_expected((5, 20), (5, 20)) == 5.0
    assert enough.test is DifferenceTest.TWO_PROPORTIONS


def test_a_difference_is_the_later_round_minus_the_earlier() -> None:
    found = compare_shares((100, 400), (60, 400))
    assert found.difference == pytest.approx(-0.10)
    assert found.low < found.difference < found.high < 0
    assert found.holds
    assert not compare_shares((100, 400), (98, 400)).holds


def test_nobody_in_either_round_is_no_difference() -> None:
    found = compare_shares((0, 40), (0, 50))
    assert (found.difference, found.p_value, found.test) == (0.0, 1.0, DifferenceTest.FISHER)
    assert found.low < 0 < found.high
