"""Clusters near one another, and those hardly wider than a cell: each one is told by itself."""

import numpy as np
import pytest

from maps.engine.scan_hotspots import ScanSettings, scan_hotspots
from tests.maps.planted import HEIGHT_M, WIDTH_M, count, finds, plant

SETTINGS = ScanSettings(100.0, simulations=39)


def spots_among(n, discs, seed=1):
    """The areas found among ``n`` even marks and discs of (x, y, radius, marks more)."""
    draw = np.random.default_rng(seed)
    parts = [plant(draw, more, [disc], share=1.0) for *disc, more in discs]
    counts = count(np.vstack([draw.uniform(0, (WIDTH_M, HEIGHT_M), (n, 2)), *parts]))
    even = np.full(counts.shape, 1 / counts.size)
    return [spot.cells for spot in scan_hotspots(counts, even, SETTINGS)]


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
