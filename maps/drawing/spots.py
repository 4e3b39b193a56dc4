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

from maps.drawing.name_room import NO_LINES, names_aside
from maps.drawing.sign_room import (
    APART_PX,
    CLEAR_PX,
    apart,
    in_pixels,
    is_off,
    lead_between,
)
from maps.drawing.static import Letter, Pixels, Shape, View, letter_parts, shape_parts
from maps.places import metres_per_degree

_ROUNDS, _DIRECTIONS, _STEP_PX = 3, 8, 28
_CORNER = math.sqrt(0.5)  # of a circle's radius: how far out its edge is at 45 degrees
_LEAST_PX = 8.0  # a ring's least radius: a dot under a letter tells nobody that it is a ring
_TIED_PX = 18.0  # from its ring's line to the middle of a letter: farther, a line ties them
_RING = re.compile('<path class="hot" d="([^"]+)"')
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
    spots: Iterable[Spot],
    view: View,
    taken: Sequence[Pixels],
    lines: BaseGeometry = NO_LINES,
) -> list[Letter]:
    """The letters, north-west of their places, and aside of each other and of ``taken`` pixels.

    Where there is room they keep off ``lines`` too (in pixels: the rings of hotspots). A letter
    whose place lies outside the picture is left out.
    """
    signs, letters = list(taken), []
    small = [
        view.point(spot.lat, spot.lon)
        for spot in spots
        if spot.line is None and spot.radius_m * view.px_per_m < CLEAR_PX
    ]
    for spot in spots:
        if not (view.south <= spot.lat <= view.north and view.west <= spot.lon <= view.east):
            continue
        begun = _begin(spot, view)
        free = [
            at
            for at in _around(*begun)
            if _is_clear(at, view, signs) and all(apart(at, o) >= CLEAR_PX for o in small)
        ]
        x, y = next((at for at in free if is_off(at, lines)), free[0] if free else begun)
        signs.append((x, y))
        letters.append(Letter(spot.letter, x, y))
    return letters


def letter_leads(spots: Iterable[Spot], letters: Iterable[Letter], view: View) -> list[Shape]:
    """Lines that tie each letter that stands aside to its ring or street."""
    outlines = {spot.letter: spot.outline(view) for spot in spots}
    leads = []
    for letter in letters:
        at = shapely.Point(letter.x, letter.y)
        line = shapely.shortest_line(at, shapely.transform(outlines[letter.letter], view.pixels))
        if line.length > _TIED_PX:
            leads.append(lead_between(view, *line.coords))
    return leads


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
    rings = _rings(html, found.end())
    letters = spot_letters(spots, view, numbers, rings)
    shapes = [*spot_shapes(spots, view), *letter_leads(spots, letters, view)]
    outlines = "".join(shape_parts(view, shapes))
    signs = [*numbers, *((letter.x, letter.y) for letter in letters)]
    lines = in_pixels([spot.outline(view) for spot in spots], view).union(rings)
    picture = names_aside(html[found.end() :], signs, view, lines)
    # Under the names and numbers: a ring across a name would cost its letters.
    picture = _SIGN.sub(lambda first: outlines + first[0], picture, count=1)
    return html[: found.end()] + picture.replace(_END, "".join(letter_parts(letters)) + _END)


def signs_outside(html: str, signs: Iterable[tuple[str, float, float]]) -> list[str]:
    """Which of the signs (with latitude and longitude) lie outside the page's still picture.

    None of them where the picture does not say what it shows.
    """
    found = _VIEW.search(html)
    if found is None:
        return []
    south, west, north, east, _width = map(float, found[1].split())
    return [sign for sign, lat, lon in signs if not (south <= lat <= north and west <= lon <= east)]


def _rings(html: str, begin: int) -> BaseGeometry:
    """The lines of the hotspots' rings on a drawn picture, in pixels."""
    lines = [
        shapely.LineString([tuple(map(float, at.split())) for at in line.split("L")])
        for path in _RING.findall(html, begin)
        for line in path.replace("Z", "").split("M")
        if "L" in line
    ]
    return shapely.union_all(lines)


def _begin(spot: Spot, view: View) -> Pixels:
    if spot.line is not None:
        return view.point(spot.lat, spot.lon)
    x, y = view.point(spot.lat, spot.lon)
    out = max(spot.radius_m * view.px_per_m, CLEAR_PX + 0.1) * _CORNER
    return x - out, y - out


def _around(x: float, y: float) -> Iterable[Pixels]:
    yield x, y
    for far in range(1, _ROUNDS + 1):
        for turn in range(_DIRECTIONS * far):
            angle = math.pi * (1 + 2 * turn / (_DIRECTIONS * far)) + math.pi / 4
            yield x + math.cos(angle) * far * _STEP_PX, y + math.sin(angle) * far * _STEP_PX


def _is_clear(at: Pixels, view: View, signs: Sequence[Pixels]) -> bool:
    x, y = at
    room = APART_PX / 2
    inside = room <= x <= view.width_px - room and room <= y <= view.height_px - room
    return inside and all(apart(at, sign) >= APART_PX for sign in signs)
