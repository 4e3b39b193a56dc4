"""The ways to name a place on a phone: by search, where one stands, and without script."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.browser.conftest import NO_WORKER, ROOT, take_picture

SURVEY = "/soderhamn/dialoger/oppen"
AT_RESECENTRUM = {"latitude": 61.30012, "longitude": 17.05745}

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def start(context: BrowserContext, way: str) -> Page:
    page = context.new_page()
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    press(page, way)
    return page


def value(page: Page, name: str) -> str:
    return page.locator(f"[name=places-0-{name}]").first.input_value()


@pytest.fixture
def bare(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    return open_context(java_script_enabled=False)


def test_without_script_a_tap_on_the_picture_places_the_pin_where_it_was_tapped(
    bare: BrowserContext,
) -> None:
    page = start(bare, "På en karta")
    picture = page.get_by_role("button", name=re.compile("^Karta. Tryck där"))
    picture.click(position={"x": 60, "y": 200})
    # The pin is drawn in the picture that came back, where the tap was.
    source = picture.get_attribute("src") or ""
    [(x, y)] = re.findall(r"pin-b%22%20cx%3D%22([\d.]+)%22%20cy%3D%22([\d.]+)", source)
    assert (float(x), float(y)) == pytest.approx((60, 200), abs=2)
    expect(page.locator("[data-position]")).to_have_text(re.compile(r"^(Nära|Vid) "))
    assert "lat" not in page.url
    press(page, "Flytta kartan norrut")
    press(page, "Zooma in")
    take_picture(page, "survey-map-no-script")
    press(page, "Skicka svaret")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def test_without_script_and_pointer_the_cross_places_the_pin(bare: BrowserContext) -> None:
    page = start(bare, "På en karta")
    expect(page.locator("[data-position]")).to_have_text(re.compile("^Kartans mitt: "))
    page.get_by_role("button", name="Flytta kartan österut").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sätt nålen i mitten", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-position]")).to_have_text(re.compile(r"^(Nära|Vid) "))
    lon = page.locator("[name=places-0-lon]").get_attribute("value") or ""
    assert float(lon) > 17.06


def test_without_script_a_misspelt_name_is_searched_for(bare: BrowserContext) -> None:
    page = start(bare, "I en lista")
    page.get_by_label("Sök platsen").fill("rådhustårget")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Rådhustorget")).to_be_checked()
    take_picture(page, "survey-search-no-script")
    press(page, "Skicka svaret")
    page.get_by_text("Det här är sparat").click()
    expect(page.get_by_role("main")).to_contain_text("Rådhustorget")


def test_without_script_enter_searches_the_place_that_it_is_pressed_in(
    bare: BrowserContext,
) -> None:
    page = start(bare, "I en lista")
    page.get_by_label("Sök platsen").fill("Kiosken vid ån")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vi hittar inte ”Kiosken vid ån” i listan.")).to_be_visible()
    press(page, "I en lista")
    page.get_by_label("Sök platsen").last.fill("rådhustårget")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Rådhustorget")).to_be_checked()
    expect(page.locator("[name=places-1-name]")).to_be_focused()


def test_without_script_back_and_once_more_bring_all_that_was_typed(bare: BrowserContext) -> None:
    page = start(bare, "I en lista")
    page.get_by_label("Sök platsen").fill("rådhustårget")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Rådhustorget")).to_be_checked()
    press(page, "Med egna ord")
    expect(page.locator("noscript p")).to_contain_text("Går du bakåt i webbläsaren")
    expect(page.locator("noscript p")).to_be_visible()
    # The browser keeps no copy of the page and asks: whoever has the phone next sees nothing.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_url("chrome-error://**")
    page.reload()
    expect(page.get_by_label("Rådhustorget")).to_be_checked()
    expect(page.get_by_label("Ja", exact=True)).to_be_checked()


def test_both_say_the_same_of_a_pin(open_context: Callable[..., BrowserContext]) -> None:
    page = start(open_context(), "På en karta")
    for place in ({"x": 40, "y": 60}, {"x": 150, "y": 230}, {"x": 230, "y": 250}):
        page.locator(".map__view").click(position=place)
        expect(page.locator("[data-position]")).to_have_text(re.compile(r"^(Nära|Vid) "))
        fields = {f"places-0-{name}": value(page, name) for name in ("lat", "lon")}
        said = page.locator("[data-position]").inner_text()
        answer = page.request.post(SURVEY, form=fields | {"map_place": "0:open"})
        assert said in answer.text().replace("\N{NO-BREAK SPACE}", " ")


def test_the_search_is_done_by_keyboard_alone_and_asks_no_server(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = start(open_context(), "I en lista")
    field = page.get_by_role("combobox", name="Sök platsen")
    expect(field).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("resescentrm")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["Resecentrum"])
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("listbox").get_by_role("option", name="Resecentrum")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    take_picture(page, "survey-search")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Resecentrum")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert asked == []


def test_a_place_that_is_not_in_the_list_goes_on_in_words(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = start(open_context(), "I en lista")
    page.get_by_role("combobox", name="Sök platsen").fill("Kiosken vid ån")
    expect(page.get_by_text("Vi hittar inte ”Kiosken vid ån” i listan.")).to_be_visible()
    press(page, "Beskriv den med egna ord i stället")
    expect(page.locator("[name=places-0-words]")).to_have_value("Kiosken vid ån")
    expect(page.locator("[name=places-0-words]")).to_be_focused()


def test_where_one_stands_is_asked_for_on_a_press_only_and_snapped_before_it_is_written(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(permissions=["geolocation"], geolocation=AT_RESECENTRUM)
    page = start(context, "På en karta")
    expect(page.locator(".leaflet-container path").first).to_be_attached()
    assert value(page, "lat") == ""
    press(page, "Min plats ungefär")
    expect(page.locator("[data-position]")).to_have_text(re.compile("Resecentrum"))
    lat, lon = float(value(page, "lat")), float(value(page, "lon"))
    assert (lat, lon) == pytest.approx((61.30012, 17.05745), abs=0.0006)
    assert (lat, lon) != pytest.approx((61.30012, 17.05745), abs=0.00001)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Webbläsaren får inte tala om var du är."),
        (
            {
                "permissions": ["geolocation"],
                "geolocation": {"latitude": 59.33, "longitude": 18.06},
            },
            "Du är utanför kommunen just nu.",
        ),
        (
            {"permissions": ["geolocation"], "geolocation": AT_RESECENTRUM | {"accuracy": 3000}},
            "Mobilen vet bara på 3 kilometer när var du är.",
        ),
    ],
    ids=["denied", "outside", "vague"],
)
def test_a_position_that_cannot_be_used_is_told_in_a_sentence(
    open_context: Callable[..., BrowserContext], options: dict[str, object], sentence: str
) -> None:
    page = start(open_context(**options), "På en karta")
    expect(page.locator(".leaflet-container path").first).to_be_attached()
    press(page, "Min plats ungefär")
    expect(page.locator("[data-position]")).to_contain_text(sentence)
    assert value(page, "lat") == ""


def test_list_and_map_show_the_same_places_and_lead_to_each_other(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = start(open_context(), "I en lista")
    page.get_by_role("combobox", name="Sök platsen").fill("rådhustorget")
    page.keyboard.press("Enter")
    press(page, "Klar med platsen")
    press(page, "På en karta")
    other = page.get_by_role("button", name="Plats 1: Rådhustorget. Tryck för att öppna den.")
    expect(other).to_have_text("1")
    page.locator(".map__view").last.click(position={"x": 60, "y": 200})
    other.focus()
    page.keyboard.press("Enter")
    # The second place is folded into the list; the first is open again.
    expect(page.locator("[data-summary]").nth(1)).to_be_visible()
    expect(page.locator("[data-fields]").first).to_be_visible()
    expect(page.get_by_role("combobox", name="Sök platsen").first).to_be_focused()
    page.locator("[data-way=map]").first.click()
    expect(page.get_by_role("button", name=re.compile("^Plats 2: "))).to_have_text("2")


def test_a_pin_in_the_sea_gets_a_gentle_question(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(
        permissions=["geolocation"], geolocation={"latitude": 61.2, "longitude": 17.25}
    )
    page = start(context, "På en karta")
    expect(page.locator(".leaflet-container path").first).to_be_attached()
    expect(page.get_by_text("Nålen ligger i vatten.")).to_be_hidden()
    press(page, "Min plats ungefär")
    expect(page.get_by_text("Nålen ligger i vatten. Är det rätt?")).to_be_visible()
    press(page, "Skicka svaret")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def test_the_browsers_search_agrees_with_the_servers(chromium: Browser) -> None:
    cases = json.loads((ROOT / "tests" / "place_search.json").read_text("utf-8"))
    source = (ROOT / "webapp" / "frontend" / "js" / "place-search.js").read_text("utf-8")
    page = chromium.new_page()
    results = page.evaluate(
        """async ([source, cases]) => {
          const address = "data:text/javascript;charset=utf-8," + encodeURIComponent(source);
          const { findPlaces, meantPlace } = await import(address);
          return [
            cases.meant.map(([typed]) => meantPlace(typed, cases.places) ?? null),
            cases.found.map(([typed]) => findPlaces(typed, cases.places)),
          ];
        }""",
        [source, cases],
    )
    page.close()
    assert results == [[meant for _, meant in cases["meant"]], [f for _, f in cases["found"]]]


def test_a_street_is_found_while_two_letters_of_it_leave_the_device(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(**NO_WORKER).new_page()
    street = ["Påhittsgatan", [], 61.302, 17.061, 420, False]

    def with_streets(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"streets": "/soderhamn/gator/"})

    page.route("**/dialoger/oppen/plats", with_streets)
    asked: list[Route] = []
    page.route("**/gator/*", lambda route: asked.append(route))
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    press(page, "I en lista")
    field = page.get_by_role("combobox", name="Sök platsen")
    field.press_sequentially("påhitsgat")
    expect(page.get_by_role("button", name="Beskriv den med egna ord i stället")).to_be_visible()
    # The line is slow: the whole name is typed when the answer to its first two letters comes.
    (only,) = asked
    assert only.request.url.endswith("/gator/pa.json?sida=1")
    only.fulfill(json={"streets": [street], "more": False})
    option = page.get_by_role("listbox").get_by_role("option", name="Påhittsgatan")
    expect(option).to_be_visible()
    take_picture(page, "survey-search-street")
    option.click()
    expect(field).to_have_value("Påhittsgatan")
    # What is listed without a search stays the register's own.
    field.fill("")
    expect(page.get_by_role("option", name="Resecentrum")).to_be_visible()
    expect(page.get_by_role("option", name="Påhittsgatan")).to_have_count(0)
