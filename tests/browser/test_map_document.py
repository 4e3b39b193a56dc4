"""The staff map in a real browser under the strict policy, with hostile names in its register."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from shapely.geometry import box

from maps.drawing.cell_layers import persons_layer
from maps.drawing.labels import Label, LabelKind
from maps.drawing.map_parts import MapDocument
from maps.drawing.render import staff_map
from maps.drawing.words import SWEDISH
from maps.ground.basemap import Basemap, GroundFeature, GroundKind
from tests.browser.conftest import PHONE, Watch
from tests.maps.analyses import planted

pytestmark = pytest.mark.browser

ORIGIN = "http://karta.test"
POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:"
BUILT = Path(__file__).resolve().parents[2] / "webapp" / "static" / "build"
HOSTILE = "</script><img src=x onerror=alert(1)>`${alert(2)}\\'\""
ANALYSIS = planted((3000, 2000, 40), (-3000, -1000, 30), (0, 9000, 8))


def document() -> MapDocument:
    ground = (
        GroundFeature(GroundKind.OUTLINE, box(16.5, 61.0, 17.4, 61.5), HOSTILE),
        GroundFeature(GroundKind.WATER, box(16.9, 61.2, 17.0, 61.3), HOSTILE),
    )
    return staff_map(
        ANALYSIS,
        Basemap(ground),
        words=replace(SWEDISH, persons=f"{{n}} {HOSTILE.replace('{', '').replace('}', '')}"),
        labels=[Label(HOSTILE, LabelKind.LOCALITY, 61.3, 16.9)],
        area_names={area.rank: HOSTILE for area in ANALYSIS.concentrations},
    )


def page_of(drawn: MapDocument, manifest: dict[str, str]) -> str:
    choices = "".join(
        f'<label><input type="radio" name="l" value="{key}" data-map-layer{chosen}>{key}</label>'
        for key, chosen in (("persons", " checked"), ("density", ""), ("gi", ""))
    )
    links = "".join(
        f'<li id="omrade-{a.rank}"><a href="#" data-map-area="{a.rank}">Visa {a.rank}</a></li>'
        for a in ANALYSIS.concentrations
    )
    return f"""<!doctype html><html lang="sv"><head><title>Karta</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/{manifest["main.css"]}">
        <link rel="stylesheet" href="/{manifest["leaflet.css"]}">
        <link rel="stylesheet" href="/karta.css">
        <script defer src="/{manifest["leaflet.js"]}"></script>
        <script defer src="/karta.js"></script></head>
        <body><h1>Karta</h1><fieldset>{choices}</fieldset>
        <div class="map hotmap">{drawn.html}</div><ol>{links}</ol></body>
        </html>"""


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """The document on a page of its own origin, watched for other hosts and complaints."""
    if not (BUILT / "manifest.json").exists():
        pytest.skip("the browser assets are not built")
    drawn = document()
    manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    served = {
        "/": ("text/html; charset=utf-8", page_of(drawn, manifest)),
        "/karta.js": ("text/javascript; charset=utf-8", drawn.script),
        "/karta.css": ("text/css", drawn.style),
    }

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        headers = {"Content-Security-Policy": POLICY}
        if path in served:
            kind, body = served[path]
            route.fulfill(body=body, headers=headers | {"Content-Type": kind})
        else:
            route.fulfill(path=BUILT / path.removeprefix("/"), headers=headers)

    context = chromium.new_context(viewport=PHONE, color_scheme=request.param)
    context.route(f"{ORIGIN}/**", answer)
    watch = Watch(context, ORIGIN)
    opened = context.new_page()
    opened.on("dialog", lambda dialog: watch.complaints.append(dialog.message))
    opened.goto(f"{ORIGIN}/")
    yield opened
    context.close()
    watch.check()


def test_cells_areas_and_names_are_drawn_and_names_stay_words(page: Page) -> None:
    classes = persons_layer(ANALYSIS).levels
    expect(page.locator("path.cell")).to_have_count(len(set(classes.tolist())))
    expect(page.locator("path.hot")).to_have_count(len(ANALYSIS.concentrations))
    expect(page.locator(".map-label--locality")).to_have_text(HOSTILE)
    expect(page.locator("#karta-omrade-1")).to_have_attribute(
        "aria-label", f"Område 1: {HOSTILE}, {ANALYSIS.concentrations[0].n_respondents} personer"
    )
    assert page.locator(".leaflet-container img").count() == 0
    colours = page.evaluate(
        "[...document.querySelectorAll('path.cell')].map(c => getComputedStyle(c).fill)"
    )
    assert len(set(colours)) > 1
    assert "rgb(51, 136, 255)" not in colours, "Leaflet's own blue"


def test_the_controls_speak_swedish_and_are_large_enough(page: Page) -> None:
    for name in ("Zooma in", "Zooma ut", "Visa hela kommunen"):
        control = page.get_by_role("button", name=name, exact=True)
        expect(control).to_be_visible()
        size = control.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
    expect(page.get_by_text("Schematisk karta, inte för navigering")).to_be_visible()
    assert page.locator(".leaflet-container").get_by_text("Leaflet").count() == 0


def test_the_map_works_by_keyboard(page: Page) -> None:
    box_ = page.get_by_role("region", name=SWEDISH.map_label)
    box_.focus()
    pane = page.locator(".leaflet-map-pane")
    before = pane.get_attribute("style") or ""
    page.keyboard.press("ArrowRight")
    expect(pane).not_to_have_attribute("style", before)
    page.get_by_label("persons").focus()
    shown = page.locator(".leaflet-cells-pane path")
    before_all = shown.evaluate_all("all => all.map(one => one.getAttribute('d'))")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("density")).to_be_checked()
    after = shown.evaluate_all("all => all.map(one => one.getAttribute('d'))")
    assert after
    assert not set(after) & set(before_all)


@pytest.mark.parametrize("layer", ["persons", "density", "gi"])
def test_tab_stops_only_at_what_has_a_name(page: Page, layer: str) -> None:
    page.get_by_label(layer, exact=True).check()
    page.get_by_role("region", name=SWEDISH.map_label).focus()
    focused = page.locator(":focus")
    for _area in ANALYSIS.concentrations:
        page.keyboard.press("Tab")
        expect(focused).to_have_class(re.compile("map-number"))
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("aria-label", "Zooma in")


def test_what_a_square_says_stays_words(page: Page) -> None:
    square = page.locator("path.cell").first
    square.dispatch_event("mouseover")
    expect(page.locator(".leaflet-tooltip")).to_contain_text("<img src=x")
    assert page.locator(".leaflet-container img").count() == 0


def test_list_and_map_lead_to_each_other(page: Page) -> None:
    last = ANALYSIS.concentrations[-1].rank
    page.get_by_role("link", name=f"Visa {last}", exact=True).click()
    expect(page.locator(f"#karta-omrade-{last}")).to_be_focused()
    expect(page.locator(f"#karta-omrade-{last}")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{ORIGIN}/#omrade-{last}")
