"""The still map: what a press on it points at, how it moves, and what is drawn."""

import re
from pathlib import Path

import pytest
from shapely.geometry import Point

from maps.drawing.static import Pin
from maps.drawing.still import (
    PALETTE,
    SIDE_PX,
    StillView,
    draw_still,
    is_in_water,
    look_at,
    read_view,
)
from maps.geojson import PublicName, collection, feature
from maps.ground.basemap import read_basemap
from maps.places import Compass, NamedPoint, distance_m, nearest_spot

VIEW = StillView(61.3037, 17.0592, 14)
SEA = read_basemap(
    collection(
        [
            feature(Point(17.2, 61.3).buffer(0.05), {"kind": PublicName("water")}),
            feature(Point(17.2, 61.3).buffer(0.01), {"kind": PublicName("land")}),
        ]
    )
)


def test_the_middle_pixel_is_the_middle_of_the_view() -> None:
    assert VIEW.at(SIDE_PX // 2, SIDE_PX // 2) == pytest.approx((VIEW.lat, VIEW.lon))


def test_a_pressed_pixel_is_drawn_where_it_was_pressed() -> None:
    for x, y in [(20, 30), (144, 10), (280, 250)]:
        drawn = VIEW.edges.point(*VIEW.at(x, y))
        assert drawn == pytest.approx((x, y), abs=0.2)


@pytest.mark.parametrize(("x", "y"), [(-5, 3), (10**9, 10**9)])
def test_pixels_outside_the_picture_are_its_edge(x: int, y: int) -> None:
    edges = VIEW.edges
    lat, lon = VIEW.at(x, y)
    assert edges.south <= lat <= edges.north
    assert edges.west <= lon <= edges.east


def test_the_map_moves_the_way_it_is_told_and_back() -> None:
    north = VIEW.moved(Compass.N)
    assert north.lat > VIEW.lat
    assert 200 < distance_m(VIEW.lat, VIEW.lon, north.lat, north.lon) < 1000
    assert VIEW.moved(Compass.W).lon < VIEW.lon < VIEW.moved(Compass.E).lon
    assert north.moved(Compass.S).lat == pytest.approx(VIEW.lat, abs=1e-5)


def test_zooming_stops_at_both_ends() -> None:
    assert VIEW.zoomed(100).zoom == VIEW.zoomed(3).zoom
    assert VIEW.zoomed(-100).zoom == VIEW.zoomed(-5).zoom


def test_a_view_is_read_back_as_it_was_written() -> None:
    assert read_view(str(VIEW), StillView(0, 0)) == VIEW


@pytest.mark.parametrize("typed", ["", "x", "1,2", "nan,17,14", "inf,17,14", "99,17,14", "61,17,z"])
def test_a_view_that_cannot_be_read_is_the_usual_one(typed: str) -> None:
    assert read_view(typed, VIEW) == VIEW


@pytest.mark.parametrize(("lat", "lon"), [(90, 0), (-90, 180), (61, -180), (-90, -180)])
def test_the_ends_of_the_world_can_be_drawn(lat: float, lon: float) -> None:
    view = look_at(lat, lon, 15)
    assert draw_still(SEA, view, places=(), pins=[Pin(1, lat, lon)], glow_m=50).startswith("<svg")
    assert read_view(str(view), VIEW) == view


def test_the_picture_is_small_and_carries_its_own_colours_and_the_numbers() -> None:
    ground = (Path("surveys") / "demo" / "geography" / "soderhamn.geojson").read_text("utf-8")
    named = [NamedPoint("<Torget>", 61.304, 17.06, 120)]
    svg = draw_still(
        read_basemap(ground),
        VIEW.zoomed(-5),
        places=named,
        pins=[Pin(1, 61.3, 17.05), Pin(2, 61.3037, 17.0592)],
        glow_m=50,
    )
    assert len(svg) < 20_000
    assert ">2</text>" in svg
    assert "<script" not in svg
    assert "prefers-color-scheme:dark" in svg
    assert "<Torget>" not in svg


def boxes(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of each name, with room for a wide typeface."""
    found = re.findall(r'<text class="m-tw?" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>', svg)
    halves = {name: len(name) * 9.2 / 2 for _, _, name in found}
    return {
        name: (float(x) - halves[name], float(y) - 11, float(x) + halves[name], float(y) + 3)
        for x, y, name in found
    }


@pytest.mark.parametrize(
    ("x", "y"), [(5, 100), (283, 100), (144, 144), (120, 150), (250, 270), (280, 275)]
)
def test_a_name_is_whole_and_clear_of_the_cross_and_the_scale(x: int, y: int) -> None:
    lat, lon = VIEW.at(x, y)
    svg = draw_still(SEA, VIEW, places=[NamedPoint("Hamnen och kajen", lat, lon, 600)])
    named = boxes(svg)
    scale = next(box for name, box in named.items() if name.endswith(" m"))
    cross = (114, 140, 174, 148), (140, 114, 148, 174)
    if "Hamnen och kajen" not in named:
        assert y > 260  # there is no room beside the scale
        return
    left, top, right, bottom = named["Hamnen och kajen"]
    assert 0 <= left < right <= SIDE_PX
    for a, b, c, d in (scale, *cross):
        assert left >= c or right <= a or top >= d or bottom <= b


def test_far_out_the_town_is_named_before_its_parts() -> None:
    town = NamedPoint("Söderhamn", VIEW.lat, VIEW.lon + 0.01, 2000)
    part = NamedPoint("Stugsund", VIEW.lat, VIEW.lon + 0.012, 600)
    named = boxes(draw_still(SEA, VIEW.zoomed(-2), places=[part, town]))
    assert "Söderhamn" in named
    assert "Stugsund" not in named


def test_the_pictures_colours_are_those_of_the_site() -> None:
    folder = Path("webapp/frontend/scss")
    sheets = [(folder / f"_{name}.scss").read_text("utf-8") for name in ("tokens", "tokens-data")]
    for name, (light, dark) in PALETTE.items():
        written = [
            value for sheet in sheets for value in re.findall(rf"--{name}: (#[0-9a-f]+);", sheet)
        ]
        assert written in ([light, dark], [light]), name
        assert len(written) == 2 or light == dark, name


def test_the_sea_is_water_and_an_island_in_it_is_not() -> None:
    assert is_in_water(SEA, 61.33, 17.2)
    assert not is_in_water(SEA, 61.3, 17.2)
    assert not is_in_water(SEA, 61.3, 16.9)


def test_a_spot_within_a_walk_says_more_than_the_town_around_it() -> None:
    town = NamedPoint("Söderhamn", 61.3037, 17.0592, 1800)
    station = NamedPoint("Resecentrum", 61.3000, 17.0570, 150)
    near = nearest_spot(61.3035, 17.0590, [town, station])
    assert near is not None
    assert (near.named.name, near.direction) == ("Resecentrum", Compass.N)
    assert 390 < near.distance_m < 420
    far = nearest_spot(61.33, 17.0590, [town, station])
    assert far is not None
    assert far.named.name == "Söderhamn"
    assert nearest_spot(61.3, 17.0, []) is None
