"""Marking places on a phone with script: by a tap, from the keyboard, folded into a list."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.conftest import Site, take_picture

SURVEY = "/soderhamn/dialoger/oppen"

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], site: Site) -> Page:
    """The survey with "Ja" on the question about places."""
    page = open_context().new_page()
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def search(page: Page, typed: str) -> None:
    """Type in the search field and take what comes first."""
    page.get_by_role("combobox", name="Sök platsen").last.fill(typed)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def open_map(page: Page) -> None:
    press(page, "På en karta")
    expect(page.locator(".leaflet-container path").first).to_be_attached()


def test_places_stand_under_the_yes_and_the_map_is_fetched_when_asked_for(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(SURVEY)
    assert not [url for url in fetched if "/place-editor-" in url or "/plats" in url]
    page.get_by_label("Ja", exact=True).check()
    expect(page.get_by_role("heading", name="Dina platser")).to_be_visible()
    assert not [url for url in fetched if "/map-" in url or "geojson" in url]
    open_map(page)
    assert [url for url in fetched if "/map-" in url]


def test_a_tap_places_a_pin_and_says_where(page: Page) -> None:
    open_map(page)
    page.locator(".map__view").click(position={"x": 120, "y": 140})
    expect(page.locator("[data-position]").first).to_have_text(
        re.compile(r"^(Nära .+, ungefär \d+ meter .+|Vid .+)\.$")
    )
    assert re.fullmatch(r"61\.\d{5}", page.locator("[name=places-0-lat]").input_value())
    page.get_by_label("Mörkt").check()
    take_picture(page, "survey-map")
    press(page, "Klar med platsen")
    expect(page.locator("[data-summary]").first).to_contain_text("Mörkt.")
    take_picture(page, "survey-places")
    page.get_by_role("button", name=re.compile("^Ändra")).click()
    press(page, "Ta bort nålen")
    assert page.locator("[name=places-0-lat]").input_value() == ""


def test_the_maps_buttons_say_in_swedish_what_they_do(page: Page) -> None:
    open_map(page)
    for name in ("Zooma in", "Zooma ut"):
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_a_pin_far_outside_can_be_moved_and_is_then_not_left_behind(page: Page) -> None:
    far = {"lat": "59.33000", "lon": "18.06000"}
    press(page, "På en karta")
    for name, value in far.items():
        page.locator(f"[name=places-0-{name}]").evaluate("(field, v) => { field.value = v }", value)
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Menade du")
    expect(page.get_by_label("Skicka utan nålen")).to_be_checked()
    # The whole municipality is shown, not empty water near the old pin.
    expect(page.locator(".m-name span", has_text="Söderhamn")).to_be_visible()
    page.locator(".map__view").click()
    expect(page.get_by_label("Skicka utan nålen")).to_have_count(0)
    assert page.locator("[name=places-0-lat]").input_value().startswith("61.")
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    page.get_by_text("Det här är sparat").click()
    expect(page.get_by_role("main")).to_contain_text("En nål på kartan, sparad på 50 meter när.")


def test_the_keyboard_alone_places_a_pin_and_sends_the_answer(page: Page) -> None:
    open_map(page)
    view = page.locator(".map__view")
    view.focus()
    for key in ("ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        expect(page.locator("[data-position]").first).to_have_text(re.compile("^Korset: "))
    page.keyboard.press("Enter")
    expect(page.locator("[data-position]").first).to_have_text(re.compile("^(Nära|Vid) "))
    page.get_by_role("button", name="Skicka svaret").last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    page.get_by_text("Det här är sparat").click()
    expect(page.get_by_role("main")).to_contain_text("En nål på kartan, sparad på 50 meter när.")


def test_places_are_added_and_removed_without_a_new_page(page: Page) -> None:
    press(page, "I en lista")
    search(page, "Resecentrum")
    press(page, "Klar med platsen")
    press(page, "Med egna ord")
    page.locator("[name=places-1-words]").fill("Stigen bakom skolan")
    press(page, "Klar med platsen")
    summaries = page.locator("[data-summary] strong")
    expect(summaries).to_have_text(["Resecentrum", "Stigen bakom skolan"])
    page.get_by_role("button", name="Ta bort Resecentrum").click()
    expect(summaries).to_have_text(["Stigen bakom skolan"])
    page.get_by_role("button", name="Skicka svaret").last.click()
    page.get_by_text("Det här är sparat").click()
    expect(page.get_by_role("main")).to_contain_text("Med egna ord")
    expect(page.get_by_role("main")).not_to_contain_text("Resecentrum")


def test_what_is_refused_comes_back_open_with_everything_in_it(page: Page) -> None:
    press(page, "I en lista")
    search(page, "Resecentrum")
    page.get_by_label("Kväll").check()
    press(page, "Klar med platsen")
    page.get_by_label(re.compile("Har du förslag")).fill("x" * 2001)
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("[data-summary]").first).to_contain_text("Kväll.")


def write_a_proposal(page: Page) -> None:
    page.get_by_label(re.compile("Har du förslag")).fill("Bort med detta")
    expect(page.get_by_text("Det du skriver sparas bara")).to_be_visible()


def test_clearing_asks_first_and_then_leaves_nothing(page: Page) -> None:
    asked: list[str] = []
    write_a_proposal(page)

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", agree)
    page.get_by_role("link", name="Rensa allt jag har skrivit").click()
    expect(page.get_by_label(re.compile("Har du förslag"))).to_have_value("")
    expect(page.get_by_label("Ja", exact=True)).not_to_be_checked()
    assert len(asked) == 1


def test_clearing_before_the_script_has_come_leaves_no_draft_behind(page: Page) -> None:
    write_a_proposal(page)
    address = page.get_by_role("link", name="Rensa allt jag har skrivit").get_attribute("href")
    page.goto(str(address))
    expect(page.get_by_label(re.compile("Har du förslag"))).to_have_value("")
    page.wait_for_url(re.compile(f"{SURVEY}$"))
    page.reload()
    expect(page.get_by_label(re.compile("Har du förslag"))).to_have_value("")


def test_a_double_tap_sends_one_answer(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("Ganska trygg").check()
    page.get_by_role("button", name="Skicka svaret").last.dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    assert sent.count("POST") == 1


CLEAR = """() => {
    const box = (sign) => sign.getBoundingClientRect();
    const names = [...document.querySelectorAll(".m-name > span")];
    const signs = [...document.querySelectorAll(".pin, .m-other > *, .leaflet-control")].map(box);
    const meet = (a, b) =>
        a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
    const isWhole = (a, view) => a.left >= view.left && a.right <= view.right
        && a.top >= view.top && a.bottom <= view.bottom;
    return names.length > 1 && names.every((name) =>
        isWhole(box(name), box(name.closest(".map__view")))
        && !signs.some((sign) => meet(box(name), sign)));
}"""


def test_no_pin_no_button_and_no_edge_covers_a_name(page: Page) -> None:
    open_map(page)
    page.wait_for_function(CLEAR)
    name = page.locator(".m-name > span", has_text="Resecentrum").bounding_box()
    view = page.locator(".map__view").bounding_box()
    assert name is not None
    assert view is not None
    x, y = name["x"] + name["width"] / 2 - view["x"], name["y"] + name["height"] - view["y"]
    page.locator(".map__view").click(position={"x": x, "y": y})
    expect(page.locator(".pin")).to_be_visible()
    page.wait_for_function(CLEAR)
    expect(page.locator(".m-name > span", has_text="Resecentrum")).to_be_visible()
    press(page, "Klar med platsen")
    page.get_by_role("button", name="På en karta", exact=True).last.click()
    expect(page.locator(".m-other")).to_be_visible()
    page.wait_for_function(CLEAR)
    page.get_by_role("button", name="Zooma ut").last.click()
    page.wait_for_function(CLEAR)


# Letters as far apart as WCAG 1.4.12 asks a page to bear.
WIDE = """() => {
    const wide = new CSSStyleSheet();
    wide.replaceSync(".m-name > span { letter-spacing: .12em; }");
    document.adoptedStyleSheets = [wide];
}"""


def test_names_are_whole_though_their_letters_stand_wider(page: Page) -> None:
    page.evaluate(WIDE)
    open_map(page)
    page.wait_for_function(CLEAR)
    page.locator(".map__view").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp", "-", "ArrowLeft"):
        page.keyboard.press(key)
        page.wait_for_function(CLEAR)
