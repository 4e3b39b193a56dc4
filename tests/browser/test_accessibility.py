"""What people who see, hear or move in other ways need, held on every public page.

axe-core finds nothing on any of them, in light, dark and forced colours and in every language; what
no such tool can tell (targets, spacing, the keyboard, errors) has tests of its own.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from surveys.languages import LANGUAGES
from tests.browser import axe, layout, public_pages
from tests.browser.conftest import NARROW, PHONE, Site, sign_in
from tests.browser.public_pages import STATES, SURVEY
from webapp import create_app
from webapp.config import Config

pytestmark = pytest.mark.browser

# Offered in the demo beside Swedish; Meänkieli waits for a translator and is offered to nobody.
OFFERED = [language.code for language in LANGUAGES if language.code not in {"sv", "fit"}]
# In parts, which workers share.
READERS_PARTS = 3
STAFF_PARTS = 6
# So high that no bar that sticks to the window's edge lies over a box that scrolling would free.
WHOLE_PAGE = {"width": PHONE["width"], "height": 10_000}
LOOKS: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, asked for its routes only."""
    folder = tmp_path_factory.mktemp("routes")
    database = f"sqlite:///{folder / 'none.sqlite3'}"
    return create_app(
        Config(
            instance_path=Path(folder),
            secret_key="only-for-tests",
            database_url=database,
            jobs_url=database,
            rate_limits=False,
            testing=True,
        )
    )


@pytest.fixture(scope="module")
def addresses(chromium: Browser, site: Site, routes: Flask) -> list[str]:
    """Every address that anybody may open, one of a dialogue to come among them."""
    upcoming = public_pages.add_upcoming_dialogue(site)
    context = chromium.new_context(base_url=site.url)
    found = public_pages.readers_addresses(routes, context.new_page())
    context.close()
    return [*found, upcoming]


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A phone whose colours change at once, so that a new look is whole when it is judged."""
    return open_context(reduced_motion="reduce").new_page()


def judged(page: Page) -> dict[str, list[str]]:
    """What axe finds on the open page: all of it in light, what colours can break in the others."""
    found = {}
    for look, media in LOOKS.items():
        page.emulate_media(**media)  # type: ignore[arg-type]
        found[look] = axe.complaints(page) if look == "light" else axe.color_complaints(page)
    page.emulate_media(**LOOKS["light"])  # type: ignore[arg-type]
    return {look: lines for look, lines in found.items() if lines}


def unfit(page: Page) -> list[str]:
    """What does not fit the open page: targets, and text as large or as wide as readers set it."""
    found = [f"less than 44 px: {target}" for target in layout.small_targets(page)]
    for what, css in (("at twice the size", layout.TWICE), ("spaced out", layout.SPACING)):
        layout.wear(page, css)
        found += [f"{what}, cut off: {text}" for text in layout.cut_off(page)]
        if layout.is_too_wide(page):
            found.append(f"{what}, the page scrolls sideways")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    if layout.is_too_wide(page):
        found.append("spaced out, the narrow page scrolls sideways")
    layout.wear(page, "")
    if layout.is_too_wide(page):
        found.append("the narrow page scrolls sideways")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("part", range(READERS_PARTS))
def test_a_page_that_has_an_address(page: Page, addresses: list[str], part: int) -> None:
    """axe finds nothing, everything fits, and what is pressed is as large as a finger."""
    assert len(addresses) > 25
    found = {}
    for path in addresses[part::READERS_PARTS]:
        page.goto(path)
        found[path] = (judged(page), unfit(page))
    assert {path: faults for path, faults in found.items() if any(faults)} == {}


@pytest.mark.parametrize("state", STATES)
def test_a_page_that_answers_a_person(page: Page, site: Site, state: str) -> None:
    """The same for what comes back when somebody has done something."""
    STATES[state](page)
    assert (judged(page), unfit(page)) == ({}, [])


@pytest.mark.parametrize("language", OFFERED)
def test_each_kind_of_page_in_each_language(
    page: Page, routes: Flask, addresses: list[str], language: str
) -> None:
    """In light: axe finds nothing, everything fits, and the page says which language it is in."""
    found = {}
    offering = [path for path in addresses if path.startswith("/soderhamn/")]
    for path in [SURVEY, *public_pages.one_of_each(routes, offering)]:
        page.goto(f"{path}?lang={language}")
        spoken = page.locator("html").get_attribute("lang")
        assert spoken == language, f"{path} is in {spoken}"
        found[path] = axe.complaints(page) + unfit(page)
    for state in (public_pages.refused, public_pages.thanked):
        state(page, language)
        found[state.__name__] = axe.complaints(page) + unfit(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.fixture(scope="module")
def staff_addresses(chromium: Browser, site: Site) -> list[list[str]]:
    """Two pages of each kind of Handläggning."""
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, site, "coordinator")
    found = public_pages.staff_addresses(page)
    context.close()
    return found


@pytest.mark.parametrize("part", range(STAFF_PARTS))
def test_the_pages_of_staff(
    page: Page, site: Site, staff_addresses: list[list[str]], part: int
) -> None:
    """Two pages of each kind open without a complaint and fit; axe judges the first, in light."""
    sign_in(page, site, "coordinator")
    page.set_viewport_size(WHOLE_PAGE)  # type: ignore[arg-type]
    found = {}
    for first, *others in staff_addresses[part::STAFF_PARTS]:
        _open(page, first)
        found[first] = axe.complaints(page) + _too_wide(page)
        for path in others:
            _open(page, path)
            found[path] = _too_wide(page)
    assert len(found) > 4
    assert {path: lines for path, lines in found.items() if lines} == {}


def _open(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, (path, answer.status)


def _too_wide(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found = ["the narrow page scrolls sideways"] if layout.is_too_wide(page) else []
    page.set_viewport_size(WHOLE_PAGE)  # type: ignore[arg-type]
    return found
