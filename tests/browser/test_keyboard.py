"""The survey from the first Tab to the thanks without a pointer, with focus seen at each stop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.keys import Keyboard
from tests.browser.public_pages import SURVEY, TOO_LONG

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def page(
    request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext], site: Site
) -> Page:
    page = open_context(reduced_motion="reduce", color_scheme=request.param).new_page()
    page.goto(SURVEY)
    return page


def test_the_whole_survey(page: Page) -> None:
    keys = Keyboard(page)
    keys.tab_to("Hoppa till frågorna")
    keys.press("Enter")
    answer_the_choices(keys)
    add_a_place_of_the_list(keys)
    add_a_place_on_the_map(keys)
    expect(page.locator("[data-summary]:visible strong")).to_have_count(2)
    keys.tab_to("Ta bort Resecentrum", key="Shift+Tab")
    keys.press("Enter")
    expect(page.locator("[data-summary]:visible strong")).to_have_count(1)
    assert keys.here, "whoever takes a place away is left nowhere"
    keys.tab_to("Har du förslag")
    keys.type("Mer ljus vid perrongen.")
    keys.tab_to("Om dig")
    keys.press("Enter")
    keys.tab_to("Skicka svaret")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    see_what_is_stored(keys)


def see_what_is_stored(keys: Keyboard) -> None:
    """From the thanks to the receipt that its link carries the code to, the words at a press."""
    main = keys.page.get_by_role("main")
    keys.tab_to("Se eller dra tillbaka ditt svar")
    keys.press("Enter")
    expect(main).to_contain_text("Ganska trygg")
    expect(main).not_to_contain_text("Resecentrum")
    keys.tab_to("Visa det jag skrev")
    keys.press("Enter")
    expect(main).to_contain_text("Mer ljus vid perrongen.")


def answer_the_choices(keys: Keyboard) -> None:
    """One of a row of radios by arrow, one by space."""
    keys.tab_to("Mycket trygg")
    keys.press("Space")
    keys.press("ArrowDown")
    assert keys.here == "Ganska trygg"
    assert keys.shows_focus()
    keys.tab_to("Ja|Nej")
    keys.press("Space")
    if keys.here == "Nej":
        keys.press("ArrowDown")
    expect(keys.page.get_by_label("Ja", exact=True)).to_be_checked()


def add_a_place_of_the_list(keys: Keyboard) -> None:
    keys.tab_to("^I en lista")
    keys.press("Enter")
    keys.is_moved_to("Sök platsen")
    keys.type("stationen")
    expect(keys.page.get_by_role("option", name="Resecentrum")).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.tab_to("^Mörkt")
    keys.press("Space")
    keys.tab_to("Klar med platsen")
    keys.press("Enter")
    keys.is_moved_to("Ändra Resecentrum")


def add_a_place_on_the_map(keys: Keyboard) -> None:
    keys.tab_to("^På en karta")
    keys.press("Enter")
    expect(keys.page.locator(".leaflet-container path").first).to_be_attached()
    keys.is_moved_to("På en karta|Karta")
    if not keys.here.startswith("Karta"):
        keys.tab_to("^Karta")
    said = keys.page.locator("[data-position]:visible")
    keys.press("ArrowRight")
    expect(said).to_have_text(re.compile("^Korset: "))
    keys.press("ArrowUp", times=2)
    keys.press("Enter")
    expect(said).to_have_text(re.compile("^(Nära|Vid) "))
    keys.tab_to("Klar med platsen")
    keys.press("Enter")


def test_the_way_back_is_the_way_there(page: Page) -> None:
    keys = Keyboard(page)
    page.get_by_label("Ja", exact=True).check()
    page.wait_for_load_state("networkidle")  # before that, the button sends the form instead
    page.get_by_role("button", name="Med egna ord").last.press("Enter")
    keys.is_moved_to("Med egna ord")
    expect(page.locator(":focus")).to_have_role("textbox")
    page.locator("h1").evaluate("element => { element.tabIndex = -1; element.focus() }")
    keys.tab_to("Rensa allt")
    there = keys.stops[:-1]
    keys.stops = []
    keys.tab_to(f"^{re.escape(there[0])}$", key="Shift+Tab")
    assert keys.stops == there[::-1]


def test_an_error_is_told_and_leads_to_its_field(page: Page) -> None:
    """The summary has focus, its line leads to the field, and the field says what is wrong."""
    keys = Keyboard(page)
    text = page.get_by_label(re.compile("Har du förslag"))
    text.fill(TOO_LONG)
    keys.tab_to("Skicka svaret")
    keys.press("Enter")
    summary = page.get_by_role("alert")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(summary).to_contain_text("En sak behöver rättas")
    told = summary.get_by_role("link").inner_text().removeprefix("Fråga 3: ")
    keys.tab_to("^Fråga 3: Texten är 2 999 tecken")
    keys.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(text).to_have_accessible_description(re.compile(re.escape(told)))
    expect(text).to_have_value(TOO_LONG.strip())
