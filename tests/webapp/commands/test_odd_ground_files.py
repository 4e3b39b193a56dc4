"""Files that no import can use: each ends in a sentence, at once, and nothing is stored."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.geography import Area, PopulationGrid
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from webapp.cli import cli

Run = Callable[..., Result]
HERE = ("--municipality", "soderhamn", "--source", "SCB")
TWO_GB = 2_000_000_000
MOST_READ = 300 * 1024 * 1024  # a table of 64 MB is taken in before it is told to be too large


@pytest.fixture
def run(app: Flask, session: Session, municipality: Municipality) -> Run:
    """``run("import", "areas", file, ...)``."""
    session.commit()

    def invoke(*arguments: object) -> Result:
        with app.app_context():
            return CliRunner().invoke(cli, [str(it) for it in arguments], catch_exceptions=False)

    return invoke


def n_stored(session: Session) -> int:
    session.rollback()
    counts = (select(func.count()).select_from(it) for it in (Area, PopulationGrid, NamedPlace))
    return sum(session.scalar(count) or 0 for count in counts)


def answered(run: Run, session: Session, *arguments: object) -> str:
    before = n_stored(session)
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert len(result.stderr.splitlines()) <= 3
    assert n_stored(session) == before
    return result.stderr


@pytest.mark.parametrize(
    ("what", "name", "options"),
    [
        ("areas", "a.gpkg", (*HERE, "--kind", "deso")),
        ("areas", "a.geojson", (*HERE, "--kind", "deso")),
        ("outline", "a.gpkg", HERE[:2]),
        ("population", "a.csv", HERE),
        ("population", "a.gpkg", HERE),
        ("places", "a.csv", HERE),
        ("places", "a.geojson", HERE),
        ("streets", "a.gpkg", HERE),
        ("basemap", "a.geojson", ("--attribution", "© Vi")),
        ("population-counts", "a.csv", HERE),
    ],
)
def test_two_gigabytes_are_refused_before_they_are_read(
    run: Run, session: Session, tmp_path: Path, what: str, name: str, options: tuple[str, ...]
) -> None:
    file = tmp_path / name
    with file.open("wb") as opened:
        opened.truncate(TWO_GB)
    tracemalloc.start()
    said = answered(run, session, "import", what, file, *options)
    read = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "större än" in said
    assert read < MOST_READ


@pytest.mark.parametrize("what", ["hotspots", "scan", "gi"])
def test_two_gigabytes_of_points_are_refused_too(
    run: Run, session: Session, tmp_path: Path, what: str
) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "out"
    with file.open("wb") as opened:
        opened.truncate(TWO_GB)
    options: tuple[str, ...] = {
        "hotspots": (),
        "scan": ("--x", "x", "--y", "y", "--cases", "c", "--population", "p"),
        "gi": ("--x", "x", "--y", "y", "--value", "v", "--distance", "100"),
    }[what]
    said = answered(run, session, "analyse", what, file, "--out", out, *options)
    assert "är större än" in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("lon,lat,population\n17.06,61.3,0\n17.07,61.3,0\n", "Ingen bor i någon av rutorna"),
        ("lon,lat,population\n", "inga rader"),
        ("lon,lat,population\n61.3,17.06,5\n", "bytt plats"),
        ("lon,lat,population\nNaN,61.3,5\n", "rad 2"),
        ("lon,lat,population\n610000,6790000,5\n", "rad 2"),
        ("lon,lat,population\n17,06,61,3,5\n", "semikolon"),
        ("lon,lat,population\n18.06,59.33,5\n", "Rader utanför: 1."),
        ("rutid,population\n123,5\n", "rad 2"),
    ],
)
def test_a_population_that_says_nothing_is_told(
    run: Run, session: Session, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(content)
    assert said in answered(run, session, "import", "population", file, *HERE)


def test_squares_that_stand_twice_are_added_together_and_told(
    run: Run, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text("lon;lat;population\n17,06;61,3;1 200\n17,07;61,3;30\n17,06;61,3;1\u00a0300\n")
    done = run("import", "population", file, *HERE)
    assert "1 rad gäller en ruta som redan står i filen: antalen är lagda samman." in done.stderr
    assert "2 rutor" in done.stdout
    assert "2530 invånare" in done.stdout
    session.rollback()
    assert session.scalars(select(PopulationGrid.n_cells)).one() == 2


def test_a_list_of_places_without_places_is_told(
    run: Run, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text("name,lat,lon\n")
    told = answered(run, session, "import", "places", file, *HERE)
    assert "Det finns ingen plats i filen." in told


def by_hand(file: Path, kind: str, coordinates: Any) -> Path:
    """A file whose one shape no program would have written."""
    shape = {"type": kind, "coordinates": coordinates}
    columns = {"name": "Storgatan", "kod": "1"}
    row = {"type": "Feature", "properties": columns, "geometry": shape}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}))
    return file


NAN = float("nan")


@pytest.mark.parametrize(
    ("what", "kind", "coordinates", "said"),
    [
        ("areas", "Polygon", [[[17, 61.3], [17.1, 61.3]]], "ingen polygon med yta"),
        ("areas", "Polygon", [[[NAN, 61.3], [17.1, 61.3], [17, 61.4]]], "ingen polygon med yta"),
        ("areas", "Polygon", [], "ingen polygon med yta"),
        ("outline", "Polygon", [[[17, 61.3], [17.1, 61.3]]], "ingen polygon med yta"),
        ("streets", "LineString", [[17.06, 61.3]], "Ingen rad i filen är en linje"),
        ("streets", "LineString", [[179.9, 61.3], [-179.9, 61.3]], "Ingen rad i filen är en linje"),
        ("places", "LineString", [[17.06, 61.3]], "ingen position"),
    ],
)
def test_shapes_that_are_broken_off_are_told(
    run: Run,
    session: Session,
    tmp_path: Path,
    what: str,
    kind: str,
    coordinates: Any,
    said: str,
) -> None:
    file = by_hand(tmp_path / "a.geojson", kind, coordinates)
    options = HERE[:2] if what == "outline" else HERE
    more = ("--kind", "deso") if what == "areas" else ()
    assert said in answered(run, session, "import", what, file, *options, *more)


@pytest.mark.parametrize(
    "ring",
    [
        [[11, 55.3], [24.2, 55.3], [24.2, 69.1], [11, 69.1]],
        [[179.5, 61], [-179.5, 61], [-179.5, 62], [179.5, 62]],
        [[-180, -85], [180, -85], [180, 85], [-180, 85]],
    ],
)
def test_an_outline_wider_than_any_municipality_is_refused(
    run: Run, session: Session, tmp_path: Path, ring: Any
) -> None:
    file = by_hand(tmp_path / "a.geojson", "Polygon", [[*ring, ring[0]]])
    told = answered(run, session, "import", "outline", file, *HERE[:2])
    assert "bredare än någon kommun. Är det rätt fil?" in told


def test_an_area_whose_outline_is_open_is_closed(
    run: Run, session: Session, tmp_path: Path
) -> None:
    ring = [[17.0, 61.2], [17.1, 61.2], [17.1, 61.4], [17.0, 61.4]]
    file = by_hand(tmp_path / "a.geojson", "Polygon", [ring])
    before = n_stored(session)
    done = run("import", "areas", file, *HERE, "--kind", "deso")
    assert (done.exit_code, n_stored(session) - before) == (0, 1), done.output


def shapes(*wkt: str) -> list[Any]:
    return [shapely.from_wkt(text) for text in wkt]


@pytest.mark.parametrize(
    ("what", "wkt", "crs", "said"),
    [
        ("streets", "LINESTRING (61.3 17.06, 61.31 17.06)", 4326, "bytt plats"),
        ("streets", "LINESTRING (500 61.3, 501 61.31)", 4326, "finns inte på jordklotet"),
        ("streets", "POINT (17.06 61.3)", 4326, "Ingen rad i filen är en linje"),
        ("streets", "LINESTRING (17.06 61.3, 17.06 61.3)", 4326, "Ingen rad i filen är en linje"),
        ("streets", "LINESTRING (18.0 59.3, 18.1 59.3)", 4326, "Rader utanför"),
        ("places", "POINT (61.3 17.06)", 4326, "bytt plats"),
        ("places", "POINT EMPTY", 4326, "ingen position"),
        ("areas", "POINT (17.06 61.3)", 4326, "ingen polygon med yta"),
        (
            "areas",
            "POLYGON ((17 61.3, 17.1 61.3, 17 61.3, 17 61.3))",
            4326,
            "ingen polygon med yta",
        ),
        ("outline", "LINESTRING (17 61, 17.1 61.1)", 4326, "ingen polygon med yta"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
def test_shapes_that_mean_nothing_are_told(
    run: Run, session: Session, tmp_path: Path, what: str, wkt: str, crs: int, said: str
) -> None:
    file = tmp_path / "a.gpkg"
    gpd.GeoDataFrame({"name": ["Storgatan"], "kod": ["1"]}, geometry=shapes(wkt), crs=crs).to_file(
        file, engine="pyogrio"
    )
    options = HERE[:2] if what == "outline" else HERE
    kind = ("--kind", "deso") if what == "areas" else ()
    assert said in answered(run, session, "import", what, file, *options, *kind)
