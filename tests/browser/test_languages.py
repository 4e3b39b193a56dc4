"""The survey in Arabic on a phone: right to left throughout, sent and thanked for in Arabic."""

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, take_picture

SURVEY = "/soderhamn/dialoger/oppen"
ARABIC = "?lang=ar"
WORDS = "مزيد من الضوء عند المحطة، من فضلكم."
PAGES = (
    "/soderhamn/",
    SURVEY,
    "/soderhamn/dialoger/",
    "/soderhamn/loften/",
    "/soderhamn/loften/farre-unga-i-kriminalitet-mindre-narkotika",
    "/soderhamn/lagesbild/",
    "/soderhamn/sa-hanterar-vi-svar",
    "/soderhamn/tillganglighet",
    "/soderhamn/kontakt",
    "/soderhamn/kvitto",
)

pytestmark = pytest.mark.browser


def is_right_to_left(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"{page.url} can be scrolled sideways by {width} px"


def start_edge(page: Page, selector: str) -> float:
    """How far from the right edge of the window the element begins, in CSS px."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return float(page.evaluate("window.innerWidth") - box["x"] - box["width"])


def languages_of(site: Site, words: str) -> list[str]:
    """The stored language of each answer that holds ``words``."""
    database = sqlite3.connect(site.instance / "trygghetsdialog.sqlite3")
    rows = database.execute(
        "SELECT language FROM response JOIN answer ON answer.response_id = response.id"
        " WHERE answer.text = ?",
        (words,),
    )
    found = [str(language) for (language,) in rows]
    database.close()
    return found


def test_the_whole_survey_is_sent_in_arabic(phone: BrowserContext, site: Site) -> None:
    page = phone.new_page()
    page.goto(SURVEY + ARABIC)
    is_right_to_left(page)
    assert start_edge(page, "h1") < 40
    take_picture(page, "arabic-survey")
    before = len(languages_of(site, WORDS))
    page.locator("[name=q1][value='2']").check()
    page.locator("[name=q2][value=ja]").check()
    page.locator("[name=add_place][value=words]").click()
    page.locator("[name=places-0-words]").fill("خلف المدرسة")
    is_right_to_left(page)
    page.locator("[name=q3]").fill(WORDS)
    page.locator("[data-send]").click()
    expect(page.locator("[data-code]")).to_be_visible()
    is_right_to_left(page)
    take_picture(page, "arabic-thanks")
    assert languages_of(site, WORDS)[before:] == ["ar"]


def test_the_scale_runs_and_the_map_steers_from_right_to_left(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    page.goto(SURVEY + ARABIC)
    assert start_edge(page, "[name=q1][value='5']") < 60
    page.locator("[name=q2][value=ja]").check()
    no, yes = (start_edge(page, f"[name=q2][value={value}]") for value in ("nej", "ja"))
    assert no < yes  # the first answer stands first for somebody who reads from the right
    page.locator("[name=add_place][value=map]").click()
    expect(page.locator(".leaflet-container path").first).to_be_attached()
    assert start_edge(page, ".leaflet-control-zoom") > 180
    sign = start_edge(page, "[name=places-0-feeling]")
    assert abs(sign - start_edge(page, ".govuk-radios--chips .govuk-radios__item")) < 3
    is_right_to_left(page)
    take_picture(page, "arabic-map")


@pytest.mark.parametrize("width", [360, 320])
def test_no_page_in_arabic_is_scrolled_sideways(
    open_context: Callable[..., BrowserContext], width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 740}).new_page()
    for address in PAGES:
        page.goto(address + ARABIC)
        is_right_to_left(page)


def test_the_language_is_changed_first_thing_by_keyboard_alone(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context().new_page()
    page.goto(SURVEY)
    page.keyboard.press("Tab")
    expect(page.locator(".langs summary")).to_be_focused()
    page.keyboard.press("Enter")
    for _step in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.lang") == "ar":
            break
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.locator("footer a[href*=kvitto]").click()
    is_right_to_left(page)
