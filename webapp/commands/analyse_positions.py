"""Positions that are analysed: which rows have one, and which files plainly hold something else."""

from pathlib import Path
from typing import NoReturn

import numpy as np
import shapely

from maps.engine.grid import Bools, Floats, Ints
from maps.engine.point_analysis import People, Points
from maps.places import SWEDEN_LAT, SWEDEN_LON
from webapp.commands.analyse_map_words import note, refuse

_FARTHEST_M = 2.1e7  # from where any plane of metres begins: half way round the earth
_NEAR_DEGREES = 0.1  # round the marks: where people of the same place live


def usable_rows(path: Path, lon: Floats, lat: Floats, boundary: shapely.Geometry | None) -> Bools:
    """Rows with a position on the globe the right way round; the others are counted and told.

    What would lie in Sweden the other way round (Karachi, Muscat) is taken for swapped, unless the
    boundary holds it as it stands.
    """
    usable = _on_globe(lon, lat)
    swapped = usable & _turned_in_sweden(lon, lat)
    if boundary is not None and swapped.any():
        shapely.prepare(boundary)
        swapped &= ~shapely.intersects_xy(boundary, lon, lat)
    total, turned = int(usable.sum()), int(swapped.sum())
    if total == 0:
        _refuse_all(path, lon, lat, metres="metres")
    if 2 * turned > total:
        code = "swapped_marks" if boundary is None else "swapped"
        refuse(code, {"path": path.name, "count": turned, "total": total})
    if turned:
        note("swapped", turned)
    if total < lon.size:
        note("unusable", lon.size - total)
    return usable & ~swapped


def check_degrees(path: Path, x: Floats, y: Floats, names: tuple[str, str], lines: Ints) -> None:
    """Refuse what cannot be degrees, and Swedish positions with the columns changed about.

    Rows without a position are no matter here; `lines` are those of the file.
    """
    placed = np.isfinite(x) & np.isfinite(y)
    on_globe = _on_globe(x, y)
    if placed.any() and not on_globe.any():
        _refuse_all(path, x, y, metres="metres_in_plane")
    for name, values, most in ((names[0], x, 180), (names[1], y, 90)):
        beyond = placed & (np.abs(values) > most)
        if beyond.any():
            line = int(lines[np.argmax(beyond)])
            refuse("no_degrees", {"path": path.name, "line": line, "column": name})
    turned, total = int((placed & _turned_in_sweden(x, y)).sum()), int(placed.sum())
    if 2 * turned > total:
        refuse("swapped", {"path": path.name, "count": turned, "total": total})


def check_boundary(path: Path, marks: Path, points: Points, boundary: shapely.Geometry) -> None:
    """Refuse a boundary that holds no mark; one with its axes exchanged is called by that name.

    Marks in it where Sweden would lie the other way round are believed, and that is said.
    """
    shapely.prepare(boundary)
    if shapely.intersects_xy(boundary, points.lon, points.lat).any():
        turned = _turned_in_sweden(points.lon, points.lat)
        if 2 * turned.sum() > turned.size:
            note("both_turned")
        return
    count = int(points.lon.size)
    values: dict[str, str | int] = {"path": path.name, "count": count, "points": marks.name}
    if not shapely.intersects_xy(boundary, points.lat, points.lon).any():
        refuse("all_outside", values)
    in_sweden = _between(points.lon, SWEDEN_LON) & _between(points.lat, SWEDEN_LAT)
    refuse("boundary_turned" if 2 * in_sweden.sum() > in_sweden.size else "one_turned", values)


def check_people(
    path: Path, people: People, points: Points, boundary: shapely.Geometry | None
) -> None:
    """Refuse inhabitants who would live where the marks are if lon and lat changed places."""
    area = _around(points) if boundary is None else boundary
    shapely.prepare(area)
    if shapely.intersects_xy(area, people.lon, people.lat).any():
        return
    turned = int(shapely.intersects_xy(area, people.lat, people.lon).sum())
    if turned:
        refuse("swapped", {"path": path.name, "count": turned, "total": people.lon.size})


def _refuse_all(path: Path, x: Floats, y: Floats, *, metres: str) -> NoReturn:
    """No row has a position on the globe: tell what they look like instead."""
    placed = np.isfinite(x) & np.isfinite(y)
    total, turned = int(placed.sum()), int(_on_globe(y, x).sum())
    if 2 * turned > total:
        refuse("swapped", {"path": path.name, "count": turned, "total": total})
    sizes = np.abs(np.stack([x[placed], y[placed]]))
    in_plane = (sizes > 180).all(axis=0) & (sizes < _FARTHEST_M).all(axis=0)
    code = metres if 2 * int(in_plane.sum()) > total else "no_positions"
    refuse(code, {"path": path.name})


def _around(points: Points) -> shapely.Geometry:
    low = (points.lon.min() - _NEAR_DEGREES, points.lat.min() - _NEAR_DEGREES)
    return shapely.box(*low, points.lon.max() + _NEAR_DEGREES, points.lat.max() + _NEAR_DEGREES)


def _on_globe(lon: Floats, lat: Floats) -> Bools:
    on: Bools = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    return on


def _turned_in_sweden(lon: Floats, lat: Floats) -> Bools:
    return _between(lon, SWEDEN_LAT) & _between(lat, SWEDEN_LON)


def _between(values: Floats, limits: tuple[float, float]) -> Bools:
    inside: Bools = (values >= limits[0]) & (values <= limits[1])
    return inside
