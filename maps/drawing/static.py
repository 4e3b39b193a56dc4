"""The map as a still picture: SVG on the server, for print, small maps and pages without script.

Classes carry the colours; text is drawn as text and escaped. No style attribute and no script.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from maps.drawing.labels import Label, LabelKind
from maps.ground.basemap import ABOVE_DATA, STROKES, Basemap, GroundKind, Stroke
from maps.places import metres_per_degree

Floats = npt.NDArray[np.float64]
Pixels = tuple[float, float]  # from the upper left corner

# Of the view: geometry is kept that far outside, so that no edge of it shows, not even where the
# picture stands in a box of a somewhat other shape.
_MARGIN = 0.08
_FONT_PX = 13
_HALO_PX = 5  # half of it lies outside the letters
_SCALE_STEPS_M = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world in the picture, in degrees, and the picture's width in pixels."""

    south: float
    west: float
    north: float
    east: float
    width_px: int = 720

    def __post_init__(self) -> None:
        edges = (self.south, self.west, self.north, self.east)
        if not all(math.isfinite(edge) for edge in edges):
            raise ValueError("a view needs finite edges")
        if self.south >= self.north or self.west >= self.east or self.width_px < 1:
            raise ValueError("a view needs a surface")

    @property
    def px_per_m(self) -> float:
        """Pixels for one metre on the ground."""
        per_lon = metres_per_degree((self.south + self.north) / 2)[1]
        return self.width_px / ((self.east - self.west) * per_lon)

    @property
    def height_px(self) -> int:
        """The height that keeps shapes true at the middle of the view."""
        per_lat = metres_per_degree((self.south + self.north) / 2)[0]
        return max(1, round((self.north - self.south) * per_lat * self.px_per_m))

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what is drawn: a little more than is seen."""
        height, width = self.north - self.south, self.east - self.west
        return (
            self.west - width * _MARGIN,
            self.south - height * _MARGIN,
            self.east + width * _MARGIN,
            self.north + height * _MARGIN,
        )

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels from the upper left corner."""
        ((x, y),) = self.pixels(np.array([[lon, lat]])).tolist()
        return x, y

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude of a pixel, counted from the upper left corner."""
        return (
            self.north - y / self.height_px * (self.north - self.south),
            self.west + x / self.width_px * (self.east - self.west),
        )

    def pixels(self, degrees: Floats) -> Floats:
        """Pixels of rows of (lon, lat), to a tenth."""
        width, height = self.east - self.west, self.north - self.south
        corner, scale = [self.west, self.north], [self.width_px / width, -self.height_px / height]
        # Adding nothing makes a zero of what would be written as -0.
        at: Floats = np.round((degrees - corner) * scale, 1) + 0.0
        return at


@dataclass(frozen=True, slots=True)
class Shape:
    """A surface of data to lay on the ground, with the classes that colour it."""

    geometry: BaseGeometry
    css_class: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered dot in degrees."""

    number: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Letter:
    """A square sign with a letter, its middle in pixels of the picture."""

    letter: str
    x: float
    y: float


def view_around(
    bounds: tuple[float, float, float, float], *, padding: float = 0.1, width_px: int = 720
) -> View:
    """A view of south, west, north and east with a margin; a single point gets two kilometres."""
    south, west, north, east = bounds
    per_lat, per_lon = metres_per_degree((south + north) / 2)
    extra_lat = max((north - south) * padding, 1000 / per_lat if north == south else 0)
    extra_lon = max((east - west) * padding, 1000 / per_lon if east == west else 0)
    return View(south - extra_lat, west - extra_lon, north + extra_lat, east + extra_lon, width_px)


def squared(view: View) -> View:
    """The view as wide as it is high: a narrow one would stand small in the room of a live map."""
    lat, lon = (view.south + view.north) / 2, (view.west + view.east) / 2
    per_lat, per_lon = metres_per_degree(lat)
    half_m = max((view.north - view.south) * per_lat, (view.east - view.west) * per_lon) / 2
    up, out = half_m / per_lat, half_m / per_lon
    return View(lat - up, lon - out, lat + up, lon + out, view.width_px)


def draw_map(
    basemap: Basemap,
    view: View,
    *,
    title: str,
    shapes: Sequence[Shape] = (),
    labels: Iterable[Label] = (),
    pins: Iterable[Pin] = (),
) -> str:
    """One SVG element: ground, data, main roads, names, numbers and a scale bar.

    `title` is what a screen reader says. The same arguments give the same text.
    """
    parts = [
        f'<svg viewBox="0 0 {view.width_px} {view.height_px}" role="img"'
        f' aria-label={quoteattr(printable(title))} xmlns="http://www.w3.org/2000/svg">',
        f'<rect class="m-land" width="{view.width_px}" height="{view.height_px}"/>',
    ]
    parts += _ground(basemap, view, above=False)
    parts += shape_parts(view, shapes)
    parts += _ground(basemap, view, above=True)
    parts += [_text(view, label) for label in labels if _inside(view, label.lat, label.lon)]
    parts += [_pin(view, pin) for pin in pins if _inside(view, pin.lat, pin.lon)]
    parts += [_scale(view), "</svg>"]
    return "".join(part for part in parts if part)


