"""Every request of a resident's visit, written down: all go to one origin, none sets a cookie."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request

from tests.browser.conftest import PICTURES, Site
from tests.browser.public_pages import survey_with_places, thanks

pytestmark = pytest.mark.browser


def test_a_visit_asks_one_origin_and_gets_no_cookie(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = open_context()
    asked: list[Request] = []
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    with context.expect_event("serviceworker"):
        survey_with_places(page)
    thanks(page)
    page.get_by_role("link", name="Se eller dra tillbaka ditt svar").click()
    page.wait_for_load_state("networkidle")
    page.goto("/soderhamn/loften/")
    lines = [
        f"{'worker' if request.service_worker else 'page':7}{request.method:5}{request.url}"
        for request in asked
    ]
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "requests.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    origins = {
        f"{parts.scheme}://{parts.netloc}"
        for parts in (urlsplit(request.url) for request in asked)
        if parts.scheme != "data"
    }
    assert origins == {site.url}
    assert any(line.startswith("worker") for line in lines), "the list misses the service worker"
    assert any("/map-" in line for line in lines), "the list misses the map"
    assert context.cookies() == []
