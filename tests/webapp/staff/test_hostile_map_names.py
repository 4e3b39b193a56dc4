"""Names that somebody has put into the register to break a map: in its files, page and printing."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pyogrio
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.map_exports import MAKE_EXPORTS
from surveys.text.typed import clean_text
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import make_cluster
from tests.factories.municipalities import make_account, make_named_place
from tests.page import PageClient
from webapp.worker import serve_jobs

PAGE = "/soderhamn/handlaggning/dialoger/oppen/karta"
NAMES = (
    "</text></svg><script>alert(1)</script>",
    '#panic("slut") #read("map.typ") ] } $x^2$ *fet* `kod` // \\',
    "\u202eNoitats\u202c \u0627\u0644\u0645\u062d\u0637\u0629",
    "Torget\r\nX-Header: 1\tflik\x07\x1b[31m",
    "W" * 120,
    "Torg \U0001f6a8 \ue000 \u0f3c",
    "'; DROP TABLE hotspot; --",
    "=HYPERLINK(1)",
)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue, persons=12)
    session.commit()
    return dialogue


@pytest.fixture
def staff(
    dialogue: Dialogue, sign_in: Callable[[User], PageClient], session: Session
) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def draw(session: Session, dialogue: Dialogue) -> HotspotRun:
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    session.commit()
    return run


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_a_name_in_every_file_of_the_map(
    app: Flask, session: Session, staff: PageClient, dialogue: Dialogue, name: str, tmp_path: Path
) -> None:
    name = clean_text(name)  # as every way into the register does
    make_named_place(session, dialogue.municipality, name)
    run = draw(session, dialogue)
    assert [spot.name for spot in run.hotspots] == [name]
    staff.post(f"{PAGE}/filer", staff.get(PAGE).fields(f"form[action='{PAGE}/filer']"), 303)
    serve_jobs(app).functions[MAKE_EXPORTS](run.municipality_id, run.id)
    page = staff.get(PAGE)
    links = {
        str(a["href"]).rsplit(".", 1)[-1]: str(a["href"]) for a in page.soup.select("#filer a")
    }
    files = {kind: staff.client.get(link).data for kind, link in links.items()}
    assert {"pdf", "gpkg", "geojson", "csv"} <= files.keys()
    _check_print(files["pdf"])
    found = json.loads(files["geojson"])["features"]
    assert [f["properties"]["name"] for f in found if f["properties"]["layer"] == "hotspots"] == [
        name
    ]
    rows = csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""))
    assert [row["name"].removeprefix("'") for row in rows if row["layer"] == "hotspots"] == [
        name.removeprefix("'")
    ]
    package = tmp_path / "map.gpkg"
    package.write_bytes(files["gpkg"])
    assert list(pyogrio.read_dataframe(package, layer="hotspots")["name"]) == [name]


def _check_print(content: bytes) -> None:
    """One page of A3, whatever the name: nothing runs over to a second, and nothing is run."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        assert not {"/JavaScript", "/OpenAction", "/AA"} & set(pdf.Root.keys())
