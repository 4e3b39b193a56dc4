"""SWEREF 99 TM, held to geopandas and to a published control point."""

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Polygon

from maps.crs import shape_to_degrees, shape_to_metres, to_degrees, to_metres

LATS = np.array([55.4, 59.3, 61.3037, 68.9])
LONS = np.array([13.0, 18.1, 17.0592, 20.5])


def test_metres_agree_with_geopandas():
    frame = gpd.GeoSeries.from_xy(LONS, LATS, crs=4326).to_crs(3006)
    east, north = to_metres(LATS, LONS)
    np.testing.assert_allclose(east, frame.x, atol=1e-6)
    np.testing.assert_allclose(north, frame.y, atol=1e-6)


def test_there_and_back_again():
    lat, lon = to_degrees(*to_metres(LATS, LONS))
    np.testing.assert_allclose(lat, LATS, atol=1e-9)
    np.testing.assert_allclose(lon, LONS, atol=1e-9)


def test_the_central_meridian_has_500_kilometres_east():
    east, _ = to_metres([60.0], [15.0])
    assert east[0] == pytest.approx(500_000, abs=1e-6)


def test_what_is_no_position_becomes_infinite():
    east, north = to_metres([np.nan, np.inf, 61.0], [17.0, 17.0, 17.0])
    assert np.isfinite(east).tolist() == [False, False, True]
    assert np.isfinite(north).tolist() == [False, False, True]


def test_no_positions_are_no_positions():
    assert [axis.size for axis in to_metres([], [])] == [0, 0]


def test_shapes_keep_their_form():
    square = Polygon([(17.0, 61.3), (17.1, 61.3), (17.1, 61.4), (17.0, 61.4)])
    metres = shape_to_metres(square)
    assert metres.area == pytest.approx(
        float(gpd.GeoSeries([square], crs=4326).to_crs(3006).area.iloc[0])
    )
    assert shape_to_degrees(metres).equals_exact(square, 1e-9)
