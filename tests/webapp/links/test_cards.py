"""Share cards: right for each phase, in full size, and named by the pages they belong to."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from PIL import Image, ImageChops
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.promise import PointMeasure, PointStatus
from tests.conftest import Clock
from tests.demo_site import DemoSite
from tests.factories.dialogues import CLOSES_AT, OPENS_AT, make_dialogue
from tests.factories.promises import SLUG, hold, make_activity, make_point, make_promise
from tests.page import Page, PageClient
from webapp import cards
from webapp.cards import Card

FORM = "/soderhamn/dialoger/oppen"
MOMENTS = {
    "upcoming": OPENS_AT - timedelta(days=3),
    "open": OPENS_AT + timedelta(days=10),
    "three days": CLOSES_AT - timedelta(days=3),
    "last day": CLOSES_AT - timedelta(hours=3),
    "closed": CLOSES_AT + timedelta(days=1),
}


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    dialogue = make_dialogue(session, municipality)
    session.commit()
    return dialogue


def meta(page: Page, name: str) -> str:
    return str(page.one(f"meta[property='{name}'], meta[name='{name}']")["content"])


def shared(client: PageClient, page: Page) -> tuple[Image.Image, str]:
    """The picture that the page names, and its alternative text."""
    address = urlsplit(meta(page, "og:image"))
    assert (address.scheme, address.netloc) == ("http", "localhost")
    assert meta(page, "og:title") == page.heading
    assert meta(page, "twitter:card") == "summary_large_image"
    answer = client.client.get(f"{address.path}?{address.query}")
    assert answer.mimetype == "image/png"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    picture = Image.open(io.BytesIO(answer.data))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(answer.data) < 300_000  # what WhatsApp shows
    return picture, meta(page, "og:image:alt")


@pytest.mark.parametrize(
    ("moment", "fact"),
    [
        ("upcoming", "Öppnar 1 juli 2023. Sista dag: 31 augusti 2023"),
        ("open", "Svara på två minuter. Sista dag: 31 augusti 2023"),
        ("three days", "3 dagar kvar. Sista dag: 31 augusti 2023"),
        ("last day", "Sista dagen. Sista dag: 31 augusti 2023"),
        ("closed", "Dialogen har stängt. Tack till alla som svarade."),
    ],
)
def test_the_card_says_how_the_dialogue_stands(
    client: PageClient, clock: Clock, dialogue: Dialogue, moment: str, fact: str
) -> None:
    clock.now = MOMENTS[moment]
    picture, alt = shared(client, client.get(FORM))
    words = alt.replace("\N{NO-BREAK SPACE}", " ")
    assert words == f"Söderhamns kommun. Frågor om trygghet i Söderhamn. {fact}"
    assert picture.getpixel((1190, 620))[:3] == (0x17, 0x53, 0x5A)  # the town stands at the foot


def test_each_phase_has_a_picture_and_an_address_of_its_own(
    client: PageClient, clock: Clock, dialogue: Dialogue
) -> None:
    """Those who show previews keep a picture by its address, for weeks."""
    pictures, addresses = set(), set()
    for clock.now in MOMENTS.values():
        page = client.get(FORM)
        pictures.add(shared(client, page)[0].tobytes())
        addresses.add(meta(page, "og:image"))
    assert len(pictures) == len(addresses) == len(MOMENTS)


def test_an_unchanged_card_is_neither_drawn_nor_sent_again(
    client: PageClient, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.client.get(f"{FORM}/kort.png")
    monkeypatch.setattr(cards, "_draw", lambda _card: pytest.fail("drawn again"))
    again = client.client.get(f"{FORM}/kort.png", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_municipality_s_colour_is_the_card_s(
    client: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    municipality.brand_color = "#7B2D5E"
    session.commit()
    picture, _ = shared(client, client.get(FORM))
    assert picture.getpixel((1190, 620))[:3] == (0x7B, 0x2D, 0x5E)


def test_a_page_that_answers_a_form_names_no_card(client: PageClient, dialogue: Dialogue) -> None:
    refused = client.send(FORM, client.get(FORM), 422)
    assert not refused.soup.select("meta[property='og:image']")


def test_a_shared_link_keeps_its_short_address(client: PageClient, dialogue: Dialogue) -> None:
    page = client.get(f"{FORM}?via=soderhamn-fb")
    assert "via" not in meta(page, "og:image")
    assert not page.soup.select("meta[property='og:url'], link[rel=canonical][href*=via]")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/soderhamn/", "Svara på två minuter"),
        ("/harnosand/", "Härnösands kommun"),
        ("/soderhamn/loften/", "Så går det med löftet"),
        ("/soderhamn/loften/farre-unga-i-kriminalitet-mindre-narkotika", "av"),
    ],
)
def test_the_demo_s_pages_name_their_cards(demo_site: DemoSite, path: str, words: str) -> None:
    client = demo_site.reader()
    _, alt = shared(client, client.get(path))
    assert words in alt


def test_arabic_is_set_from_the_right(app: Flask, difference: Callable[[Card, Card], int]) -> None:
    arabic = Card("ar", "rtl", "soderhamn", "Söderhamns kommun", "", "", "بقي 3 أيام")
    empty = Card("ar", "rtl", "soderhamn", "Söderhamns kommun", "", "", "")
    left = difference(arabic, empty)
    assert left > 600, "the words end at the right edge and leave the left half empty"


@pytest.fixture
def difference(app: Flask) -> Callable[[Card, Card], int]:
    """Where, from the left, the pictures of two cards begin to differ."""

    def compare(one: Card, other: Card) -> int:
        with app.test_request_context():
            drawn = [Image.open(io.BytesIO(cards._draw(card))) for card in (one, other)]
        box = ImageChops.difference(*(image.convert("RGB") for image in drawn)).getbbox()
        assert box is not None
        return int(box[0])

    return compare


def test_what_is_written_is_text_and_never_a_command(app: Flask) -> None:
    trick = '#panic("x") *fet* $ \\ ] <b> "'
    with app.test_request_context():
        assert cards._draw(Card("sv", "ltr", "x", trick, trick, trick, trick, trick, trick))


def test_robots_may_read_what_is_spread_and_not_the_work_place(client: PageClient) -> None:
    text = client.client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /*/handlaggning/" in text
    assert "/s/" not in text
    assert "dialoger" not in text


@pytest.mark.parametrize(
    ("held", "values", "said"),
    [
        (1, {}, "1 av 4 insatser mot narkotika. Efter plan, 4 månader kvar"),
        (3, {}, "3 av 4 insatser mot narkotika. I fas, 4 månader kvar"),
        (4, {}, "4 av 4 insatser mot narkotika. Klart, 4 månader kvar"),
        (1, {"status": PointStatus.CANCELLED}, "1 av 4 insatser mot narkotika. Avbrutet, 4 m"),
        (0, {"measure": PointMeasure.NONE, "target_count": None}, "Kan inte mätas, 4 månader kvar"),
        (
            0,
            {"measure": PointMeasure.DONE, "target_count": None, "due_on": date(2023, 6, 1)},
            "Efter plan, 4 månader kvar",
        ),
    ],
)
def test_the_card_of_a_promise_says_how_it_goes(
    session: Session,
    municipality: Municipality,
    client: PageClient,
    held: int,
    values: dict[str, object],
    said: str,
) -> None:
    promise = make_promise(session, municipality)
    activity = make_activity(session, municipality)
    make_point(session, promise, activities=[activity], **values)
    hold(session, activity, *(date(2023, 1, day + 1) for day in range(held)))
    session.commit()
    _, alt = shared(client, client.get(f"/soderhamn/loften/{SLUG}"))
    assert said in alt.replace("\N{NO-BREAK SPACE}", " ")
