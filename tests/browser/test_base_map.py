"""The imported base map in a browser: drawn under the maps, from our own origin, in our colours."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from maps.ground.base_import import make_tiles
from maps.ground.base_store import FOLDER, forget_map, store_map
from tests.browser.conftest import Site, sign_in, take_picture
from tests.factories.ground_files import write_osm

SURVEY = "/soderhamn/dialoger/oppen"
STAFF_MAP = "/soderhamn/handlaggning/dialoger/host-2021/karta"
WHOSE = "© OpenStreetMaps bidragsgivare"
# How many of a canvas's pixels have each colour, the commonest first.
COLOURS = """canvases => {
  const seen = {};
  for (const canvas of canvases) {
    if (!canvas.width) continue;
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const ctx = copy.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(canvas, 0, 0);
    const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4) {
      const colour = [data[i], data[i + 1], data[i + 2]].join();
      seen[colour] = (seen[colour] ?? 0) + 1;
    }
  }
  return Object.keys(seen).sort((a, b) => seen[b] - seen[a]).slice(0, 12);
}"""
LAND, DARK_LAND, WATER = "237,239,234", "27,40,45", "198,216,222"

Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    make_tiles(write_osm(folder), folder / "made.pmtiles", near=None, told=lambda _name: None)
    return folder / "made.pmtiles"


@pytest.fixture
def base_map(site: Site, made: Path, tmp_path: Path) -> Iterator[None]:
    """A base map of the middle of Söderhamn, for as long as the test."""
    copy = shutil.copyfile(made, tmp_path / "copy.pmtiles")
    folder = Path(site.instance) / FOLDER
    store_map(copy, folder, attribution=WHOSE, source="", dated="")
    yield
    forget_map(folder)


def open_survey_map(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="På en karta", exact=True).click()
    expect(page.locator(".leaflet-basemap-pane canvas.leaflet-tile-loaded").first).to_be_visible()
    return page


def wait_for_colour(page: Page, colour: str, *, gone: str = "none") -> None:
    # A function, not an expression: an expression is evaluated anew at each turn, by an eval() that
    # the page's own policy forbids whenever the colour is not there at the first look.
    drawn = f"({COLOURS})(document.querySelectorAll('.leaflet-basemap-pane canvas'))"
    page.wait_for_function(
        "([colour, gone]) => {"
        f" const seen = {drawn}; return seen.includes(colour) && !seen.includes(gone); }}",
        arg=[colour, gone],
        polling=100,
    )


@pytest.mark.usefixtures("base_map")
@pytest.mark.parametrize(("scheme", "land"), [("light", LAND), ("dark", DARK_LAND)])
def test_the_survey_s_map_is_drawn_on_it_in_our_colours(
    open_context: Contexts, scheme: str, land: str
) -> None:
    page = open_survey_map(open_context(color_scheme=scheme))
    wait_for_colour(page, land)
    expect(page.locator(".leaflet-control-attribution")).to_have_text(WHOSE)
    expect(page.locator(".leaflet-overlay-pane .g-road")).to_have_count(0)  # no second ground
    take_picture(page, f"base-map-survey-{scheme}")


@pytest.mark.usefixtures("base_map")
def test_the_colours_follow_when_the_evening_comes(open_context: Contexts) -> None:
    page = open_survey_map(open_context(color_scheme="light"))
    page.emulate_media(color_scheme="dark")
    wait_for_colour(page, DARK_LAND, gone=LAND)


@pytest.mark.usefixtures("base_map")
def test_only_parts_of_the_file_are_fetched_and_only_when_the_map_is_opened(
    open_context: Contexts,
) -> None:
    context = open_context()
    asked: list[tuple[str, str]] = []
    context.on(
        "request", lambda request: asked.append((request.url, request.headers.get("range", "")))
    )
    page = context.new_page()
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    expect(page.get_by_role("button", name="På en karta", exact=True)).to_be_visible()
    assert not [url for url, _ in asked if "grundkarta" in url or "vector-ground" in url]
    page.get_by_role("button", name="På en karta", exact=True).click()
    expect(page.locator(".leaflet-basemap-pane canvas.leaflet-tile-loaded").first).to_be_visible()
    of_the_file = [part for url, part in asked if url.endswith(".pmtiles")]
    assert of_the_file
    assert all(part.startswith("bytes=") for part in of_the_file)


@pytest.mark.usefixtures("base_map")
def test_a_pin_in_the_lake_of_the_base_map_is_asked_about(open_context: Contexts) -> None:
    page = open_survey_map(open_context())
    water = page.locator("[data-water]").first
    # From the keyboard to the south until the cross is over the lake.
    page.locator(".map__view").focus()
    for _ in range(30):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        if water.is_visible():
            break
    expect(water).to_be_visible()
    lat = float(page.locator("[name=places-0-lat]").input_value())
    assert 61.29 <= lat <= 61.30


@pytest.mark.usefixtures("base_map")
def test_staff_s_map_lies_on_it_under_its_data(open_context: Contexts, site: Site) -> None:
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, site, "coordinator")
    page.goto(STAFF_MAP)
    expect(page.locator(".leaflet-basemap-pane canvas.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_have_text(WHOSE)
    expect(page.locator(".leaflet-ground-pane path").first).to_be_hidden()
    expect(page.locator(".leaflet-cells-pane path").first).to_be_visible()
    take_picture(page, "base-map-staff")


@pytest.mark.usefixtures("base_map")
def test_the_public_map_is_drawn_from_the_same_file_without_script(
    open_context: Contexts,
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/soderhamn/dialoger/host-2021/karta")
    expect(page.get_by_text(f"Bakgrundskarta: {WHOSE}")).to_be_visible()


def test_without_a_base_map_the_schematic_one_is_drawn(open_context: Contexts) -> None:
    page = open_context().new_page()
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="På en karta", exact=True).click()
    expect(page.locator(".leaflet-overlay-pane .g-road").first).to_be_attached()
    assert page.locator(".leaflet-basemap-pane").count() == 0


# Each name that is drawn on a canvas, with the middle of its words on the screen.
LISTEN = """(() => {
  const draw = CanvasRenderingContext2D.prototype.fillText;
  window.namesDrawn = [];
  CanvasRenderingContext2D.prototype.fillText = function fillText(text, x, y) {
    const width = this.measureText(text).width;
    const at = this.getTransform().transformPoint(new DOMPoint(x + width / 2, y - 5));
    window.namesDrawn.push({ canvas: this.canvas, text, x: at.x, y: at.y, width });
    return draw.call(this, text, x, y);
  };
})()"""
NAMES_SEEN = """() => {
  const seen = [];
  for (const { canvas, text, x, y, width } of window.namesDrawn) {
    const box = canvas.getBoundingClientRect();
    if (!canvas.isConnected || !box.width) continue;
    const scale = box.width / canvas.width;
    seen.push([text, box.x + x * scale, box.y + y * scale, width]);
  }
  return seen;
}"""


@pytest.mark.usefixtures("base_map")
def test_names_of_the_base_map_keep_clear_of_the_register_s(
    open_context: Contexts, site: Site
) -> None:
    context = open_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(LISTEN)
    page = open_survey_map(context)
    wait_for_colour(page, LAND)
    page.wait_for_function("() => window.namesDrawn.some(({ text }) => text === 'Sjön')")
    drawn = page.evaluate(NAMES_SEEN)
    lakes = {(round(x / 4), round(y / 4)) for text, x, y, _ in drawn if text == "Sjön"}
    assert len(lakes) == 1
    own = [name.bounding_box() for name in page.locator(".m-name > span").all()]
    assert len(own) > 3
    for text, x, y, width in drawn:
        for box in own:
            assert box is not None
            beside = x + width / 2 <= box["x"] or x - width / 2 >= box["x"] + box["width"]
            above = y + 6 <= box["y"] or y - 6 >= box["y"] + box["height"]
            assert beside or above, text
