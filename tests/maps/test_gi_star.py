"""Gi*, its neighbour sums and the false-discovery control, held to esda and scipy."""

import warnings

import numpy as np
import pytest
from scipy import stats

from maps.engine.gi_star import benjamini_hochberg, disk_sum, gi_star, upper_tail

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the reference says of itself on import
    from esda.getisord import G_Local
    from libpysal.weights import DistanceBand

CELL_M = 250.0


def esda_z(values, study, radius_m):
    """esda's analytical z of G* with binary distance-band weights on the study's cells."""
    rows, columns = np.nonzero(study)
    points = np.column_stack([columns, rows]) * CELL_M
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # islands
        weights = DistanceBand(points, threshold=radius_m, binary=True, silence_warnings=True)
        found = G_Local(
            values[study], weights, transform="B", star=True, permutations=0, island_weight=0
        )
    expected = np.full(values.shape, np.nan)
    expected[study] = found.Zs
    return expected


def clustered(seed, shape=(24, 31)):
    """Counts like marks: mostly zero, with two places where they gather."""
    draw = np.random.default_rng(seed)
    values = draw.poisson(0.3, shape).astype(float)
    values[5:8, 6:9] += draw.poisson(6, (3, 3))
    values[18, 20] += 25
    return values


@pytest.mark.parametrize("radius_m", [250.0, 375.0, 500.0, 1000.0, 1250.0])
def test_z_equals_esda_on_a_full_grid(radius_m):
    values = clustered(7)
    everywhere = np.ones(values.shape, dtype=bool)
    ours = gi_star(values, everywhere, radius_m=radius_m, cell_m=CELL_M)
    np.testing.assert_allclose(ours, esda_z(values, everywhere, radius_m), rtol=0, atol=1e-9)


def test_z_equals_esda_on_a_study_area_with_gaps():
    values = clustered(11)
    study = np.random.default_rng(3).random(values.shape) < 0.7
    ours = gi_star(values, study, radius_m=500, cell_m=CELL_M)
    np.testing.assert_allclose(ours, esda_z(values, study, 500), rtol=0, atol=1e-9)
    assert np.isnan(ours[~study]).all()


def test_z_equals_esda_for_shares_of_persons():
    values = clustered(5) / 3 + np.random.default_rng(1).random((24, 31))
    everywhere = np.ones(values.shape, dtype=bool)
    ours = gi_star(values, everywhere, radius_m=375, cell_m=CELL_M)
    np.testing.assert_allclose(ours, esda_z(values, everywhere, 375), rtol=0, atol=1e-9)


def test_p_equals_esda_where_the_value_is_high():
    values = clustered(7)
    everywhere = np.ones(values.shape, dtype=bool)
    z = gi_star(values, everywhere, radius_m=375, cell_m=CELL_M)
    high = z > 0
    np.testing.assert_allclose(upper_tail(z)[high], stats.norm.sf(z[high]), rtol=1e-12)


def test_z_equals_the_figures_printed_by_esda():
    # esda 2.9.0, docstring of G_Local: six points, distance band 15, binary, star (BSD-3-Clause).
    points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    printed = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    values, study = np.zeros((7, 9)), np.zeros((7, 9), dtype=bool)
    cells = [(y // 5, x // 5) for x, y in points]
    for cell, value in zip(cells, [2, 3, 3.2, 5, 8, 7], strict=True):
        values[cell], study[cell] = value, True
    z = gi_star(values, study, radius_m=15, cell_m=5)
    np.testing.assert_allclose([z[cell] for cell in cells], printed, atol=1e-8)


@pytest.mark.parametrize("radius_m", [100, 250, 360, 700, 3000])
def test_disk_sum_equals_adding_up_by_hand(radius_m):
    values = np.random.default_rng(2).integers(0, 9, (9, 12)).astype(float)
    expected = np.zeros(values.shape)
    for row in range(9):
        for column in range(12):
            rows, columns = np.mgrid[0:9, 0:12]
            near = np.hypot(rows - row, columns - column) * CELL_M <= radius_m
            expected[row, column] = values[near].sum()
    np.testing.assert_array_equal(disk_sum(values, radius_m=radius_m, cell_m=CELL_M), expected)


def test_false_discovery_control_equals_scipy():
    p = np.random.default_rng(4).random((13, 17)) ** 3
    expected = stats.false_discovery_control(p.ravel()).reshape(p.shape)
    np.testing.assert_allclose(benjamini_hochberg(p), expected, rtol=1e-12)


def test_untested_cells_stay_out_of_the_family():
    p = np.array([0.01, np.nan, 0.02, 0.9])
    np.testing.assert_allclose(benjamini_hochberg(p)[[0, 2, 3]], [0.03, 0.03, 0.9])
    assert np.isnan(benjamini_hochberg(p)[1])
    assert np.isnan(benjamini_hochberg(np.full(3, np.nan))).all()


@pytest.mark.parametrize("values", [np.zeros((4, 5)), np.full((4, 5), 7.0)])
def test_where_all_cells_are_alike_none_stands_out(values):
    z = gi_star(values, np.ones(values.shape, dtype=bool), radius_m=250, cell_m=CELL_M)
    assert (z == 0).all()


def test_a_disk_over_the_whole_area_tells_nothing():
    values = clustered(7, (24, 31))[:4, :4] + np.arange(16).reshape(4, 4)
    z = gi_star(values, np.ones((4, 4), dtype=bool), radius_m=5000, cell_m=CELL_M)
    assert (z == 0).all()


def test_no_study_area_gives_no_z():
    assert np.isnan(gi_star(np.ones((2, 2)), np.zeros((2, 2), bool), radius_m=1, cell_m=1)).all()


def test_false_alarms_are_rare_when_nothing_gathers():
    # 200 rounds of evenly spread marks: with q <= 0.05 at most some 5 % may show anything; the
    # counts are skewed and the disks overlap, so the bound leaves room above that.
    alarms = 0
    for seed in range(200):
        values = np.random.default_rng(seed).poisson(3.0, (30, 30)).astype(float)
        z = gi_star(values, np.ones((30, 30), dtype=bool), radius_m=375, cell_m=CELL_M)
        alarms += bool((benjamini_hochberg(upper_tail(z)) <= 0.05).any())
    assert alarms <= 40
