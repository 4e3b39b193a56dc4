"""Every public page of the running demo: those that have an address, and those that answer a form.

The addresses come from the application's own routes and from the links on the pages, so that a page
which somebody adds is held to the same as the others without being named here.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from surveys.db import WRITE_OPTION
from surveys.models.municipality import Municipality
from tests.architecture.test_walks import STAFF_HOME, address, links
from tests.browser.conftest import Site
from tests.demo_site import DemoSite
from tests.factories.dialogues import make_dialogue

SURVEY = "/soderhamn/dialoger/oppen"
STARTS = (
    "/logga-in",
    "/",
    "/soderhamn/",
    "/harnosand/",
    "/soderhamn/dialoger/",
    "/soderhamn/dialoger/host-2021",
)
NOT_FOR_READERS = {"staff", "static", "security", "_security"}
OF_EACH_KIND = 2
# What names one row of many: a UUID, the digest of what was checked, a number.
NUMBERED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40}|\d+")
OPENS_AT = datetime(2090, 3, 1, 7, 0, tzinfo=UTC)
CLOSES_AT = datetime(2090, 4, 1, 21, 59, tzinfo=UTC)
TOO_LONG = "Mer ljus. " * 300


def add_upcoming_dialogue(site: Site) -> str:
    """The address of a dialogue that opens long after everybody here has retired."""
    engine = create_engine(f"sqlite:///{site.instance / 'trygghetsdialog.sqlite3'}")
    with Session(engine) as session:
        # The site's own worker may write between our reading and our writing.
        session.connection(execution_options={WRITE_OPTION: True})
        where = Municipality.slug == "solleftea"
        municipality = session.scalars(select(Municipality).where(where)).one()
        make_dialogue(session, municipality, "kommer", opens_at=OPENS_AT, closes_at=CLOSES_AT)
        session.commit()
    engine.dispose()
    return "/solleftea/dialoger/kommer"


def readers_addresses(app: Flask, page: Page) -> list[str]:
    """Every address that anybody may open and that answers with a page."""
    demo = DemoSite(app, Path())
    waiting, seen, found = list(STARTS) + _examples(demo), set(), []
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = page.request.get(path, max_redirects=0)
        if answer.status == 200 and "text/html" in answer.headers["content-type"]:
            found.append(path)
            html = answer.text()
            for prefix in ("/soderhamn/", "/harnosand/"):
                waiting += sorted(p for p in links(html, prefix) if "/handlaggning" not in p)
    return found


def staff_addresses(page: Page) -> list[list[str]]:
    """Every page of Handläggning that links lead to, by kind; of rows of a kind, the first two."""
    waiting, kinds = [STAFF_HOME], defaultdict[str, list[str]](list)
    found = set()
    while waiting:
        path = waiting.pop(0)
        of_its_kind = kinds[NUMBERED.sub("#", path)]
        if path in of_its_kind or len(of_its_kind) == OF_EACH_KIND:
            continue
        of_its_kind.append(path)
        answer = page.request.get(path)
        if answer.status == 200 and "text/html" in answer.headers["content-type"]:
            found.add(path)
            waiting += sorted(links(answer.text(), STAFF_HOME))
    pages = [[path for path in paths if path in found] for paths in kinds.values()]
    return [paths for paths in pages if paths]


def _examples(demo: DemoSite) -> list[str]:
    return [
        address(demo, rule)
        for rule in demo.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and _blueprint(rule.endpoint) not in NOT_FOR_READERS
    ]


def one_of_each(app: Flask, addresses: list[str]) -> list[str]:
    """The first address of each route: the others differ in what the municipality has written."""
    urls = app.url_map.bind("localhost")
    by_endpoint: dict[str, str] = {}
    for path in addresses:
        try:
            endpoint, _ = urls.match(path)
        except HTTPException:
            continue
        by_endpoint.setdefault(endpoint, path)
    return list(by_endpoint.values())


def _blueprint(endpoint: str) -> str:
    return endpoint.split(".", maxsplit=1)[0]


def survey_with_places(page: Page) -> None:
    """Three places: one named and folded, one said in words, one with its map open."""
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="I en lista").click()
    page.get_by_role("button", name="Klar med platsen").click()
    page.get_by_role("button", name="Med egna ord").last.click()
    page.get_by_role("button", name="På en karta").last.click()
    page.get_by_text("Om dig (frivilligt)").click()
    expect(page.locator(".leaflet-container path").first).to_be_attached()


def survey_with_errors(page: Page) -> None:
    """Two things to put right: a text and a place."""
    page.goto(SURVEY)
    page.get_by_label("Ja", exact=True).check()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Med egna ord").last.click()
    page.locator("[name=places-0-words]").fill(TOO_LONG)
    page.get_by_label(re.compile("Har du förslag")).fill(TOO_LONG)
    send(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def thanks(page: Page) -> None:
    """The page after an answer, with what is stored unfolded."""
    page.goto(SURVEY)
    page.get_by_label("Ganska trygg").check()
    page.get_by_label(re.compile("Har du förslag")).fill("Mer ljus vid perrongen.")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Tack"))
    page.get_by_text("Det här är sparat").click()


def receipt(page: Page) -> None:
    """What is stored, shown to somebody with the code."""
    thanks(page)
    code = page.locator("[data-code]").inner_text()
    page.goto("/soderhamn/kvitto")
    page.get_by_label("Din kod").fill(code)
    page.get_by_role("button", name="Visa mitt svar").click()
    expect(page.get_by_role("main")).to_contain_text("Ganska trygg")


def receipt_with_an_error(page: Page) -> None:
    page.goto("/soderhamn/kvitto")
    page.get_by_label("Din kod").fill("fel kod här")
    page.get_by_role("button", name="Visa mitt svar").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def refused(page: Page, language: str) -> None:
    """A text that is too long, in any language."""
    page.goto(f"{SURVEY}?lang={language}")
    page.locator("[name=q3]").fill(TOO_LONG)
    page.locator("[data-send]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def thanked(page: Page, language: str) -> None:
    """The page after an answer, in any language."""
    page.goto(f"{SURVEY}?lang={language}")
    page.locator("[name=q1]").first.check()
    page.locator("[name=q3]").fill("Mer ljus.")  # not what the device remembers
    page.locator("[data-send]").click()
    expect(page.locator("[data-code]")).to_be_visible()


def no_such_page(page: Page) -> None:
    page.goto("/soderhamn/finns-inte")


def refused_request(page: Page) -> None:
    """An error page that gives back what was typed."""
    page.goto("/soderhamn/kvitto")
    page.get_by_label("Din kod").fill("ett två tre")
    page.locator("main form").evaluate("form => { form.action = '/soderhamn/loften/' }")
    page.get_by_role("button", name="Visa mitt svar").click()
    expect(page.get_by_role("main")).to_contain_text("ett två tre")


def send(page: Page) -> None:
    page.get_by_role("button", name="Skicka svaret").last.click()


STATES: dict[str, Callable[[Page], None]] = {
    function.__name__: function
    for function in (
        survey_with_places,
        survey_with_errors,
        thanks,
        receipt,
        receipt_with_an_error,
        no_such_page,
        refused_request,
    )
}
