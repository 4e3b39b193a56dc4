"""The picture of a printed map: what stands out fills it, and what lies far off is counted."""

import re

import shapely

from maps.drawing.labels import Label, LabelKind
from maps.drawing.print_map import cells_outside, print_svg
from maps.drawing.spots import Spot
from maps.drawing.static import View
from maps.files.export_data import ExportLayer, ExportRow, MapExportData
from maps.ground.basemap import EMPTY_BASEMAP, Basemap

TOWN, VILLAGE = (61.30, 17.06), (61.21, 17.13)  # ten kilometres apart


def square(lat: float, lon: float) -> ExportRow:
    return ExportRow(shapely.box(lon, lat, lon + 0.002, lat + 0.001), {"level": 1})


def map_of(*layers: ExportLayer) -> MapExportData:
    return MapExportData(title="Karta", facts={}, layers=layers)


def hotspot_in_town() -> ExportLayer:
    ring = shapely.Point(TOWN[1], TOWN[0]).buffer(0.003)
    return ExportLayer("hotspots", "Hotspots", (ExportRow(ring, {"rank": 1}),))


def cells(*places: tuple[float, float]) -> ExportLayer:
    return ExportLayer("cells", "Cells", tuple(square(*place) for place in places))


def picture_of(data: MapExportData) -> View:
    asked: list[View] = []

    def ground(view: View) -> Basemap:
        asked.append(view)
        return EMPTY_BASEMAP

    print_svg(data, ground, (), font="sans-serif")
    [view] = asked
    return view


def height_km(view: View) -> float:
    return (view.north - view.south) * 111.4


def test_a_cell_in_the_next_village_does_not_make_the_town_small() -> None:
    data = map_of(hotspot_in_town(), cells(TOWN, VILLAGE))
    view = picture_of(data)
    assert height_km(view) < 4
    assert view.south < TOWN[0] < view.north
    assert cells_outside(data) == 1


def test_a_hotspot_far_off_is_in_the_picture_with_the_cells_round_it() -> None:
    far = ExportRow(shapely.Point(VILLAGE[1], VILLAGE[0]).buffer(0.003), {"rank": 2})
    both = ExportLayer("hotspots", "Hotspots", (*hotspot_in_town().rows, far))
    data = map_of(both, cells(TOWN, VILLAGE))
    assert height_km(picture_of(data)) > 10
    assert cells_outside(data) == 0


def test_a_town_s_name_stands_clear_of_every_number_and_letter() -> None:
    town = Label("Söderhamn", LabelKind.LOCALITY, *TOWN)
    spot = Spot("A", "Klubben", *TOWN, 150)
    svg = print_svg(
        map_of(hotspot_in_town()), EMPTY_BASEMAP, [town], font="sans-serif", spots=[spot]
    )
    found = re.search(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Söderhamn<', svg)
    assert found
    x, y = float(found[1]), float(found[2])
    signs = re.findall(r'class="(?:pin|spot)-t" x="([\d.]+)" y="([\d.]+)"', svg)
    assert len(signs) == 2
    assert all(abs(x - float(u)) > 45 or abs(y - float(v)) > 15 for u, v in signs)


def test_without_hotspots_every_cell_is_in_the_picture() -> None:
    data = map_of(cells(TOWN, VILLAGE))
    assert height_km(picture_of(data)) > 10
    assert cells_outside(data) == 0
