"""A published map as still pictures: drawn from what readers may have of it and nothing else.

The web process imports this module, so it uses shapely and the standard library only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
import shapely.ops
from shapely.geometry import LineString, MultiLineString, shape
from shapely.geometry.base import BaseGeometry

from maps.drawing.labels import Label, LabelKind
from maps.drawing.name_room import names_with_room
from maps.drawing.static import Shape, View, draw_map, view_around
from maps.ground.basemap import Basemap
from maps.places import distance_m, metres_per_degree

WIDE_PX, NARROW_PX = 620, 340  # as wide as they stand on a page: names are read as drawn
MAX_PICTURES = 5
_STEP_M = 2500  # cells farther apart than this from all others are another town
_HATCH_PX = 9
_PADDING = 0.12
_TALLEST = 0.9  # of the width: a town that stretches north would fill a phone many times over
_LEAST_M = 3000  # across: closer in nobody knows which town it is


GroundOf = Callable[[View], Basemap]  # the ground of a part of the world


@dataclass(frozen=True, slots=True)
class Picture:
    """One part of the map: the locality that it shows, empty without one, and an SVG element."""

    name: str
    svg: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What all pictures of a map have in common."""

    title: Callable[[str], str]
    width_px: int
    is_headed: bool


def draw_edition(
    cells: Mapping[str, Any],
    ground: Basemap | GroundOf,
    labels: Sequence[Label],
    *,
    title: Callable[[str], str],
    width_px: int = WIDE_PX,
) -> tuple[Picture, ...]:
    """The cells in classes `s1` to `s5` and a hatch for too few, a picture for each town.

    Towns far apart in one picture would leave nothing of a cell to see; where they are too many
    there is one picture. `title` makes of a locality's name what a screen reader says. Nothing
    where no cell is shown.
    """
    shown = [f for f in cells["features"] if f["properties"]["level"]]
    few = [shape(f["geometry"]) for f in cells["features"] if not f["properties"]["level"]]
    parts = _parts(shown)
    # Beside other pictures the town's name stands above its own: within, it would take the room of
    # the places that the list tells of.
    look = _Look(title, width_px, is_headed=len(parts) > 1)
    return tuple(_draw(part, few, ground, labels, look) for part in parts)


def _draw(
    shown: Sequence[Mapping[str, Any]],
    few: Sequence[BaseGeometry],
    ground: Basemap | GroundOf,
    labels: Sequence[Label],
    look: _Look,
) -> Picture:
    view = _view(shown, look.width_px)
    shapes = [Shape(lines, "hatch") for surface in few if (lines := _hatch(surface, view))]
    shapes += [
        Shape(shape(f["geometry"]), f"cell s{int(f['properties']['level'])}")
        for f in reversed(shown)
    ]
    name = _locality(view, labels)
    named = [n for n in labels if not (look.is_headed and n.name == name)]
    drawn = names_with_room(named, view, ())
    under = ground if isinstance(ground, Basemap) else ground(view)
    return Picture(name, draw_map(under, view, title=look.title(name), shapes=shapes, labels=drawn))


def _parts(shown: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The cells by town: those that a chain of steps joins. The part with most cells first."""
    parts: list[tuple[list[Mapping[str, Any]], BaseGeometry]] = []
    for cell in shown:
        square = shape(cell["geometry"])
        joined, apart = [cell], []
        around = square
        for part, geometry in parts:
            if _apart_m(square, geometry) <= _STEP_M:
                joined, around = part + joined, shapely.union(around, geometry)
            else:
                apart.append((part, geometry))
        parts = [*apart, (joined, around)]
    if len(parts) > MAX_PICTURES:
        return [list(shown)]
    south_to_north = sorted(parts, key=lambda part: part[1].bounds)
    return [part for part, _ in sorted(south_to_north, key=lambda part: -len(part[0]))]


def _apart_m(one: BaseGeometry, other: BaseGeometry) -> float:
    (x, y), (u, v) = (point.coords[0] for point in shapely.ops.nearest_points(one, other))
    return distance_m(y, x, v, u)


def _locality(view: View, labels: Sequence[Label]) -> str:
    lat, lon = (view.south + view.north) / 2, (view.west + view.east) / 2
    towns = [label for label in labels if label.kind is LabelKind.LOCALITY]
    return min(
        (label for label in towns),
        key=lambda label: distance_m(lat, lon, label.lat, label.lon),
        default=Label("", LabelKind.LOCALITY, 0, 0),
    ).name


def _view(shown: Sequence[Mapping[str, Any]], width_px: int) -> View:
    west, south, east, north = shapely.total_bounds([shape(f["geometry"]) for f in shown])
    around = view_around(
        (float(south), float(west), float(north), float(east)),
        padding=_PADDING,
        width_px=width_px,
    )
    per_lat, per_lon = metres_per_degree((around.south + around.north) / 2)
    high = max((around.north - around.south) * per_lat, _LEAST_M * _TALLEST)
    # Wide enough that the height fits, and never closer in than a part of town.
    wide = max((around.east - around.west) * per_lon, high / _TALLEST, _LEAST_M)
    lat, lon = (around.south + around.north) / 2, (around.west + around.east) / 2
    up, out = max(high, wide * 0.6) / 2 / per_lat, wide / 2 / per_lon
    return View(lat - up, lon - out, lat + up, lon + out, width_px)


def _hatch(surface: BaseGeometry, view: View) -> BaseGeometry | None:
    """Lines at 45 degrees over the surface, the same distance apart in every picture."""
    x_deg = (view.east - view.west) / view.width_px
    y_deg = (view.north - view.south) / view.height_px
    lines = [
        LineString(
            [
                (view.west + start * x_deg, view.south),
                (view.west + (start + view.height_px) * x_deg, view.south + view.height_px * y_deg),
            ]
        )
        for start in range(-view.height_px, view.width_px, _HATCH_PX)
    ]
    drawn = MultiLineString(lines).intersection(surface)
    return None if drawn.is_empty else drawn
