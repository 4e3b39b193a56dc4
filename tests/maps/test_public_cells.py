"""Which cell a mark counts in, and what is drawn of the cells."""

import pytest
from shapely.geometry import box, shape

from maps.areas import Outline
from maps.crs import shape_to_degrees, shape_to_metres, to_degrees
from maps.edition_rule import tell
from maps.geojson import dumps
from maps.places import NamedPoint, Place, Precision
from maps.public_cells import PublicMark, cells_document, named_cells, persons_by_cell

EAST, NORTH = 600_000, 6_797_000
FIRST = (EAST // 250, NORTH // 250)


def key(column, row):
    return f"{FIRST[0] + column}:{FIRST[1] + row}"


def degrees(east_m, north_m):
    lat, lon = to_degrees([EAST + east_m], [NORTH + north_m])
    return float(lat[0]), float(lon[0])


def pin(who, column=0, row=0, **more):
    """A mark in the middle of a cell."""
    lat, lon = degrees(250 * column + 125, 250 * row + 125)
    return Place(lat, lon, respondent=who, **more)


def count(*places, outline=None, sensitive=(), cell_m=250):
    marks = [p if isinstance(p, PublicMark) else PublicMark(p) for p in places]
    return persons_by_cell(marks, cell_m=cell_m, outline=outline, sensitive=sensitive)


def document(*places, least=5, outline=None):
    told = tell(count(*places, outline=outline).cells, None, least, n_all=1000)
    return cells_document(told, cell_m=250, least=least, outline=outline)


def test_a_person_with_many_marks_counts_once_in_a_cell():
    counted = count(*[pin("a")] * 10, pin("b"), pin("a", 1))
    assert counted.cells == {key(0, 0): {"a", "b"}, key(1, 0): {"a"}}
    assert counted.n_marks == 12


def test_a_name_counts_over_its_extent_and_a_district_nowhere():
    counted = count(
        pin("a", precision=Precision.PLACE, extent_m=260),
        pin("b", precision=Precision.DISTRICT, extent_m=2000),
    )
    assert set(counted.cells) == {key(0, 0), key(1, 0), key(-1, 0), key(0, 1), key(0, -1)}
    assert counted.n_without_position == 1


def test_the_lines_of_the_grid_do_not_follow_the_marks():
    assert set(count(pin("a"), pin("b", 3, 3)).cells) >= set(count(pin("a")).cells)


def test_a_cell_whose_middle_lies_outside_the_municipality_is_left_out_and_none_is_cut():
    area = box(EAST, NORTH, EAST + 600, NORTH + 600)
    outline = Outline(shape_to_degrees(area))
    counted = count(*(pin(f"p{i}", 1, 1) for i in range(5)), pin("x", 2, 1), outline=outline)
    assert set(counted.cells) == {key(1, 1)}
    assert counted.n_outside == 1
    whole = document(*(pin(f"p{i}", 1, 1) for i in range(5)), outline=outline)
    assert shape_to_metres(shape(whole["features"][0]["geometry"])).area == pytest.approx(
        250**2, rel=0.02
    )


def test_marks_about_homes_and_cells_that_a_sensitive_place_reaches_are_left_out():
    lat, lon = degrees(240, 125)
    shelter = NamedPoint("Skyddat boende", lat, lon, 30.0)
    counted = count(
        PublicMark(pin("a", 5), is_sensitive=True),
        pin("b"),
        pin("c", 1),
        pin("d", 2),
        sensitive=[shelter],
    )
    assert set(counted.cells) == {key(2, 0)}
    assert (counted.n_sensitive, counted.n_marks) == (3, 1)


def test_what_cannot_be_projected_is_counted_and_left_out():
    counted = count(Place(float("nan"), 17.0, respondent="a"), pin("b"))
    assert (counted.n_without_position, counted.n_marks) == (1, 1)


def test_the_document_holds_classes_and_no_number_of_persons():
    shown = document(*(pin(f"p{i}") for i in range(7)), *(pin(f"q{i}", 9) for i in range(4)))
    cell, few = shown["features"]
    assert cell["properties"] == {"level": 1, "at_least": 5}
    assert few["properties"] == {"level": 0, "at_least": None}
    assert shape(few["geometry"]).contains(shape(cell["geometry"]).centroid) is False


def test_too_few_is_drawn_round_what_is_shown_whether_anybody_is_there_or_not():
    """Else the hatch would be a list of the cells that one to four persons have marked."""
    shown = [pin(f"p{i}") for i in range(6)]
    alone = document(*shown)
    assert document(*shown, pin("x", 1), pin("y", 30)) == alone
    assert "x" not in dumps(alone)


def test_nothing_is_drawn_where_nothing_is_shown():
    assert document(pin("a"))["features"] == []


def test_the_list_names_public_ground_near_each_class_of_cells():
    lat, lon = degrees(0, 0)
    told = tell(
        count(
            *(pin(f"p{i}") for i in range(6)),
            *(pin(f"p{i}", 1) for i in range(6)),
            *(pin(f"p{i}", 2) for i in range(12)),
        ).cells,
        None,
        5,
        n_all=1000,
    )
    rows = named_cells(told, [NamedPoint("Torget", lat, lon, 100.0)], cell_m=250, least=5)
    assert rows == [
        {"name": "Torget", "level": 2, "at_least": 10, "n_cells": 1},
        {"name": "Torget", "level": 1, "at_least": 5, "n_cells": 2},
    ]
    assert named_cells(told, [], cell_m=250, least=5)[0]["name"] == ""
