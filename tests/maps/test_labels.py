"""Names find their room on the map."""

import pytest
from shapely.geometry import LineString, box

from maps.drawing.labels import (
    FARTHEST_ZOOM,
    Label,
    LabelKind,
    ground_labels,
    metres_per_pixel,
    place_labels,
    visible_labels,
)
from maps.ground.basemap import Basemap, GroundFeature, GroundKind

TOWN = Label("Söderhamn", LabelKind.LOCALITY, 61.3037, 17.0592)
STATION = Label("Resecentrum", LabelKind.PLACE, 61.3000, 17.0570)
SQUARE = Label("Rådhustorget", LabelKind.PLACE, 61.3010, 17.0600)


def test_the_town_comes_first_and_places_when_there_is_room():
    placed = place_labels([STATION, SQUARE, TOWN])
    assert [entry.label for entry in placed] == [TOWN, STATION, SQUARE]
    zooms = [entry.from_zoom for entry in placed]
    assert zooms[0] == FARTHEST_ZOOM
    assert zooms[1] >= 13
    assert zooms[2] > zooms[1], "it gives way to the station"


@pytest.mark.parametrize("zoom", range(8, 18))
def test_at_no_zoom_do_shown_names_overlap(zoom):
    labels = [
        Label(f"Plats nummer {i}", LabelKind.PLACE, 61.30 + i % 7 * 0.0007, 17.05 + i % 5 * 0.001)
        for i in range(35)
    ]
    shown = visible_labels(place_labels([TOWN, *labels]), zoom)
    pixel_m = metres_per_pixel(61.3, zoom)
    for i, one in enumerate(shown):
        for other in shown[i + 1 :]:
            apart_x = abs(one.lon - other.lon) * 53_600 / pixel_m
            apart_y = abs(one.lat - other.lat) * 111_400 / pixel_m
            assert apart_x > 8 * min(len(one.name), len(other.name)) or apart_y > 19


def test_two_names_on_one_spot_show_one():
    twin = Label("Resecentrum två", LabelKind.PLACE, STATION.lat, STATION.lon)
    assert [entry.label for entry in place_labels([STATION, twin])] == [STATION]


def test_waters_and_main_roads_are_named_where_they_are():
    lake = box(16.8, 61.2, 16.9, 61.25)
    road = LineString([(17.0, 61.1), (17.0, 61.5)])
    ground = Basemap(
        (
            GroundFeature(GroundKind.WATER, lake, "Marmen"),
            GroundFeature(GroundKind.WATER, lake),
            GroundFeature(GroundKind.MAIN_ROAD, road, "E4"),
            GroundFeature(GroundKind.STREET, road, "Storgatan"),
        )
    )
    water, main = ground_labels(ground)
    assert (water.name, water.kind) == ("Marmen", LabelKind.WATER)
    assert lake.contains(box(water.lon, water.lat, water.lon, water.lat).centroid)
    assert (main.name, main.kind, main.lon) == ("E4", LabelKind.ROAD, 17.0)


def test_a_pixel_is_156_kilometres_at_zoom_0_and_halves():
    assert metres_per_pixel(0, 0) == pytest.approx(156_543, abs=1)
    assert metres_per_pixel(61, 10) == pytest.approx(2 * metres_per_pixel(61, 11))
