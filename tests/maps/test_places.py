"""Positions as people and files give them, distances, directions and the nearest place."""

import math

import pytest
from pyproj import Geod

from maps.places import (
    BadCoordinate,
    Compass,
    HalfMissing,
    NamedPoint,
    NotANumber,
    OutOfRange,
    SwappedCoordinates,
    bounds,
    direction,
    distance_m,
    nearest,
    parse_position,
    snap,
)

WGS84 = Geod(ellps="WGS84")
RESECENTRUM = NamedPoint("Resecentrum", 61.2996, 17.0480, 150)
TOWN = NamedPoint("Söderhamn", 61.3037, 17.0592, 2000)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("61.3037", "17.0592"),
        ("61,3037", "17,0592"),
        (" 61.3037 ", "+17.0592"),
        ("61.3037° N", "17.0592°E"),
        ("61.3037N", "17,0592 Ö"),
        ("\u0666\u0661.\u0663\u0660\u0663\u0667", "\u0661\u0667,\u0660\u0665\u0669\u0662"),
        (61.3037, 17.0592),
    ],
)
def test_a_position_is_read_however_it_is_typed(lat, lon):
    assert parse_position(lat, lon) == (61.3037, 17.0592)


@pytest.mark.parametrize("typed", ["12,5 V", "−12.5", "-12.5", "12.5W"])
def test_west_and_minus_are_negative(typed):
    assert parse_position("40", typed) == (40.0, -12.5)


@pytest.mark.parametrize("empty", [("", ""), (None, None), (" ", "\t"), ("", None)])
def test_no_position_is_no_error(empty):
    assert parse_position(*empty) is None


@pytest.mark.parametrize(
    "words",
    [
        "vid torget",
        "sextioett",
        "nan",
        "NaN",
        "inf",
        "1e5",
        "61.3037, 17.0592",
        "6_1",
        "0x3d",
        "61.3037\x00",
        "1" * 5000,
        "<script>",
        "61°18'13\"",
        "1234",
    ],
)
def test_words_are_refused_as_not_a_number(words):
    with pytest.raises(NotANumber) as refused:
        parse_position(words, "17.0592")
    assert isinstance(refused.value, ValueError)
    assert refused.value.typed == words.strip()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_no_position_are_refused(value):
    with pytest.raises(NotANumber):
        parse_position(value, 17.0)


def test_half_a_position_is_said_to_be_half():
    with pytest.raises(HalfMissing):
        parse_position("61.3", "")
    with pytest.raises(HalfMissing):
        parse_position(None, 17.1)


@pytest.mark.parametrize(("lat", "lon"), [("91", "17"), ("61", "181"), ("-90.5", "0")])
def test_beyond_the_globe_is_out_of_range(lat, lon):
    with pytest.raises(OutOfRange):
        parse_position(lat, lon)


def test_swapped_coordinates_are_recognised_and_offered_the_right_way():
    with pytest.raises(SwappedCoordinates) as refused:
        parse_position("17.0592", "61.3037")
    assert (refused.value.lat, refused.value.lon) == (61.3037, 17.0592)
    assert isinstance(refused.value, BadCoordinate)


def test_a_position_abroad_is_a_position():
    assert parse_position("37.0", "-86.4") == (37.0, -86.4)


@pytest.mark.parametrize(
    ("other", "tolerance"),
    [((61.2996, 17.0480), 1e-5), ((61.2117, 17.1279), 1e-5), ((61.70, 17.40), 1e-3)],
)
def test_distance_agrees_with_the_geodesic(other, tolerance):
    _, _, metres = WGS84.inv(17.0592, 61.3037, other[1], other[0])
    assert distance_m(61.3037, 17.0592, *other) == pytest.approx(metres, rel=tolerance)


def test_distance_to_itself_is_nothing():
    assert distance_m(61.3, 17.0, 61.3, 17.0) == 0


@pytest.mark.parametrize("azimuth", range(0, 360, 15))
def test_direction_is_the_nearest_eighth_of_the_compass(azimuth):
    lon, lat, _ = WGS84.fwd(17.0592, 61.3037, azimuth + 0.1, 800)
    expected = tuple(Compass)[round((azimuth + 0.1) / 45) % 8]
    assert direction(61.3037, 17.0592, lat, lon) is expected


def test_the_nearest_place_is_named_with_distance_and_direction():
    lon, lat, _ = WGS84.fwd(RESECENTRUM.lon, RESECENTRUM.lat, 90, 230)
    found = nearest(lat, lon, [RESECENTRUM])
    assert found is not None
    assert found.named is RESECENTRUM
    assert found.distance_m == pytest.approx(230, abs=0.5)
    assert found.direction is Compass.E
    assert not found.within


def test_a_square_is_preferred_to_the_town_around_it():
    for order in ([TOWN, RESECENTRUM], [RESECENTRUM, TOWN]):
        found = nearest(61.2998, 17.0483, order)
        assert found is not None
        assert found.named is RESECENTRUM
        assert found.within


def test_outside_every_extent_the_nearest_edge_wins():
    far_centre = NamedPoint("Stor", 61.30, 17.10, 2000)
    near_centre = NamedPoint("Liten", 61.30, 17.04, 10)
    found = nearest(61.30, 17.0617, [near_centre, far_centre])
    assert found is not None
    assert found.named is far_centre


def test_without_places_nothing_is_near():
    assert nearest(61.3, 17.0, []) is None


def test_snapping_moves_at_most_half_a_diagonal_and_is_stable():
    for step in range(200):
        lat, lon = 61.30 + step * 0.000_137, 17.00 + step * 0.000_311
        snapped = snap(lat, lon, 50)
        assert distance_m(lat, lon, *snapped) <= 50 / math.sqrt(2) * 1.005
        assert snap(*snapped, 50) == pytest.approx(snapped, abs=1e-9)


def test_snapping_gathers_neighbours_in_few_places():
    near = {snap(61.3037 + i * 1e-5, 17.0592 + j * 1e-5) for i in range(10) for j in range(10)}
    assert len(near) <= 4


def test_snapping_needs_a_cell():
    with pytest.raises(ValueError, match="cell_m"):
        snap(61.3, 17.0, 0)


def test_bounds_are_south_west_north_east():
    assert bounds([(61.3, 17.1), (61.2, 17.4)]) == (61.2, 17.1, 61.3, 17.4)
    with pytest.raises(ValueError, match="no points"):
        bounds([])
