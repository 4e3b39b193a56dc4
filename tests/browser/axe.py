"""axe-core, as installed from npm with the browser packages, asked about the page that is open."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

SOURCE = ROOT / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Level A and AA of WCAG 2.0 to 2.2 (EN 301 549 asks for these), and what axe's makers advise.
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# What a change of colours alone can break: the rules of axe's "cat.color" at levels A and AA.
OF_COLOR = ["color-contrast", "link-in-text-block"]
# Sheets and films are fetched again only for pages with sound: no other rule of ours reads them.
_ASK = """async ([type, values]) => {
    const found = await axe.run(document, {
        runOnly: {type, values}, resultTypes: ["violations"],
        preload: document.querySelector("audio, video") !== null,
    });
    return found.violations.map(({id, help, nodes}) =>
        `${id} (${help}): ` + nodes.slice(0, 5).map(n => n.target.join(" ")).join(" | "));
}"""


def complaints(page: Page) -> list[str]:
    """What axe finds: a line for each rule that is broken, with where."""
    return _complaints(page, "tag", STANDARDS)


def color_complaints(page: Page) -> list[str]:
    """The same of the rules about colour, for a page that is judged whole in other colours."""
    return _complaints(page, "rule", OF_COLOR)


def _complaints(page: Page, kind: str, wanted: list[str]) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    said: Any = page.evaluate(_ASK, [kind, wanted])
    return [str(line) for line in said]


def _source() -> str:
    # Evaluated, not put into the page: our own rules for scripts would rightly refuse it.
    return Path(SOURCE).read_text(encoding="utf-8") + ";0"
