"""Where the results are written: all of them or none, and never over what was read."""

import errno
import os
from pathlib import Path

import pytest

from tests.webapp.commands.analyse_maps.planted_files import QUICK, Run, read, write_points


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
