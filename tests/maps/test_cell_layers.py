"""Squares in classes, groups of marks and what most persons said: nobody can be picked out."""

import gzip
from dataclasses import replace

import numpy as np
import pytest

from maps.area_counts import areas_of_marks, count_persons, simplified
from maps.crs import to_degrees
from maps.divisions import read_shapes
from maps.drawing.cell_layers import (
    commonest_layer,
    density_layer,
    gi_layer,
    persons_layer,
    told_cells,
)
from maps.drawing.groups import ZOOMS, group_layer
from maps.drawing.map_layers import DrawnClass, packed_squares
from maps.drawing.render import staff_map
from maps.drawing.shown import GroupsShown, standard_layers
from maps.drawing.words import SWEDISH
from maps.engine.hotspots import analyse
from maps.engine.marks import Located, place_marks
from maps.engine.said import cell_persons
from maps.ground.basemap import EMPTY_BASEMAP
from tests.maps.analyses import TOWN, nothing, planted

DARK, EMPTY, NOISY = 1, 2, 4


def located(*groups: tuple[float, float, int], seed: int = 1) -> Located:
    """Pins of a person each: (east offset, north offset, persons)."""
    draw = np.random.default_rng(seed)
    east = np.concatenate([draw.uniform(e, e + 50, n) for e, _, n in groups])
    north = np.concatenate([draw.uniform(up, up + 50, n) for _, up, n in groups])
    lat, lon = to_degrees(TOWN[0] + east, TOWN[1] + north)
    size = lat.size
    return Located(lat, lon, np.arange(size), np.zeros(size), np.zeros(size, dtype=bool))


@pytest.fixture(scope="module")
def analysis():
    return planted((3000, 2000, 40), (-3000, -1000, 30), (0, 9000, 8))


def test_a_class_of_squares_never_holds_fewer_persons_than_the_limit(analysis):
    layer = persons_layer(analysis)
    persons = analysis.surface.respondents.ravel()
    assert layer.cells.tolist() == np.flatnonzero(persons >= 5).tolist()
    assert layer.limits[0] == 5
    for cell, level in zip(layer.cells, layer.levels, strict=True):
        assert persons[cell] >= layer.limits[level - 1]
        assert level == len(layer.limits) or persons[cell] < layer.limits[level]


def test_density_is_drawn_only_where_it_rests_on_enough_persons():
    analysis = planted((3000, 2000, 60), (-6000, -6000, 2))
    layer = density_layer(analysis)
    circle_km2 = np.pi * (analysis.bandwidth_m / 1000) ** 2
    shown = analysis.surface.density.ravel()[layer.cells]
    assert shown.min() * circle_km2 >= 5
    assert set(layer.levels.tolist()) <= {1, 2, 3, 4, 5}
    assert density_layer(planted(background=30)) is None


@pytest.mark.parametrize(
    ("least", "highest", "expected"),
    [
        (0.6, 1.2, [0.6, 1]),
        (3.54, 4.9, [3.54]),
        (1.2, 9.0, [1.2, 2, 5]),
        (3.54, 19.0, [3.54, 10, 15]),
        (3.54, 34.0, [3.54, 10, 15, 20, 30]),
        (3.54, 5200, [3.54, 30, 150, 700, 5000]),
    ],
)
def test_classes_of_density_begin_at_round_numbers_far_enough_apart(least, highest, expected):
    thin = planted(background=30)
    shape = thin.surface.density.shape
    density = np.linspace(0.0, highest, thin.surface.density.size).reshape(shape)
    # Five persons in a circle of one bandwidth are `least` per square kilometre.
    flat = replace(
        thin,
        bandwidth_m=1000 * np.sqrt(5 / least / np.pi),
        surface=replace(thin.surface, density=density),
    )
    layer = density_layer(flat)
    assert layer.limits == pytest.approx(expected)
    assert layer.levels.max() == len(expected)


def test_a_square_that_stands_out_is_held_by_enough_persons(analysis):
    layer = gi_layer(analysis)
    flat = analysis.surface.respondents.ravel(), analysis.surface.q.ravel()
    assert layer.cells.size
    assert flat[0][layer.cells].min() >= 5
    assert flat[1][layer.cells].max() <= 0.05
    strongest = layer.cells[layer.levels == 3]
    assert flat[1][strongest].max() <= 0.001


def test_nothing_has_no_layers():
    empty = nothing()
    assert persons_layer(empty) is density_layer(empty) is gi_layer(empty) is None
    assert standard_layers(empty, SWEDISH) == []


def test_squares_are_drawn_where_they_lie(analysis):
    layer = persons_layer(analysis)
    packed = packed_squares(layer, [DrawnClass("cell", "")] * 5)
    frame, squares, row = packed["frame"], {}, 0
    for on, first, levels in packed["runs"]:
        row += on
        squares |= {
            (row, first + step): packed["letters"].index(level) + 1
            for step, level in enumerate(levels)
        }
    rows, columns = np.divmod(layer.cells, layer.grid.columns)
    south, west = rows.min(), columns.min()
    places = zip(rows - south, columns - west, strict=True)
    assert squares == dict(zip(places, layer.levels, strict=True))
    for row, column in squares:
        lat, lon = to_degrees(
            layer.grid.east_m + (column + west) * 250, layer.grid.north_m + (row + south) * 250
        )
        drawn = [between(frame[key], row, column, frame["step"]) for key in ("lat", "lon")]
        assert abs(drawn[0] - lat) * 111_000 < 1
        assert abs(drawn[1] - lon) * 54_000 < 1


