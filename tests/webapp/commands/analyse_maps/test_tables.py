"""How the tables are read, however a program saved them, and which of their lines are told."""

from pathlib import Path

import pytest

from tests.webapp.commands.analyse_maps.planted_files import QUICK, Run, read, write_points


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


def test_marks_and_inhabitants_that_a_spreadsheet_saved_as_unicode_text_are_read(run: Run) -> None:
    write_points(200)
    assert run("hotspots", "points.csv", "--out", "a.geojson", *QUICK).exit_code == 0
    text = Path("points.csv").read_text().replace(",", "\t")
    Path("points.csv").write_text(text, encoding="utf-16")
    done = run("hotspots", "points.csv", "--out", "b.geojson", *QUICK)
    assert done.exit_code == 0, done.output
    assert read("b.geojson") == read("a.geojson")


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
