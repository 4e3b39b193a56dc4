"""``analyse scan``: clusters of areas, with the ids of the list."""

from pathlib import Path

import numpy as np
import pytest

from tests.webapp.commands.analyse_maps.planted_files import Run, read


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
