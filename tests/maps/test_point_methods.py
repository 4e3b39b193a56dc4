"""What the three ways of finding areas among marks have in common."""

import numpy as np
import pytest

from maps.engine.grid import Grid
from maps.engine.point_methods import Marked, find_by_density, find_by_gi, find_by_scan


@pytest.mark.parametrize("find", [find_by_scan, find_by_gi, find_by_density])
def test_no_area_is_told_that_holds_fewer_marks_than_expected(find):
    """Beside one cluster with most of the marks a small one has fewer than an even spread would
    give it: it stands out only when the large one is taken away."""
    draw = np.random.default_rng(3)
    counts = np.zeros((60, 60))
    np.add.at(counts, tuple(draw.integers(0, 60, (2, 300))), 1)
    counts[10:20, 10:20] += draw.poisson(60, (10, 10))
    counts[44:49, 44:49] += draw.poisson(1.0, (5, 5))
    share = np.full(counts.shape, 1 / counts.size)
    found = find(
        Marked(Grid(0.0, 0.0, 100.0, 60, 60), counts, share),
        seed=1,
        simulations=99,
        progress=None,
    )
    assert found[0].cells[15, 15]
    assert [area.relative_risk > 1 for area in found] == [True] * len(found)
