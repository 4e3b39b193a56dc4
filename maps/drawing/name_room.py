"""Names on still pictures: whole inside the picture, and clear of numbers and letters."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

import shapely
from shapely.geometry.base import BaseGeometry

from maps.drawing.labels import (
    FARTHEST_ZOOM,
    NEAREST_ZOOM,
    Label,
    LabelKind,
    metres_per_pixel,
    place_labels,
    visible_labels,
)
from maps.drawing.static import Pixels, View, scale_box

NO_LINES = shapely.GeometryCollection()

_LETTER_PX, _LINE_PX, _SIGN_PX = 8.5, 16, 13
_LINE_ROOM_PX = 4  # between a name and a line that came later
_EDGE_PX = 6  # letters are wider in some typefaces
_MIDDLE_PX = 4.5  # from a name's line up to the middle of its letters
_ASIDE_PX = (0, -20, 20, -32, 32, -44, 44, -60, 60)  # where a name may stand, the nearest first
_BESIDE_PX = (-30, 30, -60, 60, -90, 90, -120, 120, -150, 150)
_NAME = re.compile(
    r'(?P<open><text class="m-tw?" x=")(?P<x>[-0-9.]+)" y="(?P<y>[-0-9.]+)'
    r'(?P<rest>"[^>]*>(?P<name>[^<]*)</text>)'
)


def names_with_room(labels: Sequence[Label], view: View, signs: Sequence[Pixels]) -> list[Label]:
    """The names that have room: whole inside the picture, and clear of the pixels of signs.

    The scale bar is a sign too.
    """
    if (scale := scale_box(view)) is not None:
        left, top, right, bottom = scale
        middle = (top + bottom) / 2
        signs = [*signs, *((left + (right - left) * part / 4, middle) for part in range(5))]
    seen = [clear for label in labels if (clear := _cleared(label, view, signs)) is not None]
    zoom = FARTHEST_ZOOM
    while zoom < NEAREST_ZOOM and metres_per_pixel(view.south, zoom + 1) >= 1 / view.px_per_m:
        zoom += 1
    return visible_labels(place_labels(seen), zoom)


def names_off_lines(
    labels: Sequence[Label], view: View, signs: Sequence[Pixels], lines: BaseGeometry
) -> list[Label]:
    """The names that have room and that no line (in pixels) crosses.

    A town without such room is looked for beside its point too; failing that it crosses a line,
    for without it nobody knows the map.
    """
    signs_and_lines = [*signs, *_along(lines)]
    clear = names_with_room(labels, view, signs_and_lines)
    known = {label.name for label in clear}
    for town in labels:
        if town.kind is LabelKind.LOCALITY and town.name not in known:
            written = [at for label in clear for at in _letters(label, view)]
            beside = (
                names_with_room([_moved(town, view, right)], view, [*signs_and_lines, *written])
                for right in _BESIDE_PX
            )
            found = next(filter(None, beside), None)
            clear += found or names_with_room([town], view, [*signs, *written])
    return clear


def _along(lines: BaseGeometry) -> list[Pixels]:
    """Points so near each other along lines that no name slips between them."""
    points = shapely.get_coordinates(shapely.segmentize(lines, _LETTER_PX))
    return [(float(x), float(y)) for x, y in points]


def _moved(label: Label, view: View, right_px: float) -> Label:
    return replace(label, lon=label.lon + right_px / view.width_px * (view.east - view.west))


def _letters(label: Label, view: View) -> list[Pixels]:
    """Where a written name's letters are."""
    x, y = view.point(label.lat, label.lon)
    half = _half(label.name)
    return [(x - half, y), (x - half / 2, y), (x, y), (x + half / 2, y), (x + half, y)]


def names_aside(
    svg: str, signs: Sequence[Pixels], view: View, lines: BaseGeometry = NO_LINES
) -> str:
    """The names of a drawn picture moved off signs and lines that came later: up or down, or aside.

    A name without room between the signs and the other names is left out; one that lies across a
    line (in pixels) wherever there is room for it stays.
    """
    along = _along(lines)
    stand = [
        (float(n["x"]), float(n["y"]), _half(unescape(n["name"]))) for n in _NAME.finditer(svg)
    ]

    def moved(found: re.Match[str]) -> str:
        x, begun, half = float(found["x"]), float(found["y"]), _half(unescape(found["name"]))

        def is_off(at: Pixels) -> bool:
            return _is_clear(at[0], at[1] - _MIDDLE_PX, half, along, _LINE_ROOM_PX)

        if _is_clear(x, begun - _MIDDLE_PX, half, signs) and is_off((x, begun)):
            return found[0]
        others = [each for each in stand if each != (x, begun, half)]

        def has_room(at: Pixels) -> bool:
            crowded = any(
                abs(at[0] - other_x) < half + other_half and abs(at[1] - other_y) < _LINE_PX
                for other_x, other_y, other_half in others
            )
            inside = (
                half + _EDGE_PX <= at[0] <= view.width_px - half - _EDGE_PX
                and _LINE_PX < at[1] < view.height_px - _LINE_PX
            )
            return inside and not crowded and _is_clear(at[0], at[1] - _MIDDLE_PX, half, signs)

        upright = [(x, begun + down) for down in _ASIDE_PX]
        aside = [(x + right, y) for right in _BESIDE_PX[:4] for _x, y in upright[:5]]
        places = [at for at in upright if has_room(at)]
        beside = (at for at in aside if has_room(at))
        at = next(filter(is_off, [*places, *beside]), places[0] if places else None)
        if at is None:
            return ""
        stand.append((*at, half))
        return f'{found["open"]}{at[0]:g}" y="{at[1]:g}{found["rest"]}'

    return _NAME.sub(moved, svg)


def _cleared(label: Label, view: View, signs: Sequence[Pixels]) -> Label | None:
    """The name where it stands, or above or below a sign in its way; None beyond the edges.

    One whose point is near an edge is drawn in to where all of it is seen.
    """
    at, begun = view.point(label.lat, label.lon)
    half = _half(label.name)
    room = half + _EDGE_PX
    if not 0 < at < view.width_px or 2 * room >= view.width_px:
        return None
    x = min(max(at, room), view.width_px - room)
    places = (begun + aside for aside in _ASIDE_PX)
    y = next((y for y in places if _is_clear(x, y, half, signs)), None)
    if y is None or not _LINE_PX < y < view.height_px - _LINE_PX:
        return None
    lat, lon = view.degrees(x, y)
    return replace(label, lat=lat, lon=lon)


def _half(name: str) -> float:
    return len(name) * _LETTER_PX / 2


def _is_clear(
    x: float, y: float, half: float, signs: Sequence[Pixels], room: float = _SIGN_PX
) -> bool:
    return all(
        abs(x - sign_x) >= half + room or abs(y - sign_y) >= room + _LINE_PX / 2
        for sign_x, sign_y in signs
    )
