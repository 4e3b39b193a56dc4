"""Rates of rare things: how much chance is in them, held to published numbers."""

import pytest

from surveys.statistics.rates import byar, rate, rate_ratio


@pytest.mark.parametrize(
    # The exact Poisson limits (Ulm 1990), which Byar's come close to.
    ("count", "low", "high"),
    [(1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (28, 18.606, 40.468)],
)
def test_the_interval_of_a_count_is_close_to_the_exact_one(
    count: int, low: float, high: float
) -> None:
    found = byar(count)
    assert found[0] == pytest.approx(low, rel=0.06, abs=0.02)
    assert found[1] == pytest.approx(high, rel=0.02)


def test_no_case_still_leaves_something_possible() -> None:
    low, high = byar(0)
    assert low == 0
    assert 2.5 < high < 4


def test_a_rate_is_told_per_inhabitants() -> None:
    found = rate(28, 153_000)
    assert found.value == pytest.approx(18.3, abs=0.05)
    assert found.low < found.value < found.high


def test_few_cases_say_nothing_of_a_difference_and_many_do() -> None:
    few = rate_ratio(rate(5, 25_000), rate(13, 100_000))
    assert few is not None
    assert few.value == pytest.approx(1.54, abs=0.01)
    assert few.is_inconclusive
    many = rate_ratio(rate(500, 25_000), rate(1300, 100_000))
    assert many is not None
    assert not many.is_inconclusive


def test_places_without_a_case_are_held_against_each_other_as_far_as_that_goes() -> None:
    assert rate_ratio(rate(0, 1000), rate(0, 1000)) is None
    none_there = rate_ratio(rate(3, 1000), rate(0, 1000))
    assert none_there is not None
    assert none_there.value is None
    assert none_there.is_inconclusive or none_there.low > 1
