"""The service worker, the page of what waits, and the survey on a home screen."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM

pytestmark = pytest.mark.usefixtures("dialogue")


def test_the_worker_looks_after_one_municipality_and_is_asked_for_anew(client: PageClient) -> None:
    answer = client.client.get("/soderhamn/sw.js")
    assert answer.mimetype in {"text/javascript", "application/javascript"}
    assert answer.headers["Cache-Control"] == "no-cache"
    for kept in ("survey-", "survey-more-", "form-"):
        assert f'"{kept}' in answer.get_data(as_text=True)
    assert "/map-" not in answer.get_data(as_text=True)


def test_the_page_of_what_waits_is_the_same_for_everybody(client: PageClient) -> None:
    page = client.get("/soderhamn/vantar")
    assert page.heading == "Svar på den här enheten"
    assert "Set-Cookie" not in page.response.headers
    assert page.one("meta[name=robots]")["content"] == "noindex"


def test_the_manifest_names_the_municipality_and_icons_that_exist(client: PageClient) -> None:
    manifest = client.client.get("/soderhamn/app.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert manifest.json["short_name"] == "Söderhamn"
    assert manifest.json["start_url"] == manifest.json["scope"] == "/soderhamn/"
    for icon in manifest.json["icons"]:
        picture = Image.open(BytesIO(client.client.get(icon["src"]).data))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_the_icon_has_the_municipality_s_colour(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    municipality.brand_color = "#7a1f5c"
    session.commit()
    picture = Image.open(BytesIO(client.client.get("/soderhamn/ikon-192.png").data)).convert("RGB")
    colours = {colour for _count, colour in picture.getcolors(192 * 192) or []}
    assert (0x7A, 0x1F, 0x5C) in colours


def test_who_saves_data_gets_no_picture_of_the_town(client: PageClient) -> None:
    for path in ("/", "/soderhamn/"):
        whole = client.get(path)
        light = client.get(path, headers={"Save-Data": "on"})
        assert whole.soup.select("svg.sky")
        assert not light.soup.select("svg.sky")
        assert "Save-Data" in whole.response.headers["Vary"]
        assert "Save-Data" in light.response.headers["Vary"]


def test_the_words_of_the_scripts_come_apart_from_the_page(client: PageClient) -> None:
    form = client.get(FORM).one("[data-survey]")
    answer = client.client.get(str(form["data-words"]))
    assert answer.json["stateWaiting"] == "Väntar på nät"
    assert answer.headers["Cache-Control"].startswith("public")


def test_a_page_kept_without_its_key_costs_one_more_press_where_no_script_draws_one(
    client: PageClient,
) -> None:
    page = client.get(FORM)
    refused = client.send(FORM, page, 400, key="", q3="Behåll mig")
    assert refused.fields()["q3"] == "Behåll mig"
    client.send(FORM, refused, 200)
