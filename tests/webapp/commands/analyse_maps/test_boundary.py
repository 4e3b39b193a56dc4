"""``analyse hotspots --boundary``: which marks an outline holds, and what it makes believed."""

import csv
import json
from pathlib import Path

import numpy as np

from tests.webapp.commands.analyse_maps.planted_files import (
    EAST,
    NORTH,
    QUICK,
    SWEREF,
    Run,
    read,
    write_points,
)


def test_a_boundary_that_crosses_itself_is_mended_and_those_outside_are_told(run: Run) -> None:
    write_points()
    corners = [(0, 0), (20_000, 15_000), (20_000, 0), (0, 15_000), (0, 0)]
    ring = [SWEREF.to_degrees(x + EAST, y + NORTH) for x, y in corners]
    area = {"type": "Polygon", "coordinates": [[[float(x), float(y)] for x, y in ring]]}
    Path("area.geojson").write_text(json.dumps(area))
    done = run("hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson", *QUICK)
    assert done.exit_code == 0
    assert "Gränsen korsar sig själv" in done.stderr
    assert "Markeringar utanför området är utelämnade: " in done.stderr
    assert read("o")["baseline"] == "boundary"
    assert read("o")["n"] < 600


def test_marks_are_held_to_the_boundary_as_it_is_written(run: Run) -> None:
    # A parallel bends in the plane: the edge of a box 60 km wide lies 130 m from its chord.
    lon, lat = np.random.default_rng(2).uniform((16.5, 61.0), (17.7, 61.01), (500, 2)).T
    write = np.column_stack([lon, lat])
    np.savetxt("points.csv", write, "%.7f", ",", header="lon,lat", comments="")
    ring = [[16.5, 61.0], [17.7, 61.0], [17.7, 61.4], [16.5, 61.4], [16.5, 61.0]]
    Path("area.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    done = run("hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson",
               "--method", "kde", "--cell-m", "200", "--surface", "c.csv")  # fmt: skip
    assert "utanför området" not in done.stderr
    assert read("o")["n"] == 500
    with Path("c.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert min(float(row["expected"]) for row in rows if int(row["n"])) > 0


def test_real_positions_where_sweden_would_lie_turned_are_believed_with_a_boundary(
    run: Run,
) -> None:
    lon, lat = np.random.default_rng(3).uniform((66.9, 24.8), (67.0, 24.89), (300, 2)).T
    np.savetxt("points.csv", np.column_stack([lon, lat]), "%.7f", ",", header="lon,lat",
               comments="")  # fmt: skip
    refused = run("hotspots", "points.csv", "--out", "o", *QUICK)
    assert refused.exit_code == 2
    assert "bytt plats" in refused.stderr
    assert "--boundary" in refused.stderr
    ring = [[66.8, 24.7], [67.2, 24.7], [67.2, 25.0], [66.8, 25.0], [66.8, 24.7]]
    Path("karachi.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    done = run("hotspots", "points.csv", "--out", "o", "--boundary", "karachi.geojson", *QUICK)
    assert (done.exit_code, read("o")["n"]) == (0, 300)
    # An outline in Sweden does not make swapped rows right.
    ring = [[x - 50, y + 36] for x, y in ring]
    Path("sweden.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    done = run("hotspots", "points.csv", "--out", "p", "--boundary", "sweden.geojson", *QUICK)
    assert (done.exit_code, Path("p").exists()) == (2, False)
