"""The commands that import the ground: each kind of file, whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from maps.crs import to_metres
from surveys.models.geography import Area, PopulationGrid
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import make_cluster
from tests.factories.municipalities import make_named_place
from webapp.cli import cli
from webapp.commands.place_kinds import KindGuesses, kind_words

Bring = Callable[..., Result]


@pytest.fixture
def bring(app: Flask, session: Session, municipality: Municipality) -> Bring:
    """``bring("areas", file, "--kind", "deso")``: run the command for Söderhamn."""
    session.commit()

    def run(what: str, file: Path, *options: str, source: str | None = "SCB") -> Result:
        arguments = ["import", what, str(file), "--municipality", "soderhamn", *options]
        if source is not None and what != "outline":
            arguments += ["--source", source]
        with app.app_context():
            return CliRunner().invoke(cli, arguments, catch_exceptions=False)

    return run


def rows(session: Session, model: type[Any], municipality: Municipality) -> list[Any]:
    """What is stored of one kind."""
    session.rollback()
    statement = select(model).where(model.municipality_id == municipality.id).order_by(model.id)
    return list(session.scalars(statement))


def square(east: float, north: float, side: float = 1000) -> shapely.Geometry:
    return shapely.box(east, north, east + side, north + side)


def write(
    file: Path, shapes: list[shapely.Geometry], crs: int | None = 3006, **columns: Any
) -> Path:
    """A file of GDAL's, of the kind that its name says."""
    gpd.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(file, engine="pyogrio")
    return file


def middle() -> tuple[float, float]:
    east, north = (float(axis) for axis in to_metres(61.30, 17.06))
    return round(east, -3), round(north, -3)


@pytest.mark.parametrize("name", ["areas.gpkg", "areas.geojson"])
def test_areas_are_converted_and_those_outside_left_out(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path, name: str
) -> None:
    east, north = middle()
    shapes = [square(east, north), square(east + 1000, north), square(east, north - 900_000)]
    columns = {"desokod": ["2182A0010", "2182A0020", "0180A"], "antal": [1200, 800, 5]}
    file = write(tmp_path / name, shapes, **columns)
    result = bring("areas", file, "--kind", "deso", "--population", "antal", "--date", "2024-12-31")
    assert result.exit_code == 0, result.stderr
    assert "2 områden införda; 0 ersattes." in result.stdout
    assert "1 rad ligger utanför kommunen" in result.stderr
    assert "EPSG:3006" in result.stderr
    first, second = rows(session, Area, municipality)
    assert (first.code, first.name, first.population) == ("2182A0010", "2182A0010", 1200)
    assert (first.source, str(first.dated_on)) == ("SCB", "2024-12-31")
    assert second.population == 800
    middle_of = shapely.geometry.shape(first.geometry).centroid
    assert (middle_of.y, middle_of.x) == pytest.approx((61.30, 17.06), abs=0.02)
    again = bring("areas", file, "--kind", "deso")
    assert "2 områden införda; 2 ersattes." in again.stdout
    assert [area.population for area in rows(session, Area, municipality)] == [None, None]


