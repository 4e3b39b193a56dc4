"""Shares are held to published intervals and to statsmodels, not to their own output."""

import pytest
from statsmodels.stats.proportion import proportion_confint

from surveys.statistics.proportions import estimate_share, wilson_interval

# R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (Wilson).
NEWCOMBE = (
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
)


@pytest.mark.parametrize(("count", "n", "low", "high"), NEWCOMBE)
def test_published_intervals_are_found_again(count: int, n: int, low: float, high: float) -> None:
    assert wilson_interval(count, n) == pytest.approx((low, high), abs=5e-5)


def test_intervals_equal_those_of_statsmodels_at_every_count() -> None:
    for n in (1, 2, 7, 29, 30, 346, 51_000):
        for count in sorted({0, 1, n // 3, n // 2, n - 1, n}):
            for confidence in (0.8, 0.95, 0.99):
                theirs = proportion_confint(count, n, alpha=1 - confidence, method="wilson")
                assert wilson_interval(count, n, confidence) == pytest.approx(theirs, abs=1e-12)


def test_nobody_of_twelve_is_not_a_certain_zero() -> None:
    share = estimate_share(0, 12)
    assert (share.low, round(share.high, 2)) == (0.0, 0.24)
    assert share.is_small


def test_the_limit_for_percentages_is_thirty_answers() -> None:
    bases = [estimate_share(9, n) for n in (29, 30)]
    assert [share.is_small for share in bases] == [True, False]


@pytest.mark.parametrize(("count", "n"), [(0, 0), (1, 0), (-1, 10), (11, 10), (0, -3)])
def test_impossible_counts_are_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        estimate_share(count, n)
