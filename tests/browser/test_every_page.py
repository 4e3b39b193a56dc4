"""Every page that a link leads to, opened in Chromium: no complaint, no other host, no scroll."""

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import NARROW, Site, sign_in

# Rows with a number are pages of the same kind: the first ones stand for them all.
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def links_on(page: Page) -> set[str]:
    """Paths of our own pages; what is fetched as a file (a poster, a table) is no page."""
    addresses = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    own = {urlsplit(address).path for address in addresses if page.url.split("/")[2] in address}
    return {path for path in own if "." not in path.rsplit("/", maxsplit=1)[-1]}


def walk(
    page: Page, start: list[str], prefixes: tuple[str, ...], of_each_kind: int = 2
) -> list[str]:
    """Open everything under ``prefixes`` that links lead to; returns the paths."""
    waiting, seen, kinds = list(start), [], Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = NUMBER.sub("#", path)
        kinds[kind] += 1
        if "#" in kind and kinds[kind] > of_each_kind:
            continue
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        seen.append(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], f"{path} scrolls sideways: {width}"
        found = sorted(p for p in links_on(page) if p.startswith(prefixes))
        waiting += [p for p in found if p not in seen and p not in waiting]
    return seen


@pytest.mark.browser
def test_readers_pages_in_the_dark(open_context: Callable[..., BrowserContext], site: Site) -> None:
    """In light, test_accessibility opens them all."""
    page = open_context(viewport=NARROW, color_scheme="dark").new_page()
    seen = walk(page, ["/", "/soderhamn/", "/harnosand/"], ("/soderhamn/", "/harnosand/"))
    seen = [path for path in seen if "/handlaggning" not in path]
    assert len(seen) > 15


@pytest.mark.browser
def test_staff_pages_of_the_police(open_context: Callable[..., BrowserContext], site: Site) -> None:
    """One page of each kind; test_accessibility opens two of each as the municipality sees them."""
    page = open_context(viewport=NARROW).new_page()
    sign_in(page, site, "police")
    home = "/soderhamn/handlaggning/"
    assert len(walk(page, [home], (home,), of_each_kind=1)) > 15
