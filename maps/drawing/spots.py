"""Places where something is done, on pictures: rings and streets under letters, clear of numbers.

The web process imports this module, so it uses shapely and the standard library only.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from maps.drawing.name_room import names_aside
from maps.drawing.static import Letter, Pin, Shape, View, letter_parts, shape_parts
from maps.places import metres_per_degree

APART_PX = 26  # between the middles of two signs: each can be read
_ROUNDS, _DIRECTIONS, _STEP_PX = 3, 8, 28
_CORNER = math.sqrt(0.5)  # of a circle's radius: how far out its edge is at 45 degrees
_LEAST_PX = 8.0  # a ring's least radius: a dot under a letter tells nobody that it is a ring
_CLEAR_PX = 21.0  # from a small ring's middle: nearer, a letter would hide the ring
_BESIDE_PX = 18.0  # from a small ring's edge to the middle of its number
_VIEW = re.compile(r'<noscript data-view="((?:-?[0-9]+\.[0-9]+ ){4}[0-9]+)">')
_PIN = re.compile(r'<circle class="pin-b" cx="([-0-9.]+)" cy="([-0-9.]+)"')
_END = "</svg></noscript>"
_SIGN = re.compile(f'<text class="m-t|<circle class="pin-b"|<path class="m-scale"|{_END}')


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something is done, under its letter; a street along its line, in degrees."""

    letter: str
    name: str
    lat: float
    lon: float
    radius_m: float
    line: BaseGeometry | None = None

    def outline(self, view: View) -> BaseGeometry:
        """What is drawn, in degrees: a street's run, else the edge of the place's extent."""
        if self.line is not None:
            return self.line
        per_lat, per_lon = metres_per_degree(self.lat)
        radius_m = max(self.radius_m, _LEAST_PX / view.px_per_m)
        disc = shapely.Point(self.lon, self.lat).buffer(1, quad_segs=32)
        return scale(disc, radius_m / per_lon, radius_m / per_lat).boundary


def spot_shapes(spots: Iterable[Spot], view: View) -> list[Shape]:
    """The rings and streets that the view shows, each with paper under it."""
    outlines = [spot.outline(view) for spot in spots]
    return [Shape(line, style) for style in ("spot-gap", "spot") for line in outlines]


def spot_letters(
    spots: Iterable[Spot], view: View, taken: Sequence[tuple[float, float]]
) -> list[Letter]:
    """The letters, north-west of their places, and aside of each other and of ``taken`` pixels.

    A letter whose place lies outside the picture is left out.
    """
    signs, letters = list(taken), []
    small = [
        view.point(spot.lat, spot.lon)
        for spot in spots
        if spot.line is None and spot.radius_m * view.px_per_m < _CLEAR_PX
    ]
    for spot in spots:
        if not (view.south <= spot.lat <= view.north and view.west <= spot.lon <= view.east):
            continue
        x, y = _begin(spot, view)
        x, y = next(
            (
                at
                for at in _around(x, y)
                if _is_clear(at, view, signs) and all(_apart(at, o) >= _CLEAR_PX for o in small)
            ),
            (x, y),
        )
        signs.append((x, y))
        letters.append(Letter(spot.letter, x, y))
    return letters


def pins_beside(
    rings: Iterable[tuple[int, BaseGeometry, float, float]], view: View
) -> tuple[list[Pin], list[Shape]]:
    """The numbers of rings (rank, shape, latitude and longitude of its edge), and their leads.

    A number on the edge of a small ring would hide the ring: it stands beside it, north-east, tied
    to the edge by a short line.
    """
    pins, leads = [], []
    for rank, ring, lat, lon in rings:
        west, south, east, north = ring.bounds
        middle = ((west + east) / 2, (south + north) / 2)
        x, y = view.point(middle[1], middle[0])
        edge_x, edge_y = view.point(lat, lon)
        far = math.hypot(edge_x - x, edge_y - y)
        if 0 < far < _CLEAR_PX:
            out = (far + _BESIDE_PX) / far
            moved = middle[1] + (lat - middle[1]) * out, middle[0] + (lon - middle[0]) * out
            leads.append(Shape(shapely.LineString([(lon, lat), moved[::-1]]), "map-lead"))
            pins.append(Pin(rank, *moved))
        else:
            pins.append(Pin(rank, lat, lon))
    return pins, leads


def still_for_page(svg: str, view: View) -> str:
    """A still map as the page keeps it for browsers without script: it remembers what it shows."""
    edges = " ".join(f"{edge:.6f}" for edge in (view.south, view.west, view.north, view.east))
    return f'<noscript data-view="{edges} {view.width_px}">{svg}</noscript>'


def with_spots(html: str, spots: Sequence[Spot]) -> str:
    """The page's map with the places drawn on its still picture too.

    They come from the register of today, the picture from the job that drew the map. A map that was
    drawn by an earlier version does not say what it shows: its places stand in the list alone.
    """
    found = _VIEW.search(html)
    if found is None or not spots or _END not in html:
        return html
    south, west, north, east, width_px = map(float, found[1].split())
    view = View(south, west, north, east, int(width_px))
    numbers = [(float(x), float(y)) for x, y in _PIN.findall(html, found.end())]
    outlines = "".join(shape_parts(view, spot_shapes(spots, view)))
    letters = spot_letters(spots, view, numbers)
    signs = [*numbers, *((letter.x, letter.y) for letter in letters)]
    picture = names_aside(html[found.end() :], signs, view.height_px)
    # Under the names and numbers: a ring across a name would cost its letters.
    picture = _SIGN.sub(lambda first: outlines + first[0], picture, count=1)
    return html[: found.end()] + picture.replace(_END, "".join(letter_parts(letters)) + _END)


def _begin(spot: Spot, view: View) -> tuple[float, float]:
    if spot.line is not None:
        return view.point(spot.lat, spot.lon)
    x, y = view.point(spot.lat, spot.lon)
    out = max(spot.radius_m * view.px_per_m, _CLEAR_PX + 0.1) * _CORNER
    return x - out, y - out


def _around(x: float, y: float) -> Iterable[tuple[float, float]]:
    yield x, y
    for far in range(1, _ROUNDS + 1):
        for turn in range(_DIRECTIONS * far):
            angle = math.pi * (1 + 2 * turn / (_DIRECTIONS * far)) + math.pi / 4
            yield x + math.cos(angle) * far * _STEP_PX, y + math.sin(angle) * far * _STEP_PX


def _is_clear(at: tuple[float, float], view: View, signs: Sequence[tuple[float, float]]) -> bool:
    x, y = at
    room = APART_PX / 2
    inside = room <= x <= view.width_px - room and room <= y <= view.height_px - room
    return inside and all(_apart(at, sign) >= APART_PX for sign in signs)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])
