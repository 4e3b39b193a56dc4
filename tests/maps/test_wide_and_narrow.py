"""Gi* and density at several widths: narrow and wide clusters found, chance left alone."""

from functools import partial

import numpy as np
import pytest
from scipy import stats

from maps.engine.density_scales import Bandwidth, Kernels, bandwidths_for, density_peaks
from maps.engine.gi_scales import gi_areas
from maps.engine.scan_hotspots import ScanSettings
from maps.engine.scan_statistic import surprise
from tests.maps.planted import apart, count, finds, plant, two_in_a_wood


def gi(counts, share, settings, **ground):
    return [cells for cells, _ in gi_areas(counts, share, settings, **ground)]


METHODS = [pytest.param(gi, id="gi"), pytest.param(density_peaks, id="kde")]


def even(shape):
    return np.full(shape, 1 / (shape[0] * shape[1]))


@pytest.mark.parametrize("cases", [1, 7, 60, 150])
def test_the_surprise_is_the_exact_binomial_tail(cases):
    total = 5000
    for expected in (0.5, 3.0, 40.0, 700.0):
        tail = -stats.binom.logsf(cases - 1, total, expected / total)
        told = float(surprise(np.array(cases), np.array(expected), total))
        assert told == pytest.approx(tail if cases > expected else 0.0, rel=1e-9)


def test_the_surprise_goes_on_where_no_number_is_small_enough():
    # 5 000 of 6 000 where 600 are expected: far below the least number there is.
    terms = stats.binom.logpmf(np.arange(5000, 6001), 6000, 0.1)
    exact = -(terms.max() + np.log(np.exp(terms - terms.max()).sum()))
    told = float(surprise(np.array(5000.0), np.array(600.0), 6000))
    assert exact > 1000
    assert told == pytest.approx(exact, rel=1e-6)


def test_a_kernel_holds_the_effective_number_of_marks_that_scipy_lets_expect():
    draw = np.random.default_rng(3)
    points = draw.normal(6000, 900, (4000, 2))
    counts = count(points, 100.0, 12_800, 12_800)
    kernels = Kernels((Bandwidth(3.0, 1), Bandwidth(8.0, 2)))
    for bandwidth, held in zip(kernels.bandwidths, kernels.around(counts), strict=True):
        metres, side = bandwidth.cells * 100, bandwidth.block * 100
        place = held.shape[0] // 2 - 1
        middle = np.full(2, (place + 0.5) * side)
        density = stats.multivariate_normal(middle, metres**2).pdf(points).sum()
        assert held[place, place] == pytest.approx(4 * np.pi * metres**2 * density, rel=0.03)


def test_bandwidths_reach_from_a_cell_to_two_and_a_half_kilometres():
    found = bandwidths_for(100.0)
    assert (found[0].cells, found[-1].cells) == (1.0, pytest.approx(22.6, abs=0.1))
    assert [b.block for b in bandwidths_for(5000.0)] == [1]


@pytest.mark.parametrize("find", METHODS)
@pytest.mark.parametrize(
    ("n", "share", "radii"),
    [
        (600, 0.25, (120, 1500)),
        (600, 0.35, (3500,)),
        (5000, 0.1, (100, 400, 1200)),
        (20_000, 0.2, (150, 700, 2500)),
    ],
)
def test_clusters_of_any_width_are_found(find, n, share, radii):
    draw = np.random.default_rng(11)
    clusters = apart(draw, radii)
    counts = count(plant(draw, n, clusters, share=share))
    found = find(counts, even(counts.shape), ScanSettings(100.0, simulations=39))
    for cluster in clusters:
        assert any(finds(cells, cluster) for cells in found), cluster
    assert len(found) <= len(clusters) + 1
    assert np.sum(found, axis=0).max() == 1


@pytest.mark.parametrize("find", METHODS)
def test_marks_that_follow_the_people_are_left_alone_and_those_that_do_not_are_found(find):
    draw = np.random.default_rng(2)
    row, column = np.mgrid[0:75, 0:100]
    people = 1 + 300 * np.exp(-((row - 30) ** 2 + (column - 40) ** 2) / 60)
    share = people / people.sum()
    counts = draw.multinomial(3000, share.ravel()).reshape(share.shape).astype(float)
    settings = ScanSettings(200.0, simulations=99)
    assert find(counts, share, settings) == []
    counts[60:63, 80:83] += 4
    (found,) = find(counts, share, settings)
    assert found[61, 81]
    assert not found[30, 40]


@pytest.mark.parametrize("find", METHODS)
def test_clusters_near_one_another_are_told_apart(find):
    """The wide disc round both holds more than expected too, but the ground between does not."""
    discs = [(6000.0, 6000.0, 105.0), (6300.0, 6800.0, 245.0), (9000.0, 6000.0, 1300.0)]
    counts = count(plant(np.random.default_rng(8), 6000, discs, share=0.3))
    found = find(counts, even(counts.shape), ScanSettings(100.0, simulations=39))
    for disc in discs:
        assert any(finds(cells, disc) for cells in found), disc


@pytest.mark.parametrize("find", METHODS)
def test_clusters_in_a_wood_without_people_do_not_make_the_towns_stand_out(find):
    counts, share, wood, discs = two_in_a_wood(np.random.default_rng(3))
    found = find(counts, share, ScanSettings(100.0, simulations=39), unpeopled=wood)
    assert len(found) == 2
    assert all(any(finds(cells, disc) for cells in found) for disc in discs)


@pytest.mark.parametrize("find", METHODS)
def test_chance_alone_is_told_about_once_in_twenty(find):
    # 60 runs at 5 %: between none and eight covers all but one series in a thousand.
    found = 0
    for seed in range(60):
        points = np.random.default_rng(seed).uniform(0, (10_000, 7_500), (400, 2))
        counts = count(points, 250.0, 10_000, 7_500)
        settings = ScanSettings(250.0, seed=seed, simulations=39)
        found += bool(find(counts, even(counts.shape), settings))
    assert 0 < found <= 8


@pytest.mark.parametrize("find", METHODS)
def test_a_seed_gives_the_same_areas_and_few_marks_none(find):
    counts = count(plant(np.random.default_rng(5), 500, [(6000, 6000, 300)], share=0.2))
    run = partial(find, counts, even(counts.shape), ScanSettings(100.0, seed=4, simulations=39))
    assert all(np.array_equal(a, b) for a, b in zip(run(), run(), strict=True))
    few = np.zeros((40, 40))
    few[10, 10] = 4
    assert find(few, even((40, 40)), ScanSettings(100.0, simulations=99)) == []
