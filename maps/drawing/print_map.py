"""The map of a printed page: SVG with its own colours, which a typesetter reads.

Light only: paper is white.
"""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_metres
from maps.drawing.edition_picture import GroundOf
from maps.drawing.labels import Label
from maps.drawing.name_room import names_with_room
from maps.drawing.spots import Spot, spot_letters, spot_shapes
from maps.drawing.static import Pin, Shape, View, draw_map, letter_parts
from maps.drawing.still import PALETTE, RULES
from maps.files.export_data import MapExportData
from maps.files.export_styles import BRAND, EDGE, INK, SEQUENCE
from maps.ground.basemap import Basemap
from maps.places import metres_per_degree

WIDTH_PX, HEIGHT_PX = 900, 832  # as wide as the names are to be read from a table
_LEAST_M = 2500.0
_PADDING = 0.12
_NEAR_M = 5000.0  # cells this near an area that stands out are in its picture


def print_svg(
    data: MapExportData,
    ground: Basemap | GroundOf,
    labels: Sequence[Label],
    *,
    font: str,
    spots: Sequence[Spot] = (),
) -> str:
    """The cells, the hotspots with their numbers and names, as tall and wide as the page's map.

    `spots` are places where something is done, drawn over them under their letters.
    """
    view = _view(_in_picture(data))
    under = ground if isinstance(ground, Basemap) else ground(view)
    cells, hotspots = data.layer("cells"), data.layer("hotspots")
    shapes = [
        Shape(row.geometry, f"cell s{row.values['level']}") for row in (cells.rows if cells else ())
    ]
    rings = hotspots.rows if hotspots else ()
    for row in rings:
        shapes += [Shape(row.geometry.boundary, "hot-gap"), Shape(row.geometry.boundary, "hot")]
    pins = [Pin(int(row.values["rank"] or 0), *_corner(row.geometry)) for row in rings]
    shapes += spot_shapes(spots, view)
    numbers = [view.point(pin.lat, pin.lon) for pin in pins]
    letters = spot_letters(spots, view, numbers)
    signs = [*numbers, *((letter.x, letter.y) for letter in letters)]
    svg = draw_map(
        under,
        view,
        title=data.title,
        shapes=shapes,
        labels=names_with_room(labels, view, signs),
        pins=pins,
    )
    opening, rest = svg.split(">", 1)
    drawn = rest.removesuffix("</svg>") + "".join(letter_parts(letters))
    return f"{opening}><style>{_style(font)}</style>{drawn}</svg>"


def _corner(geometry: BaseGeometry) -> tuple[float, float]:
    """Where a ring's number stands: at its north-eastern edge, clear of what lies inside."""
    points = shapely.get_coordinates(geometry)
    lon, lat = max(points, key=lambda point: point[0] + 2 * point[1])
    return float(lat), float(lon)


def spots_outside(data: MapExportData, spots: Sequence[Spot]) -> int:
    """How many places where something is done lie beyond the picture of a printed page."""
    view = _view(_in_picture(data))
    return len(spots) - len(spot_letters(spots, view, ()))


def cells_outside(data: MapExportData) -> int:
    """How many cells lie beyond the picture of a printed page."""
    cells, view = data.layer("cells"), _view(_in_picture(data))
    seen = shapely.box(view.west, view.south, view.east, view.north)
    return sum(not seen.intersects(row.geometry) for row in (cells.rows if cells else ()))


def _in_picture(data: MapExportData) -> list[BaseGeometry]:
    """What the picture must hold: the hotspots and the cells round them, else all there is.

    One cell in the next village would make the town with the hotspots as small as a stamp.
    """
    hotspots, cells = data.layer("hotspots"), data.layer("cells")
    rings = [row.geometry for row in hotspots.rows] if hotspots else []
    squares = [row.geometry for row in cells.rows] if cells else []
    if rings:
        stand_out = shape_to_metres(shapely.union_all(rings))
        near = [each for each in squares if shape_to_metres(each).distance(stand_out) <= _NEAR_M]
        return rings + near
    return squares or [row.geometry for layer in data.layers for row in layer.rows]


def _view(shown: Sequence[BaseGeometry]) -> View:
    west, south, east, north = (
        shapely.total_bounds(list(shown)) if shown else (11.0, 55.3, 24.2, 69.1)
    )
    lat, lon = float(south + north) / 2, float(west + east) / 2
    per_lat, per_lon = metres_per_degree(lat)
    wide = max(float(east - west) * per_lon, _LEAST_M) * (1 + 2 * _PADDING)
    high = max(float(north - south) * per_lat, _LEAST_M) * (1 + 2 * _PADDING)
    wide = max(wide, high * WIDTH_PX / HEIGHT_PX)
    high = wide * HEIGHT_PX / WIDTH_PX
    up, out = high / 2 / per_lat, wide / 2 / per_lon
    return View(lat - up, lon - out, lat + up, lon + out, WIDTH_PX)


def _style(font: str) -> str:
    """The rules of the still map with each colour written out: typesetters know no variables."""
    rules = RULES.replace("system-ui,sans-serif", font)
    colours: Mapping[str, str] = {name: light for name, (light, _dark) in PALETTE.items()}
    for name in sorted(colours, key=len, reverse=True):
        rules = rules.replace(f"var(--{name})", colours[name])
    classes = "".join(f".s{level}{{fill:{color}}}" for level, color in enumerate(SEQUENCE, start=1))
    return (
        f"{rules}{classes}.cell{{stroke:{EDGE};stroke-width:.7}}"
        f".hot{{fill:none;stroke:{INK};stroke-width:2.5;stroke-dasharray:6 4}}"
        ".hot-gap{fill:none;stroke:#fff;stroke-width:5}"
        f".spot{{fill:none;stroke:{BRAND};stroke-width:3}}"
        ".spot-gap{fill:none;stroke:#fff;stroke-width:6}"
        f".spot-b{{fill:{BRAND};stroke:#fff;stroke-width:2}}"
        ".spot-t{fill:#fff;font-weight:700;text-anchor:middle}"
    )
