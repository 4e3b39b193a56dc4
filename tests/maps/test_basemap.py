"""Reading the ground of a map."""

import json

import pytest
from shapely.geometry import box, mapping

from maps.ground.basemap import ABOVE_DATA, STROKES, BadBasemap, GroundKind, read_basemap

SQUARE = mapping(box(17.0, 61.2, 17.1, 61.3))
LINE = {"type": "LineString", "coordinates": [[17.0, 61.2], [17.1, 61.3]]}


def document(*features):
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }


def test_features_come_in_the_order_of_drawing():
    ground = read_basemap(
        json.dumps(
            document(
                ({"kind": "outline"}, SQUARE),
                ({"kind": "road", "level": "main", "name": "E4"}, LINE),
                ({"kind": "road"}, LINE),
                ({"kind": "water", "name": "Fjärden"}, SQUARE),
            )
        )
    )
    assert [feature.kind for feature in ground.features] == [
        GroundKind.WATER,
        GroundKind.STREET,
        GroundKind.MAIN_ROAD,
        GroundKind.OUTLINE,
    ]
    assert ground.features[0].name == "Fjärden"


def test_bounds_are_those_of_the_outline():
    far = mapping(box(10, 55, 20, 65))
    ground = read_basemap(document(({"kind": "outline"}, SQUARE), ({"kind": "water"}, far)))
    assert ground.bounds == pytest.approx((61.2, 17.0, 61.3, 17.1))
    assert read_basemap(document(({"kind": "water"}, far))).bounds == (55, 10, 65, 20)
    assert read_basemap(document()).bounds is None


def test_what_we_do_not_draw_is_left_out():
    ground = read_basemap(
        document(
            ({"kind": "tram"}, LINE), ({}, LINE), (None, LINE), ({"kind": "rail"}, None),
        )
    )  # fmt: skip
    assert ground.features == ()


def test_every_kind_can_be_drawn():
    assert set(STROKES) == set(GroundKind)
    assert set(GroundKind) > ABOVE_DATA


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "null",
        b"\xff",
        '{"type": "Feature"}',
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": [1]}',
        '{"type": "FeatureCollection", "features": [{"properties": {"kind": "rail"}}]}',
        json.dumps(document(({"kind": "rail"}, {"type": "LineString", "coordinates": [[1]]}))),
        json.dumps(document(({"kind": "rail"}, {"type": "Circle"}))),
        json.dumps(
            document(
                ({"kind": "rail"}, {"type": "LineString", "coordinates": [[6e5, 6e6], [1, 2]]})
            )
        ),
        '{"type": "FeatureCollection", "features": [{"properties": {"kind": "rail"}, "geometry":'
        ' {"type": "LineString", "coordinates": [[NaN, 61], [17, 61]]}}]}',
    ],
)
def test_what_is_no_ground_is_refused(source):
    with pytest.raises(BadBasemap):
        read_basemap(source)
