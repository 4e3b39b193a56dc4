"""From answers to findings: freeze two figures, compare two rounds, take the numbers out."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, sign_in, take_picture

STAFF = "/soderhamn/handlaggning"
ROUND = f"{STAFF}/dialoger/host-2021"
TABLE = f"{ROUND}/resultat/korstabell?matt=q1&uppdelning=kon"
UNSAFE = "Otrygg (1–2)"


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_same_numbers_on_the_page_in_the_chart_in_the_workbook_and_in_json(
    open_context: Callable[..., BrowserContext], site: Site, script: bool
) -> None:
    page = open_context(java_script_enabled=script, accept_downloads=True).new_page()
    sign_in(page, site, "analyst")
    page.goto(TABLE)
    shown = table_of(page)
    take_picture(page, "crosstab")

    book = openpyxl.load_workbook(io.BytesIO(download(page, "Excel")))
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    by_group = dict(zip(head, next(line for line in lines if line[0] == UNSAFE), strict=True))
    record = json.loads(download(page, "JSON"))["tabell"]
    row = [each["key"] for each in record["rows"]].index("unsafe")
    for group, key in (("Alla", ""), ("Kvinna", "kvinna"), ("Man", "man")):
        column = [each["key"] for each in record["columns"]].index(key)
        count = record["cells"][row][column]["count"]
        share = record["cells"][row][column]["share"]["share"]
        assert shown[group] == count == by_group[f"{group}, antal"]
        assert by_group[f"{group}, andel"] == pytest.approx(share)
        if key:
            bar = page.locator(".grp", has_text=group).first
            expect(bar).to_contain_text(f"{round(share * 100 + 1e-9)}\N{NO-BREAK SPACE}%")


@pytest.mark.browser
def test_two_figures_are_frozen_two_rounds_compared_and_a_claim_rests_on_them(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    sign_in(page, site, "coordinator")
    page.goto(TABLE)
    shown = table_of(page)
    for button, name in (("Spara tabellen", "table"), ("Spara diagrammet", "chart")):
        page.goto(TABLE)
        page.get_by_role("button", name=button).first.click()
        expect(page.get_by_role("status")).to_contain_text("Sparat som underlag.")
        take_picture(page, f"evidence-{name}")
        frozen = table_of(page)
        assert frozen["Kvinna"] == shown["Kvinna"]
        assert frozen.items() <= shown.items(), "small numbers are not frozen, whoever freezes"
    expect(page.locator(".grp").first).to_be_visible()

    page.goto(f"{ROUND}/jamfor?med=var-2024")
    take_picture(page, "comparison")
    page.get_by_role("button", name=re.compile("^Spara jämförelsen")).first.click()
    expect(page.get_by_role("main")).to_contain_text("Jämförelse")
    take_picture(page, "evidence-comparison")
    page.get_by_role("button", name="Pröva nu").click()
    expect(page.get_by_role("status")).to_contain_text("Prövat nu")


def table_of(page: Page) -> dict[str, int]:
    """Each group's number of unsafe answers, as the table of the page says."""
    table = page.locator("table.cross").first
    head = [words.strip() for words in table.locator("thead th").all_text_contents()][1:]
    line = table.locator("tbody tr", has_text=UNSAFE)
    cells = line.locator("td").evaluate_all("tds => tds.map(td => td.firstChild.textContent)")
    found: dict[str, int] = {}
    for group, cell in zip(head, cells, strict=True):
        number = re.match(r"\d+", cell.strip())
        if number:
            found[group] = int(number[0])
    return found


def download(page: Page, name: str) -> bytes:
    """The file behind the link."""
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).first.click()
    return Path(started.value.path()).read_bytes()
