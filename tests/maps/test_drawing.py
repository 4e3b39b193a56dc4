"""What is drawn of an analysis, and what never is."""

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_degrees, shape_to_metres
from maps.drawing.drawing import person_cells, person_limits, rings
from maps.drawing.ring_lines import ring_round
from tests.maps.analyses import nothing, planted


def test_cells_under_the_limit_are_never_drawn():
    analysis = planted((3000, 2000, 40), (-3000, 0, 4))
    layer = person_cells(analysis)
    persons = analysis.surface.respondents
    assert len(layer.cells) == (persons >= 5).sum()
    assert min(cell.value for cell in layer.cells) >= 5
    assert sum(cell.value for cell in layer.cells) == persons[persons >= 5].sum()


def test_classes_follow_their_limits():
    layer = person_cells(planted((3000, 2000, 60), (-3000, 0, 12), (0, 3000, 7)))
    for cell in layer.cells:
        assert layer.limits[cell.level - 1] <= cell.value
        if cell.level < len(layer.limits):
            assert cell.value < layer.limits[cell.level]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (24, (5, 10, 20)),
        (5, (5,)),
        (9, (5,)),
        (500, (5, 10, 40, 80, 320)),
        (4, ()),
        (0, ()),
    ],
)
def test_each_class_is_at_least_the_limit_wide(most, expected):
    assert person_limits(5, most) == expected


def test_a_ring_goes_round_its_area_and_little_more():
    analysis = planted((3000, 2000, 40), (-3000, -1000, 30))
    areas = gpd.GeoSeries([c.polygon for c in analysis.concentrations], crs=4326).to_crs(3006)
    drawn = rings(analysis)
    lines = gpd.GeoSeries([ring.polygon for ring in drawn], crs=4326).to_crs(3006)
    assert [ring.rank for ring in drawn] == [c.rank for c in analysis.concentrations]
    assert len(drawn) >= 2
    for area, line in zip(areas, lines, strict=True):
        assert line.buffer(1).covers(area)
        assert area.buffer(250).covers(line)


def test_a_number_stands_on_its_ring():
    for ring in rings(planted((3000, 2000, 40))):
        assert ring.polygon.boundary.distance(Point(ring.lon, ring.lat)) < 1e-6
        assert ring.lat > ring.polygon.centroid.y
        assert ring.lon > ring.polygon.centroid.x


def test_nothing_gives_nothing_to_draw():
    empty = nothing()
    assert person_cells(empty).cells == rings(empty) == ()


def test_the_ring_round_a_disc_of_squares_has_no_steps():
    analysis = planted((3000, 2000, 40))
    cell_m, middle = analysis.areas_cell_m, (600_000.0, 6_797_000.0)
    steps = [(x, y) for x in range(-3, 4) for y in range(-3, 4) if x * x + y * y <= 9]
    lows = [(middle[0] + x * cell_m, middle[1] + y * cell_m) for x, y in steps]
    disc = shapely.union_all([box(x, y, x + cell_m, y + cell_m) for x, y in lows])
    area = replace(analysis.concentrations[0], polygon=shape_to_degrees(disc))
    (ring,) = rings(replace(analysis, concentrations=(area,)))
    drawn = shape_to_metres(ring.polygon)
    assert drawn.area > 0.999 * drawn.convex_hull.area
    assert drawn.buffer(1).covers(disc)


def squares(*cells: tuple[int, int]) -> BaseGeometry:
    return shapely.union_all([box(x, y, x + 1, y + 1) for x, y in cells])


CROSS = squares((1, 0), (0, 1), (1, 1), (2, 1), (1, 2))


@pytest.mark.parametrize("area", [CROSS, squares((0, 0)), squares((0, 0), (1, 0), (0, 1), (1, 1))])
def test_the_ring_of_a_small_area_is_round(area: BaseGeometry) -> None:
    ring = ring_round(area)
    around = shapely.minimum_bounding_circle(ring)
    assert ring.area > 0.94 * around.area
    assert ring.buffer(1e-6).covers(area)


@pytest.mark.parametrize(
    "area",
    [
        squares(*((x, 0) for x in range(6)), *((0, y) for y in range(1, 6))),
        squares(*((x, y) for x in range(5) for y in range(5)), *((x, 2) for x in range(5, 16))),
        squares((0, 0), (1, 1)),
    ],
    ids=["a corner of streets", "a square with a street", "two squares aslant"],
)
def test_the_ring_keeps_the_arms_of_an_area_and_leaves_other_ground_out(area: BaseGeometry) -> None:
    ring = ring_round(area)
    assert isinstance(ring, Polygon)
    assert ring.buffer(1e-6).covers(area)
    assert area.buffer(1).covers(ring)
