"""What the survey costs on a slow line, and that it stays whole when its script does not come."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import NO_WORKER, Site

SURVEY = "/soderhamn/dialoger/oppen"
FIRST_WINDOW = 14_600
WITH_THE_MAP = 150_000

pytestmark = pytest.mark.browser

Sizes = list[tuple[str, int]]


def weighed(page: Page) -> Sizes:
    """Fills with (address, bytes on the wire with headers) of each finished request."""
    sizes: Sizes = []

    def note(request: Request) -> None:
        kept = request.sizes()
        sizes.append((request.url, kept["responseHeadersSize"] + kept["responseBodySize"]))

    page.on("requestfinished", note)
    return sizes


def on_slow_4g(page: Page) -> None:
    """1.6 Mbit/s with 150 ms there and back, as Lighthouse has it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    line = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
    devtools.send("Network.emulateNetworkConditions", {"offline": False} | line)


def test_the_first_view_fits_the_first_window_in_three_requests(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    sizes = weighed(page)
    on_slow_4g(page)
    page.goto(SURVEY, wait_until="networkidle")
    assert len(sizes) <= 3, sizes
    assert sum(size for _url, size in sizes) <= FIRST_WINDOW, sizes


def test_the_map_comes_when_it_is_asked_for_and_then_in_150_kb(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    sizes = weighed(page)
    on_slow_4g(page)
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    expect(page.get_by_role("heading", name="Dina platser")).to_be_visible()
    before = len(sizes)
    assert not [url for url, _size in sizes if re.search(r"/map-|karta", url)]
    page.get_by_role("button", name="På en karta", exact=True).click()
    expect(page.locator(".leaflet-container path").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    for_the_map = sizes[before:]
    assert [url for url, _size in for_the_map if "/map-" in url]
    assert sum(size for _url, size in for_the_map) <= WITH_THE_MAP, for_the_map


@pytest.mark.parametrize("part", ["survey-", "form-", "ord.json"])
def test_the_form_is_whole_when_a_part_of_the_script_does_not_come(
    open_context: Callable[..., BrowserContext], site: Site, part: str
) -> None:
    page = open_context(**NO_WORKER).new_page()

    def drop(route: Route) -> None:
        if part in route.request.url and not route.request.url.endswith(".css"):
            route.abort()
        else:
            route.continue_()

    page.route("**/*", drop)
    page.goto(SURVEY)
    page.get_by_label("Ganska otrygg").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="I en lista", exact=True).click()
    page.locator("[name=places-0-name]").fill("Resecentrum")
    page.get_by_label("Mörkt").check()
    page.get_by_label(re.compile("Har du förslag")).fill("Mer ljus")
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    page.get_by_text("Det här är sparat").click()
    for kept in ("Ganska otrygg", "Resecentrum", "Mörkt", "Med egna ord"):
        expect(page.get_by_role("main")).to_contain_text(kept)


def test_a_place_that_is_added_before_the_rest_has_come_waits_for_it(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(**NO_WORKER).new_page()
    late: list[Route] = []
    page.route(re.compile("/form-"), lambda route: late.append(route))
    page.goto(SURVEY)
    with page.expect_request(re.compile("/form-")):
        page.get_by_label("Ja", exact=True).check()
    button = page.get_by_role("button", name="I en lista", exact=True)
    button.click()
    expect(button).to_be_visible()
    (form,) = late
    form.continue_()
    expect(page.get_by_role("combobox", name="Sök platsen")).to_be_focused()
    expect(page.locator("[name=places-0-name]")).to_have_count(1)
    assert "#" not in page.url, "the page was sent and came anew"


def test_a_part_that_did_not_come_is_fetched_at_the_next_touch(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(**NO_WORKER).new_page()
    lost: list[str] = []

    def drop_once(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    page.route("**/ord.json*", drop_once)
    page.goto(SURVEY)
    with page.expect_event("requestfailed"):
        page.get_by_label("Ja", exact=True).check()
    expect(page.get_by_role("button", name="I en lista", exact=True)).to_be_visible()
    # Letter by letter, each a touch: the page may hear of the loss only after the first.
    page.get_by_label(re.compile("Har du förslag")).press_sequentially("Mer ljus")
    expect(page.get_by_text("Det du skriver sparas bara på den här enheten.")).to_be_visible()
