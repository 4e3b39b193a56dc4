"""A municipality's own colour as the browser shows it, under the strict policy, in both modes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from surveys.demo.notices import RUST
from surveys.theme.palette import HOUSE_THEME, theme_of

LINK = "footer a[href$='/for-barn']"
COLORS = {"harnosand": theme_of(RUST), "soderhamn": HOUSE_THEME}


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_links_have_the_municipality_s_colour(
    open_context: Callable[..., BrowserContext], mode: str
) -> None:
    page = open_context(color_scheme=mode).new_page()
    for municipality, theme in COLORS.items():
        brand = getattr(theme, mode).brand
        for path in (f"/{municipality}/", f"/{municipality}/dialoger/"):
            page.goto(path)
            expect(page.locator(LINK)).to_have_css("color", _rgb(brand))


def _rgb(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
