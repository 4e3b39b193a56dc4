"""A still map to press on, for browsers without script: where it looks, how it moves, its picture.

The picture is a whole SVG document with its own colours, light and dark, so that it can stand in
a page as an image.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shapely.affinity import scale
from shapely.geometry import Point

from maps.drawing.labels import (
    Label,
    LabelKind,
    ground_labels,
    metres_per_pixel,
)
from maps.drawing.name_room import names_with_room
from maps.drawing.static import Pin, Shape, View, draw_map
from maps.ground.basemap import Basemap, GroundKind
from maps.places import Compass, NamedPoint, metres_per_degree

# As wide as a place's box on a phone of 360 pixels: it is never scaled, so that what comes with a
# press are pixels of the picture.
SIDE_PX = 288
NEAREST_ZOOM, FARTHEST_ZOOM = 17, 9
START_ZOOM, PIN_ZOOM = 13, 15
# Beyond these a flat map has no surface to draw.
_MOST_LAT, _MOST_LON = 80.0, 179.0
_STEP = 0.4  # of the picture's side: how far a press moves it
_BIG_PLACE_M = 500  # a named place with this radius is a town or a part of one
_MAX_TYPED = 60
_STEPS = {Compass.N: (1, 0), Compass.S: (-1, 0), Compass.E: (0, 1), Compass.W: (0, -1)}

# The colours of the style sheet's palette for the map's ground (a test holds them together).
PALETTE = {
    "land": ("#edefea", "#1b282d"),
    "built": ("#e2e4df", "#233238"),
    "wood": ("#dce5da", "#1d302c"),
    "water": ("#c6d8de", "#0e1b22"),
    "water-line": ("#9db7c0", "#33505c"),
    "road": ("#fff", "#3a4a50"),
    "road-edge": ("#b9c1bf", "#27353a"),
    "rail": ("#7c898c", "#71828a"),
    "map-ink": ("#33454b", "#cbd6d6"),
    "ink": ("#15262c", "#e9efed"),
    "paper": ("#f4f6f4", "#0f181c"),
    "lamp": ("#f3c24b", "#f3c24b"),
}
RULES = (
    "text{font-family:system-ui,sans-serif}"
    ".m-built{fill:var(--built)}.m-wood{fill:var(--wood)}.m-land{fill:var(--land)}"
    ".m-water{fill:var(--water);stroke:var(--water-line)}"
    ".m-river{fill:none;stroke:var(--water-line)}.m-river2{fill:none;stroke:var(--water)}"
    ".m-road{fill:none;stroke:var(--road-edge);stroke-linecap:round}"
    ".m-road2{fill:none;stroke:var(--road);stroke-linecap:round}"
    ".m-rail{fill:none;stroke:var(--rail)}.m-rail2{fill:none;stroke:var(--land)}"
    ".m-edge,.m-scale{fill:none;stroke:var(--map-ink)}"
    ".m-tw{fill:var(--map-ink);font-style:italic}"
    ".m-t{fill:var(--map-ink);paint-order:stroke;stroke:var(--land);stroke-linejoin:round}"
    ".pin-b{fill:var(--ink);stroke:var(--paper);stroke-width:2}"
    ".pin-t{fill:var(--paper);font-weight:700;text-anchor:middle}"
    ".cross{fill:none;stroke:var(--ink);stroke-width:2}"
    ".pin-glow{fill:var(--lamp);opacity:.6}"
)

# What aims where there is no pointer: the middle of the picture, drawn clear of a pin there.
_CROSS = (
    f'<path class="cross" d="M{SIDE_PX // 2} {SIDE_PX // 2 - 30}v16m0 28v16m-30-30h16m28 0h16"/>'
)
_MIDDLE_PX = SIDE_PX / 2
_AIM = [(_MIDDLE_PX + right, _MIDDLE_PX + down)
        for right, down in ((0, 0), (-22, 0), (22, 0), (0, -22), (0, 22))]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StillView:
    """Where a still map looks: its middle in degrees, and a web map's zoom."""

    lat: float
    lon: float
    zoom: int = START_ZOOM

    def moved(self, towards: Compass) -> "StillView":
        """The view a little further north, south, east or west."""
        north, east = _STEPS[towards]
        metres = SIDE_PX * _STEP * metres_per_pixel(self.lat, self.zoom)
        per_lat, per_lon = metres_per_degree(self.lat)
        lat, lon = self.lat + north * metres / per_lat, self.lon + east * metres / per_lon
        return look_at(lat, lon, self.zoom)

    def zoomed(self, steps: int) -> "StillView":
        """The view closer in, or farther out where ``steps`` is negative."""
        return replace(self, zoom=min(max(self.zoom + steps, FARTHEST_ZOOM), NEAREST_ZOOM))

    def at(self, x: int, y: int) -> tuple[float, float]:
        """Latitude and longitude of a pixel, counted from the upper left corner."""
        edges = self.edges
        across = min(max(x, 0), SIDE_PX) / SIDE_PX
        down = min(max(y, 0), SIDE_PX) / SIDE_PX
        return (
            edges.north - down * (edges.north - edges.south),
            edges.west + across * (edges.east - edges.west),
        )

    @property
    def edges(self) -> View:
        """The part of the world in the picture."""
        half_m = SIDE_PX / 2 * metres_per_pixel(self.lat, self.zoom)
        per_lat, per_lon = metres_per_degree(self.lat)
        up, out = half_m / per_lat, half_m / per_lon
        return View(self.lat - up, self.lon - out, self.lat + up, self.lon + out, SIDE_PX)

    def shows(self, lat: float, lon: float) -> bool:
        """Whether the point is in the picture."""
        edges = self.edges
        return edges.south <= lat <= edges.north and edges.west <= lon <= edges.east

    def __str__(self) -> str:
        return f"{self.lat:.6f},{self.lon:.6f},{self.zoom}"


