"""Single marks as a still picture, for those who may see them and have no script.

The web process imports this module, so it uses shapely and the standard library only.
"""

from collections.abc import Sequence

from shapely.affinity import scale
from shapely.geometry import Point

from maps.drawing.edition_picture import GroundOf
from maps.drawing.labels import Label
from maps.drawing.name_room import names_with_room
from maps.drawing.static import Shape, View, draw_map, squared, view_around
from maps.ground.basemap import Basemap
from maps.places import bounds, metres_per_degree

_WIDTH_PX = 400  # as the staff map's own still picture
_RADIUS_PX = 5.0
_LEAST_M = 1000.0  # across: closer in nobody knows which part of town it is


def draw_points(
    points: Sequence[tuple[float, float]],
    ground: Basemap | GroundOf,
    labels: Sequence[Label],
    *,
    title: str,
) -> str:
    """One SVG element with a dot (class `exact`) at each point (latitude, longitude), at least one.

    `title` is what a screen reader says.
    """
    view = _view(points)
    marks = [view.point(lat, lon) for lat, lon in points]
    return draw_map(
        ground if isinstance(ground, Basemap) else ground(view),
        view,
        title=title,
        shapes=[Shape(_dot(lat, lon, view), "exact") for lat, lon in points],
        labels=names_with_room(labels, view, marks),
    )


def _view(points: Sequence[tuple[float, float]]) -> View:
    south, west, north, east = bounds(points)
    per_lat, per_lon = metres_per_degree((south + north) / 2)
    up = max(_LEAST_M / per_lat - (north - south), 0) / 2
    out = max(_LEAST_M / per_lon - (east - west), 0) / 2
    around = (south - up, west - out, north + up, east + out)
    return squared(view_around(around, padding=0.12, width_px=_WIDTH_PX))


def _dot(lat: float, lon: float, view: View) -> Point:
    per_lat, per_lon = metres_per_degree(lat)
    radius_m = _RADIUS_PX / view.px_per_m
    return scale(Point(lon, lat).buffer(1, quad_segs=6), radius_m / per_lon, radius_m / per_lat)
