"""A short address: from what was typed to the survey, counted once and nobody followed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, Dialogue
from surveys.models.link import LinkVisits, ShortLink
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.services.dialogues.links import create_link
from tests.conftest import Clock
from tests.factories.dialogues import CLOSES_AT, OPENS_AT, make_dialogue
from tests.page import PageClient
from webapp.views import short_links

FORM = "/soderhamn/dialoger/oppen"
LEADS_TO = f"{FORM}?via=soderhamn-fb"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/124.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/463.0.0.54.99;]"
)
ROBOTS = (
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
    "WhatsApp/2.23.20.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
)

Visits = Callable[[], dict[date, int]]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def link(session: Session, municipality: Municipality, dialogue: Dialogue) -> ShortLink:
    made = create_link(session, municipality, dialogue, Channel.FACEBOOK)
    session.commit()
    return made


@pytest.fixture
def browser(app: Flask, link: ShortLink) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def visits(session: Session, link: ShortLink) -> Visits:
    def counted() -> dict[date, int]:
        session.rollback()
        rows = session.scalars(select(LinkVisits).where(LinkVisits.link_id == link.id))
        return {row.day: row.n for row in rows}

    return counted


def opened(browser: FlaskClient, path: str = "/s/soderhamn-fb", **headers: str) -> str:
    """Where the address leads; the connection is closed, as it is when a page has arrived."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with browser.get(path, headers={"User-Agent": PHONE} | named) as answer:
        assert answer.status_code == 302, answer.status_code
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        return str(answer.headers["Location"])


def test_each_opening_is_counted_once_on_its_day(
    browser: FlaskClient, visits: Visits, clock: Clock
) -> None:
    assert opened(browser) == opened(browser) == LEADS_TO
    clock.now += timedelta(days=1)
    opened(browser)
    assert visits() == {date(2023, 8, 1): 2, date(2023, 8, 2): 1}


@pytest.mark.parametrize("agent", ROBOTS)
def test_a_preview_robot_is_led_on_and_not_counted(
    browser: FlaskClient, visits: Visits, agent: str
) -> None:
    assert opened(browser, User_Agent=agent) == LEADS_TO
    assert visits() == {}


@pytest.mark.parametrize("header", [{"Sec_Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_browser_that_reads_ahead_is_not_counted(
    browser: FlaskClient, visits: Visits, header: dict[str, str]
) -> None:
    assert opened(browser, **header) == LEADS_TO
    browser.head("/s/soderhamn-fb", headers={"User-Agent": PHONE}).close()
    assert visits() == {}


def test_a_phone_of_the_make_cubot_is_no_robot(browser: FlaskClient, visits: Visits) -> None:
    opened(browser, User_Agent="Mozilla/5.0 (Linux; Android 10; CUBOT Build/QP1A) Chrome/99")
    assert sum(visits().values()) == 1


@pytest.mark.parametrize(
    "typed", ["SODERHAMN-FB", "S%C3%B6derhamn-FB", "s%C3%B6derhamn%20fb", "soderhamn-fb?fbclid=x"]
)
def test_it_works_as_people_type_it(browser: FlaskClient, visits: Visits, typed: str) -> None:
    assert opened(browser, f"/s/{typed}") == LEADS_TO
    assert sum(visits().values()) == 1


def test_a_language_in_the_address_is_kept(browser: FlaskClient) -> None:
    assert set(opened(browser, "/s/soderhamn-fb?lang=ar").partition("?")[2].split("&")) == {
        "via=soderhamn-fb",
        "lang=ar",
    }


def test_a_count_that_fails_stops_nobody(
    browser: FlaskClient, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(short_links, "count_visit", broken)
    assert opened(browser) == LEADS_TO
    assert visits() == {}


def test_the_answer_keeps_its_channel_through_errors_and_sending_again(
    client: PageClient, session: Session, dialogue: Dialogue, link: ShortLink
) -> None:
    page = client.get(LEADS_TO)
    assert page.one("form#fragor")["action"] == LEADS_TO
    refused = client.send(LEADS_TO, page, 422)
    assert refused.one("form#fragor")["action"] == LEADS_TO
    client.send(LEADS_TO, refused, 200, q1="5")
    client.send(FORM, refused, 200, q1="5")  # sent again, by hand, without the word: the same
    session.rollback()
    [stored] = session.scalars(select(Response).where(Response.dialogue_id == dialogue.id))
    assert stored.channel is Channel.FACEBOOK


@pytest.mark.parametrize("word", ["hittepa", "", "%27--", "<b>", "x" * 500, "hagfors-fb"])
def test_a_word_of_nobody_or_of_somebody_else_is_the_web(
    client: PageClient, session: Session, dialogue: Dialogue, link: ShortLink, word: str
) -> None:
    other = session.scalars(
        select(Dialogue).where(Dialogue.municipality_id != dialogue.municipality_id)
    )
    theirs = other.first()
    assert theirs is not None
    create_link(session, theirs.municipality, theirs, Channel.FACEBOOK, "hagfors-fb")
    session.commit()
    address = f"{FORM}?via={word}"
    client.send(address, client.get(address), 200, q1="5")
    session.rollback()
    [stored] = session.scalars(select(Response).where(Response.dialogue_id == dialogue.id))
    assert stored.channel is Channel.WEB


def test_without_a_short_address_the_page_carries_nothing(
    client: PageClient, link: ShortLink
) -> None:
    assert "via" not in str(client.get(FORM).one("form#fragor")["action"])


def test_an_unknown_word_leads_to_what_can_be_answered(client: PageClient, link: ShortLink) -> None:
    page = client.get("/s/soderhamn-fp", 404)
    assert page.heading == "Vi känner inte till den adressen"
    assert page.one(f"main a[href='{FORM}']")
    assert page.response.headers["Cache-Control"] == "no-store"


def test_after_the_last_day_it_leads_to_the_page_that_says_so(
    client: PageClient, clock: Clock, link: ShortLink
) -> None:
    clock.now = CLOSES_AT + timedelta(days=1)
    with client.client.get("/s/soderhamn-fb") as answer:
        page = client.get(answer.headers["Location"])
    assert "Dialogen stängde den 31 augusti 2023." in page.text
    clock.now = OPENS_AT - timedelta(days=1)
    assert "1 juli 2023" in client.get(LEADS_TO).text


def test_nothing_but_a_number_and_a_day_can_be_kept() -> None:
    columns = {column.key for column in inspect(LinkVisits).columns}
    assert columns == {"id", "link_id", "day", "n"}