def between(of, row, column, step):
    """A corner from the four nearest of the frame, as the browser reckons it."""
    r, c = min(row // step, len(of) - 2), min(column // step, len(of[0]) - 2)
    y, x = row / step - r, column / step - c
    south = of[r][c] * (1 - x) + of[r][c + 1] * x
    north = of[r + 1][c] * (1 - x) + of[r + 1][c + 1] * x
    return south * (1 - y) + north * y


def test_groups_hold_only_persons_of_squares_that_are_shown():
    marks = located((0, 0, 12), (300, 0, 7), (600, 0, 4), (5000, 0, 9), (9000, 0, 1))
    analysis = analyse(marks)
    groups = group_layer(
        analysis.surface, cell_persons(place_marks(marks), analysis.surface.grid), 5
    )
    assert groups.zooms == ZOOMS
    # The square of four and the lonely pin are in no group at any zoom.
    for level in groups.groups:
        assert sum(group.n_respondents for group in level) <= 12 + 7 + 9
        assert min(group.n_respondents for group in level) >= 5
    assert [group.n_respondents for group in groups.groups[0]] == [
        25
    ]  # of 28; of all it would be 30
    assert [group.n_respondents for group in groups.finest] == [15, 5]


def test_a_group_counts_a_person_once():
    marks = located((0, 0, 6), (300, 0, 6))
    same = replace(marks, person=np.tile(np.arange(6), 2))
    analysis = analyse(same)
    groups = group_layer(
        analysis.surface, cell_persons(place_marks(same), analysis.surface.grid), 5
    )
    assert [group.n_respondents for group in groups.finest] == [5]


def test_the_commonest_is_what_most_persons_said_and_enough_of_them():
    marks = located((0, 0, 12), (1000, 0, 7), (2000, 0, 9), (3000, 0, 3))
    masks = np.array(
        [DARK] * 7 + [EMPTY] * 5 + [EMPTY | NOISY] * 7 + [DARK, EMPTY, NOISY] * 3 + [DARK] * 3
    )
    analysis = analyse(marks)
    persons = cell_persons(place_marks(marks), analysis.surface.grid)
    cells = told_cells(analysis.surface, 5)
    found = commonest_layer(analysis.surface.grid, cells, persons.count(masks, 3, cells), 5)
    assert cells.size == 3  # three persons make no square
    assert found.members == (0, 1)
    assert found.layer.levels.tolist() == [1, 2, 3]
    assert found.has_few  # nine persons of three opinions
    assert not found.has_others


def test_more_kinds_than_colours_share_the_last_one():
    marks = located(*[(1000 * n, 0, 5 + n) for n in range(6)])
    masks = np.concatenate([np.full(5 + n, 1 << n) for n in range(6)])
    analysis = analyse(marks)
    cells = told_cells(analysis.surface, 5)
    said = cell_persons(place_marks(marks), analysis.surface.grid).count(masks, 6, cells)
    found = commonest_layer(analysis.surface.grid, cells, said, 5)
    assert len(found.members) == 4
    assert found.has_others
    assert sorted(found.layer.levels.tolist()) == [1, 2, 3, 4, 5, 5]


def test_persons_are_counted_once_in_an_area_and_wide_names_in_none():
    square = {
        "type": "Polygon",
        "coordinates": [[[17, 61], [18, 61], [18, 62], [17, 62], [17, 61]]],
    }
    beside = {
        "type": "Polygon",
        "coordinates": [[[18, 61], [19, 61], [19, 62], [18, 62], [18, 61]]],
    }
    areas = read_shapes([square, beside])
    marks = Located(
        lat=np.array([61.5, 61.6, 61.5, 61.5, 61.5]),
        lon=np.array([17.5, 17.6, 18.5, 17.5, 17.5]),
        person=np.array([0, 0, 0, 1, 2]),
        extent_m=np.array([0, 0, 0, 400.0, 0]),
        is_district=np.array([False, False, False, False, True]),
    )
    area = areas_of_marks(marks, areas)
    assert area.tolist() == [0, 0, 1, -1, -1]
    assert count_persons(area, marks.person, 2).tolist() == [1, 1]
    drawn = simplified(areas)
    assert [round(shape.area, 3) for shape in drawn] == [1.0, 1.0]


def test_a_large_municipality_s_layers_are_small_to_fetch():
    draw = np.random.default_rng(5)
    east = np.append(draw.uniform(580_000, 620_000, 150_000), draw.normal(600_000, 3000, 150_000))
    north = np.append(
        draw.uniform(6_780_000, 6_810_000, 150_000), draw.normal(6_797_000, 3000, 150_000)
    )
    lat, lon = to_degrees(east, north)
    size = lat.size
    marks = Located(lat, lon, np.arange(size), np.zeros(size), np.zeros(size, dtype=bool))
    analysis = analyse(marks)
    groups = group_layer(
        analysis.surface, cell_persons(place_marks(marks), analysis.surface.grid), 5
    )
    layers = [*standard_layers(analysis, SWEDISH), GroupsShown("groups", groups, "%n")]
    script = staff_map(analysis, EMPTY_BASEMAP, words=SWEDISH, layers=layers).script
    assert sum(layer.layer.cells.size for layer in layers[:2]) > 20_000
    assert len(gzip.compress(script.encode(), 9)) < 100_000
