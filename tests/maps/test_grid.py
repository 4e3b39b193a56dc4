"""The metre grid: aligned, half-open cells, and the cells near a point."""

import numpy as np
import pytest
import shapely

from maps.engine.grid import Grid, GridTooLarge, grid_around

GRID = Grid(east_m=1000, north_m=2000, cell_m=250, columns=4, rows=3)


def test_two_rounds_share_their_cells():
    first = grid_around(np.array([600_010.0]), np.array([6_800_010.0]))
    second = grid_around(np.array([600_240.0, 601_000.0]), np.array([6_800_240.0, 6_801_000.0]))
    assert (first.east_m, first.north_m) == (second.east_m, second.north_m) == (600_000, 6_800_000)


def test_a_point_on_a_line_belongs_to_the_cell_north_east_of_it():
    east, north = np.array([1000.0, 1249.99, 1250.0]), np.array([2000.0, 2000.0, 2250.0])
    assert GRID.index(east, north).tolist() == [0, 0, 5]


def test_points_outside_have_no_cell_and_are_not_counted():
    east, north = np.array([999.9, 2000.0, 1100.0, 1100.0]), np.array([2100, 2100, 2750, 2100.0])
    assert GRID.index(east, north).tolist() == [-1, -1, -1, 0]
    counts = GRID.count(east, north)
    assert counts.shape == (3, 4)
    assert counts.sum() == counts[0, 0] == 1


def test_counts_equal_numpys_histogram():
    draw = np.random.default_rng(1)
    east, north = draw.uniform(1000, 2000, 500), draw.uniform(2000, 2750, 500)
    expected, *_ = np.histogram2d(
        north, east, bins=(np.arange(2000, 2751, 250), np.arange(1000, 2001, 250))
    )
    np.testing.assert_array_equal(GRID.count(east, north), expected)


def test_the_grid_holds_every_point_and_its_margin():
    draw = np.random.default_rng(2)
    east, north = draw.uniform(-5e4, 5e4, 300), draw.uniform(6e6, 6.1e6, 300)
    grid = grid_around(east, north, cell_m=100, margin_m=900)
    for shift in (-900, 900):
        assert (grid.index(east + shift, north + shift) >= 0).all()


def test_polygon_and_centre_agree():
    for flat in range(GRID.size):
        east, north = GRID.centre(np.array([flat]))
        assert GRID.polygon(flat).centroid.equals(shapely.Point(east[0], north[0]))
        assert GRID.index(east, north)[0] == flat


def test_cells_within_a_radius_are_those_whose_middle_is_that_near():
    cells = GRID.cells_within(1375, 2375, 250)
    assert sorted(cells.tolist()) == [1, 4, 5, 6, 9]
    assert GRID.cells_within(1130, 2130, 3).tolist() == [0], "its own cell when none is near"
    assert GRID.cells_within(9000, 9000, 3).size == 0


def test_cells_inside_an_area():
    inside = GRID.centres_inside(shapely.box(1000, 2000, 1400, 2300))
    assert np.flatnonzero(inside).tolist() == [0, 1]


@pytest.mark.parametrize("values", [[], [np.nan], [1.0, np.inf]])
def test_without_finite_points_there_is_no_grid(values):
    with pytest.raises(ValueError, match="finite"):
        grid_around(np.array(values, float), np.array(values, float))


def test_points_a_continent_apart_are_refused_before_memory_is_taken():
    far = np.array([0.0, 1e9])
    with pytest.raises(GridTooLarge):
        grid_around(far, far)


@pytest.mark.parametrize("cell_m", [0, -1, float("nan"), float("inf")])
def test_a_grid_needs_a_cell(cell_m):
    with pytest.raises(ValueError, match="cell_m"):
        grid_around(np.zeros(1), np.zeros(1), cell_m=cell_m)
