"""``trygghetsdialog export map``: the files of the page, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pyogrio
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.queries.maps.hotspots import get_latest_run
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import make_cluster, mark
from tests.factories.municipalities import make_named_place
from webapp.cli import cli

Export = Callable[..., Result]
MILLIMETRE = 72 / 25.4


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue)
    session.commit()
    return dialogue


def compute(session: Session, municipality: Municipality, dialogue: Dialogue) -> None:
    run = request_run(session, municipality, dialogue, now=NOW)
    compute_run(session, municipality, run.id, now=NOW)
    session.commit()


@pytest.fixture
def export(app: Flask, dialogue: Dialogue) -> Export:
    slug = dialogue.slug

    def run(out: Path, *options: str, dialogue: str = slug) -> Result:
        arguments = ["export", "map", "--municipality", "soderhamn", "--dialogue", dialogue]
        with app.app_context():
            return CliRunner().invoke(
                cli, [*arguments, "--out", str(out), *options], catch_exceptions=False
            )

    return run


def test_each_format_holds_the_hotspots_of_the_page(
    export: Export,
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    tmp_path: Path,
) -> None:
    compute(session, municipality, dialogue)
    run = get_latest_run(session, municipality, dialogue)
    assert run is not None
    names = [area.name for area in run.hotspots]
    session.rollback()
    for kind in ("gpkg", "geojson", "csv", "pdf"):
        result = export(tmp_path / f"karta.{kind}")
        assert result.exit_code == 0, result.stderr
    told = pyogrio.read_dataframe(tmp_path / "karta.gpkg", layer="hotspots")
    assert list(told["name"]) == names
    document = json.loads((tmp_path / "karta.geojson").read_text("utf-8"))
    found = [f["properties"]["name"] for f in document["features"]
             if f["properties"]["layer"] == "hotspots"]  # fmt: skip
    assert found == names
    about = " ".join(document["about"])
    for said in ("Källa: Söderhamns kommun", "Markeringar från", "SWEREF 99 TM", "färre än 5"):
        assert said in about
    assert '# about,"Källa: Söderhamns kommun' in (tmp_path / "karta.csv").read_text("utf-8-sig")
    with pikepdf.open(tmp_path / "karta.pdf") as page:
        (only,) = page.pages
        _, _, width, height = (float(edge) / MILLIMETRE for edge in only.MediaBox)
        assert (round(width), round(height)) == (420, 297)


def test_what_cannot_be_written_is_told_in_a_sentence(
    export: Export,
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    tmp_path: Path,
) -> None:
    cases = [
        (export(tmp_path / "karta.csv"), "Dialogen har ingen karta ännu."),
        (export(tmp_path / "karta.csv", dialogue="annan"), "ingen dialog"),
        (export(tmp_path / "karta.doc"), "gpkg, geojson, csv, pdf"),
    ]
    compute(session, municipality, dialogue)
    cases.append((export(tmp_path / "saknas" / "karta.csv"), "går inte att skriva"))
    make_response(session, dialogue, {2: ("ja", None)}, [mark(61.30, 17.06)])
    session.commit()
    cases.append((export(tmp_path / "karta.csv"), "Svaren har ändrats sedan kartan gjordes."))
    for result, said in cases:
        assert result.exit_code == 2
        assert said in result.stderr
    assert list(tmp_path.iterdir()) == []
