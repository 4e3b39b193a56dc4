"""The pictures of a published map: drawn from what readers may have of it."""

import re

from shapely.geometry import box

from maps.drawing.edition_picture import MAX_PICTURES, draw_edition
from maps.drawing.labels import Label, LabelKind
from maps.geojson import collection, feature
from maps.ground.basemap import EMPTY_BASEMAP

SIDE = 0.004


def cell(lat, lon, level=1):
    return feature(box(lon, lat, lon + SIDE, lat + SIDE / 2), {"level": level, "at_least": 5})


def few(lat, lon):
    surface = box(lon - SIDE, lat - SIDE, lon + SIDE, lat + SIDE)
    return feature(surface, {"level": 0, "at_least": None})


def draw(*features, labels=(), **more):
    return draw_edition(
        collection(features), EMPTY_BASEMAP, labels, title=lambda name: f"Karta {name}", **more
    )


def test_each_class_has_its_colour_and_too_few_is_a_hatch_of_its_own():
    (picture,) = draw(cell(61.3, 17.05), cell(61.3, 17.055, 3), few(61.302, 17.045))
    assert re.findall(r'class="(cell s\d)"', picture.svg) == ["cell s3", "cell s1"]
    hatch = re.search(r'<path class="hatch" d="([^"]+)"', picture.svg)
    assert hatch is not None
    assert hatch[1].count("M") > 5
    assert "<circle" not in picture.svg


def test_towns_far_apart_have_a_picture_each_the_largest_first():
    towns = [
        Label("Söderhamn", LabelKind.LOCALITY, 61.304, 17.059),
        Label("Ljusne", LabelKind.LOCALITY, 61.21, 17.128),
    ]
    pictures = draw(cell(61.21, 17.128), cell(61.304, 17.05), cell(61.306, 17.06), labels=towns)
    assert [picture.name for picture in pictures] == ["Söderhamn", "Ljusne"]
    assert all("cell s1" in picture.svg for picture in pictures)
    assert 'aria-label="Karta Ljusne"' in pictures[1].svg


def test_cells_in_a_chain_are_one_town():
    assert len(draw(*(cell(61.3, 17.0 + 0.03 * i) for i in (0, 2, 1, 3)))) == 1


def test_too_many_towns_share_one_picture():
    many = [cell(61.0 + 0.1 * i, 17.0) for i in range(MAX_PICTURES + 1)]
    assert len(draw(*many)) == 1
    assert len(draw(*many[:-1])) == MAX_PICTURES


def test_nothing_shown_is_no_picture():
    assert draw() == ()


def test_the_picture_of_one_cell_shows_what_lies_round_it_and_no_more_than_its_width():
    (picture,) = draw(cell(61.3, 17.05), width_px=340)
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', picture.svg).groups())
    assert width == 340
    assert 150 < height <= 340


def test_where_a_town_s_name_stands_above_the_picture_it_takes_no_room_within():
    names = [
        Label("Torget", LabelKind.PLACE, 61.305, 17.055),
        Label("Söderhamn", LabelKind.LOCALITY, 61.305, 17.055),
        Label("Ljusne", LabelKind.LOCALITY, 61.21, 17.128),
    ]
    in_town = [cell(61.304, 17.05), cell(61.306, 17.06)]
    headed = draw(*in_town, cell(61.21, 17.128), labels=names)[0].svg
    alone = draw(*in_town, labels=names)[0].svg
    assert ">Torget<" in headed
    assert ">Söderhamn<" not in headed
    assert ">Söderhamn<" in alone


def test_a_name_near_the_edge_is_read_whole():
    pier = Label("Hamnen och kajen", LabelKind.PLACE, 61.301, 17.077)
    (picture,) = draw(cell(61.3, 17.05), labels=[pier], width_px=340)
    found = re.search(r'x="([\d.]+)"[^>]*>Hamnen och kajen<', picture.svg)
    assert found is not None
    assert 16 * 4 < float(found[1]) <= 340 - 16 * 4
