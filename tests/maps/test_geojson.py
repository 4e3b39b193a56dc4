"""What leaves as GeoJSON: rounded, turned the right way and without free text."""

import json
import math

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon

from maps.geojson import PublicName, collection, dumps, feature, rounded
from maps.places import Compass


def test_coordinates_have_five_decimals_and_longitude_first():
    assert rounded(Point(17.059_212_345, 61.303_731_9)) == {
        "type": "Point",
        "coordinates": [17.05921, 61.30373],
    }


def test_every_corner_is_rounded_as_python_rounds_it():
    draw = np.random.default_rng(5)
    near = [0.000005, 0.000015, -0.000005, 1e-7, -0.0, 17.123455, 17.123465, 560_000.123455, 1e15]
    values = np.concatenate([draw.uniform(-180, 180, 2_000), draw.integers(0, 10**8, 999) / 1e6])
    values = np.concatenate([values, near, np.nextafter(near, 9e15), np.nextafter(near, -9e15)])
    corners = np.column_stack([values, values[::-1]])
    found = rounded(shapely.LineString(corners))["coordinates"]
    # As texts, so that minus nought is told from nought.
    assert repr(found) == repr([[round(x, 5), round(y, 5)] for x, y in corners.tolist()])


def test_shapes_of_several_parts_nest_as_geojson_does():
    square = shapely.box(0, 0, 1, 1)
    parts = rounded(shapely.MultiPolygon([square, shapely.box(2, 2, 3, 3)]))
    assert parts["coordinates"][0] == rounded(square)["coordinates"]
    assert rounded(shapely.MultiPoint([(1, 2), (3, 4)]))["coordinates"] == [[1, 2], [3, 4]]
    assert rounded(Point(1, 2, 3.000_001))["coordinates"] == [1, 2, 3]
    assert rounded(Polygon())["coordinates"] == rounded(Point())["coordinates"] == []


def test_outer_rings_turn_counter_clockwise_and_holes_clockwise():
    shell = [(0, 0), (0, 4), (4, 4), (4, 0)]
    hole = [(1, 1), (2, 1), (2, 2), (1, 2)]
    outer, inner = rounded(Polygon(shell, [hole]))["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(inner).is_ccw


def test_a_feature_carries_numbers_codes_and_names_of_the_register():
    made = feature(
        Point(17, 61), {"n": 5, "q": 0.01, "at": Compass.NE, "name": PublicName("Ön"), "x": None}
    )
    assert json.loads(dumps(made))["properties"] == {
        "n": 5,
        "q": 0.01,
        "at": "ne",
        "name": "Ön",
        "x": None,
    }


@pytest.mark.parametrize("value", ["ett svar", ["a"], {"b": 1}, b"c"])
def test_free_text_cannot_enter_a_feature(value):
    with pytest.raises(TypeError):
        feature(Point(17, 61), {"text": value})


def test_the_same_features_give_the_same_text():
    made = [feature(Point(17, 61), {"n": n}) for n in (1, 2)]
    assert dumps(collection(made)) == dumps(collection(list(made)))
    assert dumps(collection([])) == '{"type":"FeatureCollection","features":[]}'


def test_nan_never_becomes_json():
    with pytest.raises(ValueError, match="JSON"):
        dumps(feature(Point(17, 61), {"z": math.nan}))
