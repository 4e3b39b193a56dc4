"""``analyse hotspots``: what is found, what explains it, and what is told beside it."""

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.maps.planted import finds
from tests.webapp.commands.analyse_maps.planted_files import (
    CLUSTER,
    EAST,
    NORTH,
    SWEREF,
    Run,
    read,
    write_points,
)

PROPERTIES = {"rank", "n", "expected", "relative_risk", "p_value", "method"}


@pytest.mark.parametrize("method", ["scan", "gi", "kde"])
def test_hotspots_are_polygons_with_what_was_expected(run: Run, method: str) -> None:
    write_points()
    done = run(
        "hotspots", "points.csv", "--out", "hot.geojson", "--method", method, "--cell-m", "200",
        "--seed", "7", "--surface", "cells.csv",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    found = read("hot.geojson")
    members = [found[name] for name in ("type", "baseline", "cell_m", "n", "seed")]
    assert members == ["FeatureCollection", "hull", 200.0, 600, 7]
    first = found["features"][0]
    assert set(first["properties"]) == PROPERTIES
    assert first["properties"]["rank"] == 1
    assert first["properties"]["method"] == method
    p = first["properties"]["p_value"]
    assert p is None if method == "kde" else p <= 0.05
    polygon = shapely.geometry.shape(first["geometry"])
    lon, lat = SWEREF.to_degrees(CLUSTER[0] + EAST, CLUSTER[1] + NORTH)
    assert polygon.contains(shapely.Point(lon, lat))
    assert first["properties"]["n"] > 3 * first["properties"]["expected"]
    with Path("cells.csv").open() as file:
        cells = list(csv.DictReader(file))
    assert list(cells[0]) == ["lon", "lat", "n", "expected", "z", "density"]
    assert sum(int(cell["n"]) for cell in cells) == 600
    assert sum(float(cell["expected"]) for cell in cells) == pytest.approx(600)


def test_the_same_seed_writes_the_same_file(run: Run) -> None:
    write_points()
    for name in ("a", "b"):
        run("hotspots", "points.csv", "--out", name, "--cell-m", "500")
    assert Path("a").read_bytes() == Path("b").read_bytes()


def test_a_planted_cluster_in_5_000_marks_is_found_with_cells_of_100_m(run: Run) -> None:
    write_points(5000)
    done = run("hotspots", "points.csv", "--out", "hot.geojson")
    assert done.exit_code == 0
    (found,) = read("hot.geojson")["features"]
    shape = SWEREF.shape_to_metres(shapely.geometry.shape(found["geometry"]))
    row, column = np.mgrid[0:150, 0:200]
    inside = shapely.contains_xy(shape, EAST + 100 * column + 50, NORTH + 100 * row + 50)
    assert finds(inside, CLUSTER)
    points = np.loadtxt("points.csv", delimiter=",", skiprows=1)
    east, north = SWEREF.to_metres(points[:, 0], points[:, 1])
    assert shapely.contains_xy(shape, east, north).sum() == found["properties"]["n"]


def test_the_population_explains_where_people_are(run: Run) -> None:
    write_points()
    across, up = np.meshgrid(np.arange(250, 20_000, 500), np.arange(250, 15_000, 500))
    near = np.hypot(across - CLUSTER[0], up - CLUSTER[1]) < 800
    lon, lat = SWEREF.to_degrees(across.ravel() + EAST, up.ravel() + NORTH)
    number = np.where(near.ravel(), 30, 1)
    lines = [f"{x},{y},{n}" for x, y, n in zip(lon, lat, number, strict=True)]
    Path("people.csv").write_text("\n".join(["lon,lat,population", *lines]))
    arguments = ["hotspots", "points.csv", "--out", "hot.geojson", "--cell-m", "250"]
    done = run(*arguments, "--population", "people.csv")
    assert done.exit_code == 0
    assert "i rutor på ungefär 500 m" in done.stderr
    found = read("hot.geojson")
    assert (found["baseline"], found["features"]) == ("population", [])
    # 500 m: twice the analysis' own cells, which the answer must say.
    assert found["population_cell_m"] == 500


def test_density_tells_its_bandwidth_and_what_people_explain_is_not_dense(run: Run) -> None:
    write_points(5000)
    done = run("hotspots", "points.csv", "--out", "o", "--method", "kde")
    assert "Bandbredd 125 m" in done.stderr
    (found,) = read("o")["features"]
    assert found["properties"]["p_value"] is None
    shape = SWEREF.shape_to_metres(shapely.geometry.shape(found["geometry"]))
    row, column = np.mgrid[0:150, 0:200]
    inside = shapely.contains_xy(shape, EAST + 100 * column + 50, NORTH + 100 * row + 50)
    assert finds(inside, CLUSTER)
    across, up = np.meshgrid(np.arange(50, 20_000, 100), np.arange(50, 15_000, 100))
    near = np.hypot(across - CLUSTER[0], up - CLUSTER[1]) < CLUSTER[2]
    lon, lat = SWEREF.to_degrees(across.ravel() + EAST, up.ravel() + NORTH)
    number = np.where(near.ravel(), 50, 1)
    people = np.column_stack([lon, lat, number])
    head = "lon,lat,population"
    np.savetxt("people.csv", people, "%.7f", ",", header=head, comments="")
    run("hotspots", "points.csv", "--out", "o", "--method", "kde", "--population", "people.csv")
    assert read("o")["features"] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("lon,lat\n17,61\n17.1,61.1\n", "för få"),
        ("lon,lat\n" + "17,61\n" * 40, "samma ställe"),
        ("lon,lat\n" + "".join(f"17,{61 + i / 500}\n" for i in range(40)), "rak linje"),
        ("lon,lat\n" + "".join(f"17,{61 + i / 1e6}\n" for i in range(40)), "samma ställe"),
        ("lon,lat\n" + "".join(f"{17 + i % 7 / 1e5},{61 + i / 1e6}\n" for i in range(40)), "samma"),
    ],
)
def test_points_that_tell_nothing_are_a_stated_empty_result(
    run: Run, content: str, words: str
) -> None:
    Path("points.csv").write_text(content)
    done = run("hotspots", "points.csv", "--out", "o", "--surface", "cells.csv")
    assert done.exit_code == 0
    assert words in done.stderr
    assert read("o")["features"] == []
    assert Path("cells.csv").read_text() == "lon,lat,n,expected,z,density\n"


