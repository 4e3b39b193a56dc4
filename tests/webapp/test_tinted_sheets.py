"""A municipality's colour reaches its pages in the style sheets, and nowhere else."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.theme.palette import derive_theme
from tests.page import PageClient
from webapp.assets import read_assets
from webapp.tinted_sheets import TINTED, theme_address, tint_rules

VIOLET = "#5b2a86"
HOME = "/soderhamn/"


@pytest.fixture
def violet(municipality: Municipality, session: Session) -> Municipality:
    municipality.brand_color = VIOLET
    session.flush()
    return municipality


def sheet_of(client: PageClient, path: str = HOME) -> str:
    return str(client.get(path).one("link[rel=stylesheet]")["href"])


def test_a_municipality_without_a_colour_has_the_sheets_as_they_were_built(
    municipality: Municipality, client: PageClient
) -> None:
    assert re.fullmatch(r"/static/build/main-[0-9a-f]+\.css", sheet_of(client))


def test_a_municipality_s_pages_link_to_a_sheet_in_its_colour(
    violet: Municipality, client: PageClient
) -> None:
    address = sheet_of(client)
    assert re.fullmatch(r"/static/build/5b2a86-[0-9a-f]{16}/main-[0-9a-f]+\.css", address)
    answer = client.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    css = answer.get_data(as_text=True)
    theme = derive_theme(VIOLET)
    # The last word about the brand is the municipality's, in both modes.
    assert css.endswith(tint_rules(VIOLET))
    assert f"--brand:{theme.light.brand}" in tint_rules(VIOLET)
    assert f"--brand:{theme.dark.brand}" in tint_rules(VIOLET).split("prefers-color-scheme:dark")[1]


def test_the_sheet_never_changes_and_comes_in_the_smallest_form(
    violet: Municipality, client: PageClient
) -> None:
    address = sheet_of(client)
    plain = client.client.get(address).data
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    for encoding, read in unpack.items():
        answer = client.client.get(address, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert read(answer.data) == plain
        again = client.client.get(
            address, headers={"Accept-Encoding": encoding, "If-None-Match": answer.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")


def test_only_addresses_that_our_pages_gave_out_lead_anywhere(
    violet: Municipality, client: PageClient, app: Flask
) -> None:
    address = sheet_of(client)
    mark = address.split("/")[3].split("-")[1]
    for wrong in (
        address.replace("5b2a86", "5b2a87"),
        address.replace(mark, mark[::-1]),
        address.replace(mark, "0" * 16),
        address.replace("main-", "map-"),
        f"/static/build/{theme_address(VIOLET, secret='another secret')}/{address.split('/')[-1]}",
    ):
        assert client.client.get(wrong).status_code == 404, wrong


def test_a_sheet_that_a_page_linked_to_stays_when_the_colour_changes(
    violet: Municipality, client: PageClient, session: Session
) -> None:
    old = sheet_of(client)
    violet.brand_color = "#7a1f2b"
    session.commit()
    assert sheet_of(client) != old
    assert client.client.get(old).status_code == 200


def test_no_other_municipality_is_tinted(
    violet: Municipality, client: PageClient, session: Session
) -> None:
    assert "5b2a86" not in client.get("/").html
    assert "5b2a86" not in client.get("/logga-in").html


def test_every_sheet_that_sets_the_brand_can_be_tinted(app: Flask) -> None:
    build = read_assets(Path(app.static_folder or "") / "build")
    sheets = {name for name in build.names if name.endswith(".css")}
    sets_brand = {
        name
        for name in sheets
        if "--brand:" in (build.folder / build.names[name]).read_text(encoding="utf-8")
    }
    assert sets_brand == TINTED
