"""Draws the staff map of an analysis over the municipality's schematic ground."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maps.drawing.cell_layers import persons_layer
from maps.drawing.drawing import Ring, person_cells, rings
from maps.drawing.labels import Label, LabelKind
from maps.drawing.map_parts import Bounds, MapDocument
from maps.drawing.name_room import names_off_lines
from maps.drawing.render import staff_map
from maps.drawing.shown import MapLayer
from maps.drawing.sign_room import in_pixels, pins_beside
from maps.drawing.spots import still_for_page
from maps.drawing.static import Shape, squared, view_around
from maps.drawing.static import draw_map as draw_still
from maps.drawing.words import SWEDISH
from maps.engine.hotspots import Analysis
from maps.ground.basemap import EMPTY_BASEMAP, BadBasemap, Basemap, read_basemap
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind

_STILL_PX = 400  # wide: on a phone its names are read, at a desk they are no headings


def read_ground(municipality: Municipality) -> Basemap:
    """The municipality's schematic ground, else its outline alone, else nothing."""
    if municipality.schematic is not None:
        try:
            return read_basemap(municipality.schematic)
        except BadBasemap:
            pass  # a ground that cannot be drawn must not cost the map
    if municipality.outline is None:
        return EMPTY_BASEMAP
    outline = {
        "type": "Feature",
        "properties": {"kind": "outline"},
        "geometry": municipality.outline,
    }
    try:
        return read_basemap({"type": "FeatureCollection", "features": [outline]})
    except BadBasemap:
        return EMPTY_BASEMAP


def register_labels(register: Sequence[NamedPlace]) -> tuple[Label, ...]:
    """The names that the map shows, from the municipality's own register."""
    return tuple(
        Label(
            name=place.name,
            kind=LabelKind.LOCALITY if place.kind is PlaceKind.LOCALITY else LabelKind.PLACE,
            lat=place.lat,
            lon=place.lon,
        )
        for place in sorted(register, key=lambda place: (-place.radius_m, place.name))
    )


def draw_map(
    analysis: Analysis,
    ground: Basemap,
    labels: Sequence[Label],
    names: Mapping[int, str],
    layers: Sequence[MapLayer] | None = None,
) -> MapDocument:
    """The live map in three parts; ``names`` gives each area's rank its name.

    Its HTML has a still picture of the first view too, for browsers without script.
    """
    lines = rings(analysis)
    live = staff_map(
        analysis, ground, words=SWEDISH, labels=labels, area_names=names, layers=layers, lines=lines
    )
    still = still_map(analysis, lines, ground, labels, live.bounds)
    return replace(live, html=f"{live.html}{still}")


def still_map(  # noqa: PLR0913 - what is drawn, each thing by its name
    analysis: Analysis,
    lines: Sequence[Ring],
    ground: Basemap,
    labels: Sequence[Label],
    bounds: Bounds,
    *,
    title: str = SWEDISH.map_label,
    limits: tuple[int, ...] | None = None,
) -> str:
    """Persons by square and the numbered rings, as the live map shows them at first.

    `lines` and `bounds` are the live map's; `limits` the lowest numbers of classes that two maps
    share.
    """
    view = squared(view_around(bounds, padding=0.12, width_px=_STILL_PX))
    cells = person_cells(analysis, limits, within=view.frame).cells
    shapes = [Shape(cell.polygon, f"cell s{cell.level}") for cell in cells]
    for css_class in ("hot-gap", "hot"):
        shapes += [Shape(ring.polygon.boundary, css_class) for ring in lines]
    pins, leads = pins_beside(
        [(ring.rank, ring.polygon, ring.lat, ring.lon) for ring in lines], view
    )
    shapes += leads
    numbers = [view.point(pin.lat, pin.lon) for pin in pins]
    dashed = in_pixels([ring.polygon.boundary for ring in lines], view)
    svg = draw_still(
        ground,
        view,
        title=title,
        shapes=shapes,
        labels=names_off_lines(labels, view, numbers, dashed),
        pins=pins,
    )
    return still_for_page(svg, view)


def class_limits(analysis: Analysis) -> list[int]:
    """The lowest number of persons in each class of cells that the map draws, rising."""
    layer = persons_layer(analysis)
    return [] if layer is None or layer.is_empty else [round(limit) for limit in layer.limits]