def shape_parts(view: View, shapes: Sequence[Shape]) -> list[str]:
    """The SVG paths of what the view shows of the shapes; empty text for one that it does not."""
    seen = _seen([shape.geometry for shape in shapes], view)
    return [_path(s, shape.css_class, 0) for s, shape in zip(seen, shapes, strict=True)]


def letter_parts(letters: Iterable[Letter]) -> list[str]:
    """The SVG of square signs with their letters, in the classes `spot-b` and `spot-t`."""
    return [
        f'<rect class="spot-b" x="{each.x - 11:g}" y="{each.y - 11:g}" width="22" height="22"'
        f' rx="2"/><text class="spot-t" x="{each.x:g}" y="{each.y + 4.5:g}"'
        f' font-size="13">{escape(printable(each.letter))}</text>'
        for each in letters
    ]


def _ground(basemap: Basemap, view: View, *, above: bool) -> list[str]:
    kinds = [kind for kind in GroundKind if (kind in ABOVE_DATA) is above]
    return [
        _path(seen, stroke.css_class, stroke.width_px, stroke.dashes)
        for kind in kinds
        for stroke in STROKES[kind]
        for seen in _seen([_outlined(g, stroke) for g in basemap.of_kind(kind)], view)
    ]


def _outlined(geometry: BaseGeometry, stroke: Stroke) -> BaseGeometry:
    # Lines round a surface are cut as lines, or the frame itself would be drawn as a border.
    return geometry.boundary if stroke.css_class == "m-edge" else geometry


def _seen(geometries: Sequence[BaseGeometry], view: View) -> list[BaseGeometry]:
    """The parts of geometries that lie in the view's frame, in pixels."""
    if not geometries:
        return []
    seen = shapely.clip_by_rect(shapely.make_valid(list(geometries)), *view.frame)
    return list(shapely.transform(seen, view.pixels))


def _path(
    seen: BaseGeometry,
    css_class: str,
    width_px: float,
    dashes: str | None = None,
) -> str:
    data = _lines(seen)
    if not data:
        return ""
    width = f' stroke-width="{width_px:g}"' if width_px else ""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path class="{css_class}"{width}{dashed} d="{data}"/>'


def _lines(seen: BaseGeometry) -> str:
    kind = seen.geom_type
    if kind == "Point" or seen.is_empty:
        return ""
    if kind == "Polygon":
        whole = [seen] if not shapely.get_num_interior_rings(seen) else shapely.get_rings(seen)
        return "".join(_line(ring) + "Z" for ring in whole)
    if kind in ("LineString", "LinearRing"):
        return _line(seen)
    return "".join(_lines(part) for part in shapely.get_parts(seen))


def _line(line: BaseGeometry) -> str:
    corners = shapely.get_coordinates(line).tolist()
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


def _text(view: View, label: Label) -> str:
    x, y = view.point(label.lat, label.lon)
    css_class = "m-tw" if label.kind is LabelKind.WATER else "m-t"
    # Thin letters would be lost on the squares that names lie over.
    weight = ' font-weight="600"' if css_class == "m-t" else ""
    return (
        f'<text class="{css_class}" x="{x:g}" y="{y:g}" text-anchor="middle" font-size="{_FONT_PX}"'
        f' stroke-width="{_HALO_PX}"{weight}>{escape(printable(label.name))}</text>'
    )


def _pin(view: View, pin: Pin) -> str:
    x, y = view.point(pin.lat, pin.lon)
    return (
        f'<circle class="pin-b" cx="{x:g}" cy="{y:g}" r="11"/>'
        f'<text class="pin-t" x="{x:g}" y="{y + 4.5:g}" font-size="13">{pin.number:d}</text>'
    )


def scale_box(view: View) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom pixels of the scale bar and its words; None without one."""
    length_m = _scale_m(view)
    if not length_m:
        return None
    right, bottom = view.width_px - 16, view.height_px - 12
    return right - length_m * view.px_per_m, bottom - 17, right, bottom


def _scale_m(view: View) -> int:
    fitting = [step for step in _SCALE_STEPS_M if step * view.px_per_m <= view.width_px / 4]
    return fitting[-1] if fitting else 0


def _scale(view: View) -> str:
    length_m = _scale_m(view)
    if not length_m:
        return ""
    length = round(length_m * view.px_per_m, 1)
    x, y = view.width_px - length - 16, view.height_px - 12
    words = f"{length_m} m" if length_m < 1000 else f"{length_m // 1000} km"
    return (
        f'<path class="m-scale" d="M{x:g} {y - 5}v5h{length:g}v-5"/>'
        f'<text class="m-t" x="{x + length / 2:g}" y="{y - 5}" text-anchor="middle"'
        f' font-size="12" stroke-width="3">{words}</text>'
    )


def _inside(view: View, lat: float, lon: float) -> bool:
    return view.south <= lat <= view.north and view.west <= lon <= view.east


def printable(text: str) -> str:
    """Without control characters, which XML cannot carry even when escaped.

    Spaces of every kind and breaks of lines are an ordinary space, so that no words are joined.
    """
    plain = (" " if letter.isspace() else letter for letter in text)
    return "".join(letter for letter in plain if letter.isprintable())
