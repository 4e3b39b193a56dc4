"""The scan of marks: exact windows and maxima, planted clusters found, chance left alone."""

import os

import numpy as np
import pytest

from maps.engine.scan_hotspots import ScanSettings, scan_hotspots
from maps.engine.scan_null import Null, simulated_maxima
from maps.engine.scan_statistic import poisson_ratio
from maps.engine.scan_windows import pad_to, padded, radii_for, window_cells, window_sums
from tests.maps.planted import HEIGHT_M, WIDTH_M, apart, count, finds, plant, two_in_a_wood

SIXTEEN_RADII = (100, 4000, 16)


def even(shape):
    return np.full(shape, 1 / (shape[0] * shape[1]))


def test_cells_of_100_m_have_sixteen_radii_from_100_m_to_4_km():
    radii = radii_for(100.0)
    cells = [radius.cells for radius in radii]
    assert (cells[0] * 100, cells[-1] * 100, len(cells)) == SIXTEEN_RADII
    assert all(radius.block <= radius.cells / 5 or radius.block == 1 for radius in radii)
    # Five large cells are more than a cluster: one of them is a window of its own.
    assert [radius.cells for radius in radii_for(4000.0)] == [0.5, 0.5, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("cell_m", [100.0, 250.0, 500.0])
def test_every_window_sum_is_the_sum_of_its_cells(cell_m):
    values = np.random.default_rng(1).integers(0, 9, (48, 40)).astype(float)
    for index, sums in window_sums(values, radii := radii_for(cell_m)):
        for row, column in ((0, 0), (sums.shape[0] // 2, sums.shape[1] - 1)):
            cells = window_cells(radii[index].window(index, row, column), values.shape)
            assert values[cells].sum() == sums[row, column]


def test_coarse_cells_have_windows_around_their_corners_and_sides():
    narrow = [radius for radius in radii_for(250.0) if radius.cells < 2]
    shape = (5, 5)
    held = [
        (radius.aside, int(window_cells(radius.window(0, 2, 2), shape).sum())) for radius in narrow
    ]
    side, other, corner, middle = (0, 0.5), (0.5, 0), (0.5, 0.5), (0.0, 0.0)
    assert sorted(held) == sorted(
        [(aside, cells) for aside in (side, other) for cells in (2, 6, 8)]
        + [(corner, 4), (corner, 12), (middle, 5), (middle, 9)]
    )
    assert {radius.aside for radius in radii_for(100.0)} == {middle}


def greatest_plainly(counts, null):
    best = 0.0
    pairs = zip(window_sums(counts, null.radii), window_sums(null.share, null.radii), strict=True)
    for (_, cases), (_, share) in pairs:
        usable = (share > 0) & (share <= null.max_share) & (cases >= null.min_cases)
        if usable.any():
            ratios = poisson_ratio(cases[usable], share[usable] * null.total, null.total)
            best = max(best, float(ratios.max()))
    return best


@pytest.mark.parametrize(
    ("total", "shape", "cell_m"),
    # The third: a wide grid where most squares of windows hold too few marks and are left out.
    [
        (60, (40, 60), 100.0),
        (4000, (40, 60), 100.0),
        (150, (300, 203), 100.0),
        (150, (300, 203), 150.0),
    ],
)
def test_simulated_maxima_are_those_of_a_plain_search(total, shape, cell_m):
    radii = radii_for(cell_m)
    people = np.random.default_rng(2).gamma(0.02 if shape[0] > 40 else 0.4, 1, shape)
    share = padded(people, pad_to(radii))
    share /= share.sum()
    null = Null(share, radii, total, 0.5, 5)
    maxima = simulated_maxima(null, simulations=40, seed=3)
    from maps.engine.scan_null import Sampler  # noqa: PLC0415 - the draws themselves, to search them

    for number in range(0, 40, 3):
        source = np.random.default_rng(np.random.SeedSequence(3, spawn_key=(number,)))
        counts = Sampler(share).counts(source, total).astype(float)
        assert counts.sum() == total
        assert maxima[number] == pytest.approx(greatest_plainly(counts, null))


def test_a_seed_gives_the_same_on_any_number_of_processors(monkeypatch):
    null = Null(even((40, 48)), radii_for(250.0), 300, 0.5, 5)
    first = simulated_maxima(null, simulations=99, seed=4)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert np.array_equal(simulated_maxima(null, simulations=99, seed=4), first)
    assert not np.array_equal(simulated_maxima(null, simulations=99, seed=5), first)


@pytest.mark.parametrize(
    ("n", "share", "radii"),
    [
        (600, 0.2, (120, 400, 1500)),
        (600, 0.1, (200, 800)),
        (5000, 0.1, (100, 250, 600, 1200)),
        (50_000, 0.1, (150, 500, 2000)),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_planted_cluster_is_found(n, share, radii, seed):
    draw = np.random.default_rng(seed)
    clusters = apart(draw, radii)
    counts = count(plant(draw, n, clusters, share=share))
    spots = scan_hotspots(counts, even(counts.shape), ScanSettings(100.0, simulations=99))
    for cluster in clusters:
        assert any(finds(spot.cells, cluster) for spot in spots), cluster
    assert len(spots) <= len(clusters) + 1


def test_two_clusters_with_empty_ground_between_them_are_two_hotspots():
    clusters = [(8000.0, 7000.0, 150.0), (8700.0, 7000.0, 150.0)]
    points = plant(np.random.default_rng(6), 3000, clusters, share=0.1)
    counts = count(points)
    spots = scan_hotspots(counts, even(counts.shape), ScanSettings(100.0, simulations=99))
    assert all(any(finds(spot.cells, cluster) for spot in spots) for cluster in clusters)
    assert len(spots) == 2


def test_a_cluster_that_fades_out_is_one_hotspot_and_not_rings_of_them():
    draw = np.random.default_rng(3)
    points = draw.uniform(0, (WIDTH_M, HEIGHT_M), (40_000, 2))
    points = np.vstack([points, draw.normal((9000, 7000), 400, (6000, 2))])
    counts = count(points)
    spots = scan_hotspots(counts, even(counts.shape), ScanSettings(100.0, simulations=99))
    assert len(spots) <= 2
    assert finds(spots[0].cells, (9000.0, 7000.0, 800.0))


def test_hotspots_share_no_cell_and_tell_what_is_in_them():
    draw = np.random.default_rng(9)
    counts = count(plant(draw, 4000, apart(draw, (200, 500, 900)), share=0.3))
    share = even(counts.shape)
    spots = scan_hotspots(counts, share, ScanSettings(100.0, simulations=99))
    assert np.sum([spot.cells for spot in spots], axis=0).max() == 1
    for spot in spots:
        assert spot.n == counts[spot.cells].sum()
        assert spot.expected == pytest.approx(4000 * share[spot.cells].sum())
        assert spot.p <= 0.05
    assert [spot.rank for spot in spots] == [1, 2, 3]


def test_marks_that_follow_the_people_are_no_hotspot_and_those_that_do_not_are():
    draw = np.random.default_rng(2)
    row, column = np.mgrid[0:75, 0:100]
    people = 1 + 300 * np.exp(-((row - 30) ** 2 + (column - 40) ** 2) / 60)
    share = people / people.sum()
    counts = draw.multinomial(3000, share.ravel()).reshape(share.shape).astype(float)
    settings = ScanSettings(200.0, simulations=99)
    assert scan_hotspots(counts, share, settings) == ()
    counts[60:63, 80:83] += 4
    (found,) = scan_hotspots(counts, share, settings)
    assert found.cells[61, 81]
    assert not found.cells[30, 40]


def test_few_marks_are_never_a_hotspot():
    counts = np.zeros((40, 40))
    counts[10, 10] = 4
    assert scan_hotspots(counts, even((40, 40)), ScanSettings(100.0, simulations=99)) == ()


def test_chance_alone_makes_a_hotspot_about_once_in_twenty():
    # 60 runs at 5 %: between none and eight covers all but one series in a thousand.
    found = 0
    for seed in range(60):
        points = np.random.default_rng(seed).uniform(0, (10_000, 7_500), (400, 2))
        counts = count(points, 250.0, 10_000, 7_500)
        settings = ScanSettings(250.0, seed=seed, simulations=99)
        found += bool(scan_hotspots(counts, even(counts.shape), settings))
    assert 0 < found <= 8


def test_clusters_in_a_wood_without_people_do_not_make_the_towns_stand_out():
    """Its ground has its share by the marks on it, and gets it anew when a cluster is taken out."""
    counts, share, wood, discs = two_in_a_wood(np.random.default_rng(3))
    settings = ScanSettings(100.0, simulations=39)
    found = scan_hotspots(counts, share, settings, unpeopled=wood)
    assert len(found) == 2
    assert all(any(finds(spot.cells, disc) for spot in found) for disc in discs)
