"""The staff's live map, drawn by folium and taken apart so that a strict policy lets it through.

The only module that imports folium. Its page would call other hosts and carry inline script; we
keep three texts instead: a fragment of HTML, a script and a style sheet, each for an address of
our own. Leaflet itself comes from the site's assets. Nothing that residents wrote is an argument
here; names from registers are escaped for HTML and for JavaScript, because folium escapes neither
`</script>` nor backticks.
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

from maps.basemap import ABOVE_DATA, STROKES, Basemap, GroundKind
from maps.drawing import DrawnLayer, Ring, density_cells, person_cells, rings
from maps.geojson import collection, feature
from maps.hotspots import Analysis
from maps.labels import FARTHEST_ZOOM, NEAREST_ZOOM, Label, PlacedLabel, ground_labels, place_labels
from maps.map_controls import MapControls
from maps.places import bounds as point_bounds
from maps.places import distance_m
from maps.words import MapWords

Bounds = tuple[float, float, float, float]

_NEAR_FIRST_M = 5000.0  # areas this near the strongest one share its first view
_FIRST_VIEW_M = 2000.0  # the least height of the first view
_PANES = {"ground": 310, "cells": 320, "roads": 330, "areas": 340}
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


def staff_map(
    analysis: Analysis,
    basemap: Basemap,
    *,
    words: MapWords,
    labels: Iterable[Label] = (),
    area_names: Mapping[int, str] | None = None,
) -> MapDocument:
    """Cells, density and numbered areas of an analysis over a basemap.

    `area_names` gives each area's rank a name. The number of an area links to the list
    item `#omrade-<rank>`; a link with `data-map-area="<rank>"` anywhere on the page shows the area.
    """
    drawn = rings(analysis)
    everything = _everything(analysis, basemap)
    view = _first_view(analysis, drawn) or everything
    canvas = _canvas(view)
    for name, z_index in _PANES.items():
        CustomPane(name, z_index=z_index).add_to(canvas)
    _add_ground(canvas, basemap)
    _add_cells(canvas, person_cells(analysis), words.cells_layer, words.persons, show=True)
    _add_cells(canvas, density_cells(analysis), words.density_layer, words.density, show=False)
    _add_areas(canvas, analysis, drawn, words, area_names or {})
    _add_labels(canvas, place_labels([*labels, *ground_labels(basemap)]))
    if drawn or analysis.surface is not None:
        folium.LayerControl(position="topleft", collapsed=True).add_to(canvas)
    MapControls(
        _control_settings(words, drawn)
        | {"first": _corners(view), "everything": _corners(everything)}
    ).add_to(canvas)
    return _take_apart(canvas, words, view)


def safe_text(text: str) -> str:
    """Text that means itself in HTML, in a JavaScript string and in a template literal.

    Every character that any of the three could read as code becomes a numeric entity; control
    characters and line separators become spaces.
    """
    return _UNSAFE.sub(lambda found: f"&#{ord(found[0])};" if found[0].isprintable() else " ", text)


def _canvas(view: Bounds) -> folium.Map:
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
    return canvas


def _add_ground(canvas: folium.Map, basemap: Basemap) -> None:
    for kind in GroundKind:
        shapes = basemap.of_kind(kind)
        if not shapes:
            continue
        pane = "roads" if kind in ABOVE_DATA else "ground"
        for stroke in STROKES[kind]:
            style = _style(stroke.css_class, stroke.width_px, stroke.dashes)
            _layer(((shape, {}) for shape in shapes), style, pane).add_to(canvas)


def _add_cells(
    canvas: folium.Map, layer: DrawnLayer, name: str, template: str, *, show: bool
) -> None:
    if not layer.cells:
        return
    group = folium.FeatureGroup(name=safe_text(name), show=show)
    for level in sorted({cell.level for cell in layer.cells}):
        cells = [cell for cell in layer.cells if cell.level == level]
        shapes = ((cell.polygon, {"n": round(cell.value)}) for cell in cells)
        style = _style(f"cell s{level}", 0.7)
        _layer(shapes, style, "cells", tooltip=template).add_to(group)
    group.add_to(canvas)


def _add_areas(
    canvas: folium.Map,
    analysis: Analysis,
    drawn: Sequence[Ring],
    words: MapWords,
    names: Mapping[int, str],
) -> None:
    if not drawn:
        return
    name = words.hotspots_layer if analysis.is_tested else words.areas_layer
    group = folium.FeatureGroup(name=safe_text(name))
    shapes = [(ring.polygon, {"rank": ring.rank}) for ring in drawn]
    _layer(shapes, _style("hot-gap", 5), "areas").add_to(group)
    _layer(shapes, _style("hot", 2.5, "6 4"), "areas").add_to(group)
    for ring, area in zip(drawn, analysis.areas, strict=True):
        said = words.area.format(
            rank=ring.rank, name=names.get(ring.rank, ""), n=area.n_respondents
        )
        link = (
            f'<a class="map-number" id="karta-omrade-{ring.rank}" href="#omrade-{ring.rank}"'
            f' aria-label="{safe_text(said)}">{ring.rank}</a>'
        )
        marker = _text_marker(ring.lat, ring.lon, link, "map-number-at", size=44)
        marker.options["z_index_offset"] = 1000  # above names
        marker.add_to(group)
    group.add_to(canvas)


def _add_labels(canvas: folium.Map, placed: Sequence[PlacedLabel]) -> None:
    for entry in placed:
        label = entry.label
        words = (
            f'<span class="map-label map-label--{label.kind}" data-from="{entry.from_zoom}">'
            f"{safe_text(label.name)}</span>"
        )
        _text_marker(label.lat, label.lon, words, "map-label-at").add_to(canvas)


def _text_marker(
    lat: float, lon: float, content: str, css_class: str, *, size: int = 0
) -> folium.Marker:
    icon = folium.DivIcon(
        html=content,
        class_name=css_class,
        icon_size=(size, size),
        icon_anchor=(size // 2, size // 2),
    )
    # The content is focusable where it should be; Leaflet's own button around it says nothing.
    return folium.Marker(
        location=[round(lat, 5), round(lon, 5)], icon=icon, keyboard=False, interactive=False
    )


def _layer(
    shapes: Iterable[tuple[BaseGeometry, Mapping[str, Any]]],
    style: dict[str, Any],
    pane: str,
    *,
    tooltip: str | None = None,
) -> folium.GeoJson:
    return folium.GeoJson(
        collection(feature(shape, properties) for shape, properties in shapes),
        style_function=lambda _feature: style,
        control=False,
        pane=pane,
        interactive=tooltip is not None,
        on_each_feature=_tooltip(tooltip) if tooltip else None,
    )


def _style(css_class: str, width_px: float, dashes: str | None = None) -> dict[str, Any]:
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


def _control_settings(words: MapWords, drawn: Sequence[Ring]) -> dict[str, Any]:
    return {
        "zoomIn": words.zoom_in,
        "zoomOut": words.zoom_out,
        "showAll": words.show_all,
        "layers": words.layers,
        "attribution": safe_text(words.attribution),
        "areas": {str(ring.rank): _corners(_bounds(ring.polygon)) for ring in drawn},
    }


def _corners(bounds: Bounds) -> tuple[tuple[float, float], tuple[float, float]]:
    return bounds[:2], bounds[2:]


def _bounds(shape: BaseGeometry) -> Bounds:
    west, south, east, north = (round(edge, 5) for edge in shape.bounds)
    return south, west, north, east


def _everything(analysis: Analysis, basemap: Basemap) -> Bounds:
    """The basemap, else the drawn cells, else Sweden."""
    if basemap.bounds is not None:
        south, west, north, east = (round(edge, 5) for edge in basemap.bounds)
        return south, west, north, east
    cells = [(cell.lat, cell.lon) for cell in person_cells(analysis).cells]
    return point_bounds(cells) if cells else (55.3, 11.0, 69.1, 24.2)


def _first_view(analysis: Analysis, drawn: Sequence[Ring]) -> Bounds | None:
    """The strongest area and those near it, so that cells are large enough to read."""
    if not drawn:
        return None
    first = analysis.areas[0]
    near = [
        ring.polygon.bounds
        for ring, area in zip(drawn, analysis.areas, strict=True)
        if distance_m(first.lat, first.lon, area.lat, area.lon) <= _NEAR_FIRST_M
    ]
    west, south = min(b[0] for b in near), min(b[1] for b in near)
    east, north = max(b[2] for b in near), max(b[3] for b in near)
    height_m = distance_m(south, west, north, west)
    extra = (north - south) * max(0.08, (_FIRST_VIEW_M / max(height_m, 1) - 1) / 2)
    return round(south - extra, 5), round(west, 5), round(north + extra, 5), round(east, 5)


def _take_apart(canvas: folium.Map, words: MapWords, view: Bounds) -> MapDocument:
    """The script, the container and its rule, with folium's random ids made steady."""
    figure: Any = canvas.get_root()
    figure.render()
    ids = set(_ids(figure))
    steady: dict[str, str] = {}
    for found in _ID.finditer(figure.script.render()):
        if found[0] in ids:
            steady.setdefault(found[0], f"{len(steady)}")

    def renamed(text: str) -> str:
        return _ID.sub(lambda found: steady.get(found[0], found[0]), text)

    script = renamed(figure.script.render())
    # Two documents may share a page, so each container is named after what it shows.
    own = hashlib.sha256(script.encode()).hexdigest()[:12]
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
