"""The map of a printed page: SVG with its own colours, which a typesetter reads.

Light only: paper is white. Under the map there is room for frames of what lies far off.
"""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_degrees, shape_to_metres
from maps.drawing.edition_picture import GroundOf
from maps.drawing.labels import Label, LabelKind
from maps.drawing.name_room import names_off_lines, names_with_room
from maps.drawing.ring_lines import ring_round
from maps.drawing.sign_room import in_pixels, pins_beside
from maps.drawing.spots import Spot, letter_leads, spot_letters, spot_shapes
from maps.drawing.static import Shape, View, draw_map, letter_parts, printable, shape_parts
from maps.drawing.still import PALETTE, RULES
from maps.files.export_data import MapExportData
from maps.files.export_styles import BRAND, EDGE, INK, SEQUENCE
from maps.ground.basemap import Basemap
from maps.places import distance_m, metres_per_degree

WIDTH_PX, HEIGHT_PX = 900, 832  # as wide as the names are to be read from a table
_LEAST_M = 2500.0
_PADDING = 0.12
_NEAR_M = 5000.0  # hotspots this near one another, and cells this near them, are in one picture
_NEAR_FAR_M = 1500.0  # in a small frame, the cells round its hotspot
_MOST_FAR = 3
# With frames under it: the height of the map, of the frames, and what parts them.
_MAIN_PX, _UNDER_PX, _GAP_PX = 580, 240, 12
_LETTER_PX = 10
_NAME = re.compile('<text class="m-t".*?</text>')


def print_svg(
    data: MapExportData,
    ground: Basemap | GroundOf,
    labels: Sequence[Label],
    *,
    font: str,
    spots: Sequence[Spot] = (),
) -> str:
    """The cells, the hotspots with their numbers and names, as tall and wide as the page's map.

    Hotspots far from where most of them lie have frames of their own under the map, each with its
    scale bar, beside an overview of where the frames lie. `spots` are places where something is
    done, drawn over them under their letters.
    """
    main, *far = print_views(data)

    def filled(view: View, name: str = "") -> str:
        return _frame(data, ground, labels, spots, view, name)

    drawn = filled(main)
    if far:
        views = [main, *far]
        names = [_locality(view, labels) or _numbers(view, data) for view in views]
        under = [_overview(views, names, ground), *map(filled, far, names[1:])]
        drawn = _put(drawn, main, (0, 0))
        for number, svg in enumerate(under):
            at = (number * (far[0].width_px + _GAP_PX), _MAIN_PX + _GAP_PX)
            drawn += _put(svg, far[0], at)
    return (
        f'<svg viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" role="img"'
        f" aria-label={quoteattr(printable(data.title))}"
        f' xmlns="http://www.w3.org/2000/svg"><style>{_style(font)}</style>'
        f"{_NAME.sub(_twice, drawn)}</svg>"
    )


def _twice(name: re.Match[str]) -> str:
    """A name over its own halo: drawn at once, each letter's halo would cut the letter before."""
    return name[0] + name[0].replace('class="m-t"', 'class="m-t m-over"', 1)


def _frame(
    data: MapExportData,
    ground: Basemap | GroundOf,
    labels: Sequence[Label],
    spots: Sequence[Spot],
    view: View,
    name: str,
) -> str:
    """One picture of the page; `name` is written in its corner."""
    cells, hotspots = data.layer("cells"), data.layer("hotspots")
    shapes = [
        Shape(row.geometry, f"cell s{row.values['level']}") for row in (cells.rows if cells else ())
    ]
    rings = [(row, _ring(row.geometry)) for row in (hotspots.rows if hotspots else ())]
    for _row, ring in rings:
        shapes += [Shape(ring.boundary, "hot-gap"), Shape(ring.boundary, "hot")]
    numbered = [(int(row.values["rank"] or 0), ring, *_corner(ring)) for row, ring in rings]
    pins, leads = pins_beside(numbered, view)
    numbers = [view.point(pin.lat, pin.lon) for pin in pins]
    dashed = [ring.boundary for _row, ring in rings]
    letters = spot_letters(spots, view, numbers, in_pixels(dashed, view))
    places = spot_shapes(spots, view)
    shapes += [*leads, *places, *letter_leads(spots, letters, view)]
    signs = [*numbers, *((letter.x, letter.y) for letter in letters)]
    lines = [*dashed, *(place.geometry for place in places)]
    # What stands in the corner is not said again inside, and nothing lies under it.
    heading = [(x, 14.0) for x in range(0, len(name) * _LETTER_PX, _LETTER_PX)]
    shown = [label for label in labels if label.name != name]
    svg = draw_map(
        ground if isinstance(ground, Basemap) else ground(view),
        view,
        title=name or data.title,
        shapes=shapes,
        labels=names_off_lines(shown, view, [*signs, *heading], in_pixels(lines, view)),
        pins=pins,
    )
    return svg.removesuffix("</svg>") + "".join(letter_parts(letters)) + _heading(name) + "</svg>"


