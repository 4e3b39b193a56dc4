"""The files of a map: what GDAL reads in them is what the page shows, feature by feature."""

import csv
import io
import json
import sqlite3
from bisect import bisect_right
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyogrio
import pytest
import shapely
from shapely.geometry import shape
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.files.export_styles import SEQUENCE, class_words
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.hotspot import HotspotRun
from surveys.models.map_export import ExportFormat, MapExport
from surveys.models.municipality import Municipality
from surveys.models.response import Response, SuspicionReview
from surveys.queries.maps.hotspots import RunSummary, get_latest_run
from surveys.services.dialogues.counting import settle_counting
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.map_export_making import (
    MapWriter,
    PrintMap,
    make_files,
    read_exports,
    store_files,
)
from surveys.services.maps.map_exports import request_exports
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import make_cluster
from tests.factories.municipalities import box, make_named_place


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue)
    for code, outline in (("A", box(17.0, 61.2, 17.06, 61.4)), ("B", box(17.3, 61.2, 17.31, 61.3))):
        session.add(
            Area(
                municipality_id=municipality.id, kind=AreaKind.DESO, code=code,
                name=f"Område {code}", geometry=outline, source="SCB",
            )
        )  # fmt: skip
    compute_run(
        session, municipality, request_run(session, municipality, dialogue, now=NOW).id, now=NOW
    )
    return dialogue


Files = dict[ExportFormat, bytes]


@pytest.fixture
def run(session: Session, municipality: Municipality, dialogue: Dialogue) -> RunSummary:
    run = get_latest_run(session, municipality, dialogue)
    assert run is not None
    return run


@pytest.fixture
def files(
    session: Session, municipality: Municipality, dialogue: Dialogue, run: RunSummary
) -> Files:
    assert request_exports(session, municipality, dialogue, now=NOW) == run.id
    source = read_exports(session, municipality, run.id)
    assert source is not None
    made = make_files(source, None)
    assert made is not None
    return made


@pytest.fixture
def geopackage(files: Files, tmp_path: Path) -> Path:
    file = tmp_path / "map.gpkg"
    file.write_bytes(files[ExportFormat.GEOPACKAGE])
    return file


def test_gdal_reads_each_hotspot_as_it_is_stored(geopackage: Path, run: RunSummary) -> None:
    frame = pyogrio.read_dataframe(geopackage, layer="hotspots")
    assert frame.crs.to_epsg() == 3006
    assert len(frame) == len(run.hotspots) > 0
    for row, area in zip(frame.to_crs(4326).itertuples(), run.hotspots, strict=True):
        assert (row.rank, row.name, row.n_respondents) == (area.rank, area.name, area.n_respondents)
        stored = shape(area.geometry)
        assert row.geometry.symmetric_difference(stored).area < stored.area * 1e-4


def test_the_three_formats_hold_the_same_features(files: Files, geopackage: Path) -> None:
    document = json.loads(files[ExportFormat.GEOJSON])
    rows = list(csv.DictReader(io.StringIO(files[ExportFormat.CSV].decode("utf-8-sig"))))
    for layer in ("hotspots", "cells", "areas_deso"):
        frame = pyogrio.read_dataframe(geopackage, layer=layer).to_crs(4326)
        features = [f for f in document["features"] if f["properties"]["layer"] == layer]
        told = [row for row in rows if row["layer"] == layer]
        assert len(frame) == len(features) == len(told) > 0
        for record, feature, row in zip(frame.to_dict("records"), features, told, strict=True):
            columns = {k: v for k, v in feature["properties"].items() if k != "layer"}
            assert set(record) == {*columns, "geometry"}
            for name, value in columns.items():
                assert _said(record[name]) == _said(value), (layer, name)
                assert row[name] == ("" if value is None else str(value)), (layer, name)
            outline = shape(feature["geometry"])
            for other in (record["geometry"], shapely.from_wkt(row["wkt"])):
                assert outline.symmetric_difference(other).area < outline.area * 0.01


def _said(value: object) -> object:
    """A value as the other format may hold it: a missing one is None, NaN or NaT to GDAL."""
    is_missing = value is None or value != value
    return None if is_missing else value