def test_cells_as_large_as_the_whole_area_are_told(run: Run) -> None:
    write_points()
    done = run("hotspots", "points.csv", "--out", "o", "--cell-m", "20000")
    assert (done.exit_code, read("o")["features"]) == (0, [])
    assert "för få för att skilja en del" in done.stderr


def test_what_only_stands_out_beside_stronger_areas_is_told(run: Run) -> None:
    # Nine marks in ten lie in one quarter: what is left of the rest is less than expected.
    draw = np.random.default_rng(5)
    points = np.vstack([
        draw.uniform((5000, 5000), (6500, 6500), (1800, 2)),
        draw.uniform(0, (10_000, 10_000), (160, 2)),
        draw.uniform((8000, 8000), (9000, 9000), (36, 2)),
    ])  # fmt: skip
    lon, lat = SWEREF.to_degrees(points[:, 0] + EAST, points[:, 1] + NORTH)
    np.savetxt("points.csv", np.column_stack([lon, lat]), "%.7f", ",", header="lon,lat",
               comments="")  # fmt: skip
    done = run("hotspots", "points.csv", "--out", "o", "--cell-m", "250")
    weak = read("o")["features"][-1]["properties"]
    assert weak["p_value"] <= 0.05
    assert weak["n"] < 2 * weak["expected"]
    assert "de starkare har tagits bort: 1" in done.stderr
