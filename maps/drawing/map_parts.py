"""The parts of live maps: ground, cells, rings, names and controls, and taking folium apart.

The only module that imports folium. A folium page would call other hosts
and carry inline script; three texts are kept instead: a fragment of HTML, a script and a style
sheet, each for an address of our own. Leaflet itself comes from the site's assets. Nothing that
residents wrote is an argument here; names from registers are escaped for HTML and for JavaScript,
because folium escapes neither `</script>` nor backticks.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import Figure
from folium.map import CustomPane
from folium.utilities import JsCode
from shapely.geometry.base import BaseGeometry

from maps.drawing.drawing import DrawnLayer, Ring
from maps.drawing.labels import FARTHEST_ZOOM, NEAREST_ZOOM, PlacedLabel
from maps.drawing.map_controls import MapControls
from maps.drawing.map_layers import (
    HATCHED,
    GroupMarkers,
    RingPaths,
    SquarePaths,
    TextMarkers,
    Verbatim,
)
from maps.drawing.shown import AreasShown, GroupsShown, MapLayer, SquaresShown
from maps.drawing.words import MapWords
from maps.files.export_styles import class_words
from maps.geojson import PublicName, collection, feature
from maps.ground.basemap import ABOVE_DATA, STROKES, Basemap, GroundKind

Bounds = tuple[float, float, float, float]

_PANES = {"ground": 310, "cells": 320, "roads": 330, "areas": 340}
_NUMBER_PX = 44
_ID = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[\\`$<>&'\"{}\x00-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class MapDocument:
    """A map in three parts; `bounds` is its first view: south, west, north and east.

    The page puts `html` where the map stands and links `style` and `script` as files of its own
    origin, the script after Leaflet. The same analysis gives the same three texts.
    """

    html: str
    script: str
    style: str
    bounds: Bounds


def safe_text(text: str) -> str:
    """Text that means itself in HTML, in a JavaScript string and in a template literal.

    Every character that any of the three could read as code becomes a numeric entity; control
    characters and line separators become spaces.
    """
    return _UNSAFE.sub(lambda found: f"&#{ord(found[0])};" if found[0].isprintable() else " ", text)


def new_canvas(view: Bounds) -> folium.Map:
    """An empty map without tiles and controls, with the panes that its layers lie in."""
    canvas = folium.Map(
        location=[(view[0] + view[2]) / 2, (view[1] + view[3]) / 2],
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.5,
    )
    # folium hands these to a tile layer only, and there is none.
    canvas.options["min_zoom"] = FARTHEST_ZOOM
    canvas.options["max_zoom"] = NEAREST_ZOOM
    canvas.default_js = []
    canvas.default_css = []
    for name, z_index in _PANES.items():
        CustomPane(name, z_index=z_index).add_to(canvas)
    return canvas


def add_ground(canvas: folium.Map, basemap: Basemap) -> None:
    """Lay the basemap under and its roads over what the map is about."""
    for kind in GroundKind:
        shapes = basemap.of_kind(kind)
        if not shapes:
            continue
        pane = "roads" if kind in ABOVE_DATA else "ground"
        for stroke in STROKES[kind]:
            style = style_of(stroke.css_class, stroke.width_px, stroke.dashes)
            shapes_layer(((shape, {}) for shape in shapes), style, pane).add_to(canvas)


def add_layers(canvas: folium.Map, layers: Sequence[MapLayer]) -> dict[str, folium.FeatureGroup]:
    """The layers by their keys, of which the first shows at first."""
    groups: dict[str, folium.FeatureGroup] = {}
    for shown in layers:
        group = folium.FeatureGroup(show=not groups)
        if isinstance(shown, SquaresShown):
            group.add_child(SquarePaths(shown.layer, shown.classes))
        elif isinstance(shown, GroupsShown):
            group.add_child(GroupMarkers(shown.layer, shown.said))
        else:
            _add_shapes(group, shown)
        group.add_to(canvas)
        groups[shown.key] = group
    return groups


def _add_shapes(group: folium.FeatureGroup, shown: AreasShown) -> None:
    for css_class in dict.fromkeys(area.css_class for area in shown.areas):
        shapes = (
            (area.shape, {"n": PublicName(safe_text(area.said))})
            for area in shown.areas
            if area.css_class == css_class
        )
        style = style_of(css_class, 1.2)
        if css_class == HATCHED:
            style["fillColor"] = "url(#map-few)"
        shapes_layer(shapes, style, "cells", tooltip="{n}").add_to(group)


def add_cells(
    canvas: folium.Map, layer: DrawnLayer, name: str, template: str, *, show: bool
) -> None:
    """A layer of cells in classes; ``template`` says a cell's class, n: never its number."""
    if not layer.cells:
        return
    group = folium.FeatureGroup(name=safe_text(name), show=show)
    said = class_words([round(limit) for limit in layer.limits])
    for level in sorted({cell.level for cell in layer.cells}):
        cells = [cell for cell in layer.cells if cell.level == level]
        shapes = ((cell.polygon, {"n": PublicName(said[level - 1])}) for cell in cells)
        style = style_of(f"cell s{level}", 0.7)
        shapes_layer(shapes, style, "cells", tooltip=template).add_to(group)
    group.add_to(canvas)


