"""The likelihood ratios, relative risk and Monte Carlo p, by hand."""

import math

import numpy as np
import pytest

from maps.engine.scan_statistic import (
    bernoulli_ratio,
    critical_ratio,
    monte_carlo_p,
    poisson_ratio,
    relative_risk,
)


def test_the_poisson_ratio_is_kulldorffs_formula():
    by_hand = 40 * math.log(40 / 15.78) + 627 * math.log(627 / (667 - 15.78))
    assert poisson_ratio(40.0, 15.78, 667.0) == pytest.approx(by_hand)


# Clusters as SaTScan reports them, by the tests of the R packages smerc (test-scan.test.R) and
# smacpod (test-spscan.test.R), which are held to its output: leukaemia in New York's 281 tracts
# (their nydf), 552 cases among 1 057 673 people, and 30 affected of 143 graves (their grave).
NEW_YORK = [
    # cases, population, expected, observed / expected, relative risk, log likelihood ratio
    (85, 95_249, 49.71, 1.71, 1.84, 11.577255),
    (38, 34_083, 17.79, 2.14, 2.22, 9.019716),
    (11, 8_839, 4.61, 2.38, 2.41, 3.209485),
]
GRAVES = [
    (11, 19, 3.99, 2.76, 3.78, 7.42),
    (3, 3, 0.63, 4.77, 5.19, 4.81),
]


@pytest.mark.parametrize(("cases", "people", "expected", "times", "risk", "ratio"), NEW_YORK)
def test_satscans_clusters_of_new_york_have_its_figures(
    cases: int, people: int, expected: float, times: float, risk: float, ratio: float
) -> None:
    ours = 552 * people / 1_057_673
    assert round(ours, 2) == expected
    assert round(cases / ours, 2) == times
    assert round(relative_risk(cases, ours, 552), 2) == risk
    assert round(float(poisson_ratio(cases, ours, 552)), 6) == ratio


@pytest.mark.parametrize(("cases", "marks", "expected", "times", "risk", "ratio"), GRAVES)
def test_satscans_clusters_of_graves_have_its_figures(
    cases: int, marks: int, expected: float, times: float, risk: float, ratio: float
) -> None:
    ours = 30 * marks / 143
    assert (round(ours, 2), round(cases / ours, 2)) == (expected, times)
    assert round((cases / marks) / ((30 - cases) / (143 - marks)), 2) == risk
    assert round(relative_risk(cases, ours, 30), 2) == risk  # the same number by expected cases
    found = bernoulli_ratio(np.array(float(cases)), np.array(float(marks)), 30, 143)
    assert round(float(found), 2) == ratio


def test_a_deficit_is_no_cluster_and_every_case_inside_is_the_most_likely_one():
    assert poisson_ratio(3.0, 8.0, 100.0) == 0
    assert poisson_ratio(8.0, 8.0, 100.0) == 0
    assert poisson_ratio(100.0, 20.0, 100.0) == pytest.approx(100 * math.log(5))
    assert poisson_ratio(1.0, 0.0, 100.0) == math.inf


def test_the_bernoulli_ratio_compares_the_shares_inside_and_outside():
    def log_likelihood(c, n):
        return c * math.log(c / n) + (n - c) * math.log((n - c) / n)

    by_hand = log_likelihood(9, 20) + log_likelihood(11, 180) - log_likelihood(20, 200)
    assert bernoulli_ratio(9.0, 20.0, 20.0, 200.0) == pytest.approx(by_hand)
    assert bernoulli_ratio(2.0, 20.0, 20.0, 200.0) == 0
    assert np.isfinite(bernoulli_ratio(20.0, 20.0, 20.0, 200.0))


def test_relative_risk_compares_with_the_rest():
    assert relative_risk(20, 10, 100) == pytest.approx((20 / 10) / (80 / 90))
    assert relative_risk(100, 10, 100) == math.inf


def test_p_is_the_rank_among_the_maxima_and_the_critical_ratio_is_where_it_passes_alpha():
    maxima = np.arange(1.0, 100.0)
    assert monte_carlo_p(1000.0, maxima) == 0.01
    assert monte_carlo_p(95.5, maxima) == 0.05
    critical = critical_ratio(maxima, 0.05)
    assert monte_carlo_p(critical + 1e-6, maxima) == 0.05
    assert monte_carlo_p(critical, maxima) > 0.05
    assert critical_ratio(np.array([1.0, 2.0]), 0.05) == math.inf
