"""``trygghetsdialog import streets``: segments of any file, joined to streets that can be found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.crs import to_metres
from maps.streets import STREET_REACH_M
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.ground_files import write_osm
from tests.factories.hotspots import mark
from tests.factories.municipalities import make_named_place
from webapp.cli import cli

Bring = Callable[..., Result]
LAT, LON = 61.30, 17.06


@pytest.fixture
def bring(app: Flask, session: Session, municipality: Municipality) -> Bring:
    session.commit()

    def run(file: Path, *options: str) -> Result:
        arguments = ["import", "streets", str(file), "--municipality", "soderhamn"]
        with app.app_context():
            return CliRunner().invoke(
                cli, [*arguments, "--source", "NVDB", *options], catch_exceptions=False
            )

    return run


def at(east: float, north: float, length: float = 400, lat: float = LAT) -> shapely.LineString:
    """A line eastwards, from so many metres beside the middle of the town."""
    x, y = (float(axis) for axis in to_metres(lat, LON))
    return shapely.LineString([(x + east, y + north), (x + east + length, y + north)])


def write(file: Path, lines: list[Any], crs: int = 3006, **columns: list[Any]) -> Path:
    frame = gpd.GeoDataFrame(columns, geometry=lines, crs=3006)
    frame.to_crs(crs).to_file(file, engine="pyogrio")
    return file


def streets(session: Session) -> dict[str, NamedPlace]:
    session.rollback()
    found = session.scalars(select(NamedPlace).where(NamedPlace.search_key.is_not(None)))
    return {street.name: street for street in found}


@pytest.mark.parametrize(
    ("name", "column", "crs"),
    [("a.gpkg", "Gatunamn", 3006), ("a.geojson", "name", 4326), ("a.shp", "NAMN", 3857)],
)
def test_segments_of_one_street_are_joined_whatever_the_file_is(
    bring: Bring, session: Session, tmp_path: Path, name: str, column: str, crs: int
) -> None:
    lines = [at(0, 0), at(400, 0), at(0, 900, length=200)]
    names = ["Storgatan", "STORGATAN", "Ågatan"]
    file = write(tmp_path / name, lines, crs, **{column: [*names[:1], names[0], names[2]]})
    result = bring(file)
    assert result.exit_code == 0, result.stderr
    assert "2 gator av 3 avsnitt införda; 0 fanns tidigare." in result.stdout
    found = streets(session)
    assert set(found) == {"Storgatan", "Ågatan"}
    street = found["Storgatan"]
    assert street.kind is PlaceKind.ROAD
    assert street.source == "NVDB"
    assert street.radius_m == pytest.approx(400 + STREET_REACH_M, abs=15)
    assert street.line is not None
    run = shapely.geometry.shape(street.line)
    assert len(run.geoms) == 1
    assert (street.lat, street.lon) == pytest.approx((LAT, LON + 0.0075), abs=0.002)


def test_a_name_in_two_towns_is_two_streets_and_without_towns_one(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    lines = [at(0, 0), at(0, 0, lat=61.20)]
    file = write(tmp_path / "a.gpkg", lines, name=["Storgatan", "Storgatan"])
    assert bring(file).exit_code == 0
    assert set(streets(session)) == {"Storgatan"}
    for town, lat in (("Söderhamn", 61.30), ("Ljusne", 61.20)):
        make_named_place(
            session, municipality, town, kind=PlaceKind.LOCALITY, lat=lat, lon=LON, aliases=[]
        )
    session.commit()
    assert "2 gator av 2 avsnitt införda; 1 fanns tidigare." in bring(file).stdout
    assert set(streets(session)) == {"Storgatan, Söderhamn", "Storgatan, Ljusne"}


def test_what_is_left_out_is_counted_and_said(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    make_named_place(session, municipality, "Järnvägsgatan", aliases=[])
    session.commit()
    lines = [
        at(0, 0),
        at(0, 100),
        shapely.LineString([at(0, 0).coords[0]] * 2),
        at(0, -900_000),
        at(0, 300),
        at(0, 500).centroid,
        at(0, 700),
    ]
    names = ["Storgatan", None, "Punktgatan", "Drottninggatan", "Järnvägsgatan", "Torget", "83-1"]
    result = bring(write(tmp_path / "a.gpkg", lines, name=names))
    assert result.exit_code == 0, result.stderr
    assert "Avsnitt utan namn i kolumnen name är utelämnade: 1." in result.stderr
    assert (
        "Avsnitt med ett namn utan bokstäver, som ingen kan söka efter, är utelämnade: 1."
        in result.stderr
    )
    assert (
        "Rader som inte är linjer, eller är linjer utan längd, är utelämnade: 2." in result.stderr
    )
    assert "1 rad ligger utanför kommunen och är inte med." in result.stderr
    assert "1 gata finns redan som plats i registret" in result.stderr
    assert "Järnvägsgatan" in result.stderr
    assert set(streets(session)) == {"Storgatan"}


def test_the_roads_of_openstreetmap_are_taken_and_its_streams_are_not(
    bring: Bring, session: Session, tmp_path: Path
) -> None:
    result = bring(write_osm(tmp_path))
    assert result.exit_code == 0, result.stderr
    assert set(streets(session)) == {"Storgatan", "E4"}
    frame = gpd.GeoDataFrame(
        {"highway": ["residential", None], "name": ["Storgatan", "Bäcken"]},
        geometry=[at(0, 0), at(0, 300)],
        crs=3006,
    )
    frame.to_file(tmp_path / "b.gpkg", engine="pyogrio")
    assert "Rader som inte är vägar är utelämnade: 1." in bring(tmp_path / "b.gpkg").stderr
    assert set(streets(session)) == {"Storgatan"}


def test_a_new_network_replaces_the_old_and_keeps_what_answers_name(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    names = ["Storgatan", "Ågatan", "Kyrkogatan"]
    bring(write(tmp_path / "a.gpkg", [at(0, 0), at(0, 200), at(0, 400)], name=names))
    before = streets(session)
    dialogue = make_dialogue(session, municipality)
    told = mark(LAT, LON, named_place_id=before["Ågatan"].id)
    make_response(session, dialogue, {2: ("ja", None)}, [told])
    session.commit()
    kept_id, same_id = before["Ågatan"].id, before["Storgatan"].id
    result = bring(write(tmp_path / "b.gpkg", [at(0, 50)], name=["Storgatan"]))
    assert "1 gata behålls fast filen saknar den: svar nämner den." in result.stderr
    after = streets(session)
    assert set(after) == {"Storgatan", "Ågatan"}
    assert (after["Ågatan"].id, after["Storgatan"].id) == (kept_id, same_id)


def test_a_file_without_streets_changes_nothing_and_says_why(
    bring: Bring, session: Session, tmp_path: Path
) -> None:
    nameless = write(tmp_path / "a.gpkg", [at(0, 0)], name=[None])
    result = bring(nameless)
    assert result.exit_code == 2
    assert "Ingen rad i filen är en linje med ett namn" in result.stderr
    other = write(tmp_path / "b.gpkg", [at(0, 0)], vad=["Storgatan"])
    result = bring(other)
    assert result.exit_code == 2
    assert "Det finns ingen kolumn för --name" in result.stderr
    assert "vad" in result.stderr
    assert bring(other, "--name", "VAD").exit_code == 0
    assert set(streets(session)) == {"Storgatan"}
    gone = bring(write(tmp_path / "c.gpkg", [at(0, -900_000)], name=["Storgatan"]))
    assert gone.exit_code == 2
    assert "Rader utanför: 1." in gone.stderr