def test_an_outline_that_crosses_itself_is_mended_and_said(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    east, north = middle()
    bow = shapely.Polygon(
        [(east, north), (east + 900, north + 900), (east + 900, north), (east, north + 900)]
    )
    file = write(tmp_path / "a.gpkg", [bow], kod=["1"])
    result = bring("areas", file, "--kind", "district")
    assert "1 gräns korsade sig själv och lagades" in result.stderr
    (area,) = rows(session, Area, municipality)
    assert shapely.geometry.shape(area.geometry).is_valid
    result = bring("outline", file)
    assert result.exit_code == 0
    assert "i 2 delar. Den ersatte en tidigare." in result.stdout
    session.rollback()
    assert municipality.outline is not None
    assert municipality.outline["type"] == "MultiPolygon"


def test_an_outline_of_several_rows_is_joined_with_a_warning_that_names_them(
    bring: Bring, tmp_path: Path
) -> None:
    east, north = middle()
    shapes = [square(east, north), square(east + 5000, north)]
    file = write(tmp_path / "a.gpkg", shapes, namn=["Söderhamn", "Bollnäs"])
    result = bring("outline", file)
    assert result.exit_code == 0
    assert "Filen har 2 polygoner på egna rader" in result.stderr
    assert "De första: Söderhamn, Bollnäs." in result.stderr
    result = bring("outline", write(tmp_path / "b.gpkg", shapes[:1], namn=["Söderhamn"]))
    assert "egna rader" not in result.stderr
    assert "i 1 del. Den ersatte en tidigare." in result.stdout


def test_one_bad_row_is_told_by_its_number_and_nothing_is_stored(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    east, north = middle()
    shapes = [square(east, north), square(east + 1000, north), square(east, north + 1000)]
    file = write(tmp_path / "a.gpkg", shapes, kod=["1", "1", ""], n=["5", "7", "många"])
    result = bring("areas", file, "--kind", "district", "--population", "n")
    assert result.exit_code == 2
    assert "rad 2: koden ”1” står två gånger." in result.stderr
    assert "rad 3: koden är ””." in result.stderr
    assert "2 rader är fel, så inget är sparat." in result.stderr
    assert rows(session, Area, municipality) == []


@pytest.mark.parametrize("what", ["areas", "population", "places", "outline"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Filen är tom."),
        (b"\x89PNG\r\n\x1a\n not a map", "ingen geografisk fil"),
        (b'{"type": "FeatureCollection", "features": []}', "Filen är tom."),
        (None, "går inte att läsa"),
    ],
)
def test_what_is_no_file_of_geography_is_told_in_a_sentence(
    bring: Bring, tmp_path: Path, what: str, content: bytes | None, said: str
) -> None:
    file = tmp_path / "fil.geojson"
    if content is not None:
        file.write_bytes(content)
    result = bring(what, file, *(["--kind", "deso"] if what == "areas" else []))
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_file_without_crs_and_swapped_axes_are_refused(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    east, north = middle()
    result = bring("outline", write(tmp_path / "a.gpkg", [square(east, north)], crs=None))
    assert result.exit_code == 2
    assert "säger inte vilket koordinatsystem" in result.stderr
    turned = shapely.box(61.2, 17.0, 61.4, 17.2)
    result = bring("outline", write(tmp_path / "b.geojson", [turned], crs=4326))
    assert "rad 1: lat och lon verkar ha bytt plats" in result.stderr
    metres = {"type": "FeatureCollection", "features": []}
    geometry = shapely.geometry.mapping(square(east, north))
    metres["features"] = [{"type": "Feature", "properties": {}, "geometry": geometry}]
    file = tmp_path / "c.geojson"
    file.write_text(json.dumps(metres))
    assert "rad 1: positionen finns inte på jordklotet" in bring("outline", file).stderr


def test_areas_of_another_municipality_are_refused_as_a_whole(bring: Bring, tmp_path: Path) -> None:
    east, north = middle()
    file = write(tmp_path / "a.gpkg", [square(east, north - 500_000)], deso=["0180A"])
    result = bring("areas", file, "--kind", "deso")
    assert result.exit_code == 2
    assert "Inget av det ligger i kommunen. Rader utanför: 1." in result.stderr


def test_population_as_middles_with_decimal_commas(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    file = tmp_path / "folk.csv"
    file.write_text(
        "lon;lat;population\n17,0600;61,3000;120\n17,0647;61,3000;30,5\n17,06;61,30225;0\n"
        "18,06;59,33;9000\n"
    )
    result = bring("population", file, source="Påhittad")
    assert result.exit_code == 0, result.stderr
    assert "2 rutor om cirka 250 m med 150 invånare införda." in result.stdout
    assert "1 rad ligger utanför kommunen" in result.stderr
    (grid,) = rows(session, PopulationGrid, municipality)
    assert (grid.n_cells, grid.population, grid.source) == (2, 150, "Påhittad")
    cells = np.frombuffer(grid.cells, dtype="<f8").reshape(-1, 3)
    assert cells.tolist() == [[17.06, 61.3, 120.0], [17.0647, 61.3, 30.5]]
    assert bring("population", file).exit_code == 0
    assert len(rows(session, PopulationGrid, municipality)) == 1


def test_population_that_a_spreadsheet_saved_as_unicode_text(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    file = tmp_path / "folk.csv"
    file.write_text("lon\tlat\tpopulation\n17,06\t61,3\t5\n17,08\t61,3\t7\n", encoding="utf-16")
    result = bring("population", file)
    assert result.exit_code == 0, result.stderr
    (grid,) = rows(session, PopulationGrid, municipality)
    assert np.frombuffer(grid.cells, dtype="<f8").reshape(-1, 3)[:, 2].tolist() == [5, 7]


def test_population_by_the_names_of_squares_and_as_squares(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    east, north = middle()
    named = tmp_path / "rutor.csv"
    lines = [f"{int(east + 1000 * i):06d}{int(north):07d},{10 + i}" for i in range(3)]
    named.write_text("\n".join(["Ruta,beftotalt", *lines]))
    result = bring("population", named, "--population", "beftotalt")
    assert "3 rutor om cirka 1000 m med 33 invånare införda." in result.stdout
    (grid,) = rows(session, PopulationGrid, municipality)
    by_name = np.frombuffer(grid.cells, dtype="<f8").reshape(-1, 3)
    squares = [square(east + 1000 * i, north) for i in range(3)]
    file = write(tmp_path / "rutor.gpkg", squares, population=[10, 11, 12])
    assert bring("population", file).exit_code == 0
    (grid,) = rows(session, PopulationGrid, municipality)
    assert grid.cell_m == 1000
    as_squares = np.frombuffer(grid.cells, dtype="<f8").reshape(-1, 3)
    np.testing.assert_allclose(as_squares, by_name, atol=1e-5)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("lon,lat,population\n17.06,61.3,5\n17.07,,5\n", "rad 3: den har ingen position."),
        ("lon,lat,population\n17.06,61.3,-5\n", "rad 2: antalet är ”-5”."),
        ("lon,lat,population\n17.06,61.3,NaN\n", "rad 2: antalet är ”NaN”."),
        ("lon,lat,population\n17.06,61.3,5\n17.07,61.3,många\n", "rad 3: antalet är ”många”."),
        ("lon,lat,population\n17.06,61.3,\n", "rad 2: där står inget antal invånare."),
        ("lon,lat,population\n61.3,17.06,5\n", "rad 2: lat och lon verkar ha bytt plats"),
        ("lon,lat,population\n17.06,61.3,0\n", "Ingen bor i någon av rutorna"),
        ("lon,lat,antal\n17.06,61.3,5\n", "ingen kolumn som heter population"),
        ("lon,lat,population\n", "inga rader"),
    ],
)
def test_a_population_with_a_fault_is_told_and_not_stored(
    bring: Bring,
    session: Session,
    municipality: Municipality,
    tmp_path: Path,
    content: str,
    said: str,
) -> None:
    file = tmp_path / "folk.csv"
    file.write_text(content)
    result = bring("population", file)
    assert result.exit_code == 2
    assert said in result.stderr
    assert rows(session, PopulationGrid, municipality) == []


def test_the_line_that_is_told_of_a_population_is_the_one_in_the_file(
    bring: Bring, tmp_path: Path
) -> None:
    file = tmp_path / "folk.csv"
    rows = ['"Norra\nbyn",17.06,61.3,5', "", "  ", "Torget,17.07,61.3,många", "", "Å,17.08,,5", ""]
    file.write_text("\n".join(["ort,lon,lat,population", *rows]))
    told = bring("population", file).stderr
    assert "rad 6: antalet är ”många”." in told
    assert "rad 8: den har ingen position." in told


def test_places_are_added_by_name_and_known_ones_keep_their_position(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    make_named_place(session, municipality, "Torget", lat=61.3041, lon=17.0612, aliases=["stan"])
    session.commit()
    file = tmp_path / "platser.csv"
    file.write_text(
        "name;kind;lat;lon;population;radius_m;aliases\n"
        "Ljusne;locality;61,2117;17,1279;1900;;\n"
        "TORGET;park;61,4000;17,1000;40;900;stan|rådhuset\n"
    )
    result = bring("places", file, source="Kommunen")
    assert result.exit_code == 0, result.stderr
    assert "1 plats är ny, 1 fick invånarantal eller andra namn" in result.stdout
    places = {place.name: place for place in rows(session, NamedPlace, municipality)}
    new, known = places["Ljusne"], places["Torget"]
    assert (new.kind, new.population, new.radius_m) == (PlaceKind.LOCALITY, 1900, 800)
    assert (new.source, known.source) == ("Kommunen", "test")
    assert (known.lat, known.kind, known.radius_m) == (61.3041, PlaceKind.STATION, 150)
    assert (known.population, known.aliases) == (40, ["stan", "rådhuset"])
    again = bring("places", file, source="Kommunen")
    assert "0 platser är nya, 0 fick invånarantal eller andra namn, 2 fanns redan." in again.stdout


def test_places_of_geonames_and_as_points(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    def line(name: str, lat: str, lon: str, code: str, people: str) -> str:
        cells = ["1", name, name, "", lat, lon, code[0], code[2:], "SE", *[""] * 5, people]
        return "\t".join([*cells, "", "10", "Europe/Stockholm", "2024-01-01"])

    file = tmp_path / "SE.txt"
    file.write_text(
        "\n".join(
            [
                line("Söderhamn", "61.30373", "17.05921", "P.PPLA2", "12056"),
                line("Söderhamn", "61.3", "17.0", "P.PPL", "0"),
                line("Södra berget", "61.3", "17.0", "T.HLL", "0"),
                line("Gävle", "60.67452", "17.14174", "P.PPLA", "68635"),
            ]
        ),
        encoding="utf-8",
    )
    result = bring("places", file, source=None)
    assert result.exit_code == 0, result.stderr
    assert "1 plats är ny" in result.stdout
    (town,) = rows(session, NamedPlace, municipality)
    assert (town.name, town.population, town.kind) == ("Söderhamn", 12056, PlaceKind.LOCALITY)
    assert town.source == "GeoNames, CC BY 4.0"
    assert 1500 <= town.radius_m <= 2500
    east, north = middle()
    points = write(tmp_path / "p.geojson", [shapely.Point(east, north)], name=["Bron"])
    assert bring("places", points, source=None).exit_code == 2  # nobody has said who made it
    assert bring("places", points).exit_code == 0
    assert [place.name for place in rows(session, NamedPlace, municipality)][-1] == "Bron"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Bron,61.3,", "rad 3: bara en av lat och lon är ifylld"),
        ("Bron,17.06,61.3", "rad 3: lat och lon verkar ha bytt plats"),
        ("Bron,59.33,18.06", "rad 3: ”Bron” ligger utanför kommunen."),
        (",61.3,17.06", "rad 3: namnet är ””."),
        ("torget,61.3,17.06", "rad 3: namnet ”torget” står två gånger."),
        ("Bron,norr,17.06", "rad 3: lat eller lon är ”norr”"),
    ],
)
def test_a_list_with_a_fault_is_told_and_not_stored(
    bring: Bring,
    session: Session,
    municipality: Municipality,
    tmp_path: Path,
    row: str,
    said: str,
) -> None:
    file = tmp_path / "platser.csv"
    file.write_text(f"name,lat,lon\nTorget,61.3041,17.0612\n{row}\n")
    result = bring("places", file)
    assert result.exit_code == 2
    assert said in result.stderr
    assert rows(session, NamedPlace, municipality) == []


def test_what_marks_are_held_to_has_changed_so_maps_are_asked_for_again(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    make_cluster(session, make_dialogue(session, municipality))
    session.commit()
    file = tmp_path / "folk.csv"
    file.write_text("lon,lat,population\n17.06,61.3,120\n")
    assert bring("population", file).exit_code == 0
    session.rollback()
    statement = select(func.count()).where(
        HotspotRun.municipality_id == municipality.id, HotspotRun.state == RunState.QUEUED
    )
    assert session.scalar(statement) == 1


def test_an_unknown_municipality_is_told(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "folk.csv"
    file.write_text("lon,lat,population\n17.06,61.3,120\n")
    arguments = ["import", "population", str(file), "--municipality", "atlantis", "--source", "x"]
    with app.app_context():
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 2
    assert "Det finns ingen kommun med adressen atlantis." in result.stderr


def test_swedish_words_for_columns_and_kinds_are_read_and_told(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path
) -> None:
    file = tmp_path / "platser.csv"
    lines = [
        "Namn;Typ;Latitud;Longitud;Invånare",
        "Badhusparken;Park;61,3010;17,0600;",
        "Busstationen;Busstation;61,3020;17,0610;",
        "Norrbacka;bostadsområde;61,3030;17,0620;400",
        "Hållplats Torget;Hållplatser;61,3040;17,0630;",
        "Ljusne;tätort;61,2117;17,1279;1900",
    ]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    result = bring("places", file, source="Kommunen")
    assert result.exit_code == 0, result.stderr
    kinds = {place.name: place.kind for place in rows(session, NamedPlace, municipality)}
    assert kinds == {
        "Badhusparken": PlaceKind.PARK,
        "Busstationen": PlaceKind.STATION,
        "Norrbacka": PlaceKind.HOUSING,
        "Hållplats Torget": PlaceKind.BUS_STOP,
        "Ljusne": PlaceKind.LOCALITY,
    }
    assert "”bostadsområde” läses som ”Bostadsområde eller trapphus” (1 platser)." in result.stderr
    assert "”Hållplatser” läses som ”Busshållplats” (1 platser)." in result.stderr
    latin = tmp_path / "latin.csv"
    latin.write_bytes("namn\ttyp\tlat\tlon\nÅkroken\tSkola\t61.3\t17.06\n".encode("cp1252"))
    assert bring("places", latin, source="Kommunen").exit_code == 0
    assert rows(session, NamedPlace, municipality)[-1].name == "Åkroken"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("namn,typ,lat,lon\nTorget,rymdbas,61.3,17.06\n", "rad 2: slaget är ”rymdbas”."),
        ("namn,lat,lon\nTorget,61,30,17,06\n", "måste det stå semikolon mellan kolumnerna"),
        ("namn,höjd\nTorget,3\n", "Det finns ingen kolumn för lat, lon. Filen har: namn, höjd."),
        ("ort,bredd\nTorget,3\n", "name"),
    ],
)
def test_a_list_that_cannot_be_read_says_what_to_change(
    bring: Bring,
    session: Session,
    municipality: Municipality,
    tmp_path: Path,
    content: str,
    said: str,
) -> None:
    file = tmp_path / "platser.csv"
    file.write_text(content, encoding="utf-8")
    result = bring("places", file)
    assert result.exit_code == 2
    assert said in result.stderr
    assert rows(session, NamedPlace, municipality) == []


def test_a_kind_that_nobody_knows_is_answered_with_swedish_words(
    bring: Bring, tmp_path: Path
) -> None:
    file = tmp_path / "platser.csv"
    file.write_text("namn;lat;lon;typ\nStortorget;61,3;17,05;fyrtorn\n")
    result = bring("places", file)
    assert result.exit_code == 2
    assert "Skriv något av: ort, stadsdel, torg, station, hållplats," in result.stderr
    assert "youth_centre" not in result.stderr


def test_each_word_that_is_offered_for_a_kind_is_read_as_one() -> None:
    words = kind_words().split(", ")
    assert {KindGuesses().read(word) for word in words} == set(PlaceKind)


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_hostile_names_of_columns_layers_and_areas_are_names(
    bring: Bring, session: Session, municipality: Municipality, tmp_path: Path, ending: str
) -> None:
    """A file from somewhere else: what it calls things is never a command, a path or a sign that a
    page cannot hold.
    """
    east, north = middle()
    named = "Norr\x01\x07</script><b>\u202e'; DROP TABLE area; --"
    columns = {
        "regsokod": ["2182R001"],
        "regsonamn": [named],
        "__class__": ["x"],
        "index": ["y"],
        "a\"b'; DROP TABLE area; --": ["z"],
        "k" * 3000: ["w"],
        "{{7*7}}\n%(n)s": ["v"],
    }
    file = tmp_path / f"hostile.{ending}"
    frame = gpd.GeoDataFrame(columns, geometry=[square(east, north)], crs=3006)
    frame.to_file(file, engine="pyogrio", layer="x\"'; DROP TABLE gpkg_contents; --")
    told = bring("areas", file, "--kind", "regso")
    assert told.exit_code == 0, told.output
    (area,) = rows(session, Area, municipality)
    assert area.name == "Norr</script><b>\u202e'; DROP TABLE area; --"


def test_a_property_that_is_called_geometry_is_no_shape(bring: Bring, tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"geometry": "POINT (0 0)", "regsokod": "2182R001", "regsonamn": "Norr"},
        "geometry": shapely.geometry.mapping(shapely.box(17.0, 61.2, 17.1, 61.3)),
    }
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature] * 2}))
    told = bring("areas", file, "--kind", "regso")
    assert "Traceback" not in told.output
    assert told.output.strip()
