"""Where numbers stand on still pictures: beside small rings, clear of each other and of rings."""

import math
from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from maps.drawing.static import Pin, Pixels, Shape, View

APART_PX = 26  # between the middles of two signs: each can be read
CLEAR_PX = 21.0  # from a small ring's middle: nearer, a sign would hide the ring
_BESIDE_PX = 18.0  # from a small ring's edge to the middle of its number
_SIGN_PX = 13.0  # half a sign with its edge


def pins_beside(
    rings: Iterable[tuple[int, BaseGeometry, float, float]], view: View
) -> tuple[list[Pin], list[Shape]]:
    """The numbers of rings (rank, shape, latitude and longitude of its edge), and their leads.

    A number on the edge of a small ring would hide the ring: it stands beside it, tied to the edge
    by a short line; north-east where that is clear of the other numbers and rings.
    """
    drawn = [(*each, shapely.transform(each[1], view.pixels).boundary) for each in rings]
    numbers: list[Pixels] = []
    pins, leads = [], []
    for rank, _ring, lat, lon, line in drawn:
        edge = view.point(lat, lon)
        others = shapely.union_all([other[-1] for other in drawn if other[-1] is not line])
        places = _beside(line, edge)
        free = [at for at in places if all(apart(at, number) >= APART_PX for number in numbers)]
        best = [at for at in free if is_off(at, others)] or free or places
        at = best[0]
        numbers.append(at)
        pins.append(Pin(rank, *((lat, lon) if at == edge else view.degrees(*at))))
        tie = shapely.shortest_line(shapely.Point(at), line)
        if tie.length > 0 and at != edge:
            leads.append(lead_between(view, *tie.coords))
    return pins, leads


def _beside(ring: BaseGeometry, edge: Pixels) -> list[Pixels]:
    """Where the number of a ring may stand, in pixels, the best first: on a large one's line."""
    west, north, east, south = ring.bounds
    x, y = (west + east) / 2, (north + south) / 2
    far = apart((x, y), edge)
    turns = [turn * side for turn in range(9) for side in (1, -1)]
    if not 0 < far < CLEAR_PX:
        line = shapely.get_parts(ring)[0]
        begun = line.project(shapely.Point(edge), normalized=True)
        along = [line.interpolate((begun + turn / 16) % 1, normalized=True) for turn in turns]
        return [edge, *((at.x, at.y) for at in along[2:])]
    begun = math.atan2(edge[1] - y, edge[0] - x)
    out = far + _BESIDE_PX
    return [
        (x + math.cos(at) * out, y + math.sin(at) * out)
        for at in (begun + turn * math.pi / 8 for turn in turns)
    ]


def in_pixels(lines: Sequence[BaseGeometry], view: View) -> BaseGeometry:
    """What the view shows of lines in degrees."""
    drawn = shapely.transform(shapely.union_all(list(lines)), view.pixels)
    return shapely.clip_by_rect(drawn, 0, 0, view.width_px, view.height_px)


def lead_between(view: View, *ends: Pixels) -> Shape:
    """The line that ties a sign to what it tells of."""
    points = [view.degrees(x, y)[::-1] for x, y in ends]
    return Shape(shapely.LineString(points), "map-lead")


def is_off(at: Pixels, lines: BaseGeometry) -> bool:
    """Whether a sign there hides nothing of the lines, in pixels."""
    return lines.is_empty or shapely.distance(shapely.Point(at), lines) >= _SIGN_PX


def apart(one: Pixels, other: Pixels) -> float:
    """How far it is from one pixel to another."""
    return math.hypot(one[0] - other[0], one[1] - other[1])
