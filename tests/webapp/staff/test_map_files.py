"""The map as files: asked for on the page, made by the job process, downloaded by staff."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun
from surveys.models.map_export import ExportFormat, MapExport
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.map_export_making import (
    MapWriter,
    PrintMap,
    make_files,
    read_export_input,
)
from surveys.services.maps.map_exports import MAKE_EXPORTS
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import make_cluster
from tests.factories.municipalities import make_account, make_named_place
from tests.factories.promises import make_activity, make_plan
from tests.page import PageClient
from webapp.documents.map_facts import map_facts
from webapp.documents.map_print import map_words, printed_map
from webapp.worker import serve_jobs

PAGE = "/soderhamn/handlaggning/dialoger/oppen/karta"


@pytest.fixture
def run(session: Session, municipality: Municipality) -> HotspotRun:
    make_named_place(session, municipality)
    dialogue: Dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue, persons=12)
    run = request_run(session, municipality, dialogue, now=NOW)
    compute_run(session, municipality, run.id, now=NOW)
    session.commit()
    return run


@pytest.fixture
def staff(run: HotspotRun, sign_in: Callable[[User], PageClient], session: Session) -> PageClient:
    return sign_in(make_account(session, run.dialogue.municipality))


def ask(staff: PageClient) -> None:
    staff.post(f"{PAGE}/filer", staff.get(PAGE).fields(f"form[action='{PAGE}/filer']"), 303)


def made(staff: PageClient, app: Flask, run: HotspotRun) -> None:
    ask(staff)
    serve_jobs(app).functions[MAKE_EXPORTS](run.municipality_id, run.id)


def test_files_are_asked_for_and_said_to_be_under_way(staff: PageClient) -> None:
    assert "Gör filer av kartan" in staff.get(PAGE).words("#filer")
    ask(staff)
    assert "Karta att skriva ut, A3 (PDF): görs" in staff.get(PAGE).words("#filer")


def test_all_four_are_there_once_they_are_made(
    staff: PageClient, app: Flask, run: HotspotRun
) -> None:
    made(staff, app, run)
    links = [str(a["href"]) for a in staff.get(PAGE).soup.select("#filer a")]
    assert [link.rsplit(".", 1)[1] for link in links] == ["gpkg", "geojson", "csv", "pdf"]
    signs = {
        "gpkg": b"SQLite format 3",
        "geojson": b"{",
        "csv": b"\xef\xbb\xbflayer",
        "pdf": b"%PDF",
    }
    for link in links:
        kind = link.rsplit(".", 1)[1]
        answer = staff.client.get(link)
        assert answer.status_code == 200
        assert answer.data.startswith(signs[kind])
        assert f"soderhamn-oppen-karta.{kind}" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_printed_map_shows_what_is_done_with_letters_and_a_list(
    run: HotspotRun, session: Session, app: Flask
) -> None:
    municipality = run.dialogue.municipality
    station = session.scalars(
        select(NamedPlace).where(
            NamedPlace.municipality_id == municipality.id, NamedPlace.name == "Resecentrum"
        )
    ).one()
    shelter = make_named_place(session, municipality, "Kvinnojouren", is_sensitive=True)
    plan = make_plan(session, municipality)
    make_activity(session, municipality, plan, name="Vandring", named_place_id=station.id)
    make_activity(session, municipality, plan, name="Samtal", named_place_id=shelter.id)
    run.hotspots[0].is_at_least, run.hotspots[0].n_respondents = True, 15
    session.commit()
    source = read_export_input(session, municipality, run)
    assert source is not None
    pages: list[PrintMap] = []

    def printed(page: PrintMap) -> bytes:
        pages.append(page)
        return printed_map(page)

    with app.test_request_context():
        files = make_files(source, MapWriter(map_facts, printed), {ExportFormat.PDF})
        [page] = pages
        words = map_words(page)
    assert files is not None
    assert files[ExportFormat.PDF].startswith(b"%PDF")
    assert words["work"] == [{"letter": "A", "name": "Resecentrum", "detail": "Vandring"}]
    assert re.findall(r'spot-t"[^>]*>(\w+)<', words["svg"]) == ["A"]
    assert words["spot"] == "Hel ring eller linje med bokstav: en plats där något görs."
    assert "Kvinnojouren" not in str(words)
    assert words["rows"][0]["detail"] == "minst 15 personer"


def test_a_file_that_was_made_anew_is_never_taken_for_the_one_a_browser_has(
    staff: PageClient, app: Flask, run: HotspotRun, session: Session
) -> None:
    made(staff, app, run)
    [link] = [str(a["href"]) for a in staff.get(PAGE).soup.select("#filer a[href$=csv]")]
    first = staff.client.get(link)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert staff.client.get(link, headers=tag).status_code == 304

    session.rollback()
    chosen = (MapExport.run_id == run.id, MapExport.format == ExportFormat.CSV)
    file = session.scalars(select(MapExport).where(*chosen)).one()
    file.content = first.data[::-1]  # as long as before
    session.commit()

    assert staff.client.get(link, headers=tag).data == first.data[::-1]


def test_the_printed_map_is_one_tagged_page_of_a3(
    staff: PageClient, app: Flask, run: HotspotRun
) -> None:
    made(staff, app, run)
    [link] = [str(a["href"]) for a in staff.get(PAGE).soup.select("#filer a[href$=pdf]")]
    with pikepdf.open(io.BytesIO(staff.client.get(link).data)) as pdf:
        [page] = pdf.pages
        width, height = (float(side) * 25.4 / 72 for side in page.mediabox[2:])
        assert (round(width), round(height)) == (420, 297)
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv"


def test_files_are_not_sent_across_dialogues_or_before_they_are_made(
    staff: PageClient, session: Session, run: HotspotRun
) -> None:
    make_dialogue(session, run.dialogue.municipality, slug="annan")
    session.commit()
    ask(staff)
    staff.get(f"{PAGE}/{run.id}/karta.csv", 404)
    staff.get(f"{PAGE.replace('oppen', 'annan')}/{run.id}/karta.csv", 404)
