"""What can be measured on an open page: how wide it is, what is cut off, how large targets are."""

from typing import Any

from playwright.sync_api import Page

# WCAG 1.4.12: what a reader may ask for without anything being lost.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
TWICE = "html { font-size: 200% !important }"
SMALLEST_TARGET = 44

# A sheet that script hands over is no inline style, so the page's own rules let it be.
_WEAR = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
_CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(element => {
    const {overflowX, clipPath, position} = getComputedStyle(element);
    const unseen = position === "absolute" && (clipPath !== "none" || element.clientWidth <= 1);
    return overflowX !== "visible" && overflowX !== "auto" && overflowX !== "scroll" && !unseen
        && element.textContent.trim() && element.scrollWidth > element.clientWidth + 1
        && !element.closest("svg, .leaflet-container, [aria-hidden=true]");
}).map(({tagName, className, textContent}) =>
    `${tagName}.${className}: ${textContent.trim().slice(0, 40)}`)"""
# Each thing to press with the size of what answers to it: a field's label counts with the field.
_TARGETS = """() => {
    const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary, " +
        "[role=button], [tabindex]:not([tabindex='-1'])";
    const inText = element => {
        if (getComputedStyle(element).display !== "inline") return false;
        const words = [...element.parentElement.childNodes]
            .filter(node => node !== element).map(node => node.textContent.trim()).join("");
        return words.length > 0;
    };
    return [...document.querySelectorAll(pressed)]
        .filter(element => element.checkVisibility({visibilityProperty: true})
            && !element.disabled && !element.closest("[inert], [aria-hidden=true]"))
        .filter(element => !(element.matches("a") && inText(element)))
        .map(element => {
            const boxes = [element, ...(element.labels ?? [])]
                .map(part => part.getBoundingClientRect()).filter(box => box.width > 1);
            const span = (from, to) =>
                Math.max(...boxes.map(b => b[to])) - Math.min(...boxes.map(b => b[from]));
            return boxes.length && {
                name: `${element.tagName} ${element.className} ` +
                    (element.textContent || element.name || "").trim().slice(0, 30),
                width: span("left", "right"), height: span("top", "bottom"),
            };
        })
        .filter(Boolean);
}"""


def wear(page: Page, css: str) -> None:
    """Put a reader's own style upon the page, in place of the last one."""
    page.evaluate(_WEAR, css)


def is_too_wide(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    found = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return bool(found)


def cut_off(page: Page) -> list[str]:
    """Elements that do not show all of their text."""
    found: Any = page.evaluate(_CUT_OFF)
    return list(found)


def small_targets(page: Page) -> list[str]:
    """What is pressed and is less than 44 px high or wide, links in running text excepted."""
    found: Any = page.evaluate(_TARGETS)
    return [
        f"{target['name']}: {target['width']:.0f} x {target['height']:.0f}"
        for target in found
        if min(target["width"], target["height"]) < SMALLEST_TARGET - 0.5
    ]
