"""Where people live by each kind of source, as shares of a grid's cells."""

import numpy as np
import pytest
import shapely

from maps.crs import shape_to_degrees, to_degrees
from maps.engine.expected import Baseline, NoBaseline
from maps.engine.grid import Grid
from maps.engine.people import AreaPeople, PlacePeople, SquarePeople

GRID = Grid(600_000.0, 6_797_000.0, 100.0, columns=60, rows=40)


def at(column: float, row: float) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of a point of the grid, in cells."""
    lat, lon = to_degrees(
        np.array([GRID.east_m + column * 100]), np.array([GRID.north_m + row * 100])
    )
    return lat, lon


def box(west: float, south: float, east: float, north: float) -> shapely.Geometry:
    """A box of the grid's cells, in degrees."""
    corners = (
        GRID.east_m + west * 100,
        GRID.north_m + south * 100,
        GRID.east_m + east * 100,
        GRID.north_m + north * 100,
    )
    return shape_to_degrees(shapely.box(*corners))


def test_people_of_areas_lie_evenly_over_each() -> None:
    people = AreaPeople((box(0, 0, 10, 10), box(20, 0, 30, 20)), (300.0, 100.0))
    share = people.shares(GRID, None)
    assert people.baseline is Baseline.AREAS
    assert share.sum() == pytest.approx(1)
    assert share[:10, :10].sum() == pytest.approx(0.75, abs=0.002)
    assert share[:20, 20:30].sum() == pytest.approx(0.25, abs=0.002)
    assert share[5, 5] == pytest.approx(0.0075, rel=0.01)


def test_only_the_part_of_an_area_on_the_grid_counts() -> None:
    people = AreaPeople((box(-10, 0, 10, 10), box(20, 0, 30, 10)), (200.0, 100.0))
    share = people.shares(GRID, None)
    assert share[:10, :10].sum() == pytest.approx(0.5, abs=0.005)


def test_people_of_a_place_thin_out_over_its_extent() -> None:
    lat, lon = at(30, 20)
    share = PlacePeople(lat, lon, np.array([1000.0]), np.array([500.0])).shares(GRID, None)
    flat = np.arange(GRID.size)
    east, north = GRID.centre(flat)
    gap = np.hypot(east - GRID.east_m - 3000, north - GRID.north_m - 2000)
    within = share.ravel()[gap <= 1000].sum()
    assert 0.8 < within < 0.95
    assert share.ravel()[gap > 1600].sum() == 0
    assert share[20, 30] > share[20, 36] > share[20, 41]


def test_a_place_within_another_is_not_counted_twice() -> None:
    (lat, lon), (part_lat, part_lon) = at(30, 20), at(33, 20)
    both = PlacePeople(
        np.concatenate([lat, part_lat]),
        np.concatenate([lon, part_lon]),
        np.array([1000.0, 200.0]),
        np.array([500.0, 100.0]),
    )
    alone = PlacePeople(lat, lon, np.array([1000.0]), np.array([400.0]))
    part = PlacePeople(part_lat, part_lon, np.array([200.0]), np.array([100.0]))
    mixed = 0.8 * alone.shares(GRID, None) + 0.2 * part.shares(GRID, None)
    np.testing.assert_allclose(both.shares(GRID, None), mixed, atol=1e-12)


@pytest.mark.parametrize(
    "people",
    [
        AreaPeople((box(0, 0, 10, 10),), (0.0,)),
        AreaPeople((box(100, 100, 110, 110),), (50.0,)),
        PlacePeople(*at(400, 20), np.array([100.0]), np.array([50.0])),
        SquarePeople(*reversed(at(400, 20)), np.array([50.0])),
    ],
)
def test_nobody_on_the_grid_is_no_baseline(people: AreaPeople) -> None:
    with pytest.raises(NoBaseline):
        people.shares(GRID, None)
