"""Two rounds of a dialogue as two live maps alike: one extent, one set of classes, one ground."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maps.crs import shape_to_degrees
from maps.drawing.drawing import Ring, person_cells, person_limits
from maps.drawing.labels import Label, ground_labels, place_labels
from maps.drawing.map_parts import (
    Bounds,
    MapDocument,
    add_areas,
    add_cells,
    add_controls,
    add_ground,
    add_labels,
    add_spots,
    bounds_of,
    new_canvas,
    take_apart,
)
from maps.drawing.render import area_words, everything, first_view
from maps.drawing.spots import Spot
from maps.drawing.words import MapWords
from maps.engine.hotspots import Analysis
from maps.ground.basemap import Basemap
from maps.region_counts import Zones, zones_of


def zones_at(spot: Spot) -> Zones:
    """The place and the ring around it, in metres."""
    return zones_of(spot.lat, spot.lon, spot.radius_m, spot.line)


@dataclass(frozen=True, slots=True)
class Side:
    """One round of the two. `anchor` keeps the ids of its areas apart from the other's."""

    anchor: str
    label: str  # what the map is, for those who do not see it
    analysis: Analysis
    lines: Sequence[Ring]  # round its areas, in their order
    names: Mapping[int, str]  # rank -> name


def shared_limits(analyses: Sequence[Analysis]) -> tuple[int, ...]:
    """The classes of persons per cell that fit both maps."""
    least = max(analysis.settings.min_respondents for analysis in analyses)
    most = [
        int(analysis.surface.respondents.max(initial=0))
        for analysis in analyses
        if analysis.surface is not None
    ]
    return person_limits(least, max(most, default=0))


def draw_rounds(
    sides: Sequence[Side],
    basemap: Basemap,
    *,
    words: MapWords,
    labels: Iterable[Label] = (),
    spots: Sequence[Spot] = (),
) -> tuple[MapDocument, ...]:
    """The sides' maps, each over the same ground, with the same first view and classes."""
    limits = shared_limits([side.analysis for side in sides])
    whole = everything(sides[0].analysis, basemap)
    first = [first_view(side.analysis, side.lines) for side in sides]
    views = [view for view in first if view is not None]
    frame = (_around(views) if views else whole, whole)
    named = list(labels)
    return tuple(
        _draw(side, basemap, replace(words, map_label=side.label), named, spots, (limits, frame))
        for side in sides
    )


def _draw(
    side: Side,
    basemap: Basemap,
    words: MapWords,
    labels: Sequence[Label],
    spots: Sequence[Spot],
    alike: tuple[tuple[int, ...], tuple[Bounds, Bounds]],
) -> MapDocument:
    limits, frame = alike
    canvas = new_canvas(frame[0])
    add_ground(canvas, basemap)
    cells = person_cells(side.analysis, limits)
    add_cells(canvas, cells, words.cells_layer, words.persons, show=True)
    circles = [(spot, shape_to_degrees(zones_at(spot).place)) for spot in spots]
    add_spots(canvas, [(spot.letter, spot.name, circle) for spot, circle in circles], side.anchor)
    drawn = area_words(side.analysis, words, side.names, side.lines)
    add_areas(canvas, words.areas_layer, drawn, side.anchor)
    add_labels(canvas, place_labels([*labels, *ground_labels(basemap)]))
    shown = {f"{side.anchor}{ring.rank}": bounds_of(ring.polygon) for ring, _ in drawn}
    shown |= {spot.letter: bounds_of(circle) for spot, circle in circles}
    # Letters are no areas: the button counts both.
    counted = replace(words, all_areas=words.all_signs) if spots else words
    add_controls(canvas, counted, shown, views=frame)
    return take_apart(canvas, words, frame[0])


def _around(views: Sequence[Bounds]) -> Bounds:
    south, west, north, east = zip(*views, strict=True)
    return min(south), min(west), max(north), max(east)