def look_at(lat: float, lon: float, zoom: int) -> StillView:
    """The view of a point; of one at the end of the world the nearest that can be drawn."""
    lat = min(max(lat, -_MOST_LAT), _MOST_LAT)
    return StillView(lat, min(max(lon, -_MOST_LON), _MOST_LON), zoom)


def read_view(typed: str, otherwise: StillView) -> StillView:
    """The view that ``str`` wrote; ``otherwise`` for anything else."""
    try:
        lat, lon, zoom = typed[:_MAX_TYPED].split(",")
        view = StillView(float(lat), float(lon)).zoomed(int(zoom) - START_ZOOM)
    except ValueError:
        return otherwise
    is_flat = abs(view.lat) <= _MOST_LAT and abs(view.lon) <= _MOST_LON
    return view if is_flat else otherwise


def draw_still(
    basemap: Basemap,
    view: StillView,
    *,
    places: Sequence[NamedPoint],
    pins: Iterable[Pin] = (),
    glow_m: float = 0,
) -> str:
    """The picture as an SVG document. Round the last pin a glow of ``glow_m`` metres' radius."""
    marked = list(pins)
    edges = view.edges
    svg = draw_map(
        basemap,
        edges,
        title="",
        shapes=[_glow(marked[-1], glow_m)] if marked and glow_m else (),
        labels=_labels(basemap, view, places, [edges.point(pin.lat, pin.lon) for pin in marked]),
        pins=marked,
    )
    size = f' width="{edges.width_px}" height="{edges.height_px}"'
    opening, rest = svg.split(">", 1)
    body = rest.removesuffix("</svg>")
    return f"{opening}{size}><style>{_style()}</style>{body}{_CROSS}</svg>"


def is_in_water(basemap: Basemap, lat: float, lon: float) -> bool:
    """Whether the ground is drawn as sea or lake there, and not as an island in it."""
    point = Point(lon, lat)

    def lies_in(kind: GroundKind) -> bool:
        return any(geometry.covers(point) for geometry in basemap.of_kind(kind))

    return lies_in(GroundKind.WATER) and not lies_in(GroundKind.LAND)


def _labels(
    basemap: Basemap,
    view: StillView,
    places: Sequence[NamedPoint],
    pins: Sequence[tuple[float, float]],
) -> list[Label]:
    named = [
        Label(
            place.name,
            LabelKind.LOCALITY if place.radius_m >= _BIG_PLACE_M else LabelKind.PLACE,
            place.lat,
            place.lon,
        )
        for place in sorted(places, key=lambda place: -place.radius_m)  # the town before its parts
        if view.shows(place.lat, place.lon)
    ]
    waters = [label for label in ground_labels(basemap) if label.kind is LabelKind.WATER]
    return names_with_room([*named, *waters], view.edges, [*pins, *_AIM])


def _glow(pin: Pin, radius_m: float) -> Shape:
    per_lat, per_lon = metres_per_degree(pin.lat)
    disc = Point(pin.lon, pin.lat).buffer(1)
    return Shape(scale(disc, radius_m / per_lon, radius_m / per_lat), "pin-glow")


def _style() -> str:
    light, dark = (
        "".join(f"--{name}:{colours[i]};" for name, colours in PALETTE.items()) for i in (0, 1)
    )
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{RULES}"