def _ring(squares: BaseGeometry) -> BaseGeometry:
    return shape_to_degrees(ring_round(shape_to_metres(squares)))


def _overview(views: Sequence[View], names: Sequence[str], ground: Basemap | GroundOf) -> str:
    """A small map of where the frames lie: each as a square with its name over it."""
    boxes = [shapely.box(view.west, view.south, view.east, view.north) for view in views]
    view = _view(boxes, (views[1].width_px, _UNDER_PX), padding=0.2)
    per_px = (view.north - view.south) / view.height_px
    labels = [
        Label(name, LabelKind.LOCALITY, each.north + per_px * 12, (each.west + each.east) / 2)
        for name, each in zip(names, views, strict=True)
    ]
    svg = draw_map(
        ground if isinstance(ground, Basemap) else ground(view),
        view,
        title=", ".join(names),
        labels=names_with_room(labels, view, ()),
    )
    # Over the roads, which would hide a side of them.
    frames = [Shape(box.boundary, style) for style in ("frame-gap", "frame") for box in boxes]
    return svg.removesuffix("</svg>") + "".join(shape_parts(view, frames)) + "</svg>"


def _put(svg: str, view: View, at: tuple[int, int]) -> str:
    """A picture inside the page's, at pixels from its upper left corner, with a line round it."""
    place = f'x="{at[0]}" y="{at[1]}" width="{view.width_px}" height="{view.height_px}"'
    return f'<svg {place} {svg.removeprefix("<svg ")}<rect class="edge" {place}/>'


def _heading(name: str) -> str:
    if not name:
        return ""
    return (
        '<text class="m-t" x="10" y="22" font-size="16" font-weight="700" stroke-width="5">'
        f"{escape(printable(name))}</text>"
    )


def _numbers(view: View, data: MapExportData) -> str:
    """The numbers of the hotspots in the picture, for one where no town lies."""
    hotspots = data.layer("hotspots")
    seen = shapely.box(view.west, view.south, view.east, view.north)
    inside = [row for row in (hotspots.rows if hotspots else ()) if seen.covers(row.geometry)]
    return ", ".join(str(row.values["rank"]) for row in inside)


def _locality(view: View, labels: Sequence[Label]) -> str:
    """The town in the picture, the nearest to its middle; empty without one."""
    lat, lon = (view.south + view.north) / 2, (view.west + view.east) / 2
    inside = [
        label
        for label in labels
        if label.kind is LabelKind.LOCALITY
        and view.south <= label.lat <= view.north
        and view.west <= label.lon <= view.east
    ]
    nearest = min(inside, key=lambda at: distance_m(lat, lon, at.lat, at.lon), default=None)
    return nearest.name if nearest else ""


def _corner(geometry: BaseGeometry) -> tuple[float, float]:
    """Where a ring's number stands: at its north-eastern edge, clear of what lies inside."""
    points = shapely.get_coordinates(geometry)
    lon, lat = max(points, key=lambda point: point[0] + 2 * point[1])
    return float(lat), float(lon)


def spots_outside(data: MapExportData, spots: Sequence[Spot]) -> int:
    """How many places where something is done lie beyond the pictures of a printed page."""
    seen = {letter.letter for view in print_views(data) for letter in spot_letters(spots, view, ())}
    return sum(spot.letter not in seen for spot in spots)


