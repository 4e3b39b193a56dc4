"""Clusters near one another, and those hardly wider than a cell: each one is told by itself."""

import numpy as np
import pytest

from maps.engine.scan_hotspots import ScanSettings, scan_hotspots
from tests.maps.planted import HEIGHT_M, WIDTH_M, count, finds, plant


def spots_among(n, discs, seed=1, cell_m=100.0):
    """The areas found among ``n`` even marks and discs of (x, y, radius, marks more)."""
    draw = np.random.default_rng(seed)
    parts = [plant(draw, more, [disc], share=1.0) for *disc, more in discs]
    marks = np.vstack([draw.uniform(0, (WIDTH_M, HEIGHT_M), (n, 2)), *parts])
    counts = count(marks, cell_m)
    even = np.full(counts.shape, 1 / counts.size)
    settings = ScanSettings(cell_m, simulations=39)
    return [spot.cells for spot in scan_hotspots(counts, even, settings)]


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_a_weak_cluster_beside_a_strong_one_is_no_skirt_of_it(seed):
    """They lie 300 metres from each other, and one is three times as dense as the other."""
    discs = [(8000.0, 7000.0, 450.0, 400), (9080.0, 7000.0, 350.0, 70)]
    found = spots_among(6000, discs, seed)
    assert [any(finds(cells, disc[:3]) for cells in found) for disc in discs] == [True, True]
    assert len(found) <= 3


@pytest.mark.parametrize("seed", [1, 2])
def test_few_marks_in_clusters_near_each_other_are_not_one_wide_area(seed):
    discs = [
        (6000.0, 6000.0, 180.0, 35),
        (6750.0, 6000.0, 260.0, 17),
        (7150.0, 6650.0, 200.0, 16),
    ]
    found = spots_among(400, discs, seed)
    assert all(any(finds(cells, disc[:3]) for cells in found) for disc in discs)


@pytest.mark.parametrize("aside", [(0.0, 0.0), (-10.0, 10.0), (50.0, 0.0)])
def test_a_cluster_around_the_corner_of_four_cells_has_its_middle_in_the_area(aside):
    """The best of the circles around middles of cells has a fourth of it outside."""
    disc = (8000.0 + aside[0], 7000.0 + aside[1], 105.0)
    found = spots_among(6000, [(*disc, 150)])
    assert any(finds(cells, disc) for cells in found)
    assert found[0].sum() <= 6


@pytest.mark.parametrize("aside", [(0.0, 0.0), (40.0, -30.0)])
def test_a_cluster_around_the_corner_of_four_coarse_cells_stands_out(aside):
    """Four cells hold twice the expected, a circle around the middle of one hardly more."""
    disc = (8000.0 + aside[0], 7000.0 + aside[1], 130.0)
    found = spots_among(60_000, [(*disc, 34)], cell_m=200.0)
    assert any(finds(cells, disc, 200.0) for cells in found)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_cluster_with_coarse_cells_between_is_no_rim_of_a_wide_one(seed):
    """They lie 320 metres from each other, aslant, and are equally dense."""
    discs = [(6000.0, 6000.0, 550.0, 95), (6770.0, 5230.0, 215.0, 20)]
    found = spots_among(1600, discs, seed, cell_m=250.0)
    assert all(any(finds(cells, disc[:3], 250.0) for cells in found) for disc in discs)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sliver_of_a_strong_cluster_in_the_next_row_of_cells_is_no_hotspot(seed):
    """Two cells across have no far side: nothing that could go on there."""
    found = spots_among(24_000, [(8000.0, 7076.0, 139.0, 2345)], seed, cell_m=200.0)
    assert len(found) == 1