def test_gdal_reads_the_geojson_too(files: Files, tmp_path: Path) -> None:
    file = tmp_path / "map.geojson"
    file.write_bytes(files[ExportFormat.GEOJSON])
    frame = pyogrio.read_dataframe(file)
    assert set(frame["layer"]) == {"hotspots", "cells", "areas_deso"}


def test_nothing_with_too_few_persons_is_in_any_file(files: Files) -> None:
    features = json.loads(files[ExportFormat.GEOJSON])["features"]
    cells = [f["properties"] for f in features if f["properties"]["layer"] == "cells"]
    assert min(cell["from_respondents"] for cell in cells) >= 5
    assert not any("n_respondents" in cell for cell in cells)  # a class, as on the page
    areas = {
        f["properties"]["code"]: f["properties"] for f in features if "code" in f["properties"]
    }
    assert areas["A"]["n_respondents"] >= 5
    assert areas["B"]["is_withheld"] is True
    assert areas["B"]["n_respondents"] is None


def test_each_file_says_source_n_method_date_and_suppression(
    files: Files, geopackage: Path, run: RunSummary
) -> None:
    wanted = {"source", "n_respondents", "method", "computed_at", "suppression"}
    document = json.loads(files[ExportFormat.GEOJSON])
    assert document["n_respondents"] == run.n_respondents
    said = pyogrio.read_info(geopackage, layer="hotspots")
    for place in (document, said["layer_metadata"], said["dataset_metadata"]):
        assert wanted <= set(place)
    with closing(sqlite3.connect(geopackage)) as database:
        assert database.execute("SELECT count(*) FROM gpkg_metadata").fetchone()[0] > 0
    text = files[ExportFormat.CSV].decode("utf-8-sig")
    assert all(f"# {name}" in text for name in wanted)


def test_sentences_say_the_same_to_people_in_every_file(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    run: RunSummary,
    tmp_path: Path,
) -> None:
    request_exports(session, municipality, dialogue, now=NOW)
    source = read_exports(session, municipality, run.id)
    assert source is not None
    pages: list[str] = []

    def printed(page: PrintMap) -> bytes:
        pages.extend(page.data.about)
        return b"%PDF"

    writer = MapWriter(about=lambda _: ("Källa: kommunen.", "Utelämnat: få."), printed=printed)
    made = make_files(source, writer)
    assert made is not None
    assert json.loads(made[ExportFormat.GEOJSON])["about"] == pages
    assert "# about,Utelämnat: få." in made[ExportFormat.CSV].decode("utf-8-sig")
    file = tmp_path / "map.gpkg"
    file.write_bytes(made[ExportFormat.GEOPACKAGE])
    said = pyogrio.read_info(file, layer="cells")
    assert said["layer_metadata"]["DESCRIPTION"] == "Källa: kommunen. Utelämnat: få."
    assert set(make_files(source, writer, {ExportFormat.CSV}) or {}) == {ExportFormat.CSV}


