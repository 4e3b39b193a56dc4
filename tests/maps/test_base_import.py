"""Files of geography become vector tiles that other readers, and ours, find the same things in."""

import gzip
import json
import struct
import tracemalloc
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
import shapely
from pmtiles.reader import Reader

from maps.drawing.static import View
from maps.drawing.tile_ground import ground_of
from maps.files.opening import BadGeoFile
from maps.ground.base_import import make_tiles
from maps.ground.base_layers import BaseLayer
from maps.ground.basemap import GroundKind
from maps.ground.pmtiles_file import BadPmtiles, bytes_of, read_facts, read_layers
from maps.ground.vector_tile import BadTile, read_tile
from tests.factories.ground_files import HOUSE, ISLAND, LAKE, MOTORWAY, STREET, write_osm

CLOSE = View(61.285, 17.03, 61.308, 17.10, 720)


def untold(_name: str) -> None:
    pass


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("basemap")
    make_tiles(write_osm(folder), folder / "made.pmtiles", near=None, told=untold)
    return folder / "made.pmtiles"


def drawn(path: Path, kind: GroundKind, view: View = CLOSE) -> shapely.Geometry:
    return shapely.union_all(ground_of(path, read_facts(path), view).of_kind(kind))


def test_every_layer_of_the_file_is_found_in_one_file_of_tiles(made: Path) -> None:
    facts = read_facts(made)
    assert set(facts.layers) == {"landuse", "water", "buildings", "streets", "roads", "places"}
    assert (facts.min_zoom, facts.max_zoom) == (7, 14)
    west, south, east, north = facts.bounds
    assert west < 17.01
    assert south < 61.286
    assert east > 17.11
    assert north > 61.309


def test_gdal_reads_the_same_from_the_tiles_as_was_put_in(made: Path) -> None:
    """GDAL's own reader of PMTiles, at the nearest zoom: the lake with its island left out."""
    frame = pyogrio.read_dataframe(made, layer="water").to_crs(4326)
    water = shapely.union_all(frame.geometry)
    wanted = LAKE - ISLAND
    assert water.symmetric_difference(wanted).area < wanted.area * 0.002
    assert set(frame["name"]) == {"Sjön"}
    roads = pyogrio.read_dataframe(made, layer="roads").to_crs(4326)
    assert shapely.union_all(roads.geometry).hausdorff_distance(MOTORWAY) < 1e-4


def test_our_reader_draws_what_gdal_reads(made: Path) -> None:
    seen = shapely.box(CLOSE.west, CLOSE.south, CLOSE.east, CLOSE.north)
    lake, wanted = drawn(made, GroundKind.WATER), LAKE - ISLAND
    assert lake.symmetric_difference(wanted).area < wanted.area * 0.02
    street = drawn(made, GroundKind.STREET)
    assert street.hausdorff_distance(STREET.intersection(seen)) < 2e-4
    assert not drawn(made, GroundKind.MAIN_ROAD).intersects(street)
    assert drawn(made, GroundKind.WOOD).area > 0


def test_names_of_water_and_main_roads_come_along(made: Path) -> None:
    view = View(61.27, 17.0, 61.31, 17.12, 720)
    names = {f.name for f in ground_of(made, read_facts(made), view).features}
    assert {"Sjön", "E4"} <= names


def test_houses_are_drawn_only_where_they_can_be_told_apart(made: Path) -> None:
    close = View(61.3035, 17.0590, 61.3045, 17.0615, 720)
    assert drawn(made, GroundKind.BUILT, close).intersects(HOUSE.centroid)
    assert drawn(made, GroundKind.BUILT).is_empty


def test_the_seams_between_tiles_are_not_drawn(made: Path) -> None:
    """The lake lies over several tiles and is one shape with one hole all the same."""
    lake = drawn(made, GroundKind.WATER)
    assert lake.geom_type == "Polygon"
    assert len(lake.interiors) == 1


def test_what_lies_far_from_the_municipalities_is_left_out(tmp_path: Path) -> None:
    source = write_osm(tmp_path)
    result = make_tiles(
        source, tmp_path / "near.pmtiles", near=(17.085, 61.29, 17.09, 61.30), told=untold
    )
    assert BaseLayer.LANDUSE in result.layers
    assert BaseLayer.WATER not in result.layers


def test_of_a_sea_along_the_whole_coast_only_what_is_near_is_drawn(tmp_path: Path) -> None:
    sea = gpd.GeoDataFrame({"natural": ["water"]}, geometry=[shapely.box(17.05, 55, 24, 66)])
    sea.set_crs(4326).to_file(tmp_path / "sea.geojson")
    near = (17.0, 61.28, 17.1, 61.32)
    make_tiles(tmp_path / "sea.geojson", tmp_path / "sea.pmtiles", near=near, told=untold)
    assert read_facts(tmp_path / "sea.pmtiles").bounds == pytest.approx(
        (17.05, 61.03, 17.35, 61.57), abs=0.01
    )
    assert drawn(tmp_path / "sea.pmtiles", GroundKind.WATER).contains(shapely.Point(17.08, 61.3))


