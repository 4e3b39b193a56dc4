"""Streets: joined from segments, and a mark that names one lies along it and in no one point."""

import numpy as np
import pytest
import shapely

from maps.crs import shape_to_degrees, to_degrees
from maps.engine.grid import grid_around
from maps.engine.mark_scan import assign_cells
from maps.engine.marks import Located, place_marks, spread
from maps.places import Place, Precision
from maps.public_cells import PublicMark, persons_by_cell
from maps.streets import STREET_REACH_M, StreetNames, join_segments

EAST, NORTH = 610_050.0, 6_797_050.0


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shape_to_degrees(shapely.LineString([(EAST + x, NORTH + y) for x, y in points]))


def located(street: shapely.Geometry, radius_m: float, n: int) -> Located:
    x, y = shapely.minimum_bounding_circle(street).centroid.coords[0]
    return Located(
        lat=np.full(n, y),
        lon=np.full(n, x),
        person=np.arange(n),
        extent_m=np.full(n, radius_m),
        is_district=np.zeros(n, dtype=bool),
        line=np.zeros(n, dtype=np.int64),
        lines=(street,),
    )


def test_segments_of_a_name_are_one_street_where_they_lie_together() -> None:
    far = line((0, 5000), (300, 5000))
    found = join_segments(
        [
            ("Storgatan", line((0, 0), (200, 0))),
            ("storgatan", line((300, 0), (600, 0))),
            ("Storgatan", far),
            ("Ågatan", line((0, 90), (10, 90))),
        ]
    )
    assert [(it.name, round(it.length_m)) for it in found] == [
        ("Storgatan", 500),
        ("Storgatan", 300),
        ("Ågatan", 10),
    ]
    long, _, short = found
    assert long.radius_m == pytest.approx(300 + STREET_REACH_M, abs=10)
    # Three houses in a lane are told no more exactly than any other place.
    assert short.radius_m >= STREET_REACH_M


def test_a_mark_by_street_counts_along_the_street_and_never_as_one_point() -> None:
    street = line((0, 0), (2000, 0))
    marks = place_marks(located(street, 1200, 8))
    grid = grid_around(marks.east, marks.north, cell_m=100, margin_m=1500)
    entries = spread(marks, grid)
    east, north = grid.centre(np.unique(entries.cell))
    assert np.abs(north - NORTH).max() <= STREET_REACH_M
    assert east.max() - east.min() > 2000
    assert entries.share.sum() == pytest.approx(8)
    assert entries.share.max() < 0.02
    # The scan deals whole marks out along the same cells.
    dealt = assign_cells(marks, np.arange(8), grid, np.ones(grid.shape, dtype=bool), seed=1)
    assert np.isin(dealt, entries.cell).all()
    assert np.unique(dealt).size == 8


def test_a_public_map_shows_a_named_street_along_its_run() -> None:
    street = line((0, 0), (1500, 0))
    lat, lon = (float(axis[0]) for axis in to_degrees([EAST + 750], [NORTH]))
    run = tuple((float(x), float(y)) for x, y in street.coords)
    place = Place(lat, lon, Precision.PLACE, respondent="a", extent_m=950, line=(run,))
    cells = persons_by_cell([PublicMark(place)], cell_m=250, outline=None).cells
    keys = [tuple(map(int, key.split(":"))) for key in cells]
    assert 7 <= len({column for column, _ in keys}) <= 8
    assert all(abs((row + 0.5) * 250 - NORTH) <= STREET_REACH_M for _, row in keys)


def test_a_long_street_names_what_lies_beside_it_and_a_lane_nothing() -> None:
    names = StreetNames([("Storgatan", line((0, 0), (600, 0))), ("Gränd", line((0, 90), (90, 90)))])
    lat, lon = to_degrees([EAST + 50, EAST + 50], [NORTH + 100, NORTH + 200])
    assert names.near(float(lat[0]), float(lon[0])) == "Storgatan"
    assert names.near(float(lat[1]), float(lon[1])) == ""
    assert StreetNames([]).near(61.3, 17.0) == ""
