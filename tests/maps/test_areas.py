"""Inside, near or outside an outline, held to geopandas in SWEREF 99 TM."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import Point, Polygon, mapping

from maps.areas import BadOutline, Position, distance_outside_m, position, read_outline

# An invented municipality: a five-cornered coast area with a bay.
RING = [
    (16.60, 61.05),
    (17.20, 61.02),
    (17.35, 61.25),
    (17.10, 61.30),
    (17.30, 61.45),
    (16.70, 61.52),
    (16.60, 61.05),
]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


def metres_by_geopandas(lat: float, lon: float) -> float:
    frame = gpd.GeoSeries([Polygon(RING), Point(lon, lat)], crs=4326)
    # Edges are straight in degrees here as in our module; close vertices keep that in the plane.
    frame = frame.segmentize(0.002).to_crs(3006)
    return float(frame.iloc[0].distance(frame.iloc[1]))


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (61.0101, 17.21),
        (61.26, 17.352),
        (61.31, 17.25),
        (61.20, 16.40),
        (61.60, 17.00),
        (61.90, 16.20),
        (60.70, 17.90),
    ],
)
def test_distance_agrees_with_geopandas_within_one_percent(lat, lon):
    assert distance_outside_m(read_outline(SQUARE), lat, lon) == pytest.approx(
        metres_by_geopandas(lat, lon), rel=0.01
    )


def test_inside_and_on_the_edge_the_distance_is_nothing():
    outline = read_outline(SQUARE)
    assert distance_outside_m(outline, 61.2, 16.9) == 0
    assert distance_outside_m(outline, *reversed(RING[0])) == 0


def test_position_is_near_up_to_one_kilometre():
    outline = read_outline(SQUARE)
    assert position(outline, 61.2, 16.9) is Position.INSIDE
    west_edge = 16.6 + 0.1 * (61.2 - 61.05) / 0.47
    assert position(outline, 61.2, west_edge - 0.017) is Position.NEAR
    assert position(outline, 61.2, west_edge - 0.021) is Position.OUTSIDE
    assert position(outline, 61.2, west_edge - 0.021, near_limit_m=2000) is Position.NEAR


def test_the_bay_is_outside():
    assert position(read_outline(SQUARE), 61.31, 17.25) is Position.OUTSIDE


def test_a_hole_is_outside():
    hole = [(16.8, 61.2), (16.9, 61.2), (16.9, 61.3), (16.8, 61.3), (16.8, 61.2)]
    outline = read_outline({"type": "Polygon", "coordinates": [RING, hole]})
    assert position(outline, 61.25, 16.85) is Position.OUTSIDE


def test_a_collection_gives_its_outline_and_not_its_lakes():
    lake = mapping(Point(18.5, 62.0).buffer(0.1))
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"kind": "water"}, "geometry": lake},
            {"type": "Feature", "properties": {"kind": "outline"}, "geometry": SQUARE},
            {"type": "Feature", "properties": {"kind": "place"}, "geometry": mapping(Point(1, 2))},
        ],
    }
    outline = read_outline(json.dumps(document))
    assert outline.bounds == pytest.approx((61.02, 16.60, 61.52, 17.35))
    assert not outline.repaired


def test_several_parts_are_one_outline():
    island = mapping(Point(17.6, 61.2).buffer(0.05))
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": SQUARE},
            {"type": "Feature", "properties": None, "geometry": island},
        ],
    }
    outline = read_outline(document)
    assert position(outline, 61.2, 17.6) is Position.INSIDE
    assert position(outline, 61.2, 16.9) is Position.INSIDE


def test_an_outline_that_crosses_itself_is_repaired_and_says_so():
    bow_tie = [(16.6, 61.0), (17.0, 61.4), (17.0, 61.0), (16.6, 61.4), (16.6, 61.0)]
    outline = read_outline({"type": "Polygon", "coordinates": [bow_tie]})
    assert outline.repaired
    assert position(outline, 61.2, 16.62) is Position.INSIDE
    assert position(outline, 61.05, 16.8) is Position.OUTSIDE


@pytest.mark.parametrize(
    "source",
    [
        "",
        "not json",
        b"\xff\xfe",
        "[]",
        "null",
        "{}",
        '{"type": "Point", "coordinates": [17, 61]}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "Feature", "properties": {}, "geometry": null}',
        '{"type": "Polygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[[17, 61], [17, 61]]]}',
        '{"type": "Polygon", "coordinates": [[[17, 61], [18, 62], [17, 61], [17, 61]]]}',
        '{"type": "Polygon", "coordinates": [[["a", 1], [2, 3], [4, 5], ["a", 1]]]}',
        '{"type": "Polygon", "coordinates": [[[NaN, 61], [18, 62], [18, 61], [NaN, 61]]]}',
    ],
)
def test_what_is_no_polygon_is_refused(source):
    with pytest.raises(BadOutline):
        read_outline(source)
