"""How marks become persons per cell."""

import itertools
import math

import numpy as np
import pytest
from shapely.geometry import box

from maps.areas import Outline
from maps.crs import to_degrees
from maps.engine.grid import Grid
from maps.engine.marks import locate, place_marks, place_part, read_marks
from maps.engine.said import cell_persons
from maps.places import Place, Precision

GRID = Grid(east_m=600_000, north_m=6_797_000, cell_m=250, columns=8, rows=8)


def at(column, row, who=None, **more):
    """A mark in the middle of a cell of the grid."""
    lat, lon = to_degrees(600_125 + 250 * column, 6_797_125 + 250 * row)
    return Place(float(lat), float(lon), respondent=who, **more)


def persons(*places):
    rows = cell_persons(read_marks(places), GRID)
    return rows.value, rows.respondents


def test_a_person_counts_once_in_a_cell():
    value, distinct = persons(*[at(1, 1, "a")] * 10, at(1, 1, "b"), at(2, 1, "a"))
    assert (value[1, 1], value[1, 2], value.sum()) == (2, 1, 3)
    np.testing.assert_array_equal(value, distinct)


def test_marks_without_a_respondent_are_persons_of_their_own():
    value, distinct = persons(at(1, 1), at(1, 1), at(1, 1, "a"))
    assert value[1, 1] == distinct[1, 1] == 3


def test_a_named_place_is_shared_among_the_cells_it_covers():
    value, distinct = persons(at(3, 3, "a", precision=Precision.PLACE, extent_m=260))
    assert value.sum() == pytest.approx(1)
    assert value[3, 3] == value[2, 3] == value[3, 4] == pytest.approx(0.2)
    assert distinct.sum() == 5


def test_a_pin_inside_a_named_place_is_the_same_person():
    by_name = at(3, 3, "a", precision=Precision.PLACE, extent_m=260)
    value, distinct = persons(by_name, at(3, 3, "a"))
    assert value[3, 3] == 1
    assert distinct[3, 3] == 1
    assert value.sum() == pytest.approx(1.8)


def test_an_extent_counts_only_for_marks_by_name():
    value, _ = persons(at(3, 3, "a", precision=Precision.STREET, extent_m=900))
    assert value[3, 3] == value.sum() == 1


def test_a_district_is_never_a_point():
    marks = read_marks([at(1, 1, "a", precision=Precision.DISTRICT), at(2, 2, "a")])
    assert marks.n_districts == 1
    assert marks.source.tolist() == [1]


def test_positions_that_are_none_are_counted_and_left_out():
    marks = read_marks([Place(math.nan, 17), Place(61, math.inf), at(1, 1, "a")])
    assert (marks.n_unusable, marks.east.size, marks.n_persons) == (2, 1, 1)
    assert marks.source.tolist() == [2]


def test_marks_far_outside_the_outline_are_left_out_and_near_ones_kept():
    south, west = at(0, 0).lat, at(0, 0).lon
    outline = Outline(box(west, south, west + 0.05, south + 0.05))
    marks = read_marks([at(0, 1), at(0, -3), at(0, -5), Place(37.0, -86.4)], outline)
    assert marks.n_outside == 2
    assert marks.source.tolist() == [0, 1]


def test_no_marks_are_no_persons():
    value, distinct = persons()
    assert value.sum() == distinct.sum() == 0
    assert read_marks([]).n_persons == 0


def test_a_part_is_placed_as_if_it_were_alone():
    places = [
        at(1, 1, "a"),
        at(40, 40, "b"),
        Place(99.0, 17.0, respondent="c"),
        at(2, 1, "d", precision=Precision.DISTRICT),
        at(2, 2, "e", precision=Precision.PLACE, extent_m=150.0, name="Torget"),
        at(3, 3, "a"),
    ]
    low, high = at(0, 0), at(8, 8)
    outline = Outline(box(low.lon, low.lat, high.lon, high.lat))
    whole = read_marks(places, outline)
    for kept in itertools.product([True, False], repeat=len(places)):
        part = locate(list(itertools.compress(places, kept)))
        placed, alone = place_part(whole, part, np.array(kept)), place_marks(part, outline)
        for name in ("east", "north", "person", "extent_m", "source"):
            np.testing.assert_array_equal(getattr(placed, name), getattr(alone, name))
        for name in ("n_districts", "n_outside", "n_unusable"):
            assert getattr(placed, name) == getattr(alone, name)
