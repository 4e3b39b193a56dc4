"""``analyse hotspots``, ``scan`` and ``gi`` as they are run: files in, files out, and words."""

import csv
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from click.testing import CliRunner, Result

from maps.engine.gi_points import gi_star_at
from maps.planes import Plane
from tests.maps.planted import finds, plant
from webapp.cli import cli

Run = Callable[..., Result]
SWEREF = Plane(3006)
EAST, NORTH = 600_000, 6_790_000
CLUSTER = (8000.0, 7000.0, 500.0)
QUICK = ("--method", "kde", "--cell-m", "500")
PROPERTIES = {"rank", "n", "expected", "relative_risk", "p_value", "method"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("gi", ...)`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["analyse", *arguments], catch_exceptions=False)

    return invoke


def write_points(n: int = 600, name: str = "points.csv", header: str = "lon,lat") -> None:
    points = plant(np.random.default_rng(4), n, [CLUSTER], share=0.1)
    lon, lat = SWEREF.to_degrees(points[:, 0] + EAST, points[:, 1] + NORTH)
    rows = [f"{x:.7f},{y:.7f}" for x, y in zip(lon, lat, strict=True)]
    Path(name).write_text("\n".join([header, *rows, ""]))


def read(name: str) -> dict:
    return json.loads(Path(name).read_text())


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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("lat,lon\n" + "17.1,61.3\n" * 9, None),
        ("lon,lat\n" + "61.3,17.1\n" * 9, "bytt plats"),
        ("lon,lat\n17,1,61,3\n", "semikolon mellan kolumnerna"),
        ("lon,lat\nNaN,NaN\n", "ingen rad med ett läge"),
        ("lon,lat\n600000,6790000\n", "i meter"),
        ("lon,lat\n", "inga rader"),
        ("", "är tom"),
        ("longitude,latitude\n1,2\n", "ingen kolumn som heter lon. Den har: longitude, latitude."),
        ("lon,lat\n0,0\n17.3,61.2\n" + "17.1,61.3\n" * 9, "km från varandra"),
        ("lon,lat,lon\n17,61,18\n", "två kolumner som heter lon"),
        ("lon,lat\n1e308,1e308\n-1e308,5\n", "ingen rad med ett läge"),
    ],
)
def test_bad_points_are_one_sentence_and_nothing_is_written(
    run: Run, content: str, words: str | None
) -> None:
    if words is None:  # the columns in the other order with the names right is no mistake
        content, words = content.replace("17.1,61.3", "61.3,17.1"), ""
    Path("points.csv").write_text(content)
    done = run("hotspots", "points.csv", "--out", "hot.geojson", *QUICK)
    assert words in done.stderr
    assert done.exit_code == (2 if words else 0)
    assert Path("hot.geojson").exists() == (not words)
    assert "Traceback" not in done.output


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


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("population", "lon,lat,population\n17,61,0\n", "ingen befolkning"),
        ("population", "lon,lat,population\n17,61,-3\n", "rad 2: population får inte vara neg"),
        ("population", "lon,lat\n17,61\n", "ingen kolumn som heter population"),
        ("population", "lon,lat,population\n12,58,5\n12.1,58,5\n", "samma område"),
        ("population", "lon,lat,population\n17,61,nan\n", "rad 2: population är inget tal"),
        ("population", "lon,lat,population\n17,61,5\n-170,-61,5\n", "km från varandra"),
        (
            "boundary",
            '{"type": "Polygon", "coordinates": [[[-10, 40], [40, 40], [40, 75], [-10, 75]]]}',
            "km från kant till kant",
        ),
        (
            "boundary",
            '{"type": "Polygon", "coordinates": [[[1e308, 61], [17, 61], [17, 1e308]]]}',
            "inte i grader",
        ),
        ("boundary", "{", "ingen polygon"),
        ("boundary", '{"type": "Point", "coordinates": [17, 61]}', "ingen polygon"),
        (
            "boundary",
            '{"type": "Polygon", "coordinates": [[[9, 9], [10, 9], [10, 10], [9, 9]]]}',
            "Ingen av de 600 markeringarna ligger inom",
        ),
        (
            "boundary",
            '{"type": "Polygon", "coordinates": [[[6e5, 6e6], [7e5, 6e6], [7e5, 7e6]]]}',
            "inte i grader",
        ),
    ],
)
def test_a_bad_population_or_boundary_is_one_sentence(
    run: Run, name: str, content: str, words: str
) -> None:
    write_points()
    Path("other").write_text(content)
    done = run("hotspots", "points.csv", "--out", "o", f"--{name}", "other", *QUICK)
    assert (done.exit_code, Path("o").exists()) == (2, False)
    assert words in done.stderr


def test_inhabitants_may_be_written_with_spaces_and_what_is_no_number_is_told(run: Run) -> None:
    write_points()
    head = "lon;lat;population\n"
    middles = [f"{17 + i / 100};{61.2 + j / 100}" for i in range(30) for j in range(20)]
    plain = head + "".join(f"{middle};{1000 + n}\n" for n, middle in enumerate(middles))
    Path("a.csv").write_text(plain)
    Path("b.csv").write_text(
        plain.replace(";1", ";1\u00a0").replace("1\u00a07.", "17.") + "17;61;?\n"
    )
    for name in ("a", "b"):
        done = run("hotspots", "points.csv", "--out", name, "--population", f"{name}.csv", *QUICK)
        assert done.exit_code == 0, done.stderr
    assert "Rader utan ett tal i population är utelämnade: 1." in done.stderr
    assert Path("a").read_bytes() == Path("b").read_bytes()


def test_what_cannot_be_written_or_is_too_fine_is_told(run: Run) -> None:
    write_points()
    assert "går inte att skriva" in run("hotspots", "points.csv", "--out", "none/o").stderr
    fine = run("hotspots", "points.csv", "--out", "o", "--cell-m", "2")
    assert "Använd --cell-m 20 eller större." in fine.stderr
    assert fine.exit_code == 2


@pytest.mark.parametrize("place", ["none/c", "c" * 300, "loop", "pipe", "folder", "points.csv/c"])
def test_where_no_file_can_be_made_neither_is_written(run: Run, place: str) -> None:
    write_points()
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    os.mkfifo("pipe")  # as a device: it would be replaced
    before = set(Path().iterdir())
    for files in (["--out", "o", "--surface", place], ["--out", place, "--surface", "o"]):
        done = run("hotspots", "points.csv", *files, *QUICK)
        assert done.exit_code == 2
        assert "går inte att skriva" in done.stderr
        assert "Bandbredd" not in done.stderr  # before the analysis, not after it
    assert set(Path().iterdir()) == before
    assert Path("pipe").is_fifo()


def test_cells_that_fail_while_they_are_written_leave_no_findings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "disk full")

    write_points()
    monkeypatch.setattr("webapp.commands.analyse_hotspots._write_surface", fail)
    done = run("hotspots", "points.csv", "--out", "o", "--surface", "c", *QUICK)
    assert done.exit_code == 2
    assert "c går inte att skriva" in done.stderr
    assert [path.name for path in Path().iterdir()] == ["points.csv"]


def test_a_link_is_written_through_and_stays_a_link(run: Run) -> None:
    write_points()
    Path("folder").mkdir()
    Path("o").symlink_to("folder/result")
    assert run("hotspots", "points.csv", "--out", "o", *QUICK).exit_code == 0
    assert Path("o").is_symlink()
    assert read("folder/result")["type"] == "FeatureCollection"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("between", "decimal"), [(",", "."), (";", "."), (";", ","), ("\t", ",")])
def test_every_way_to_write_a_table_is_read_alike(
    run: Run, ends: str, mark: str, between: str, decimal: str
) -> None:
    write_points()
    lines = [line.split(",") for line in Path("points.csv").read_text().splitlines()]
    text = mark + ends.join(between.join(row).replace(".", decimal) for row in lines) + ends
    Path("other.csv").write_bytes(text.encode())
    for name, out in (("points.csv", "a"), ("other.csv", "b")):
        assert run("hotspots", name, "--out", out, *QUICK).exit_code == 0
    assert Path("a").read_bytes() == Path("b").read_bytes()


def test_no_file_that_is_read_is_written_over(run: Run) -> None:
    write_points()
    before = Path("points.csv").read_bytes()
    columns = ["--x", "lon", "--y", "lat"]
    for arguments in (
        ["hotspots", "points.csv", "--out", "./points.csv"],
        ["hotspots", "points.csv", "--out", "o", "--surface", "o"],
        ["scan", "points.csv", "--out", "points.csv", *columns, "--cases", "lat", "--population",
         "lat"],
        ["gi", "points.csv", "--out", "points.csv", *columns, "--value", "lat", "--distance", "9"],
    ):  # fmt: skip
        done = run(*arguments)
        assert done.exit_code == 2
        assert "ett annat namn" in done.stderr
    assert Path("points.csv").read_bytes() == before
    assert not Path("o").exists()


def test_an_option_that_is_no_number_is_told(run: Run) -> None:
    write_points()
    columns = ["--x", "lon", "--y", "lat"]
    for option, arguments in {
        "--cell-m": ["hotspots", "points.csv", "--out", "o", "--cell-m", "nan"],
        "--distance": ["gi", "points.csv", "--out", "o", *columns, "--value", "lat", "--distance",
                       "inf"],
        "--max-population": ["scan", "points.csv", "--out", "o", *columns, "--cases", "lat",
                             "--population", "lat", "--max-population", "nan"],
    }.items():  # fmt: skip
        done = run(*arguments)
        assert (done.exit_code, Path("o").exists()) == (2, False)
        assert f"{option} måste vara ett tal" in done.stderr


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


def test_scan_lists_the_clusters_with_ids_as_they_are_written(run: Run) -> None:
    draw = np.random.default_rng(2)
    rows = ["kod,x,y,fall,folk"]
    for i in range(30):
        x, y = draw.uniform(0, 50, 2)
        near = np.hypot(x - 25, y - 25) < 12
        rows.append(f"0{100 + i},{x},{y},{draw.poisson(40 if near else 10)},1000")
    Path("areas.csv").write_text("\n".join(rows))
    columns = ["--x", "x", "--y", "y", "--cases", "fall", "--population", "folk", "--cartesian"]
    done = run("scan", "areas.csv", "--out", "c.json", *columns, "--simulations", "99")
    assert done.exit_code == 0, done.output
    found = read("c.json")
    assert (found["simulations"], found["seed"]) == (99, 1)
    first = found["clusters"][0]
    assert list(first) == [
        "rank", "ids", "cases", "expected", "relative_risk", "log_likelihood_ratio", "p_value",
    ]  # fmt: skip
    assert first["p_value"] == 0.01
    assert all(name.startswith("01") for name in first["ids"])
    assert first["relative_risk"] > 2
    by_x = run("scan", "areas.csv", "--out", "d.json", *columns, "--id", "x", "--simulations", "9")
    assert by_x.exit_code == 0
    assert "." in read("d.json")["clusters"][0]["ids"][0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a,17,61,1,0\nb,17.1,61,1,5\n", "rad 2 har fall men ingen befolkning"),
        ("a,17,61,0,0\nb,17.1,61,0,0\n", "ingen befolkning"),
        ("a,17,61,0,5\nb,17.1,61,0,5\n", "inga fall"),
        ("a,17,61,x,5\n", "rad 2: c är inget tal"),
        ("a,17,61,1,-5\n", "rad 2: p får inte vara negativt"),
        ("a,61,17,1,5\nb,61,17,1,5\n", "bytt plats"),
        ("a,6e5,6.8e6,1,5\n", "i meter"),
        ("a,17,61,1e308,5\n", "rad 2: c är för stort"),
        ("a,17,61,1,1e308\n", "rad 2: p är för stort"),
        ("a,17,61,1,nan\n", "rad 2: p är inget tal"),
    ],
)
def test_bad_areas_are_one_sentence(run: Run, rows: str, words: str) -> None:
    Path("areas.csv").write_text("id,x,y,c,p\n" + rows)
    columns = ["--x", "x", "--y", "y", "--cases", "c", "--population", "p"]
    done = run("scan", "areas.csv", "--out", "c.json", *columns)
    assert (done.exit_code, Path("c.json").exists()) == (2, False)
    assert words in done.stderr


def test_a_list_that_is_empty_or_whose_ids_repeat_says_so(run: Run) -> None:
    columns = ["--x", "x", "--y", "y", "--cases", "c", "--population", "p", "--simulations", "9"]
    Path("a.csv").write_text("id,x,y,c,p\na,17,61,3,5\na,17,61,1,9\n")
    done = run("scan", "a.csv", "--out", "c.json", *columns)
    assert (done.exit_code, read("c.json")["clusters"]) == (0, [])
    assert "Listan är tom" in done.stderr
    assert "delar id" in done.stderr


def test_gi_says_whether_the_positions_or_the_values_are_missing(run: Run) -> None:
    columns = ["--x", "x", "--y", "y", "--value", "v", "--distance", "900"]
    Path("a.csv").write_text("x,y,v\n17,61,många\n17.1,61,\n")
    none = run("gi", "a.csv", "--out", "o.csv", *columns)
    assert (none.exit_code, Path("o.csv").exists()) == (2, False)
    assert "a.csv har ingen rad med både ett läge och ett tal i v." in none.stderr
    Path("a.csv").write_text("x,y,v\n17,61,1\n17.1,61,2\n17.1,61.1,\n,61,3\n")
    some = run("gi", "a.csv", "--out", "o.csv", *columns)
    assert "Rader utan ett läge som går att använda är utelämnade: 1." in some.stderr
    assert "Rader utan ett tal i v är utelämnade: 1." in some.stderr


def test_gi_adds_z_and_p_and_leaves_the_rest_as_it_was(run: Run) -> None:
    draw = np.random.default_rng(3)
    position, value = draw.uniform(0, 1000, (50, 2)), draw.poisson(3, 50)
    pairs = zip(position, value, strict=True)
    lines = [f'{i:03};"å;{i}";{x};{y};{v}' for i, ((x, y), v) in enumerate(pairs)]
    Path("cells.csv").write_text("\n".join(["id;namn;x;y;v", *lines, "050;;1;1;"]))
    columns = ["--x", "x", "--y", "y", "--value", "v", "--distance", "200"]
    done = run("gi", "cells.csv", "--out", "o.csv", *columns, "--cartesian")
    assert done.exit_code == 0, done.output
    with Path("o.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert list(rows[0]) == ["id", "namn", "x", "y", "v", "z", "p_value"]
    assert (rows[3]["id"], rows[3]["namn"]) == ("003", "å;3")
    z = [float(row["z"]) for row in rows[:50]]
    assert z == pytest.approx(gi_star_at(position, value.astype(float), 200.0), abs=1e-9)
    assert all(0 < float(row["p_value"]) <= 0.5 for row in rows[:50])
    assert rows[50]["z"] == rows[50]["p_value"] == ""
    assert "utelämnade: 1." in done.stderr
    again = run("gi", "o.csv", "--out", "p.csv", *columns, "--cartesian")
    assert "redan en kolumn som heter" in again.stderr


@pytest.mark.parametrize(
    ("values", "distance", "words"),
    [
        ("123456789", "0.01", "Ingen rad har en annan inom avståndet"),
        ("123456789", "1", None),
        ("123456789", "99", "z är 0 på varje rad"),
        ("555555555", "1", "z är 0 på varje rad"),
    ],
)
def test_gi_says_when_a_distance_or_the_values_leave_nothing_to_compare(
    run: Run, values: str, distance: str, words: str | None
) -> None:
    rows = [f"{n % 3},{n // 3},{value}" for n, value in enumerate(values)]
    Path("cells.csv").write_text("\n".join(["x,y,v", *rows, ""]))
    done = run("gi", "cells.csv", "--out", "o", "--x", "x", "--y", "y", "--value", "v",
               "--distance", distance, "--cartesian")  # fmt: skip
    assert done.exit_code == 0
    assert (words in done.stderr) if words else not done.stderr


def test_the_line_that_is_told_is_the_one_in_the_file(run: Run) -> None:
    write_points()
    head, first, wrong = "name,lon,lat,n,population", '"a\nb",17.1,61.3,1,5', "c,17.2,61.3,{},-5"
    rows = "\n".join([head, first, "", "  ", "d,17.3,61.3,0,1", wrong, ""])  # wrong is line 7
    Path("t.csv").write_text(rows.format("1"))
    axes = ("t.csv", "--out", "o", "--x", "lon", "--y", "lat")
    for arguments in (
        ("hotspots", "points.csv", "--out", "o", "--population", "t.csv"),
        ("scan", *axes, "--cases", "n", "--population", "population"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert "t.csv, rad 7: population får inte vara negativt" in done.stderr
    Path("t.csv").write_text(rows.format("1e99"))
    assert "rad 7: n är för stort" in run("gi", *axes, "--value", "n", "--distance", "9").stderr


def test_one_column_for_both_axes_is_refused(run: Run) -> None:
    Path("t.csv").write_text("x,y,c,p\n1,2,1,9\n2,5,4,9\n3,1,1,9\n")
    axes = ("t.csv", "--out", "o", "--x", "x", "--y", "X", "--cartesian")
    for arguments in (("scan", *axes, "--cases", "c", "--population", "p"),
                      ("gi", *axes, "--value", "c", "--distance", "2")):  # fmt: skip
        done = run(*arguments)
        assert (done.exit_code, Path("o").exists()) == (2, False)
        assert "--x och --y är båda kolumnen x" in done.stderr


def test_gi_of_degrees_reckons_in_metres(run: Run) -> None:
    across, up = (part.ravel() for part in np.meshgrid(np.arange(8) * 250.0, np.arange(8) * 250.0))
    value = np.random.default_rng(1).poisson(4, across.size).astype(float)
    lon, lat = SWEREF.to_degrees(across + EAST, up + NORTH)
    lines = [f"{x:.8f},{y:.8f},{v}" for x, y, v in zip(lon, lat, value, strict=True)]
    Path("cells.csv").write_text("\n".join(["lon,lat,v", *lines]))
    run("gi", "cells.csv", "--out", "o.csv", "--x", "lon", "--y", "lat", "--value", "v",
        "--distance", "260")  # fmt: skip
    with Path("o.csv").open() as file:
        z = [float(row["z"]) for row in csv.DictReader(file)]
    expected = gi_star_at(np.column_stack([across, up]), value, 260.0)
    assert z == pytest.approx(expected, abs=1e-9)


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


def test_other_commands_do_not_pay_for_the_geography() -> None:
    script = "import sys, webapp.cli; print({'scipy', 'pandas', 'pyproj'} & set(sys.modules))"
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert asked.stdout.strip() == "set()", asked.stderr


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


def test_marks_and_inhabitants_that_a_spreadsheet_saved_as_unicode_text_are_read(run: Run) -> None:
    write_points(200)
    assert run("hotspots", "points.csv", "--out", "a.geojson", *QUICK).exit_code == 0
    text = Path("points.csv").read_text().replace(",", "\t")
    Path("points.csv").write_text(text, encoding="utf-16")
    done = run("hotspots", "points.csv", "--out", "b.geojson", *QUICK)
    assert done.exit_code == 0, done.output
    assert read("b.geojson") == read("a.geojson")
