"""The staff map's layers, filters and single points in a browser, by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import axe
from tests.browser.conftest import PHONE, Site, sign_in, take_picture

pytestmark = pytest.mark.browser

MAP = "/soderhamn/handlaggning/dialoger/oppen/karta"
LAYERS = {
    "persons": "path.cell",
    "density": "path.cell",
    "gi": "path.cell",
    "groups": ".map-group",
    "reasons": "path.cell",
    "times": "path.cell",
}


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], site: Site) -> Page:
    page = open_context(viewport=PHONE, reduced_motion="reduce").new_page()
    sign_in(page, site, "coordinator")
    page.goto(MAP)
    return page


def test_each_layer_is_chosen_with_the_arrows_and_brings_its_key(page: Page) -> None:
    expect(page.locator("#lista")).to_be_visible()
    page.locator("[data-map-layer][value=persons]").focus()
    for number, (layer, drawn) in enumerate(LAYERS.items()):
        if number:
            page.keyboard.press("ArrowRight")
        chosen = page.locator(f"[data-map-layer][value={layer}]")
        expect(chosen).to_be_focused()
        expect(chosen).to_be_checked()
        expect(page.locator(drawn).first).to_be_attached()
        expect(page.locator(f"figure [data-of-layer={layer}]")).to_be_visible()
        expect(page.locator("figure [data-of-layer]:visible")).to_have_count(1)
        assert page.locator(".map-group").count() == 0 or layer == "groups"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert axe.complaints(page) == []
        take_picture(page, f"map-layer-{layer}")
    page.reload()
    expect(page.locator("[data-map-layer][value=times]")).to_be_checked()


def test_the_way_back_to_the_whole_municipality_is_read_and_not_guessed(page: Page) -> None:
    button = page.get_by_role("button", name="Visa hela kommunen")
    expect(button).to_have_text("Visa hela")  # what is read is what it is called by voice
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert button.evaluate("it => it.scrollWidth <= it.clientWidth")
    scale = page.locator(".leaflet-control-scale-line")
    near = scale.inner_text()
    button.click()
    expect(scale).not_to_have_text(near)


def test_hotspots_can_be_put_away_and_come_back(page: Page) -> None:
    rings = page.locator("path.hot")
    expect(rings.first).to_be_attached()
    shown = rings.count()
    box = page.locator("[type=checkbox][data-map-layer]")
    box.focus()
    page.keyboard.press("Space")
    expect(rings).to_have_count(0)
    page.keyboard.press("Space")
    expect(rings).to_have_count(shown)


def test_a_part_of_the_marks_is_chosen_computed_and_left_by_keyboard(page: Page) -> None:
    page.get_by_text("Bara en del av markeringarna").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Tid på dygnet").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Visa urvalet").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#urval")).to_contain_text("Tid på dygnet: Kväll")
    assert axe.complaints(page) == []
    page.get_by_role("button", name="Räkna kartan av dessa markeringar").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#urval")).to_contain_text("Tid på dygnet: Kväll")
    page.get_by_role("link", name="Visa alla markeringar").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#urval")).to_have_count(0)


def test_choosing_a_part_keeps_the_layer_and_choosing_a_layer_keeps_the_part(page: Page) -> None:
    page.goto(f"{MAP}?tid=")
    page.locator("[data-map-layer][value=groups]").check(force=True)
    expect(page).to_have_url(re.compile(r"\?tid=&lager=groups$"))
    page.get_by_text("Bara en del av markeringarna").click()
    page.get_by_label("Tid på dygnet").select_option(label="Kväll")
    page.get_by_role("button", name="Visa urvalet").click()
    expect(page.locator("#urval")).to_contain_text("Tid på dygnet: Kväll")
    expect(page).to_have_url(re.compile("lager=groups"))
    page.get_by_role("link", name="Visa alla markeringar").click()
    expect(page.locator("#urval")).to_have_count(0)
    expect(page.locator("[data-map-layer][value=groups]")).to_be_checked()


NAMES_ON_POINTS = """() => {
    const middles = [...document.querySelectorAll(".map-label--locality, .map-label--place")]
        .filter((name) => name.checkVisibility()).map((name) => [name, name.parentElement]);
    return middles.filter(([name, at]) =>
        name.getBoundingClientRect().bottom > at.getBoundingClientRect().top - 7)
        .map(([name]) => name.textContent);
}"""


def test_points_are_drawn_where_the_list_says_after_a_reason(page: Page) -> None:
    page.get_by_role("link", name="Se markeringar som enskilda punkter").focus()
    page.keyboard.press("Enter")
    page.get_by_label("För att hitta platsen inför en åtgärd eller vandring").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Visa punkterna").focus()
    page.keyboard.press("Enter")
    rows = page.locator("[data-points] li")
    expect(rows.first).to_be_visible()
    expect(page.locator("path.exact")).to_have_count(rows.count())
    expect(page.locator("path.exact").first).to_have_attribute("fill-opacity", "1")
    # The name of a town stands over its middle, where marks by its name lie.
    assert page.evaluate(NAMES_ON_POINTS) == []
    assert page.evaluate(POOR_NAMES) == []
    assert axe.complaints(page) == []
    take_picture(page, "map-points")


def test_a_map_says_when_hotspots_lie_outside_it_and_shows_them_all(page: Page) -> None:
    numbers = page.locator("a.map-number:not(.map-number--spot)")
    expect(numbers).to_have_count(3)
    frame = page.locator(".hotmap .folium-map")

    def seen() -> int:
        edge = frame.bounding_box()
        boxes = [number.bounding_box() for number in numbers.all()]
        assert edge is not None
        return sum(
            edge["x"] <= box["x"] + box["width"] / 2 <= edge["x"] + edge["width"]
            and edge["y"] <= box["y"] + box["height"] / 2 <= edge["y"] + edge["height"]
            for box in boxes
            if box is not None
        )

    button = page.get_by_role("button", name="Visa alla 3 områden")
    expect(button).to_be_visible()
    assert seen() < 3
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert axe.complaints(page) == []
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_hidden()
    assert seen() == 3
    expect(frame).to_be_focused()
    for control in page.locator(".leaflet-control-zoom a").all():
        under = control.bounding_box()
        assert under is not None
        for number in numbers.all():
            at = number.bounding_box()
            assert at is not None
            assert at["x"] + at["width"] <= under["x"] or at["y"] >= under["y"] + under["height"]


def test_areas_are_seen_whole_and_the_places_are_seen_again(page: Page) -> None:
    scale = page.locator(".leaflet-control-scale-line")
    near = scale.inner_text()
    page.locator("[data-map-layer][value=area-district]").check(force=True)
    expect(page.locator("path.area").first).to_be_attached()
    expect(scale).not_to_have_text(near)
    expect(page.get_by_text("Källa: Påhittade områden, ritade för demon.")).to_be_visible()
    page.locator("[data-map-layer][value=reasons]").check(force=True)
    expect(scale).to_have_text(near)


def test_what_is_done_lies_over_the_hotspots_and_is_reached_by_keyboard(page: Page) -> None:
    letters, rings = page.locator("a.map-number--spot"), page.locator("path.spot")
    rows = page.locator("[data-spots] > li")
    expect(letters).to_have_count(rows.count())
    expect(rings).to_have_count(rows.count())
    station = page.locator("[data-spots] > li", has_text="Resecentrum")
    expect(station).to_contain_text("Trygghetsvandringar")
    station.get_by_role("link", name="Resecentrum").focus()
    page.keyboard.press("Enter")
    letter = page.get_by_role("link", name="B: Resecentrum")
    expect(letter).to_be_focused()
    expect(page.locator(".map-spot-says")).to_have_text("Resecentrum: Trygghetsvandringar")
    page.keyboard.press("Escape")
    expect(page.locator(".map-spot-says")).to_have_count(0)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.complaints(page) == []
        take_picture(page, f"map-work-{scheme}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#plats-B$"))
    box = page.locator("[data-map-work]")
    box.focus()
    page.keyboard.press("Space")
    expect(rings).to_have_count(0)
    expect(letters).to_have_count(0)
    station.get_by_role("link", name="Resecentrum").focus()
    page.keyboard.press("Enter")
    expect(box).to_be_checked()
    expect(letter).to_be_focused()


# Numbers and letters by the middle of the sign that is seen, 24 pixels across.
SIGNS = """[...document.querySelectorAll("a.map-number")].map((sign) => {
    const box = sign.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})"""
COVERED_GROUPS = f"""() => {SIGNS}.flatMap(([x, y]) =>
    [...document.querySelectorAll(".map-group")].filter((circle) => {{
        const box = circle.getBoundingClientRect();
        const apart = Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2);
        return apart < box.width / 2 + 11;
    }})).length"""
COVERED_NAMES = f"""() => [...document.querySelectorAll(".map-label")].filter((name) => {{
    const box = name.getBoundingClientRect();
    const frame = name.closest(".folium-map").getBoundingClientRect();
    const isSeen = box.width && getComputedStyle(name).visibility === "visible"
        && box.left < frame.right && box.right > frame.left
        && box.top < frame.bottom && box.bottom > frame.top;
    return isSeen && {SIGNS}.some(([x, y]) =>
        x > box.left - 12 && x < box.right + 12 && y > box.top - 12 && y < box.bottom + 12);
}}).map((name) => name.textContent)"""


def test_a_group_lets_rings_through_and_is_no_wider_on_a_phone_than_a_finger_needs(
    page: Page,
) -> None:
    page.locator("[data-map-layer][value=groups]").check(force=True)
    expect(page.locator(".map-group").first).to_be_attached()
    looks = page.locator(".map-group").evaluate_all(
        """circles => circles.map((circle) => {
            const ground = document.createElement("canvas").getContext("2d");
            ground.fillStyle = getComputedStyle(circle).backgroundColor;
            ground.fillRect(0, 0, 1, 1);
            return [ground.getImageData(0, 0, 1, 1).data[3] / 255, circle.offsetWidth];
        })"""
    )
    for opacity, width_px in looks:
        assert 0.15 < opacity < 0.45
        assert width_px <= 52


def test_no_number_or_letter_covers_a_groups_number(page: Page) -> None:
    page.locator("[data-map-layer][value=groups]").check(force=True)
    expect(page.locator(".map-group").first).to_be_attached()
    expect(page.locator("a.map-number--spot").first).to_be_visible()
    page.wait_for_function(f"() => ({COVERED_GROUPS})() === 0")
    scale = page.locator(".leaflet-control-scale-line")
    near = scale.inner_text()
    page.get_by_role("button", name="Zooma ut").click()
    expect(scale).not_to_have_text(near)
    page.wait_for_function(f"() => ({COVERED_GROUPS})() === 0")
    assert axe.complaints(page) == []


def test_no_number_or_letter_stands_on_a_name(page: Page) -> None:
    expect(page.locator("a.map-number--spot").first).to_be_visible()
    page.wait_for_function(f"() => ({COVERED_NAMES})().length === 0")
    expect(page.locator(".map-label", has_text="Söderhamn").first).to_be_visible()


# Names that are cut by the edge, or that lie on a button or on each other.
POOR_NAMES = """() => {
    const frame = document.querySelector(".hotmap .folium-map").getBoundingClientRect();
    const meet = (one, other) => one.left < other.right && one.right > other.left
        && one.top < other.bottom && one.bottom > other.top;
    const seen = [...document.querySelectorAll(".map-label")]
        .filter((name) => name.checkVisibility({ visibilityProperty: true }))
        .map((name) => [name.textContent, name.getBoundingClientRect()])
        .filter(([, box]) => meet(box, frame));
    const buttons = [...document.querySelectorAll(".hotmap .leaflet-control")]
        .map((button) => button.getBoundingClientRect());
    return seen.filter(([, box], number) =>
        box.left < frame.left || box.right > frame.right
        || box.top < frame.top || box.bottom > frame.bottom
        || buttons.some((button) => meet(box, button))
        || seen.some(([, other], each) => each > number && meet(box, other))
    ).map(([name]) => name);
}"""


# Names that stand nearer to another town than to their own, and have no line to it either.
STRAYED_NAMES = """() => {
    const homes = [...document.querySelectorAll(".map-label--locality")]
        .map((name) => name.parentElement.getBoundingClientRect());
    const apart = (box, { x, y }) => Math.hypot(
        Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    return [...document.querySelectorAll(".map-label--locality:not(.map-label--away)")]
        .filter((name) => name.checkVisibility({ visibilityProperty: true })).filter((name) => {
            const box = name.getBoundingClientRect();
            const own = apart(box, name.parentElement.getBoundingClientRect());
            return homes.some((home) => apart(box, home) + 4 < own);
        }).map((name) => name.textContent);
}"""
# Small rings under a number or a letter: nobody would see that there is a ring. Beyond the map's
# edge a large one is cut and so looks small.
COVERED_RINGS = f"""() => {SIGNS}.flatMap(([x, y]) =>
    [...document.querySelectorAll("path.hot, path.spot")].filter((ring) => {{
        const box = ring.getBoundingClientRect();
        const frame = ring.closest(".folium-map").getBoundingClientRect();
        const isSeen = box.left < frame.right && box.right > frame.left
            && box.top < frame.bottom && box.bottom > frame.top;
        const apart = Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2);
        return isSeen && box.width && box.width < 40 && apart < 19;
    }})).length"""
# The same at every zoom and with the town in the middle or at an edge.
FAULTS = f"""() => {{
    const town = map.getCenter(), faults = [];
    for (let zoom = 9; zoom <= 16; zoom += 1) for (const [right, down] of [[0, 0], [120, 90]]) {{
        map.setView(town, zoom, {{ animate: false }}).panBy([right, down], {{ animate: false }});
        const found = [({STRAYED_NAMES})(), ({COVERED_NAMES})(), ({POOR_NAMES})(),
            ({COVERED_GROUPS})(), ({COVERED_RINGS})()];
        if (found.some((each) => each.length ?? each)) faults.push([zoom, right, ...found]);
    }}
    return faults;
}}"""


@pytest.mark.parametrize("layer", ["groups", "area-district"])
@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desk"])
def test_however_the_map_is_moved_no_sign_or_name_hides_what_another_says(
    page: Page, size: tuple[int, int], layer: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script("document.addEventListener('leaflet', (e) => { window.map = e.detail; });")
    page.goto(f"{MAP}?lager={layer}")
    expect(page.locator("a.map-number--spot").first).to_be_visible()
    assert page.evaluate(FAULTS) == []


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desk"])
def test_the_whole_municipality_has_names_that_can_be_read(
    page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{MAP}?lager=area-district")
    expect(page.locator("a.map-number--spot").first).to_be_visible()
    page.wait_for_function(f"() => ({COVERED_NAMES})().length === 0")
    page.wait_for_function(f"() => ({POOR_NAMES})().length === 0")
    expect(page.locator(".map-label--locality", has_text="Söderhamn")).to_be_visible()
    if size[0] > PHONE["width"]:  # on a phone numbers and letters may leave room for one name only
        expect(page.locator(".map-label--locality:visible").nth(1)).to_be_visible()


def test_an_address_of_areas_shows_all_of_them(page: Page) -> None:
    near = page.locator(".leaflet-control-scale-line").inner_text()
    page.goto(f"{MAP}?lager=area-district")
    expect(page.locator("path.area").first).to_be_attached()
    expect(page.locator(".leaflet-control-scale-line")).not_to_have_text(near)


def test_on_a_phone_the_map_begins_in_the_first_view_and_the_choice_is_seen(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{MAP}?lager=times")
    frame = page.locator(".hotmap .folium-map")
    expect(frame).to_be_visible()
    box = frame.bounding_box()
    assert box is not None
    assert box["y"] <= 740 - 120
    expect(page.locator("fieldset label", has_text="Vanligaste tid")).to_be_in_viewport(ratio=1)
    page.locator("fieldset [data-map-layer]:checked").press("ArrowLeft")
    expect(page.locator("fieldset label", has_text="Vanligaste skäl")).to_be_in_viewport(ratio=1)
    assert axe.complaints(page) == []


# Of each number and letter that the keyboard comes to in turn: whether all of it lies inside the
# map, and whether it is what is seen there.
UNSEEN_STOPS = """() => {
    return [...document.querySelectorAll("a.map-number")].filter((sign) => {
        sign.focus();
        const frame = sign.closest(".folium-map").getBoundingClientRect();
        const box = sign.getBoundingClientRect();
        const isInside = box.left >= frame.left && box.right <= frame.right
            && box.top >= frame.top && box.bottom <= frame.bottom;
        const middle = [box.x + box.width / 2, box.y + box.height / 2];
        return !isInside || document.elementFromPoint(...middle) !== sign;
    }).map((sign) => sign.textContent);
}"""


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desk"])
def test_a_number_or_letter_that_the_keyboard_comes_to_is_seen(
    page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.reload()
    expect(page.locator("a.map-number--spot").first).to_be_visible()
    # So some lie outside.
    expect(page.get_by_role("button", name="Visa alla 3 områden")).to_be_visible()
    assert page.evaluate(UNSEEN_STOPS) == []
    # One after the other by the key itself, in the order of the page, back and forth.
    signs = page.locator("a.map-number")
    order = [*reversed(range(signs.count() - 1)), *range(1, signs.count())]
    for number, key in zip(order, ["Shift+Tab"] * (len(order) // 2) + ["Tab"] * 99, strict=False):
        page.keyboard.press(key)
        expect(signs.nth(number)).to_be_focused()
        expect(signs.nth(number)).to_be_in_viewport(ratio=0.95)
    assert axe.complaints(page) == []


def test_a_sign_at_the_edge_does_not_slip_away_under_the_pointer(page: Page) -> None:
    page.add_init_script("document.addEventListener('leaflet', (e) => { window.map = e.detail; });")
    page.reload()
    letter = page.get_by_role("link", name="B: Resecentrum")
    expect(letter).to_be_visible()
    page.evaluate(
        """() => {
            const sign = document.getElementById("karta-plats-B").getBoundingClientRect();
            const frame = document.querySelector(".hotmap .folium-map").getBoundingClientRect();
            map.panBy([sign.left - frame.left - 2, 0], { animate: false });
        }"""
    )
    letter.click()
    expect(page).to_have_url(re.compile("#plats-B$"))


def test_the_map_takes_the_room_of_a_screen_on_a_wall(page: Page) -> None:
    shown = page.locator(".hotmap")
    page.set_viewport_size({"width": 1280, "height": 900})
    desk = shown.bounding_box()
    page.set_viewport_size({"width": 1920, "height": 1080})
    wall = shown.bounding_box()
    assert desk is not None
    assert wall is not None
    assert wall["width"] > 1.25 * desk["width"]
    assert 0.6 * 1080 < wall["height"] < 0.8 * 1080  # seen whole, with its layers above it
    assert page.evaluate("document.documentElement.scrollWidth") <= 1920


def test_what_paper_unfolds_is_folded_again(page: Page) -> None:
    page.locator("#metod > summary").click()
    before = page.locator("details[open]").count()
    assert before < page.locator("details").count()
    page.pdf()
    expect(page.locator("details[open]")).to_have_count(before)
    expect(page.locator("#metod")).to_have_attribute("open", "")