def add_areas(
    canvas: folium.Map, name: str, drawn: Sequence[tuple[Ring, str]], anchor: str = ""
) -> dict[str, folium.FeatureGroup]:
    """Rings with their numbers. A number says its text and links to `#omrade-<anchor><rank>`.

    Returns them as the layer "hotspots", nothing where there are none.
    """
    if not drawn:
        return {}
    group = folium.FeatureGroup(name=safe_text(name))
    shapes = collection(feature(ring.polygon, {"rank": ring.rank}) for ring, _ in drawn)
    styles = [style_of("hot-gap", 5), style_of("hot", 2.5, "6 4")]
    group.add_child(RingPaths(shapes, styles))
    numbers = []
    for ring, said in drawn:
        key = f"{anchor}{ring.rank}"
        link = (
            f'<a class="map-number" id="karta-omrade-{key}" href="#omrade-{key}"'
            f' aria-label="{safe_text(said)}">{ring.rank}</a>'
        )
        numbers.append((ring.lat, ring.lon, link))
    group.add_child(TextMarkers(numbers, "map-number-at", size=_NUMBER_PX))
    group.add_to(canvas)
    return {"hotspots": group}


_CORNER = (1 - 0.5**0.5) / 2  # of a circle's width: how far in its edge is at 45 degrees


def add_spots(
    canvas: folium.Map, spots: Sequence[tuple[str, str, BaseGeometry]], anchor: str
) -> None:
    """Circles (letter, name, polygon) under letters that link to `#plats-<letter>`."""
    if not spots:
        return
    for css_class, width_px in (("spot-gap", 6), ("spot", 3)):
        shapes = ((circle, dict[str, Any]()) for _, _, circle in spots)
        # Leaflet would make an octagon of a small circle.
        shapes_layer(shapes, style_of(css_class, width_px), "areas", smooth_factor=0).add_to(canvas)
    letters = []
    for letter, name, circle in spots:
        west, south, east, north = circle.bounds
        link = (
            f'<a class="map-number map-number--spot" id="karta-plats-{anchor}{letter}"'
            f' href="#plats-{letter}" aria-label="{safe_text(f"{letter}: {name}")}">{letter}</a>'
        )
        # To the north-west: a ring round the same place has its number to the north-east.
        lat = north - (north - south) * _CORNER
        letters.append((lat, west + (east - west) * _CORNER, link))
    canvas.add_child(TextMarkers(letters, "map-number-at", size=_NUMBER_PX))


