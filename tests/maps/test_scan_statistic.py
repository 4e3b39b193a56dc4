"""The likelihood ratios, relative risk and Monte Carlo p, by hand."""

import math

import numpy as np
import pytest

from maps.scan_statistic import (
    bernoulli_ratio,
    critical_ratio,
    monte_carlo_p,
    poisson_ratio,
    relative_risk,
)


def test_the_poisson_ratio_is_kulldorffs_formula():
    by_hand = 40 * math.log(40 / 15.78) + 627 * math.log(627 / (667 - 15.78))
    assert poisson_ratio(40.0, 15.78, 667.0) == pytest.approx(by_hand)


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
