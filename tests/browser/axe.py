"""axe-core, as installed from npm with the browser packages, asked about the page that is open."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

SOURCE = ROOT / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Level A and AA of WCAG 2.0 to 2.2 (EN 301 549 asks for these), and what axe's makers advise.
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_ASK = """async standards => {
    const found = await axe.run(document, {
        runOnly: {type: "tag", values: standards}, resultTypes: ["violations"],
    });
    return found.violations.map(({id, help, nodes}) =>
        `${id} (${help}): ` + nodes.slice(0, 5).map(n => n.target.join(" ")).join(" | "));
}"""


def complaints(page: Page) -> list[str]:
    """What axe finds: a line for each rule that is broken, with where."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    said: Any = page.evaluate(_ASK, STANDARDS)
    return [str(line) for line in said]


def _source() -> str:
    # Evaluated, not put into the page: our own rules for scripts would rightly refuse it.
    return Path(SOURCE).read_text(encoding="utf-8") + ";0"
