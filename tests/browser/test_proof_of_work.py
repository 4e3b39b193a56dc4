"""The browser does its work in the background, under our own security policy, and it is taken."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import (
    PHONE,
    ROOT,
    Site,
    Watch,
    _wait_until_well,
    free_port,
    take_picture,
)

SURVEY = "/soderhamn/dialoger/oppen"
NO_PROOF = 8  # as the column keeps it: the fourth of the marks

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site_under_load(site: Site) -> Iterator[Site]:
    """A second server on the same installation that asks each browser for its work."""
    environment = os.environ | {
        "INSTANCE_PATH": str(site.instance),
        "RATELIMIT_ENABLED": "0",
        "PROOF_OF_WORK": "on",
    }
    environment.pop("DATABASE_URL", None)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
    )
    url = f"http://localhost:{port}"
    try:
        _wait_until_well(url, server)
        yield Site(url, site.instance)
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def open_phone(chromium: Browser, site_under_load: Site) -> Iterator[Callable[..., BrowserContext]]:
    """``open_phone(**options)``: a phone whose requests and complaints are watched."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def make(**options: object) -> BrowserContext:
        settings: dict[str, object] = {
            "base_url": site_under_load.url,
            "viewport": PHONE,
            "locale": "sv-SE",
        } | options
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        opened.append((context, Watch(context, site_under_load.url)))
        return context

    yield make
    for context, watch in opened:
        context.close()
        watch.check()


def send(page: Page, words: str) -> None:
    page.get_by_label("Ganska trygg").check()
    page.get_by_label("Har du förslag").fill(words)
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def marks(site: Site, words: str) -> list[int]:
    """The marks of the stored answers with these words."""
    database = sqlite3.connect(site.instance / "trygghetsdialog.sqlite3")
    try:
        rows = database.execute(
            "SELECT suspicions FROM response JOIN answer ON response_id = response.id"
            " WHERE text = ?",
            (words,),
        )
        return [row[0] for row in rows]
    finally:
        database.close()


def test_the_answer_is_sent_with_its_proof_and_nobody_does_anything(
    open_phone: Callable[..., BrowserContext], site_under_load: Site
) -> None:
    page = open_phone().new_page()
    page.goto(SURVEY)
    expect(page.get_by_text("Din telefon gör en kort kontroll i bakgrunden.")).to_be_visible()
    expect(page.locator("input[name=proof]")).not_to_have_value("")
    expect(page.get_by_role("checkbox", name="robot")).to_have_count(0)
    take_picture(page, "survey-proof")
    send(page, "Med bevis")
    assert marks(site_under_load, "Med bevis") == [0]


def test_without_script_nothing_is_asked_and_the_answer_is_marked(
    open_phone: Callable[..., BrowserContext], site_under_load: Site
) -> None:
    page = open_phone(java_script_enabled=False).new_page()
    page.goto(SURVEY)
    expect(page.get_by_text("kontroll i bakgrunden")).to_have_count(0)
    send(page, "Utan bevis")
    assert marks(site_under_load, "Utan bevis") == [NO_PROOF]


def test_where_there_is_no_load_the_widget_is_not_fetched(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SURVEY, wait_until="networkidle")
    assert not [url for url in asked if "proof" in url or "kontroll" in url]
    send(page, "Utan last")
    assert marks(site, "Utan last") == [0]


def test_the_keyboard_never_comes_into_the_trap(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    page.goto(SURVEY)
    names = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement?.name ?? ''"))
    assert "q3" in names
    assert "subject" not in names
    box = page.locator("label:has([name=subject])").bounding_box()
    assert box is not None
    assert box["width"] <= 1
