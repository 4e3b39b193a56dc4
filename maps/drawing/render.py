"""The staff's live map of one analysis: cells, density and numbered areas over a basemap."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from maps.crs import to_degrees
from maps.drawing.cell_layers import persons_layer
from maps.drawing.drawing import Ring, rings
from maps.drawing.labels import Label, ground_labels, place_labels
from maps.drawing.map_parts import (
    Bounds,
    MapDocument,
    add_areas,
    add_controls,
    add_ground,
    add_labels,
    add_layers,
    bounds_of,
    new_canvas,
    take_apart,
)
from maps.drawing.shown import MapLayer, SquaresShown, standard_layers
from maps.drawing.words import MapWords
from maps.engine.hotspots import Analysis
from maps.ground.basemap import Basemap
from maps.places import bounds as point_bounds
from maps.places import distance_m

_NEAR_FIRST_M = 5000.0  # areas this near the strongest one share its first view
_FIRST_VIEW_M = 1300.0  # the least height of the first view


def staff_map(  # noqa: PLR0913 - what is drawn, each thing by its name
    analysis: Analysis,
    basemap: Basemap,
    *,
    words: MapWords,
    labels: Iterable[Label] = (),
    area_names: Mapping[int, str] | None = None,
    layers: Sequence[MapLayer] | None = None,
    lines: Sequence[Ring] | None = None,
) -> MapDocument:
    """Layers and numbered areas of an analysis over a basemap; the first layer shows at first.

    `layers` are persons, density and Gi* of the analysis unless they are given, `lines` the rings
    round its areas. A page chooses
    among them with inputs: `data-map-layer` whose value is a layer's key, or "hotspots" for the
    numbered areas. `area_names` gives each area's rank a name. The number of an area links to the
    list item `#omrade-<rank>`; a link with `data-map-area="<rank>"` anywhere on the page shows it.
    """
    lines = rings(analysis) if lines is None else lines
    drawn = area_words(analysis, words, area_names or {}, lines)
    whole = everything(analysis, basemap)
    layers = standard_layers(analysis, words) if layers is None else layers
    view = first_view(analysis, lines) or _squares_view(layers) or whole
    canvas = new_canvas(view)
    add_ground(canvas, basemap)
    groups = add_layers(canvas, layers)
    groups |= add_areas(
        canvas, words.hotspots_layer if analysis.is_tested else words.areas_layer, drawn
    )
    add_labels(canvas, place_labels([*labels, *ground_labels(basemap)]))
    shown = {str(ring.rank): bounds_of(ring.polygon) for ring, _ in drawn}
    add_controls(canvas, words, shown, views=(view, whole), groups=groups)
    return take_apart(canvas, words, view)


def area_words(
    analysis: Analysis, words: MapWords, names: Mapping[int, str], lines: Sequence[Ring]
) -> tuple[tuple[Ring, str], ...]:
    """The ring of each area, in their order, with what its number says: rank, name, persons."""
    return tuple(
        (
            ring,
            (words.area_at_least if area.is_at_least else words.area).format(
                rank=ring.rank, name=names.get(ring.rank, ""), n=area.n_respondents
            ),
        )
        for ring, area in zip(lines, analysis.areas, strict=True)
    )


def everything(analysis: Analysis, basemap: Basemap) -> Bounds:
    """The basemap, else the drawn cells, else Sweden."""
    if basemap.bounds is not None:
        south, west, north, east = (round(edge, 5) for edge in basemap.bounds)
        return south, west, north, east
    layer = persons_layer(analysis)
    if layer is None or layer.is_empty:
        return 55.3, 11.0, 69.1, 24.2
    lat, lon = to_degrees(*layer.grid.centre(layer.cells))
    return point_bounds(list(zip(lat.tolist(), lon.tolist(), strict=True)))


def first_view(analysis: Analysis, lines: Sequence[Ring]) -> Bounds | None:
    """The strongest area and those near it with their rings: cells are large enough to read."""
    if not analysis.areas:
        return None
    first = analysis.areas[0]
    near = [
        ring.polygon.bounds
        for ring, area in zip(lines, analysis.areas, strict=True)
        if distance_m(first.lat, first.lon, area.lat, area.lon) <= _NEAR_FIRST_M
    ]
    west, south = min(b[0] for b in near), min(b[1] for b in near)
    east, north = max(b[2] for b in near), max(b[3] for b in near)
    return _with_room_round((south, west, north, east))


def _squares_view(layers: Sequence[MapLayer]) -> Bounds | None:
    """The squares of the layer that shows at first: few would vanish in a whole municipality."""
    if not layers or not isinstance(layers[0], SquaresShown):
        return None
    layer = layers[0].layer
    half_m = layer.grid.cell_m / 2
    east, north = layer.grid.centre(layer.cells)
    corners = [
        np.array([find(of) + out for find, out in ((np.min, -half_m), (np.max, half_m))])
        for of in (east, north)
    ]
    lat, lon = to_degrees(*corners)
    return _with_room_round(point_bounds(list(zip(lat.tolist(), lon.tolist(), strict=True))))


def _with_room_round(bounds: Bounds) -> Bounds:
    south, west, north, east = bounds
    height_m = distance_m(south, west, north, west)
    extra = (north - south) * max(0.08, (_FIRST_VIEW_M / max(height_m, 1) - 1) / 2)
    return round(south - extra, 5), round(west, 5), round(north + extra, 5), round(east, 5)