def features(*shapes: Any) -> bytes:
    """A file of water with these GeoJSON shapes, as it may be written by hand."""
    rows = [
        {"type": "Feature", "properties": {"natural": "water"}, "geometry": it} for it in shapes
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


OPEN = [[17.0, 61.2], [17.1, 61.2], [17.1, 61.4], [17.0, 61.4]]
ONE_POINT = {"type": "LineString", "coordinates": [[17.05, 61.3]]}
NO_NUMBER = {"type": "LineString", "coordinates": [[17.05, float("nan")], [17.06, 61.3]]}
FOLDED = {"type": "Polygon", "coordinates": [[[17.0, 61.2], [17.1, 61.2], [17.0, 61.2]]]}
FLAT = {"type": "LineString", "coordinates": [[17.05, 61.3], [17.05, 61.3]]}


def test_an_outline_that_is_open_is_closed_and_shapes_that_are_none_are_left_out(
    tmp_path: Path,
) -> None:
    lake = {"type": "Polygon", "coordinates": [OPEN]}
    source = tmp_path / "open.geojson"
    source.write_bytes(features(lake, ONE_POINT, NO_NUMBER, FOLDED, FLAT, None))
    make_tiles(source, tmp_path / "open.pmtiles", near=None, told=untold)
    water = drawn(tmp_path / "open.pmtiles", GroundKind.WATER)
    assert water.contains(shapely.Point(17.05, 61.3))


def test_a_file_of_land_draws_the_rest_as_sea(tmp_path: Path) -> None:
    land = gpd.GeoDataFrame({"geometry": [shapely.box(17.0, 61.2, 17.06, 61.4)]}, crs=4326)
    land.to_file(tmp_path / "land.geojson")
    make_tiles(tmp_path / "land.geojson", tmp_path / "land.pmtiles", near=None, told=untold)
    sea = drawn(tmp_path / "land.pmtiles", GroundKind.WATER)
    assert sea.contains(shapely.Point(17.08, 61.30))
    assert not sea.contains(shapely.Point(17.05, 61.30))


def test_an_outline_that_crosses_itself_is_mended_and_counted(tmp_path: Path) -> None:
    bow = shapely.Polygon([(17, 61.3), (17.02, 61.31), (17.02, 61.3), (17, 61.31)])
    gpd.GeoDataFrame({"natural": ["water"]}, geometry=[bow], crs=4326).to_file(
        tmp_path / "bow.geojson"
    )
    result = make_tiles(tmp_path / "bow.geojson", tmp_path / "b.pmtiles", near=None, told=untold)
    assert result.n_mended == 1
    read_facts(tmp_path / "b.pmtiles")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"no map at all", "no_geo"),
        (b'{"type":"FeatureCollection","features":[]}', "nothing_to_draw"),
        *((features(shape), "nothing_to_draw") for shape in (ONE_POINT, NO_NUMBER, FOLDED, FLAT)),
        (
            b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"x":1},'
            b'"geometry":{"type":"Point","coordinates":[17,61]}}]}',
            "nothing_to_draw",
        ),
        (
            b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"natural":'
            b'"water"},"geometry":{"type":"Polygon","coordinates":[[[600000,6800000],[600100,'
            b"6800000],[600100,6800100],[600000,6800000]]]}}]}",
            "off_globe",
        ),
    ],
)
def test_a_file_that_is_no_map_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "map.geojson"
    file.write_bytes(content)
    with pytest.raises(BadGeoFile) as refused:
        make_tiles(file, tmp_path / "out.pmtiles", near=None, told=untold)
    assert refused.value.code == code


def test_a_file_of_tiles_that_is_damaged_is_refused(made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    cases = {
        "no_pmtiles": b"PNG" + whole[3:],
        "cut_off": whole[: len(whole) // 2],
        "not_vector": whole[:99] + b"\x02" + whole[100:],
    }
    for code, content in cases.items():
        (tmp_path / "damaged.pmtiles").write_bytes(content)
        with pytest.raises(BadPmtiles) as refused:
            read_facts(tmp_path / "damaged.pmtiles")
        assert refused.value.code == code


def with_directory(made: Path, target: Path, directory: bytes) -> Path:
    """The file with another root directory, which then lies at its end."""
    whole = bytearray(made.read_bytes())
    whole[8:24] = struct.pack("<QQ", len(whole), len(directory))
    target.write_bytes(bytes(whole) + directory)
    return target


def test_a_directory_that_cannot_be_read_is_found_before_the_file_is_used(
    made: Path, tmp_path: Path
) -> None:
    for directory in (
        b"",
        b"no directory",
        gzip.compress(b"\xff" * 20),
        gzip.compress(b"\x05\x01"),
    ):
        with pytest.raises(BadPmtiles) as refused:
            read_facts(with_directory(made, tmp_path / "broken.pmtiles", directory))
        assert refused.value.code == "broken"


def test_a_small_directory_cannot_fill_the_memory(made: Path, tmp_path: Path) -> None:
    zeros = gzip.compress(bytes(200_000_000))
    for directory in (zeros, gzip.compress(b"\0") + zeros):
        path = with_directory(made, tmp_path / "bomb.pmtiles", directory)
        for read in (read_facts, lambda path: read_layers(path, 12, 2242, 1159)):
            tracemalloc.start()
            with pytest.raises(BadPmtiles):
                read(path)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert most < 60_000_000


def test_no_damage_to_a_tile_breaks_the_reader(made: Path) -> None:
    """Cut anywhere, a tile is read or refused: never an endless loop or another error."""
    with made.open("rb") as opened:
        content = gzip.decompress(Reader(bytes_of(opened)).get(12, 2242, 1159))
    assert read_tile(content)
    for end in range(0, len(content), 3):
        try:
            read_tile(content[:end])
        except BadTile:
            continue
    for at in range(0, len(content), 5):
        try:
            read_tile(content[:at] + b"\xff" + content[at + 1 :])
        except BadTile:
            continue


def test_a_tile_that_the_file_does_not_hold_is_empty(made: Path) -> None:
    assert read_layers(made, 12, 0, 0) == ()
