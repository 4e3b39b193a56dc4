"""Weights are held to a published fit, to an independent calibration and to survey practice."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import root

from surveys.statistics.proportions import wilson_interval
from surveys.statistics.weighting import (
    DoesNotConverge,
    Margin,
    effective_n,
    rake,
    represent,
    weigh,
    weighted_share,
)

# The worked example of the manual of ProportionalFitting.jl (E.-J. van Kesteren): the same table
# and margins as in Wikipedia's article on iterative proportional fitting, fitted to the end.
SEED = ((40, 30, 20, 10), (35, 50, 100, 75), (30, 80, 70, 120), (20, 30, 40, 50))
ROWS, COLUMNS = (150, 300, 400, 150), (200, 300, 400, 100)
FITTED = (
    (64.5585, 46.2325, 35.3843, 3.82473),
    (49.9679, 68.1594, 156.499, 25.3742),
    (56.7219, 144.428, 145.082, 53.7673),
    (28.7516, 41.18, 63.0347, 17.0337),
)


def margin_of(places: list[tuple[int, ...]], axis: int, targets: tuple[float, ...]) -> Margin:
    whole = sum(targets)
    return Margin(tuple(place[axis] for place in places), tuple(t / whole for t in targets))


def published() -> tuple[list[int], tuple[Margin, Margin]]:
    places = list(product(range(4), range(4)))
    counts = [SEED[row][column] for row, column in places]
    return counts, (margin_of(places, 0, ROWS), margin_of(places, 1, COLUMNS))


def calibrated(counts: list[int], margins: tuple[Margin, ...]) -> np.ndarray:
    """The same fit by another way: J.-C. Deville and C.-E. Särndal, Calibration estimators in
    survey sampling, JASA 87 (1992) 376-382, with the multiplicative distance. Weights are
    exp(x'lambda), and lambda solves the equations of the margins."""
    n = np.asarray(counts, dtype=float)
    columns, totals = [np.ones(len(n))], [n.sum()]
    for margin in margins:
        for group, target in list(enumerate(margin.targets))[1:]:
            columns.append((np.asarray(margin.groups) == group).astype(float))
            totals.append(target * n.sum())
    x, t = np.stack(columns, axis=1), np.asarray(totals)
    found = root(lambda factor: x.T @ (n * np.exp(x @ factor)) - t, np.zeros(len(t)), tol=1e-12)
    assert found.success
    return np.exp(x @ found.x)


def test_a_published_table_is_fitted_again() -> None:
    counts, margins = published()
    fitted = rake(np.asarray(counts, dtype=float), margins) * 1000 / sum(counts)
    assert fitted.reshape(4, 4) == pytest.approx(np.asarray(FITTED), rel=5e-6)


def test_raking_equals_calibration_with_the_multiplicative_distance() -> None:
    places = list(product(range(5), range(2), range(3)))
    counts = [6 + 7 * a + 11 * g + 3 * o + (a * o) % 4 for a, g, o in places]
    margins = (
        margin_of(places, 0, (11, 22, 31, 21, 15)),
        margin_of(places, 1, (50.5, 49.5)),
        margin_of(places, 2, (2, 3, 4)),
    )
    ours = weigh(counts, margins)
    assert ours.n_trimmed == 0
    assert ours.by_cell == pytest.approx(calibrated(counts, margins), abs=1e-7)


def test_weights_are_one_on_average_and_meet_each_margin() -> None:
    counts, margins = published()
    found = weigh(counts, margins)
    totals = [n * w for n, w in zip(counts, found.by_cell, strict=True)]
    assert sum(totals) == pytest.approx(sum(counts))
    assert found.largest_gap < 1e-9


def test_those_who_answer_as_they_live_keep_their_weight() -> None:
    found = weigh([30, 50, 20], [Margin((0, 1, 2), (0.3, 0.5, 0.2))])
    assert found.by_cell == pytest.approx((1, 1, 1))
    assert found.n_effective == pytest.approx(100)
    assert found.design_effect == pytest.approx(1)


def test_a_weight_is_at_most_three_and_what_is_left_is_told() -> None:
    # Five young where there should be thirty: 6 each. They get 3, the others share the rest.
    found = weigh([5, 95], [Margin((0, 1), (0.30, 0.70))])
    assert found.by_cell == pytest.approx((3.0, 85 / 95))
    assert found.n_trimmed == 5
    assert found.largest_gap == pytest.approx(0.15)


def test_trimmed_weights_are_raked_again_until_the_margins_are_met() -> None:
    places = list(product(range(3), range(3)))
    counts = [8, 40, 52, 50, 90, 100, 50, 60, 50]
    margins = (margin_of(places, 0, (0.3, 0.4, 0.3)), margin_of(places, 1, (0.4, 0.3, 0.3)))
    assert max(weigh(counts, margins, low=0, high=99).by_cell) > 3
    found = weigh(counts, margins)
    assert found.by_cell[0] == pytest.approx(3, abs=1e-6)
    assert found.n_trimmed == 8
    assert found.largest_gap < 1e-6
    assert sum(n * w for n, w in zip(counts, found.by_cell, strict=True)) == pytest.approx(500)


def test_kish_effective_n() -> None:
    # L. Kish, Survey Sampling, section 11.7: the loss is 1 + the relative variance of the weights.
    counts, weights = [50, 50], [0.5, 1.5]
    relative_variance = 0.25
    assert effective_n(counts, weights) == pytest.approx(100 / (1 + relative_variance))
    assert effective_n([], []) == 0


def test_a_weighted_share_has_the_interval_of_its_effective_n() -> None:
    found = weighted_share([30, 10], [50, 50], [0.5, 1.5])
    assert found.share == pytest.approx((15 + 15) / 100)
    assert found.n_effective == pytest.approx(80)
    assert (found.low, found.high) == pytest.approx(wilson_interval(24, 80))
    raw = weighted_share([30, 10], [50, 50], [1, 1])
    assert (raw.low, raw.high) == pytest.approx(wilson_interval(40, 100))
    with pytest.raises(ValueError, match="nobody"):
        weighted_share([0], [0], [1.0])


def test_everybody_and_nobody_stay_within_bounds() -> None:
    everybody = weighted_share([7, 9], [7, 9], [0.3, 1.7])
    nobody = weighted_share([0, 0], [7, 9], [0.3, 1.7])
    assert (everybody.share, everybody.high) == (1.0, 1.0)
    assert (nobody.share, nobody.low) == (0.0, 0.0)


def test_representation_is_told_group_by_group() -> None:
    young = represent(20, 200, 0.2)
    assert young.ratio == pytest.approx(0.5)
    low, high = wilson_interval(20, 200)
    assert (young.low, young.high) == pytest.approx((low / 0.2, high / 0.2))
    with pytest.raises(ValueError, match="nobody lives"):
        represent(1, 2, 0)


def test_margins_that_cannot_both_be_met_are_refused() -> None:
    with pytest.raises(DoesNotConverge):
        weigh([10, 10], [Margin((0, 1), (0.5, 0.5)), Margin((0, 1), (0.3, 0.7))])


def test_a_group_without_respondents_is_refused() -> None:
    with pytest.raises(ValueError, match="no respondent"):
        weigh([10, 10], [Margin((0, 1), (0.4, 0.4, 0.2))])
