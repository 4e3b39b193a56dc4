"""What the commands are asked for: options that cannot be, and what asking costs the others."""

import subprocess
import sys
from pathlib import Path

from tests.webapp.commands.analyse_maps.planted_files import Run, write_points


def test_what_cannot_be_written_or_is_too_fine_is_told(run: Run) -> None:
    write_points()
    assert "går inte att skriva" in run("hotspots", "points.csv", "--out", "none/o").stderr
    fine = run("hotspots", "points.csv", "--out", "o", "--cell-m", "2")
    assert "Använd --cell-m 20 eller större." in fine.stderr
    assert fine.exit_code == 2


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


def test_one_column_for_both_axes_is_refused(run: Run) -> None:
    Path("t.csv").write_text("x,y,c,p\n1,2,1,9\n2,5,4,9\n3,1,1,9\n")
    axes = ("t.csv", "--out", "o", "--x", "x", "--y", "X", "--cartesian")
    for arguments in (("scan", *axes, "--cases", "c", "--population", "p"),
                      ("gi", *axes, "--value", "c", "--distance", "2")):  # fmt: skip
        done = run(*arguments)
        assert (done.exit_code, Path("o").exists()) == (2, False)
        assert "--x och --y är båda kolumnen x" in done.stderr


def test_other_commands_do_not_pay_for_the_geography() -> None:
    script = "import sys, webapp.cli; print({'scipy', 'pandas', 'pyproj'} & set(sys.modules))"
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert asked.stdout.strip() == "set()", asked.stderr
