"""The survey and a promise on paper, and for people whom movement makes ill."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, take_picture
from tests.browser.public_pages import SURVEY, survey_with_places

PROMISE = "/soderhamn/loften/tryggare-kring-resecentrum-och-i-centrum"

pytestmark = pytest.mark.browser

# What may be pressed, and what is folded although it could be read.
CONTROLS = "header.top, footer.foot, nav, .btn, .exit, .skip, .submit"
FOLDED = """() => [...document.querySelectorAll("details:not([open])")].filter(details => {
    if (!details.checkVisibility()) return false;
    const rest = [...details.children].filter(child => child.tagName !== "SUMMARY");
    return !rest.some(child => child.checkVisibility() && child.getBoundingClientRect().height > 0);
}).map(details => details.textContent.trim().slice(0, 60))"""
MOVING = """() => document.getAnimations().length +
    [...document.querySelectorAll("*")].map(element => getComputedStyle(element)).filter(
        style => style.transitionDuration !== "0s" || style.animationName !== "none"
    ).length"""
COLOUR = "(element, name) => getComputedStyle(element)[name].match(/[0-9.]+/g).map(Number)"


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], site: Site) -> Page:
    return open_context(reduced_motion="reduce").new_page()


def print_out(page: Page, name: str) -> None:
    page.emulate_media(media="print")
    take_picture(page, f"print-{name}")


def test_a_promise_on_paper_is_opened_and_has_nothing_to_press(page: Page) -> None:
    page.goto(PROMISE)
    assert page.evaluate(FOLDED)
    print_out(page, "promise")
    assert page.evaluate(FOLDED) == []
    expect(page.locator(CONTROLS).locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_survey_on_paper_has_its_questions_and_nothing_to_press(page: Page) -> None:
    page.goto(SURVEY)
    print_out(page, "survey")
    assert page.evaluate(FOLDED) == []
    expect(page.locator(CONTROLS).locator("visible=true")).to_have_count(0)
    for question in ("Känner du dig trygg", "Har du förslag"):
        expect(page.get_by_text(question).first).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_paper_is_white(page: Page, look: str) -> None:
    page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
    for path in (SURVEY, PROMISE):
        page.goto(path)
        print_out(page, f"{look}-{path.rsplit('/', maxsplit=1)[-1]}")
        paper = page.locator("body").evaluate(COLOUR, "backgroundColor")
        ink = page.locator("h1").evaluate(COLOUR, "color")
        assert paper == [255, 255, 255]
        assert max(ink) < 128, f"pale ink on paper: {ink}"
        page.emulate_media(media="screen")


def test_nothing_moves_for_those_who_asked_for_that(page: Page) -> None:
    for path in (SURVEY, PROMISE, "/soderhamn/", "/logga-in"):
        page.goto(path)
        assert page.evaluate(MOVING) == 0, path
    survey_with_places(page)
    assert page.locator(".leaflet-zoom-anim, .leaflet-fade-anim").count() == 0
