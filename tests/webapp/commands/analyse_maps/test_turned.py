"""Files whose axes have changed places, or whose positions are metres, are called by that name."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.webapp.commands.analyse_maps.planted_files import QUICK, Run

SODERHAMN, BERGEN, TOKYO = (17.06, 61.30), (5.32, 60.39), (139.7, 35.68)
METRES = "x,y,n,people\n" + "".join(f"{6e5 + i * 500},{6.79e6 + i % 3 * 500},{i},9\n"
                                    for i in range(30))  # fmt: skip


def write_table(name: str, middle: tuple[float, float], *, turned: bool = False) -> None:
    """Positions within three kilometres, each with nine inhabitants."""
    places = np.random.default_rng(1).uniform(-0.03, 0.03, (200, 2)) + middle
    lines = [f"{x:.6f},{y:.6f},9" for x, y in (places[:, ::-1] if turned else places)]
    Path(name).write_text("\n".join(["lon,lat,population", *lines, ""]))


def write_area(middle: tuple[float, float], *, turned: bool = False) -> None:
    corners = ((-0.05, -0.05), (0.05, -0.05), (0.05, 0.05), (-0.05, 0.05), (-0.05, -0.05))
    ring = [[middle[0] + x, middle[1] + y] for x, y in corners]
    ring = [corner[::-1] for corner in ring] if turned else ring
    Path("area.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))


def refused(run: Run, *arguments: str) -> str:
    done = run(*arguments)
    assert (done.exit_code, Path("o").exists()) == (2, False), done.stderr
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


@pytest.mark.parametrize("place", [SODERHAMN, TOKYO])
def test_a_boundary_with_latitude_first_is_told(run: Run, place: tuple[float, float]) -> None:
    write_table("points.csv", place)
    write_area(place, turned=True)
    told = refused(run, "hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson")
    assert "Longitud och latitud verkar ha bytt plats i area.geojson" in told
    assert "Skriv longituden först" in told
    write_area(place)
    right = run("hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson", *QUICK)
    assert right.exit_code == 0, right.stderr


@pytest.mark.parametrize("is_area_turned", [True, False])
def test_abroad_marks_or_boundary_may_be_the_ones_that_are_turned(
    run: Run, *, is_area_turned: bool
) -> None:
    write_table("points.csv", BERGEN, turned=not is_area_turned)
    write_area(BERGEN, turned=is_area_turned)
    told = refused(run, "hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson")
    assert "skulle de göra om longitud och latitud bytte plats" in told
    assert (
        "Skriv longituden först i area.geojson, eller låt kolumnerna lon och lat i points" in told
    )


def test_swedish_marks_and_boundary_that_are_both_turned_are_told(run: Run) -> None:
    arguments = ("hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson", *QUICK)
    for is_turned in (True, False):
        write_table("points.csv", SODERHAMN, turned=is_turned)
        write_area(SODERHAMN, turned=is_turned)
        done = run(*arguments)
        assert done.exit_code == 0
        assert ("bytt plats både i dem och i gränsen" in done.stderr) is is_turned


def test_a_boundary_elsewhere_is_not_called_turned(run: Run) -> None:
    write_table("points.csv", SODERHAMN)
    write_area(TOKYO)
    told = refused(run, "hotspots", "points.csv", "--out", "o", "--boundary", "area.geojson")
    assert told == ("Ingen av de 200 markeringarna ligger inom area.geojson. Gäller båda filerna"
                    " samma plats?\n")  # fmt: skip


@pytest.mark.parametrize("place", [SODERHAMN, BERGEN, TOKYO])
@pytest.mark.parametrize("has_area", [True, False])
def test_inhabitants_with_lat_as_lon_are_told(
    run: Run, place: tuple[float, float], *, has_area: bool
) -> None:
    write_table("points.csv", place)
    write_table("pop.csv", place, turned=True)
    write_area(place)
    area = ("--boundary", "area.geojson") if has_area else ()
    told = refused(run, "hotspots", "points.csv", "--out", "o", "--population", "pop.csv", *area)
    assert "lon och lat verkar ha bytt plats i pop.csv: 200 av 200 rader." in told
    write_table("pop.csv", place)
    right = run("hotspots", "points.csv", "--out", "o", "--population", "pop.csv", *area, *QUICK)
    assert right.exit_code == 0, right.stderr


def test_marks_whose_lat_is_beyond_a_pole_are_told_to_be_turned(run: Run) -> None:
    write_table("points.csv", TOKYO, turned=True)
    told = refused(run, "hotspots", "points.csv", "--out", "o")
    assert "bytt plats i points.csv: 200 av 200 rader. Låt de två kolumnerna byta namn." in told


@pytest.mark.parametrize("header", ["lon,lat,n,population", "lat,lon,n,population"])
def test_marks_and_inhabitants_in_metres_are_told(run: Run, header: str) -> None:
    write_table("points.csv", SODERHAMN)
    Path("metres.csv").write_text(METRES.replace("x,y,n,people", header))
    for files in (["metres.csv"], ["points.csv", "--population", "metres.csv"]):
        told = refused(run, "hotspots", *files, "--out", "o")
        assert "metres.csv har sina lägen i meter, som i SWEREF 99 TM (EPSG:3006)" in told
        assert "räkna om dem först" in told


def test_areas_and_cells_in_metres_are_led_to_cartesian(run: Run) -> None:
    Path("metres.csv").write_text(METRES)
    place = ("metres.csv", "--out", "o", "--x", "x", "--y", "y")
    for arguments in (
        ("scan", *place, "--cases", "n", "--population", "people", "--simulations", "9"),
        ("gi", *place, "--value", "n", "--distance", "600"),
    ):
        told = refused(run, *arguments)
        assert "i meter, som i SWEREF 99 TM. Lägg till --cartesian" in told
        assert run(*arguments, "--cartesian").exit_code == 0
        Path("o").unlink()


def test_of_one_position_that_is_no_degree_the_line_is_told(run: Run) -> None:
    Path("cells.csv").write_text("x,y,n\n17,61,1\n17,61.1,2\n17,611,3\n")
    told = refused(run, "gi", "cells.csv", "--out", "o", "--x", "x", "--y", "y", "--value", "n",
                   "--distance", "600")  # fmt: skip
    assert "cells.csv, rad 4: y är mer än grader kan vara" in told