def cells_outside(data: MapExportData) -> int:
    """How many cells lie beyond the pictures of a printed page."""
    cells = data.layer("cells")
    seen = shapely.union_all(
        [shapely.box(v.west, v.south, v.east, v.north) for v in print_views(data)]
    )
    return sum(not seen.intersects(row.geometry) for row in (cells.rows if cells else ()))


def print_views(data: MapExportData) -> list[View]:
    """What each picture of the page shows: the map, and frames for hotspots far from the others.

    One hotspot in the next village would make the town with the rest as small as a stamp, and so
    would a cell there. The map is of where most hotspots lie; of as many, where the first does.
    """
    hotspots = data.layer("hotspots")
    groups = _groups([row.geometry for row in hotspots.rows] if hotspots else [])
    if len(groups) > 1 + _MOST_FAR:  # they lie everywhere, and one map is of all
        groups = [[ring for group in groups for ring in group]]
    if len(groups) < 2:
        return [_view(_in_picture(data, groups[0] if groups else ()), (WIDTH_PX, HEIGHT_PX))]
    main, *far = groups
    width = (WIDTH_PX - len(far) * _GAP_PX) // (1 + len(far))
    return [
        _view(_in_picture(data, main), (WIDTH_PX, _MAIN_PX)),
        *(_view(_in_picture(data, group, _NEAR_FAR_M), (width, _UNDER_PX)) for group in far),
    ]


def _groups(rings: Sequence[BaseGeometry]) -> list[list[BaseGeometry]]:
    """Rings that lie near one another, the most first; of as many in the order given."""
    if not rings:
        return []
    around = [shape_to_metres(ring).buffer(_NEAR_M / 2) for ring in rings]
    joined = shapely.get_parts(shapely.union_all(around))
    groups = [
        [ring for ring, near in zip(rings, around, strict=True) if part.intersects(near)]
        for part in joined
    ]
    first = {id(ring): number for number, ring in enumerate(rings)}
    return sorted(groups, key=lambda group: (-len(group), first[id(group[0])]))


def _in_picture(
    data: MapExportData, rings: Sequence[BaseGeometry] = (), near_m: float = _NEAR_M
) -> list[BaseGeometry]:
    """What a picture must hold: the rings and the cells round them, else all there is."""
    cells = data.layer("cells")
    squares = [row.geometry for row in cells.rows] if cells else []
    if rings:
        stand_out = shape_to_metres(shapely.union_all(rings))
        near = [each for each in squares if shape_to_metres(each).distance(stand_out) <= near_m]
        return [*rings, *near]
    return squares or [row.geometry for layer in data.layers for row in layer.rows]


def _view(
    shown: Sequence[BaseGeometry], size: tuple[int, int], *, padding: float = _PADDING
) -> View:
    west, south, east, north = (
        shapely.total_bounds(list(shown)) if shown else (11.0, 55.3, 24.2, 69.1)
    )
    lat, lon = float(south + north) / 2, float(west + east) / 2
    per_lat, per_lon = metres_per_degree(lat)
    wide = max(float(east - west) * per_lon, _LEAST_M) * (1 + 2 * padding)
    high = max(float(north - south) * per_lat, _LEAST_M) * (1 + 2 * padding)
    wide = max(wide, high * size[0] / size[1])
    high = wide * size[1] / size[0]
    up, out = high / 2 / per_lat, wide / 2 / per_lon
    return View(lat - up, lon - out, lat + up, lon + out, size[0])


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
        f".map-lead{{fill:none;stroke:{INK};stroke-width:1.5}}"
        f".spot{{fill:none;stroke:{BRAND};stroke-width:3}}"
        ".spot-gap{fill:none;stroke:#fff;stroke-width:6}"
        f".spot-b{{fill:{BRAND};stroke:#fff;stroke-width:2}}"
        ".spot-t{fill:#fff;font-weight:700;text-anchor:middle}"
        ".m-over{stroke:none}"
        f".edge,.frame{{fill:none;stroke:{INK};stroke-width:1.5}}"
        ".edge{stroke-width:1}.frame-gap{fill:none;stroke:#fff;stroke-width:4}"
    )
