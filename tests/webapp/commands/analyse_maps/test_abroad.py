"""``analyse hotspots`` and ``scan`` outside Sweden: metres of the local zone, true on the ground.

Everything is planted and measured on the ellipsoid itself, with no projection.
"""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from maps.planes import plane_around, plane_at
from tests.webapp.commands.analyse_maps.planted_files import Run, read

GROUND = Geod(ellps="WGS84")
RADIUS_M, WIDE_M = 500.0, 8000.0
PLACES = {
    "Belém, south of the equator at a zone's edge": (-48.02, -1.45),
    "Macapá, on the equator": (-51.05, 0.0),
    "Quito, north and south of it": (-78.02, 0.001),
    "Bergen, in Norway's wide zone": (5.32, 60.39),
    "Longyearbyen": (15.6, 78.2),
    "Taveuni, on the date line": (180.0, -16.8),
    "the date line from the west": (-179.995, 65.0),
}
ON_EDGES = ("Belém, south of the equator at a zone's edge", "Taveuni, on the date line")


def around(lon: float, lat: float, n: int, radius_m: float, draw: np.random.Generator):
    """``n`` positions even over a disc, by bearing and distance on the ellipsoid."""
    bearing, reach = draw.uniform(0, 360, n), radius_m * np.sqrt(draw.random(n))
    east, north, _back = GROUND.fwd(np.full(n, lon), np.full(n, lat), bearing, reach)
    return np.asarray(east), np.asarray(north)


def write(name: str, header: str, *columns: np.ndarray) -> None:
    rows = [",".join(repr(float(value)) for value in row) for row in zip(*columns, strict=True)]
    Path(name).write_text("\n".join([header, *rows, ""]))


def area_m2(shape: shapely.Geometry) -> float:
    return abs(GROUND.geometry_area_perimeter(shapely.orient_polygons(shape))[0])


def covered(shape: shapely.Geometry, lon: float, lat: float) -> float:
    """The share of the planted disc that a shape holds."""
    inside = around(lon, lat, 4000, RADIUS_M, np.random.default_rng(9))
    return float(shapely.contains_xy(shape, *inside).mean())


@pytest.mark.parametrize(
    ("name", "bounded"), [*((name, True) for name in PLACES), *((name, False) for name in ON_EDGES)]
)
def test_a_planted_cluster_is_found_where_it_lies_and_as_large_as_it_is(
    run: Run, name: str, *, bounded: bool
) -> None:
    lon, lat = PLACES[name]
    draw = np.random.default_rng(5)
    anywhere = around(lon, lat, 900, WIDE_M, draw)
    off = GROUND.fwd(lon, lat, 300.0, 2000.0)[:2]
    near = around(*off, 90, RADIUS_M, draw)
    write("points.csv", "lon,lat", *(np.append(*both) for both in zip(anywhere, near, strict=True)))
    arguments = ["points.csv", "--out", "hot.geojson", "--cell-m", "200", "--surface", "c.csv"]
    if bounded:
        Path("area.geojson").write_text(json.dumps(ring(lon, lat)))
        arguments += ["--boundary", "area.geojson"]
    done = run("hotspots", *arguments)
    assert (done.exit_code, "utelämnade" in done.stderr) == (0, False)
    assert read("hot.geojson")["n"] == 990
    found = read("hot.geojson")["features"][0]
    shape = shapely.geometry.shape(found["geometry"])
    assert shape.is_valid
    assert shape.covers(shapely.Point(off))
    assert covered(shape, *off) >= 0.5
    # As many cells as lie in it, each of 200 x 200 m: right to one in a hundred.
    cells = np.loadtxt("c.csv", delimiter=",", skiprows=1)
    inside = int(shapely.contains_xy(shape, cells[:, 0], cells[:, 1]).sum())
    assert area_m2(shape) == pytest.approx(inside * 4e4, rel=0.01)
    assert area_m2(shape) <= 4 * np.pi * RADIUS_M**2
    if bounded:
        even = 990 * area_m2(shape) / (np.pi * WIDE_M**2)
        assert found["properties"]["expected"] == pytest.approx(even, rel=0.01)


def ring(lon: float, lat: float) -> dict:
    """The circle of WIDE_M as GeoJSON wants it: in two where the date line divides it."""
    bearing = np.arange(0, 360, 2.0)
    east, north, _back = GROUND.fwd(
        np.full(180, lon), np.full(180, lat), -bearing, np.full(180, WIDE_M + 1)
    )
    east = (np.asarray(east) - lon + 180) % 360 - 180 + lon
    whole = shapely.Polygon(np.column_stack([east, north]))
    turns = [shapely.affinity.translate(whole, 360 * turn) for turn in (-1, 0, 1)]
    globe = shapely.box(-180, -90, 180, 90)
    return shapely.geometry.mapping(shapely.union_all([part.intersection(globe) for part in turns]))


@pytest.mark.parametrize(("lon", "lat"), PLACES.values(), ids=PLACES)
def test_a_scan_of_areas_takes_the_nearest_on_the_ground(run: Run, lon: float, lat: float) -> None:
    draw = np.random.default_rng(6)
    x, y = around(lon, lat, 80, 200_000, draw)
    away = GROUND.inv(np.full(80, x[0]), np.full(80, y[0]), x, y)[2]
    nearest = np.argsort(away)[:6]
    cases = draw.poisson(10, 80)
    cases[nearest] = 60
    write("a.csv", "x,y,c,p", x, y, cases, np.full(80, 1000.0))
    rows = Path("a.csv").read_text().splitlines()
    Path("a.csv").write_text("\n".join(f"{i},{row}" for i, row in enumerate(rows, start=-1)))
    columns = ["--x", "x", "--y", "y", "--cases", "c", "--population", "p", "--simulations", "99"]
    done = run("scan", "a.csv", "--out", "c.json", *columns)
    assert done.exit_code == 0, done.output
    first = read("c.json")["clusters"][0]
    assert {int(name) for name in first["ids"]} == set(nearest)
    assert first["p_value"] == 0.01


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [
        (17.1, 61.3, 3006),
        (-48.02, -1.45, 32722),
        (-47.98, -1.45, 32723),
        (-47.98, 0.0, 32623),
        (2.9, 60.4, 32631),
        (3.1, 60.4, 32632),
        (5.3, 55.9, 32631),
        (8.9, 78.0, 32631),
        (15.6, 78.2, 32633),
        (25.0, 78.2, 32635),
        (41.9, 80.0, 32637),
        (42.1, 80.0, 32638),
        (180.0, -17.0, 32760),
        (-180.0, -17.0, 32701),
    ],
)
def test_the_zone_is_the_local_one(lon: float, lat: float, epsg: int) -> None:
    assert plane_at(lon, lat).epsg == epsg


def test_marks_on_both_sides_of_the_date_line_have_a_middle_between_them() -> None:
    east = np.array([179.7, 179.9, -179.9, -179.8, -179.7, 12.0])
    assert plane_around(east, np.full(6, -17.0)).epsg == 32701
