"""A promise in another site's frame, and the page of a police area."""

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.models.municipality import Municipality
from surveys.models.plan import Activity
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.promises.content import promise_content
from surveys.services.editions.document_editions import freeze_edition
from tests.factories.municipalities import make_municipality
from tests.factories.promises import (
    PUBLISHED_AT,
    SLUG,
    hold,
    make_activity,
    make_point,
    make_promise,
)
from tests.page import PageClient

CARD = f"/soderhamn/loften/{SLUG}/kort"
AREA = "/polisomraden/halsingland"


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    return make_promise(session, municipality, title='Ljus & "trygghet"')


@pytest.fixture
def efforts(session: Session, municipality: Municipality, promise: Promise) -> Activity:
    activity = make_activity(session, municipality)
    make_point(session, promise, activities=[activity])
    hold(session, activity, date(2023, 5, 11))
    return activity


def test_the_card_may_stand_in_any_frame_and_no_other_page_may(
    efforts: Activity, client: PageClient
) -> None:
    headers = client.get(CARD).response.headers
    assert "frame-ancestors *" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    assert "Set-Cookie" not in headers
    for path in (f"/soderhamn/loften/{SLUG}", f"{CARD}/kod", "/soderhamn/"):
        headers = client.get(path).response.headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
    missing = client.get("/soderhamn/loften/finns-inte/kort", status=404).response.headers
    assert missing["X-Frame-Options"] == "DENY"


def test_the_card_tells_the_state_of_today_and_leads_out_of_the_frame(
    session: Session, efforts: Activity, client: PageClient
) -> None:
    page = client.get(CARD)
    assert "1 av 4 insatser mot narkotika" in page.text
    assert "Efter plan" in page.text
    assert {link["target"] for link in page.soup.select("a")} == {"_top"}
    assert page.soup.select("script, form, iframe, img") == []
    hold(session, efforts, date(2023, 6, 1), date(2023, 6, 8), date(2023, 6, 15))
    session.commit()
    assert "4 av 4 insatser mot narkotika" in client.get(CARD).text


def test_the_code_to_paste_is_right_whatever_the_promise_is_called(
    efforts: Activity, client: PageClient
) -> None:
    code = client.get(f"{CARD}/kod").one("textarea").get_text()
    assert f'src="http://localhost{CARD}"' in code
    assert re.search(r'title="Ljus &amp; &#34;trygghet&#34;" width', code)


def test_a_draft_has_no_card(session: Session, promise: Promise, client: PageClient) -> None:
    promise.published_at = None
    session.commit()
    client.get(CARD, status=404)
    client.get(f"{CARD}/kod", status=404)


def test_municipalities_of_an_area_stand_side_by_side_with_their_own_numbers(
    session: Session, municipality: Municipality, efforts: Activity, client: PageClient
) -> None:
    area = municipality.police_areas[0]
    neighbour = make_municipality(
        session, "hudiksvall", code="2184", name="Hudiksvall", official_name="Hudiksvalls kommun"
    )
    area.municipalities.append(neighbour)
    joint = make_promise(session, municipality, "gemensamt", title="Ett gemensamt löfte")
    joint.parties.append(PromiseMunicipality(municipality_id=neighbour.id, dnr="KS 24-7"))
    make_promise(session, neighbour, "eget", title="Ljus vid stationen").parties[0].dnr = "H 1"
    make_promise(session, neighbour, "utkast", title="Utkast", published_at=None)
    session.commit()
    page = client.get(AREA)
    assert page.heading == "Lokalpolisområde Hälsingland"
    assert page.text.count("Ett gemensamt löfte") == 1
    assert "Utkast" not in page.text
    parts = {section.h2.get_text(strip=True): section for section in page.soup.select("section")}
    assert list(parts) == ["Löften från flera kommuner tillsammans", "Hudiksvall", "Söderhamn"]
    hudiksvall, soderhamn = parts["Hudiksvall"].get_text(" "), parts["Söderhamn"].get_text(" ")
    assert "H 1" in hudiksvall
    assert "KS 21-100" not in hudiksvall
    assert "KS 21-100" in soderhamn
    assert "H 1" not in soderhamn
    numbers = [
        row.get_text(" ", strip=True) for row in page.soup.select("section:first-of-type dl div")
    ]
    assert numbers == ["Hudiksvall diarienummer KS 24-7", "Söderhamn diarienummer KS 21-100"]
    feeds = {link["href"] for link in page.soup.select("head link[rel=alternate]")}
    assert feeds == {"/hudiksvall/loften.atom", "/soderhamn/loften.atom"}


def test_an_area_that_is_not_there(promise: Promise, client: PageClient) -> None:
    client.get("/polisomraden/atlantis", status=404)


def test_the_page_of_an_area_tells_what_readers_have_while_a_promise_is_changed(
    session: Session, promise: Promise, client: PageClient
) -> None:
    content = promise_content(session, promise, PUBLISHED_AT.date())
    draft = EditionDraft(content, None)
    freeze_edition(session, promise.municipality, promise, draft, by="Polis", now=PUBLISHED_AT)
    published, promise.changing_since, promise.title = promise.title, PUBLISHED_AT, "Ett utkast"
    session.commit()
    page = client.get(AREA)
    assert "Ett utkast" not in page.text
    assert published in page.text
    feed = client.client.get(f"/soderhamn/loften/{SLUG}.atom").text
    for shown in (str(client.get(f"{CARD}/kod").soup), feed):
        assert "Ett utkast" not in shown


def test_no_page_tells_an_address_that_a_request_made_up(
    efforts: Activity, session: Session, client: PageClient
) -> None:
    session.commit()
    headers = {"Host": "elak.example"}
    for path in (
        "/soderhamn/",
        f"/soderhamn/loften/{SLUG}",
        f"{CARD}/kod",
        "/soderhamn/kalender.ics",
    ):
        assert "elak.example" not in client.client.get(path, headers=headers).text
