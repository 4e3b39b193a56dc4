"""Gi* at any positions, held to esda."""

import warnings

import numpy as np
import pytest

from maps.engine.gi_permutation import permutation_p
from maps.engine.gi_points import gi_star_at, tail
from maps.engine.gi_star import disk_sum

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the reference says of itself on import
    import geopandas
    from esda.getisord import G_Local
    from libpysal.examples import get_path
    from libpysal.weights import DistanceBand


def esda_of(position, values, distance):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # islands
        weights = DistanceBand(position, threshold=distance, binary=True, silence_warnings=True)
        return G_Local(values, weights, transform="B", star=True, permutations=0, island_weight=0)


@pytest.mark.parametrize("distance", [0.5, 1.0, 2.0])
def test_z_and_p_of_columbus_are_esdas(distance):
    table = geopandas.read_file(get_path("columbus.shp"))
    middles = table.geometry.centroid
    position = np.column_stack([middles.x, middles.y])
    expected = esda_of(position, table.CRIME.to_numpy(), distance)
    z = gi_star_at(position, table.CRIME.to_numpy(), distance)
    assert np.abs(z - expected.Zs).max() < 1e-9
    assert np.abs(tail(z) - expected.p_norm).max() < 1e-9


def test_a_neighbour_exactly_at_the_distance_belongs():
    position = np.array([[0.0, 0], [0.3, 0], [0.6, 0], [0.9, 0], [9, 9]])
    values = np.array([5.0, 4, 3, 1, 0])
    z = gi_star_at(position, values, 0.3)
    assert np.abs(z - esda_of(position, values, 0.3 + 1e-9).Zs).max() < 1e-9


def test_two_on_one_spot_are_neighbours_however_short_the_distance():
    values = np.array([5.0, 4, 0, 1])
    z = gi_star_at(np.array([[0.0, 0], [0, 0], [8, 8], [9, 9]]), values, 1e-6)
    assert z[0] == z[1] == pytest.approx((9 - 5) / (values.std() * np.sqrt((4 * 2 - 4) / 3)))


def test_where_everyone_is_a_neighbour_nothing_can_stand_out():
    assert not gi_star_at(np.eye(3), np.array([1.0, 2, 3]), 5.0).any()


def test_values_that_do_not_vary_stand_out_nowhere():
    assert not gi_star_at(np.zeros((5, 2)), np.ones(5), 1.0).any()
    assert not gi_star_at(np.zeros((1, 2)), np.ones(1), 1.0).any()


def test_the_unit_of_the_values_changes_no_z():
    values = np.random.default_rng(3).poisson(4, 60).astype(float)
    position = np.random.default_rng(4).uniform(0, 10, (60, 2))
    z = gi_star_at(position, values, 2.0)
    assert np.ptp(z) > 1
    for unit in (1e-14, 1e9):
        assert np.abs(gi_star_at(position, values * unit, 2.0) - z).max() < 1e-9
    alike = np.full(60, 0.1) * 3e9
    assert not gi_star_at(position, alike, 2.0).any()


def test_permutation_p_is_how_often_the_others_dealt_out_sum_to_as_much():
    draw = np.random.default_rng(5)
    values = draw.poisson(2, (9, 9)).astype(float)
    values[3:5, 3:5] += 5
    study = np.ones(values.shape, dtype=bool)
    study[0] = False
    p = permutation_p(values, study, radius_m=200, cell_m=100, permutations=1999)
    inside = values[study]
    sums = disk_sum(np.where(study, values, 0), radius_m=200, cell_m=100)
    sizes = disk_sum(study.astype(float), radius_m=200, cell_m=100).astype(int)
    for row, column in ((3, 3), (5, 4), (8, 8), (1, 0)):
        others = np.delete(inside, np.flatnonzero(study).tolist().index(row * 9 + column))
        dealt = [draw.choice(others, sizes[row, column] - 1, replace=False) for _ in range(1999)]
        as_great = np.mean([values[row, column] + d.sum() >= sums[row, column] for d in dealt])
        assert p[row, column] == pytest.approx(as_great, abs=0.05)
    assert np.isnan(p[0]).all()
    again = permutation_p(values, study, radius_m=200, cell_m=100, permutations=1999)
    assert np.array_equal(p, again, equal_nan=True)