def test_qgis_finds_a_style_for_each_layer(geopackage: Path, run: RunSummary) -> None:
    """QGIS looks in the table layer_styles for the default style of each layer."""
    with closing(sqlite3.connect(geopackage)) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        layers = dict(database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        listed = database.execute(
            "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
        ).fetchall()
    assert {name: column for name, column, _qml, _is_default in rows} == layers
    assert listed == [("attributes",)]
    for name, _column, qml, is_default in rows:
        root = ElementTree.fromstring(qml)  # noqa: S314 - our own
        assert is_default == 1
        renderer = root.find("renderer-v2")
        assert renderer is not None
        symbols = {symbol.get("name") for symbol in renderer.iter("symbol")}
        for category in renderer.iter("category"):
            assert category.get("symbol") in symbols
        if name == "cells":
            labels = [c.get("label") for c in renderer.iter("category")]
            limits = [int(limit) for limit in run.settings["class_limits"]]
            *closed, _highest = [f"{words} personer" for words in class_words(limits)]
            assert labels[:-1] == [*closed, f"minst {limits[-1]} personer"]


def test_each_division_is_a_layer_in_the_classes_of_its_page(
    session: Session, municipality: Municipality, dialogue: Dialogue, tmp_path: Path
) -> None:
    """Squares and areas differ in size, so a number that is high in one is low in the other."""
    session.add(
        Area(
            municipality_id=municipality.id, kind=AreaKind.DISTRICT, code="ALL", name="Hela",
            geometry=box(16.9, 61.1, 17.4, 61.5), source="Kommunen",
        )
    )  # fmt: skip
    run_id = request_run(session, municipality, dialogue, now=NOW).id
    compute_run(session, municipality, run_id, now=NOW)
    run = get_latest_run(session, municipality, dialogue)
    assert run is not None
    request_exports(session, municipality, dialogue, now=NOW)
    source = read_exports(session, municipality, run.id)
    assert source is not None
    made = make_files(source, None)
    assert made is not None
    file = tmp_path / "areas.gpkg"
    file.write_bytes(made[ExportFormat.GEOPACKAGE])
    with closing(sqlite3.connect(file)) as database:
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    views = run.layers.areas
    assert {view.kind for view in views} == {AreaKind.DESO, AreaKind.DISTRICT}
    for view in views:
        layer = f"areas_{view.kind.value}"
        frame = pyogrio.read_dataframe(file, layer=layer).set_index("name")
        for row in view.rows:
            assert _said(frame.loc[row.name, "n_respondents"]) == row.n
            if row.n is not None:
                assert frame.loc[row.name, "level"] == bisect_right(view.limits, row.n)
        lowest = ElementTree.fromstring(styles[layer]).find(".//category")  # noqa: S314 - our own
        assert lowest is not None
        assert lowest.get("label") == f"{class_words(view.limits)[0]} personer"
    assert any(view.limits != tuple(run.settings["class_limits"]) for view in views)


def test_a_name_that_looks_like_a_formula_is_a_text(
    session: Session, municipality: Municipality, dialogue: Dialogue, run: RunSummary
) -> None:
    stored = session.get(HotspotRun, run.id)
    assert stored is not None
    stored.hotspots[0].name = "=cmd|'/C calc'!A0"
    session.flush()
    request_exports(session, municipality, dialogue, now=NOW)
    source = read_exports(session, municipality, run.id)
    assert source is not None
    made: Any = make_files(source, None)
    assert ",=cmd" not in made[ExportFormat.CSV].decode()


def test_the_same_map_gives_the_same_geojson(
    session: Session, municipality: Municipality, run: RunSummary, files: Files
) -> None:
    source = read_exports(session, municipality, run.id)
    assert source is not None
    again: Any = make_files(source, None)
    assert again[ExportFormat.GEOJSON] == files[ExportFormat.GEOJSON]
    assert again[ExportFormat.CSV] == files[ExportFormat.CSV]


def test_no_files_are_made_of_other_marks_than_the_map_s(
    session: Session, municipality: Municipality, dialogue: Dialogue, run: RunSummary
) -> None:
    request_exports(session, municipality, dialogue, now=NOW)
    stored = session.get(HotspotRun, run.id)
    assert stored is not None
    stored.data_hash = "0" * 64  # of marks as they were before some changed
    session.flush()
    source = read_exports(session, municipality, run.id)
    assert source is not None
    assert make_files(source, None) is None


def test_a_withdrawn_answer_takes_the_files_along(
    session: Session, municipality: Municipality, dialogue: Dialogue, run: RunSummary, files: Files
) -> None:
    store_files(session, municipality, run.id, files)
    statement = select(Response).where(Response.dialogue_id == dialogue.id)
    response = next(r for r in session.scalars(statement) if r.places)
    response.suspicion_review = SuspicionReview.LEFT_OUT
    settle_counting(session, response, now=NOW)
    assert session.scalars(select(MapExport).where(MapExport.run_id == run.id)).all() == []


def test_classes_are_told_as_the_page_tells_them() -> None:
    assert class_words([5, 7, 8, 12]) == ["5–6", "7", "8–11", "12–"]
    assert class_words([]) == []


def test_the_colours_are_those_of_the_style_sheet() -> None:
    sheet = Path("webapp/frontend/scss/_tokens-data.scss").read_text(encoding="utf-8")
    assert all(f"--s{place}: {color};" in sheet for place, color in enumerate(SEQUENCE, start=1))
