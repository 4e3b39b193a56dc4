"""The picture of a printed map: what stands out fills it, and what lies far off is counted."""

import math
import re
from xml.etree import ElementTree

import shapely

from maps.drawing.labels import Label, LabelKind
from maps.drawing.print_map import cells_outside, print_svg, spots_outside
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


def pictures_of(data: MapExportData) -> list[View]:
    asked: list[View] = []

    def ground(view: View) -> Basemap:
        asked.append(view)
        return EMPTY_BASEMAP

    print_svg(data, ground, (), font="sans-serif")
    return asked


def picture_of(data: MapExportData) -> View:
    [view] = pictures_of(data)
    return view


def height_km(view: View) -> float:
    return (view.north - view.south) * 111.4


def test_a_cell_in_the_next_village_does_not_make_the_town_small() -> None:
    data = map_of(hotspot_in_town(), cells(TOWN, VILLAGE))
    view = picture_of(data)
    assert height_km(view) < 4
    assert view.south < TOWN[0] < view.north
    assert cells_outside(data) == 1


def hotspot(rank: int, place: tuple[float, float], east: float = 0) -> ExportRow:
    return ExportRow(shapely.Point(place[1] + east, place[0]).buffer(0.003), {"rank": rank})


def hotspots(*rows: ExportRow) -> ExportLayer:
    return ExportLayer("hotspots", "Hotspots", rows)


def test_a_hotspot_far_off_has_a_frame_of_its_own_and_the_town_stays_large() -> None:
    rings = hotspots(hotspot(1, VILLAGE), hotspot(2, TOWN), hotspot(3, TOWN, 0.02))
    data = map_of(rings, cells(TOWN, VILLAGE))
    main, overview, far = pictures_of(data)
    assert height_km(main) < 4  # where most are, though the first is elsewhere
    assert main.south < TOWN[0] < main.north
    assert height_km(far) < 4
    assert far.south < VILLAGE[0] < far.north
    for view in (main, far):
        assert overview.south < view.south < view.north < overview.north
    assert cells_outside(data) == 0
    assert spots_outside(data, [Spot("A", "Hamnen", *VILLAGE, 100)]) == 0
    assert spots_outside(data, [Spot("A", "Vägen", 61.25, 17.09, 100)]) == 1


def test_each_frame_has_its_name_and_scale_and_every_number_is_drawn_once() -> None:
    rings = hotspots(hotspot(1, TOWN), hotspot(2, TOWN, 0.02), hotspot(3, VILLAGE))
    names = [Label("Söderhamn", LabelKind.LOCALITY, *TOWN)]
    names += [Label("Ljusne <&>", LabelKind.LOCALITY, *VILLAGE)]
    svg = print_svg(map_of(rings), EMPTY_BASEMAP, names, font="sans-serif")
    drawn = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    main, overview, far = drawn.findall("{*}svg")
    texts = [
        [text.text for text in each.findall(".//{*}text") if text.get("class") != "m-t m-over"]
        for each in (main, overview, far)
    ]
    assert [text for text in texts[0] if text in ("1", "2", "3")] == ["1", "2"]
    assert [text for text in texts[2] if text in ("1", "2", "3")] == ["3"]
    assert texts[2].count("Ljusne <&>") == 1
    assert {"Söderhamn", "Ljusne <&>"} <= set(texts[1])
    assert all(sum(str(text).endswith(" m") or str(text).endswith(" km") for text in each) == 1
               for each in texts)  # fmt: skip
    outlines = [path for path in overview.findall(".//{*}path") if path.get("class") == "frame"]
    assert len(outlines) == 2


def test_a_name_is_drawn_over_its_halo_so_that_no_letter_cuts_the_one_before() -> None:
    town = Label("Söderhamn", LabelKind.LOCALITY, *TOWN)
    svg = print_svg(map_of(cells(TOWN)), EMPTY_BASEMAP, [town], font="sans-serif")
    halo, name = re.findall(r'<text class="([^"]+)"[^>]*>Söderhamn<', svg)
    assert (halo, name) == ("m-t", "m-t m-over")
    assert ".m-over{stroke:none}" in svg


def test_hotspots_in_many_places_share_one_map() -> None:
    rows = [hotspot(rank, (61.0 + rank / 5, 17.0)) for rank in range(1, 6)]
    assert height_km(picture_of(map_of(hotspots(*rows)))) > 80


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


