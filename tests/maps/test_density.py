"""The density surface, held to scipy's kernel sum."""

import numpy as np
import pytest
from scipy import stats

from maps.engine.density import kernel_density, scott_robust_m

CELL_M = 100.0


@pytest.mark.parametrize("bandwidth_m", [150.0, 300.0, 600.0])
def test_density_equals_the_kernel_summed_point_by_point(bandwidth_m):
    draw = np.random.default_rng(9)
    counts = np.zeros((120, 120))
    rows, columns = draw.integers(45, 75, (2, 80))
    np.add.at(counts, (rows, columns), 1)
    density = kernel_density(counts, cell_m=CELL_M, bandwidth_m=bandwidth_m)
    grid = np.indices(counts.shape).reshape(2, -1).T * CELL_M
    exact = sum(
        stats.multivariate_normal((row * CELL_M, column * CELL_M), bandwidth_m**2).pdf(grid)
        for row, column in zip(rows, columns, strict=True)
    ).reshape(counts.shape)
    where = exact > exact.max() / 100
    np.testing.assert_allclose(density[where], exact[where] * 1e6, rtol=0.02)


def test_all_persons_are_under_the_surface():
    counts = np.zeros((200, 200))
    counts[100, 100], counts[90, 120] = 7, 5
    density = kernel_density(counts, cell_m=CELL_M, bandwidth_m=400)
    assert density.sum() * (CELL_M / 1000) ** 2 == pytest.approx(12, rel=1e-6)


def test_bandwidth_is_scotts_for_normal_points():
    draw = np.random.default_rng(3)
    east, north = draw.normal(0, 4000, (2, 20_000))
    scott = 4000 * stats.gaussian_kde(np.vstack([east, north])).scotts_factor()
    assert scott_robust_m(east, north, cell_m=10) == pytest.approx(scott, rel=0.02)


def test_a_few_far_villages_do_not_widen_the_bandwidth():
    draw = np.random.default_rng(3)
    town = draw.normal(0, 1000, (2, 300))
    with_villages = np.hstack([town, np.full((2, 15), 30_000.0)])
    assert scott_robust_m(*with_villages, cell_m=10) < 1.2 * scott_robust_m(*town, cell_m=10)


def test_bandwidth_has_a_floor_and_a_ceiling():
    one_spot = np.zeros(50)
    assert scott_robust_m(one_spot, one_spot, cell_m=250) == 250
    far = np.linspace(0, 5e5, 50)
    assert scott_robust_m(far, far, cell_m=250) == 1000
    assert scott_robust_m(np.array([]), np.array([]), cell_m=250) == 250
