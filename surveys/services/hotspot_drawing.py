"""Draws the staff map of an analysis over the municipality's schematic ground."""

from collections.abc import Mapping, Sequence

from maps.basemap import EMPTY_BASEMAP, BadBasemap, Basemap, read_basemap
from maps.cell_layers import persons_layer
from maps.hotspots import Analysis
from maps.labels import Label, LabelKind
from maps.map_parts import MapDocument
from maps.render import staff_map
from maps.shown import MapLayer
from maps.words import SWEDISH
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind


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
    """The live map in three parts; ``names`` gives each area's rank its name."""
    return staff_map(
        analysis, ground, words=SWEDISH, labels=labels, area_names=names, layers=layers
    )


def class_limits(analysis: Analysis) -> list[int]:
    """The lowest number of persons in each class of cells that the map draws, rising."""
    layer = persons_layer(analysis)
    return [] if layer is None or layer.is_empty else [round(limit) for limit in layer.limits]