def test_a_title_with_control_characters_still_makes_a_picture_that_can_be_read() -> None:
    rings = hotspots(hotspot(1, TOWN), hotspot(2, TOWN, 0.02), hotspot(3, VILLAGE))
    names = [Label("Ljus\x00ne\x1b", LabelKind.LOCALITY, *VILLAGE)]
    data = MapExportData(title="Kar\x00ta\x07 & <a>", facts={}, layers=(rings,))
    svg = print_svg(data, EMPTY_BASEMAP, names, font="sans-serif")
    drawn = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    assert drawn.get("aria-label") == "Karta & <a>"
    assert [text.text for text in drawn.iterfind(".//{*}text") if text.get("font-size") == "16"]


def stepped(place: tuple[float, float]) -> shapely.Geometry:
    """The squares of a circle, each about 110 m high."""
    lat, lon = place
    disc = shapely.Point(0, 0).buffer(3.2)
    near = range(-4, 5)
    cells = [shapely.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5) for x in near for y in near
             if disc.contains(shapely.Point(x, y))]  # fmt: skip
    return shapely.transform(
        shapely.union_all(cells), lambda at: at * [0.00208, 0.001] + [lon, lat]
    )


def test_the_ring_of_a_hotspot_has_no_steps_and_no_name_lies_across_it() -> None:
    rings = hotspots(ExportRow(stepped(TOWN), {"rank": 1}))
    on_the_line = Label("Kyrkogatan", LabelKind.PLACE, TOWN[0] + 0.0036, TOWN[1])
    svg = print_svg(map_of(rings), EMPTY_BASEMAP, [on_the_line], font="sans-serif")
    [path] = re.findall(r'<path class="hot" d="M([^"Z]+)', svg)
    line = [tuple(map(float, at.split())) for at in path.split("L")]
    turns = []
    for before, at, after in zip(line[:-2], line[1:-1], line[2:], strict=True):
        ways = (at[0] - before[0], at[1] - before[1]), (after[0] - at[0], after[1] - at[1])
        cross = ways[0][0] * ways[1][1] - ways[0][1] * ways[1][0]
        along = ways[0][0] * ways[1][0] + ways[0][1] * ways[1][1]
        turns.append(abs(math.degrees(math.atan2(cross, along))))
    assert max(turns) < 15
    x, y = map(float, re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Kyrkogatan<', svg)[0])
    name = shapely.box(x - 38, y - 11, x + 38, y + 3)
    assert not shapely.LineString(line).intersects(name)


def test_no_name_lies_across_the_line_of_a_place_where_something_is_done() -> None:
    spot = Spot("A", "Resecentrum", TOWN[0] - 0.003, TOWN[1], 400)
    on_the_line = Label("Parkgatan", LabelKind.PLACE, TOWN[0] + 0.0006, TOWN[1])
    svg = print_svg(
        map_of(cells(TOWN)), EMPTY_BASEMAP, [on_the_line], font="sans-serif", spots=[spot]
    )
    [path] = re.findall(r'<path class="spot" d="M([^"Z]+)', svg)
    line = shapely.LineString([tuple(map(float, at.split())) for at in path.split("L")])
    x, y = map(float, re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Parkgatan<', svg)[0])
    name = shapely.box(x - 36, y - 11, x + 36, y + 3)
    assert not line.intersects(name)
    assert line.distance(name) < 40  # it was moved only as far as it had to be


def test_a_town_s_name_stands_beside_the_rings_when_there_is_no_room_above_or_below() -> None:
    town = Label("Söderhamn", LabelKind.LOCALITY, *TOWN)
    spots = [
        Spot(letter, "Plats", TOWN[0] + step * 0.0018, TOWN[1], 90)
        for letter, step in zip("ABCDE", (-2, -1, 0, 1, 2), strict=True)
    ]
    svg = print_svg(map_of(cells(TOWN)), EMPTY_BASEMAP, [town], font="sans-serif", spots=spots)
    lines = [
        shapely.LineString([tuple(map(float, at.split())) for at in path.split("L")])
        for path in re.findall(r'<path class="spot" d="M([^"Z]+)', svg)
    ]
    assert len(lines) == 5
    x, y = map(float, re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Söderhamn<', svg)[0])
    name = shapely.box(x - 38, y - 11, x + 38, y + 3)
    assert not any(line.intersects(name) for line in lines)
