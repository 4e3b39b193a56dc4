"""Marks in degrees to findings: Snow's cholera deaths, baselines, and answers that say nothing."""

import numpy as np
import pytest
import shapely

from maps.engine.cell_size import TooManyCells, TooWide
from maps.engine.expected import Baseline
from maps.engine.point_analysis import (
    Method,
    NobodyNear,
    People,
    Points,
    Request,
    analyse_points,
    surface_columns,
)
from maps.planes import Plane, TooFarNorth, plane_at
from tests.maps.planted import HEIGHT_M, WIDTH_M, finds, plant
from tests.maps.snow import broad_street_pump, deaths

SWEREF = Plane(3006)
EAST, NORTH = 600_000.0, 6_790_000.0
CLUSTER = (8000.0, 7000.0, 400.0)
QUICK = Request(simulations=99)


def degrees(points):
    return SWEREF.to_degrees(points[:, 0] + EAST, points[:, 1] + NORTH)


def some_points(n=600, share=0.1):
    lon, lat = degrees(plant(np.random.default_rng(4), n, [CLUSTER], share=share))
    return Points(lon, lat)


def square():
    return SWEREF.shape_to_degrees(shapely.box(EAST, NORTH, EAST + WIDTH_M, NORTH + HEIGHT_M))


@pytest.mark.parametrize("method", list(Method))
def test_every_method_finds_the_broad_street_pump(method):
    # Snow (1855): the deaths gather around the pump in Broad Street.
    lon, lat = deaths()
    request = Request(method, cell_m=20.0, simulations=99)
    analysis = analyse_points(Points(lon, lat), request)
    assert analysis.plane.epsg == 32630
    assert analysis.baseline is Baseline.HULL
    pump = shapely.Point(broad_street_pump())
    near = [analysis.polygon(f).distance(pump) for f in analysis.findings]
    assert near[0] < 0.0004  # degrees: some 40 m
    if method is Method.KDE:
        assert all(finding.p is None for finding in analysis.findings)
    else:
        assert all(finding.p <= 0.05 for finding in analysis.findings)


@pytest.mark.parametrize("boundary", [None, square()])
def test_the_baseline_is_the_ground_and_is_named(boundary):
    analysis = analyse_points(some_points(), QUICK, boundary=boundary)
    expected = Baseline.HULL if boundary is None else Baseline.BOUNDARY
    assert (analysis.baseline, analysis.n, analysis.cell_m) == (expected, 600, 100.0)
    (found,) = analysis.findings
    lon, lat = degrees(np.array([CLUSTER[:2]]))
    polygon = analysis.polygon(found)
    assert polygon.contains(shapely.Point(lon[0], lat[0]))
    points = some_points()
    assert shapely.contains_xy(polygon, points.lon, points.lat).sum() == found.n
    area_km2 = SWEREF.shape_to_metres(polygon).area / 1e6
    assert found.expected == pytest.approx(600 * area_km2 / 300, rel=0.05)


def test_people_explain_marks_and_marks_outside_the_boundary_are_left_out():
    draw = np.random.default_rng(8)
    east, north = (
        part.ravel()
        for part in np.meshgrid(np.arange(125, 20_000, 250.0), np.arange(125, 15_000, 250.0))
    )
    number = np.rint(1 + 200 * np.exp(-((east - 5000) ** 2 + (north - 5000) ** 2) / 2e6))
    at = draw.choice(east.size, 2000, p=number / number.sum())
    marks = np.column_stack([east[at], north[at]]) + draw.uniform(-125, 125, (2000, 2))
    lon, lat = degrees(marks)
    people = People(*degrees(np.column_stack([east, north])), number)
    followed = analyse_points(Points(lon, lat), QUICK, people=people)
    assert followed.baseline is Baseline.POPULATION
    assert followed.findings == ()
    assert analyse_points(Points(lon, lat), QUICK).findings != ()
    left = analyse_points(
        Points(np.append(lon, 5.0), np.append(lat, 50.0)), QUICK, people=people, boundary=square()
    )
    assert (left.n, left.notes["outside"]) == (2000, 1)
    planted = np.vstack([marks, draw.normal((15_000, 10_000), 150, (40, 2))])
    more = analyse_points(Points(*degrees(planted)), QUICK, people=people)
    assert any(finds(f.cells, (15_000.0, 10_000.0, 300.0)) for f in more.findings[:1])


def test_a_respondent_counts_once_in_a_cell():
    points = some_points()
    twice = Points(
        np.tile(points.lon, 2), np.tile(points.lat, 2), np.tile(np.arange(points.lon.size), 2)
    )
    analysis = analyse_points(twice, QUICK)
    assert (analysis.n, analysis.notes["repeated"]) == (600, 600)


def test_the_surface_tells_each_cell():
    analysis = analyse_points(some_points(), Request(Method.GI, simulations=19), boundary=square())
    columns = surface_columns(analysis)
    assert columns["n"].sum() == 600
    assert columns["expected"].sum() == pytest.approx(600)
    assert columns["density"].max() > 3 * columns["density"].mean()
    strongest = np.argmax(columns["z"])
    _, lat = degrees(np.array([CLUSTER[:2]]))
    assert abs(columns["lat"][strongest] - lat[0]) < 0.004


@pytest.mark.parametrize(
    ("lon", "lat", "note"),
    [
        ([17.0, 17.1], [61.0, 61.1], "too_few"),
        ([17.0] * 30, [61.0] * 30, "one_spot"),
        ([17.0] * 30, np.linspace(61, 61.2, 30), "line"),
    ],
)
def test_nothing_to_compare_with_is_a_stated_empty_answer(lon, lat, note):
    analysis = analyse_points(Points(np.array(lon), np.array(lat)), QUICK)
    assert analysis.findings == ()
    assert note in analysis.notes
    assert surface_columns(analysis)["n"].size == 0


def test_one_spot_in_a_known_area_does_stand_out():
    lon, lat = degrees(np.full((40, 2), 5020.0))
    (found,) = analyse_points(Points(lon, lat), QUICK, boundary=square()).findings
    assert found.n == 40
    assert found.relative_risk == np.inf


def test_a_mistyped_row_and_cells_too_small_are_refused():
    points = some_points()
    with pytest.raises(TooWide):
        analyse_points(Points(np.append(points.lon, 0.0), np.append(points.lat, 0.0)), QUICK)
    with pytest.raises(TooManyCells) as refused:
        analyse_points(points, Request(cell_m=5.0))
    assert (
        analyse_points(points, Request(Method.GI, cell_m=refused.value.cell_m, simulations=9)).n
        == 600
    )
    far = People(np.array([12.0, 12.1]), np.array([58.0, 58.0]), np.ones(2))
    with pytest.raises(NobodyNear):
        analyse_points(points, QUICK, people=far)


def test_a_large_area_has_larger_cells_and_says_so():
    draw = np.random.default_rng(1)
    points = Points(draw.uniform(14, 18, 300), draw.uniform(59, 63, 300))
    analysis = analyse_points(points, Request(Method.GI, simulations=19))
    assert analysis.cell_m == analysis.notes["coarser"] > 100


def test_metres_are_sweref_in_sweden_and_utm_elsewhere():
    assert plane_at(17.1, 61.3).epsg == 3006
    assert plane_at(-3.7, 40.4).epsg == 32630
    assert plane_at(151.2, -33.9).epsg == 32756
    with pytest.raises(TooFarNorth):
        plane_at(10.0, 88.0)
