"""``analyse gi``: the table as it was, with z and p beside each row."""

import csv
from pathlib import Path

import numpy as np
import pytest

from maps.engine.gi_points import gi_star_at
from tests.webapp.commands.analyse_maps.planted_files import EAST, NORTH, SWEREF, Run


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
