"""``import basemap``: files of each kind, refusals with their reasons, and the map in use."""

from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy.orm import Session

from maps.ground.base_store import FOLDER, forget_map, read_stored
from surveys.models.municipality import Municipality
from tests.factories.ground_files import write_osm
from webapp.cli import cli

Bring = Callable[..., Result]


@pytest.fixture
def bring(app: Flask, session: Session, municipality: Municipality) -> Iterator[Bring]:
    """``bring(file, "--attribution", "© X")``: run the command."""
    session.commit()

    def run(*arguments: object) -> Result:
        words = ["import", "basemap", *map(str, arguments)]
        with app.app_context():
            return CliRunner().invoke(cli, words, catch_exceptions=False)

    yield run
    forget_map(Path(app.instance_path) / FOLDER)


@pytest.fixture
def folder(app: Flask) -> Path:
    return Path(app.instance_path) / FOLDER


def test_a_geopackage_becomes_the_map_in_use(bring: Bring, folder: Path, tmp_path: Path) -> None:
    result = bring(
        write_osm(tmp_path), "--attribution", "© OpenStreetMaps bidragsgivare", "--date",
        "2026-11-01", "--source", "geofabrik",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert "Bakgrundskartan används nu" in result.stdout
    assert "water: 1 objekt" in result.stderr
    stored = read_stored(folder)
    assert stored is not None
    assert stored.attribution == "© OpenStreetMaps bidragsgivare"
    assert (stored.source, stored.dated) == ("geofabrik", "2026-11-01")


def test_a_file_of_tiles_is_taken_in_as_it_is(bring: Bring, folder: Path, tmp_path: Path) -> None:
    bring(write_osm(tmp_path), "--attribution", "©")
    first = read_stored(folder)
    assert first is not None
    copy = tmp_path / "copy.pmtiles"
    copy.write_bytes(first.path.read_bytes())
    result = bring(copy, "--attribution", "© Protomaps")
    assert result.exit_code == 0, result.stderr
    again = read_stored(folder)
    assert again is not None
    assert again.stamp == first.stamp
    assert again.attribution == "© Protomaps"
    assert copy.is_file()  # the operator's own file stays where it is


def test_the_map_can_be_taken_away(bring: Bring, folder: Path, tmp_path: Path) -> None:
    bring(write_osm(tmp_path), "--attribution", "©")
    assert "borttagen" in bring("--remove").stdout
    assert read_stored(folder) is None
    assert "ingen bakgrundskarta" in bring("--remove").stdout


def refused(result: Result, folder: Path, *words: str) -> None:
    assert result.exit_code == 2
    assert all(word in result.stderr for word in words), result.stderr
    assert "Traceback" not in result.stderr
    assert read_stored(folder) is None


def test_nobody_s_map_is_shown_without_saying_whose_it_is(
    bring: Bring, folder: Path, tmp_path: Path
) -> None:
    refused(bring(write_osm(tmp_path)), folder, "--attribution")
    refused(bring("--attribution", "©"), folder, "vilken fil")


def test_a_map_of_another_part_of_the_world_is_refused(
    bring: Bring, folder: Path, tmp_path: Path
) -> None:
    far = gpd.GeoDataFrame({"natural": ["water"]}, geometry=[shapely.box(2, 48, 3, 49)], crs=4326)
    far.to_file(tmp_path / "paris.geojson")
    refused(bring(tmp_path / "paris.geojson", "--attribution", "©"), folder, "ingenting")


@pytest.mark.parametrize("name", ["x.gpkg", "x.geojson", "x.pmtiles"])
def test_a_file_that_is_none_is_refused(
    bring: Bring, folder: Path, tmp_path: Path, name: str
) -> None:
    refused(bring(tmp_path / name, "--attribution", "©"), folder, name)
    (tmp_path / name).write_bytes(b"GIF89a nothing")
    refused(bring(tmp_path / name, "--attribution", "©"), folder, name)


def test_a_refused_file_leaves_the_map_in_use(bring: Bring, folder: Path, tmp_path: Path) -> None:
    bring(write_osm(tmp_path), "--attribution", "©")
    before = read_stored(folder)
    (tmp_path / "bad.pmtiles").write_bytes(b"PMTiles\x03")
    assert bring(tmp_path / "bad.pmtiles", "--attribution", "©").exit_code == 2
    assert read_stored(folder) == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["basemap.json", f"{before.stamp}.pmtiles" if before else ""]
    )
