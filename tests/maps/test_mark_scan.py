"""Hotspots among residents' marks, held to where people live."""

from typing import Any

import numpy as np
import pytest
import shapely

from maps.areas import Outline
from maps.crs import shape_to_degrees, shape_to_metres, to_degrees
from maps.engine.expected import Baseline
from maps.engine.hotspots import Analysis, analyse
from maps.engine.mark_scan import assign_cells
from maps.engine.marks import Located, place_marks
from maps.engine.people import PlacePeople, SquarePeople

WEST, SOUTH, SIDE = 600_000.0, 6_797_000.0, 6000.0
OUTLINE = Outline(shape_to_degrees(shapely.box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)))


def degrees(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of points in metres from the south-western corner."""
    return to_degrees(WEST + points[:, 0], SOUTH + points[:, 1])


def marks(points: np.ndarray, **columns: Any) -> Located:
    """Pins of one respondent each, unless told otherwise."""
    n = len(points)
    lat, lon = degrees(points)
    given = {
        "person": np.arange(n),
        "extent_m": np.zeros(n),
        "is_district": np.zeros(n, dtype=bool),
    } | columns
    return Located(lat, lon, **given)


def people(draw: np.random.Generator) -> tuple[SquarePeople, np.ndarray]:
    """Squares of 200 m: a town in the south-west and few elsewhere. Also a place of each person."""
    step = np.arange(100, SIDE, 200)
    east, north = (axis.ravel() for axis in np.meshgrid(step, step))
    number = np.where(np.hypot(east - 1500, north - 1500) < 900, 60.0, 2.0)
    lat, lon = degrees(np.column_stack([east, north]))
    homes = np.column_stack([np.repeat(axis, number.astype(int)) for axis in (east, north)])
    return SquarePeople(lon, lat, number), homes + draw.uniform(-100, 100, homes.shape)


def test_where_most_people_live_is_no_hotspot_and_a_planted_one_is() -> None:
    draw = np.random.default_rng(3)
    squares, homes = people(draw)
    even = homes[draw.integers(0, len(homes), 300)]
    planted = draw.uniform(-120, 120, (25, 2)) + (4500, 4300)
    null = analyse(marks(even), outline=OUTLINE, people=[squares])
    assert (null.is_tested, null.areas) == (True, ())
    assert null.concentrations  # by density alone the town stands out
    found = analyse(marks(np.vstack([even, planted])), outline=OUTLINE, people=[squares])
    assert found.scan is not None
    assert (found.scan.baseline, found.scan.n) == (Baseline.POPULATION, 325)
    assert found.scan.people_cell_m == pytest.approx(200, abs=1)  # coarser than cells of 100 m
    (area,) = found.areas
    middle = shapely.Point(WEST + 4500, SOUTH + 4300)
    assert shape_to_metres(area.polygon).contains(middle)
    assert area.n_marks >= 23
    assert area.n_respondents == area.n_marks == len(area.members)
    assert area.expected < 3
    assert area.relative_risk > 8
    assert area.p <= 0.05


def test_one_person_with_many_pins_makes_no_hotspot() -> None:
    draw = np.random.default_rng(3)
    squares, homes = people(draw)
    even = homes[draw.integers(0, len(homes), 300)]
    planted = draw.uniform(-100, 100, (40, 2)) + (4625, 4375)
    person = np.concatenate([np.arange(300), np.full(40, 999)])
    found = analyse(
        marks(np.vstack([even, planted]), person=person), outline=OUTLINE, people=[squares]
    )
    assert found.is_tested
    assert found.areas == ()


def test_a_hotspot_of_few_persons_is_told_in_words_only() -> None:
    draw = np.random.default_rng(3)
    squares, homes = people(draw)
    even = homes[draw.integers(0, len(homes), 300)]
    even = np.where(np.hypot(*(even - (4625, 4375)).T)[:, None] < 900, (1500.0, 1500.0), even)
    spots = np.array([(x, y) for x in (4375, 4625, 4875) for y in (4125, 4375, 4625)])
    person = np.concatenate([np.arange(300), np.repeat(np.arange(900, 904), 9)])
    found = analyse(
        marks(np.vstack([even, np.tile(spots, (4, 1))]), person=person),
        outline=OUTLINE,
        people=[squares],
    )
    assert found.areas == ()
    assert found.scan is not None
    assert [few.n_respondents for few in found.scan.too_few] == [4]
    assert found.too_few[0] is found.scan.too_few[0]


def analyse_named(extent_m: float) -> Analysis:
    """300 even pins, and 40 persons who name one place in the country."""
    draw = np.random.default_rng(3)
    squares, homes = people(draw)
    even = homes[draw.integers(0, len(homes), 300)]
    named = np.tile([[4500.0, 4300.0]], (40, 1))
    extent = np.concatenate([np.zeros(300), np.full(40, extent_m)])
    located = marks(np.vstack([even, named]), extent_m=extent)
    return analyse(located, outline=OUTLINE, people=[squares])


def test_a_name_counts_over_the_extent_of_its_place() -> None:
    (area,) = analyse_named(500).areas
    km2 = shape_to_metres(area.polygon).area / 1e6
    # The place covers 0.79 square kilometres; as one point it would be a few cells of 0.01.
    assert 0.4 < km2 < 2


def test_each_cell_of_a_place_gets_as_many_as_whole_marks_allow() -> None:
    named = np.tile([[3000.0, 3000.0]], (100, 1))
    located = marks(named, extent_m=np.full(100, 300.0))
    placed = place_marks(located)
    analysis = analyse_named(500)
    assert analysis.surface is not None
    grid = analysis.surface.grid
    cells = assign_cells(placed, np.arange(100), grid, np.ones(grid.shape, dtype=bool), seed=1)
    extent = grid.cells_within(WEST + 3000, SOUTH + 3000, 300)
    counts = np.bincount(cells, minlength=grid.size)[extent]
    assert counts.sum() == 100
    assert counts.max() - counts.min() <= 1
    again = assign_cells(placed, np.arange(100), grid, np.ones(grid.shape, dtype=bool), seed=1)
    assert (cells == again).all()


def test_a_district_is_no_point_of_the_scan() -> None:
    draw = np.random.default_rng(3)
    squares, homes = people(draw)
    even = homes[draw.integers(0, len(homes), 300)]
    named = np.tile([[4500.0, 4300.0]], (40, 1))
    located = marks(np.vstack([even, named]), is_district=np.arange(340) >= 300)
    found = analyse(located, outline=OUTLINE, people=[squares])
    assert found.scan is not None
    assert (found.scan.n, found.areas) == (300, ())


def test_without_people_anywhere_nothing_is_tested_and_the_reason_told() -> None:
    draw = np.random.default_rng(3)
    _, homes = people(draw)
    located = marks(homes[draw.integers(0, len(homes), 300)])
    far = PlacePeople(np.array([55.6]), np.array([13.0]), np.array([500.0]), np.array([900.0]))
    found = analyse(located, outline=OUTLINE, people=[far])
    assert found.scan is not None
    assert (found.scan.untested, found.is_tested) == ("no_people", False)
    assert found.areas == found.concentrations != ()
    assert analyse(located, outline=OUTLINE).scan is None


def test_marks_only_where_nobody_lives_are_not_tested() -> None:
    lat, lon = degrees(np.array([[500.0, 500.0]]))
    corner = PlacePeople(lat, lon, np.array([200.0]), np.array([900.0]))
    draw = np.random.default_rng(3)
    located = marks(draw.uniform(3000, 5500, (100, 2)))
    found = analyse(located, outline=OUTLINE, people=[corner])
    assert found.scan is not None
    assert (found.scan.untested, found.is_tested) == ("elsewhere", False)


def test_the_first_source_with_people_in_the_area_is_used() -> None:
    draw = np.random.default_rng(3)
    squares, homes = people(draw)
    located = marks(homes[draw.integers(0, len(homes), 100)])
    far = PlacePeople(np.array([55.6]), np.array([13.0]), np.array([500.0]), np.array([900.0]))
    found = analyse(located, outline=OUTLINE, people=[far, squares])
    assert found.scan is not None
    assert found.scan.baseline is Baseline.POPULATION
