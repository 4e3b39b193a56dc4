"""Expected counts by ground and by people."""

import numpy as np
import pytest
import shapely

from maps.engine.expected import (
    NoBaseline,
    area_shares,
    cell_sides,
    population_shares,
    with_unpeopled,
)
from maps.engine.grid import Grid

GRID = Grid(0.0, 0.0, 100.0, 20, 10)


def test_shares_of_an_area_are_those_of_its_ground():
    area = shapely.Polygon([(150, 150), (1550, 150), (850, 950)])
    share = area_shares(GRID, area)
    assert share.sum() == pytest.approx(1)
    exact = np.array(
        [GRID.polygon(flat).intersection(area).area for flat in range(GRID.size)]
    ).reshape(GRID.shape)
    assert np.abs(share - exact / area.area).max() < 0.002
    with pytest.raises(NoBaseline):
        area_shares(GRID, shapely.box(5000, 5000, 6000, 6000))


def test_people_are_spread_over_the_cells_that_theirs_touch():
    # Cells of 250 m whose middles are given, across a grid of 100 m.
    east, north = (part.ravel() for part in np.meshgrid([125.0, 375, 625], [125.0, 375]))
    share = population_shares(GRID, east, north, np.array([50.0, 0, 0, 0, 0, 50]))
    assert share.sum() == pytest.approx(1)
    assert share[0, 0] == pytest.approx(0.5 * (100 * 100) / 250**2)
    assert share[0, 2] == pytest.approx(0.5 * (50 * 100) / 250**2)
    assert share[0, 3] == 0
    assert share[3, 6] == pytest.approx(0.5 * (100 * 100) / 250**2)


def test_positions_rounded_to_degrees_leave_no_sliver_of_people_next_door():
    # Six decimals move a square by some centimetres; the cell beside it is still without people.
    east, north = (part.ravel() for part in np.meshgrid([50.04, 150.03, 250.05], [50.0, 150.06]))
    share = population_shares(GRID, east, north, np.full(6, 10.0))
    assert share.sum() == pytest.approx(1)
    assert np.count_nonzero(share) == 6
    assert share[:2, :3] == pytest.approx(1 / 6)


def test_sides_are_read_from_the_middles_also_where_many_are_missing():
    draw = np.random.default_rng(1)
    east, north = (part.ravel() for part in np.meshgrid(np.arange(40) * 250.0, np.arange(40) * 250))
    some = draw.random(east.size) < 0.3
    assert cell_sides(east[some], north[some], fallback=9) == (250, 250)
    # A grid of degrees is narrower than it is high.
    assert cell_sides(east * 0.48, north, fallback=9) == pytest.approx((120, 250))
    assert cell_sides(east[:1], north[:1], fallback=9) == (9, 9)


def test_only_people_in_the_area_count_and_nobody_is_no_baseline():
    east, north = np.array([150.0, 1850]), np.array([150.0, 850])
    share = population_shares(GRID, east, north, np.array([10.0, 90]), shapely.box(0, 0, 500, 500))
    assert share[:5, :5].sum() == pytest.approx(1)
    with pytest.raises(NoBaseline):
        population_shares(GRID, east, north, np.zeros(2))


def test_marks_where_nobody_lives_are_expected_evenly_there():
    share = np.zeros((2, 4))
    share[0] = 0.25
    counts = np.array([[20.0, 20, 20, 20], [10, 10, 0, 0]])
    filled, n = with_unpeopled(share, counts, np.full((2, 4), 1 / 8))
    assert n == 20
    assert filled.sum() == pytest.approx(1)
    assert filled[1] == pytest.approx([0.05] * 4)
    assert filled[0] == pytest.approx([0.2] * 4)
    same, none = with_unpeopled(share, counts * (share > 0), np.full((2, 4), 1 / 8))
    assert none == 0
    assert same is share
