"""Two rounds' maps in a browser: they move together, by pointer and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import complaints
from tests.browser.conftest import PHONE, Site, sign_in, take_picture

ROUNDS = "/soderhamn/handlaggning/dialoger/var-2024/karta/jamfor?med=host-2021"
DESK = {"width": 1280, "height": 900}
VIEWS = """() => [...document.querySelectorAll("[data-linked-map]")].map((frame) => {
    // Where its point is: each map moves the words themselves clear of its own signs.
    const label = [...frame.querySelectorAll(".map-label")]
        .find((each) => each.textContent === "Söderhamn");
    const at = frame.getBoundingClientRect(), box = label.parentElement.getBoundingClientRect();
    return [Math.round((box.x - at.x) / 4), Math.round((box.y - at.y) / 4)];
})"""

TOGETHER = f"() => {{ const [a, b] = ({VIEWS})(); return a.join() === b.join() }}"


def views(page: Page) -> list[list[int]]:
    """Where the town's name stands in each of the two frames, to four pixels."""
    found: list[list[int]] = page.evaluate(VIEWS)
    return found


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_maps_move_together(
    open_context: Callable[..., BrowserContext], site: Site, size: dict[str, int], scheme: str
) -> None:
    page = open_context(viewport=size, color_scheme=scheme, reduced_motion="reduce").new_page()
    sign_in(page, site, "coordinator")
    page.goto(ROUNDS)
    maps = page.locator("[data-linked-map] .folium-map")
    expect(maps).to_have_count(2)
    expect(page.locator(".map-number--spot").first).to_be_visible()
    for each in range(2):
        expect(maps.nth(each).get_by_text("Söderhamn", exact=True).first).to_be_attached()
    assert not complaints(page)
    take_picture(page, f"round-maps-{size['width']}-{scheme}")
    page.wait_for_function(TOGETHER)
    begun = views(page)

    maps.first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => ({VIEWS})()[1][0] !== {begun[1][0]}")
    page.wait_for_function(TOGETHER)
    moved = views(page)
    assert moved != begun

    page.get_by_role("button", name="Zooma in").nth(1).click()
    page.wait_for_function(f"() => ({VIEWS})()[0].join() !== '{moved[0][0]},{moved[0][1]}'")
    page.wait_for_function(TOGETHER)

    page.get_by_role("link", name="Brädgården", exact=True).first.click()
    expect(page.locator("#karta-omrade-b3")).to_be_focused()
    page.wait_for_function(TOGETHER)


@pytest.mark.browser
def test_without_script_the_lists_and_tables_stand(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, site, "coordinator")
    page.goto(ROUNDS)
    for round_ in page.locator("[data-linked-map]").all():
        expect(round_.locator("noscript svg")).to_be_visible()
    expect(page.locator("[data-linked-map]")).to_have_count(2)
    expect(page.get_by_role("main")).to_contain_text("Kvar: 1.")
    letters = page.locator("main .panel .badge--spot").all_inner_texts()
    assert letters == ["A", "B", "C"]
    expect(page.locator("#plats-B")).to_contain_text("Resecentrum")
    page.locator("#plats-B summary").click()
    expect(page.locator("#plats-B")).to_contain_text("Trygghetsvandringar")


@pytest.mark.browser
def test_a_letter_opens_its_folded_place(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(viewport=PHONE, reduced_motion="reduce").new_page()
    sign_in(page, site, "coordinator")
    page.goto(ROUNDS)
    folded = page.locator("#plats-B details")
    expect(folded).not_to_have_attribute("open", "")
    page.locator("#karta-plats-aB").focus()
    page.keyboard.press("Enter")
    expect(folded).to_have_attribute("open", "")
    expect(folded.get_by_role("link", name="Visa Resecentrum på kartan")).to_be_visible()


@pytest.mark.browser
def test_far_out_every_letter_and_number_has_room_of_its_own(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(viewport=PHONE, reduced_motion="reduce").new_page()
    sign_in(page, site, "coordinator")
    page.goto(ROUNDS)
    frame = page.locator("[data-linked-map]").nth(1)
    scale = frame.locator(".leaflet-control-scale-line")
    near = scale.inner_text()
    frame.locator(".map-show-all").click()
    expect(scale).not_to_have_text(near)
    boxes = [number.bounding_box() for number in frame.locator("a.map-number").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    assert len(middles) == 6
    for place, (x, y) in enumerate(middles):
        assert all(abs(x - a) > 20 or abs(y - b) > 20 for a, b in middles[place + 1 :])


@pytest.mark.browser
def test_on_a_phone_what_became_of_each_area_is_read_without_scrolling_sideways(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(viewport=PHONE).new_page()
    sign_in(page, site, "coordinator")
    page.goto(ROUNDS)
    table = page.locator("table.stack")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Rådhusparken"))
    expect(row.get_by_role("cell")).to_have_count(4)
    room = page.locator(".scroll", has=table)
    assert room.evaluate("each => each.scrollWidth <= each.clientWidth")
