"""Points, inhabitants and outlines that ``analyse hotspots`` cannot use: one sentence each."""

from pathlib import Path

import pytest

from tests.webapp.commands.analyse_maps.planted_files import QUICK, Run, write_points


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