def add_controls(
    canvas: folium.Map,
    words: MapWords,
    areas: Mapping[str, Bounds],
    *,
    views: tuple[Bounds, Bounds],
    groups: Mapping[str, folium.FeatureGroup] | None = None,
) -> None:
    """Zoom and where `data-map-area="<key>"` leads; views: the first, and everything.

    `groups` are layers, by their keys, that the page chooses among.
    """
    settings = {
        "zoomIn": words.zoom_in,
        "zoomOut": words.zoom_out,
        "showAll": words.show_all,
        "showAllShort": words.show_all_short,
        "allAreas": words.all_areas.format(n=len(areas)),
        "attribution": safe_text(words.attribution),
        "areas": {key: (box[:2], box[2:]) for key, box in areas.items()},
        "first": (views[0][:2], views[0][2:]),
        "everything": (views[1][:2], views[1][2:]),
    }
    MapControls(settings, groups or {}).add_to(canvas)


def add_labels(canvas: folium.Map, placed: Sequence[PlacedLabel]) -> None:
    """Names, each from the zoom on at which it has room."""
    names = []
    for entry in placed:
        label = entry.label
        words = (
            f'<span class="map-label map-label--{label.kind}" data-from="{entry.from_zoom}">'
            f"{safe_text(label.name)}</span>"
        )
        names.append((label.lat, label.lon, words))
    canvas.add_child(TextMarkers(names, "map-label-at"))


class _Shapes(folium.GeoJson, Verbatim):
    """Shapes whose long script is not compiled."""


def shapes_layer(
    shapes: Iterable[tuple[BaseGeometry, Mapping[str, Any]]],
    style: dict[str, Any],
    pane: str,
    *,
    tooltip: str | None = None,
    smooth_factor: float = 1,
) -> folium.GeoJson:
    """Shapes with properties; a ``tooltip`` template takes their n."""
    return _Shapes(
        collection(feature(shape, properties) for shape, properties in shapes),
        style_function=lambda _feature: style,
        control=False,
        pane=pane,
        smooth_factor=smooth_factor,
        interactive=tooltip is not None,
        on_each_feature=_tooltip(tooltip) if tooltip else None,
    )


def style_of(css_class: str, width_px: float, dashes: str | None = None) -> dict[str, Any]:
    """Opaque, with a class: the style sheet decides on colour and on whether to fill."""
    style: dict[str, Any] = {"className": css_class, "fillOpacity": 1, "weight": width_px}
    if width_px == 0:
        style["stroke"] = False
    if dashes:
        style["dashArray"] = dashes
    return style


def _tooltip(template: str) -> JsCode:
    words = json.dumps(safe_text(template.format(n="%n")))
    return JsCode(
        "function (feature, layer) {"
        f" layer.bindTooltip({words}.replace('%n', String(feature.properties.n)));"
        " }"
    )


def bounds_of(shape: BaseGeometry) -> Bounds:
    """South, west, north and east of a shape in degrees."""
    west, south, east, north = (round(edge, 5) for edge in shape.bounds)
    return south, west, north, east


def take_apart(canvas: folium.Map, words: MapWords, view: Bounds) -> MapDocument:
    """The script, the container and its rule, with folium's random ids made steady."""
    figure: Any = canvas.get_root()
    canvas.render()  # its page is not asked for
    drawn = figure.script.render()
    ids = set(_ids(figure))
    steady: dict[str, str] = {}
    for found in _ID.finditer(drawn):
        if found[0] in ids:
            steady.setdefault(found[0], f"{len(steady)}")

    def renamed(text: str) -> str:
        return _ID.sub(lambda found: steady.get(found[0], found[0]), text)

    script = renamed(drawn)
    # Two documents may share a page, so each container is named after what it shows and is called.
    own = hashlib.sha256((words.map_label + script).encode()).hexdigest()[:12]
    name = f"map_{own}"
    script = script.replace(f'"{renamed(canvas.get_name())}"', f'"{name}"', 1)
    container = (
        f'<div class="folium-map map__view" id="{name}" role="region"'
        f' aria-label="{safe_text(words.map_label)}"></div>'
    )
    style = f"#{name} {{ position: absolute; inset: 0; }}\n"
    return MapDocument(container, f"(() => {{\n{script}\n}})();\n", style, view)


def _ids(element: Any) -> Iterator[str]:
    yield element._id
    parts = [element.header, element.html, element.script] if isinstance(element, Figure) else []
    for child in [*element._children.values(), *parts]:
        yield from _ids(child)
