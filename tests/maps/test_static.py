"""The still picture: well-formed, escaped, true to scale and the same every time."""

import math
import re
from xml.etree import ElementTree

import pytest
from shapely.geometry import LineString, box

from maps.drawing.labels import Label, LabelKind
from maps.drawing.static import Pin, Shape, View, draw_map, view_around
from maps.ground.basemap import EMPTY_BASEMAP, Basemap, GroundFeature, GroundKind
from maps.places import distance_m

VIEW = View(61.28, 17.00, 61.32, 17.12)
GROUND = Basemap(
    (
        GroundFeature(GroundKind.WATER, box(17.05, 61.29, 17.3, 61.31), "Fjärden"),
        GroundFeature(GroundKind.STREET, LineString([(17.0, 61.29), (17.1, 61.31)])),
        GroundFeature(GroundKind.MAIN_ROAD, LineString([(17.02, 61.0), (17.02, 61.6)])),
        GroundFeature(GroundKind.OUTLINE, box(16.5, 61.0, 17.4, 61.5)),
    )
)
HOSTILE = "</text><script>alert(1)</script>\"'&\x00\u2028"


def elements(svg, name):
    return ElementTree.fromstring(svg).iter(f"{{http://www.w3.org/2000/svg}}{name}")  # noqa: S314


def test_data_lie_between_the_streets_and_the_main_roads():
    square = Shape(box(17.04, 61.295, 17.05, 61.30), "cell s3")
    svg = draw_map(GROUND, VIEW, title="Karta", shapes=[square])
    classes = [path.get("class") for path in elements(svg, "path")]
    assert classes.index("m-road") < classes.index("cell s3") < len(classes) - 1
    assert classes[classes.index("cell s3") + 1 :].count("m-road") == 1


def test_names_and_title_are_text_and_never_code():
    label = Label(HOSTILE, LabelKind.PLACE, 61.30, 17.05)
    svg = draw_map(GROUND, VIEW, title=HOSTILE, labels=[label])
    assert "<script" not in svg
    words = [text.text.strip() for text in elements(svg, "text")]
    assert "</text><script>alert(1)</script>\"'&" in words
    assert ElementTree.fromstring(svg).get("aria-label").startswith("</text>")  # noqa: S314


def test_the_picture_needs_no_inline_style_or_script():
    svg = draw_map(GROUND, VIEW, title="Karta", pins=[Pin(1, 61.3, 17.05)])
    assert not re.search(r"\sstyle=|<style|\son\w+=|href", svg)


def test_the_same_arguments_give_the_same_text():
    assert draw_map(GROUND, VIEW, title="Karta") == draw_map(GROUND, VIEW, title="Karta")


def test_what_lies_outside_the_view_is_not_drawn():
    far = [Label("Borta", LabelKind.PLACE, 62.0, 17.05)]
    svg = draw_map(GROUND, VIEW, title="Karta", labels=far, pins=[Pin(7, 60.0, 17.0)])
    assert "Borta" not in svg
    assert not list(elements(svg, "circle"))
    coordinates = [float(number) for path in elements(svg, "path")
                   for number in re.findall(r"-?\d+\.?\d*", path.get("d"))]  # fmt: skip
    assert max(map(abs, coordinates)) < 2 * VIEW.width_px


def test_the_outline_is_not_drawn_along_the_edge_of_the_view():
    svg = draw_map(GROUND, VIEW, title="Karta")
    assert "m-edge" not in svg, "the view lies wholly inside the outline"


def test_the_picture_is_true_to_scale():
    here, there = (61.29, 17.02), (61.315, 17.10)
    (x1, y1), (x2, y2) = VIEW.point(*here), VIEW.point(*there)
    pixels = math.hypot(x2 - x1, y2 - y1)
    assert pixels / VIEW.px_per_m == pytest.approx(distance_m(*here, *there), rel=0.005)


def test_the_scale_bar_is_as_long_as_it_says():
    svg = draw_map(EMPTY_BASEMAP, VIEW, title="Karta")
    bar = next(p.get("d") for p in elements(svg, "path") if p.get("class") == "m-scale")
    length = float(re.search(r"h([\d.]+)", bar)[1])
    assert [text.text for text in elements(svg, "text")] == ["1 km"]
    assert length / VIEW.px_per_m == pytest.approx(1000, rel=0.01)


def test_a_view_around_one_point_has_a_surface():
    view = view_around((61.3, 17.0, 61.3, 17.0))
    assert view.south < 61.3 < view.north
    assert distance_m(view.south, 17.0, view.north, 17.0) == pytest.approx(2000, rel=0.01)


@pytest.mark.parametrize(
    "edges",
    [(1, 1, 1, 2), (2, 1, 1, 2), (1, 2, 2, 2), (math.nan, 1, 2, 2), (1, 1, math.inf, 2)],
)
def test_a_view_without_surface_is_refused(edges):
    with pytest.raises(ValueError, match="a view needs"):
        View(*edges)


def test_spaces_that_do_not_break_still_part_the_words() -> None:
    title = "Trygghet\u00a02026,\u202f5\u2009000 svar\nLjus\x07ne"
    label = Label("Norra\u00a0torget", LabelKind.PLACE, 61.30, 17.05)
    svg = draw_map(GROUND, VIEW, title=title, labels=[label])
    drawn = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    assert drawn.get("aria-label") == "Trygghet 2026, 5 000 svar Ljusne"
    assert "Norra torget" in [text.text for text in elements(svg, "text")]
