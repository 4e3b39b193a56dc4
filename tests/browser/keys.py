"""A person with a keyboard and nothing else, who sees where they are at every stop."""

import io
import re

from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

MOST_STOPS = 90
# A ring of three pixels round something small is more than this; a caret is less.
FEWEST_CHANGED = 150
MARGIN = 6

_HERE = """() => {
    const element = document.activeElement;
    const labels = [...(element.labels ?? [])].map(label => label.textContent);
    const named = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
        .map(id => document.getElementById(id)?.textContent);
    const name = element.ariaLabel ?? (named.join(" ") || labels.join(" ") || element.textContent);
    return element === document.body ? "" : name.replace(/\\s+/g, " ").trim();
}"""
_BOX = """() => {
    const element = document.activeElement;
    const boxes = [element, ...(element.labels ?? [])].map(part => part.getBoundingClientRect());
    const end = (most, side) => most(...boxes.map(box => box[side]));
    return [...["left", "top"].map(side => end(Math.min, side)),
        ...["right", "bottom"].map(side => end(Math.max, side))];
}"""


class Keyboard:
    """Keys pressed one after the other; ``stops`` is where focus has been."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops: list[str] = []

    @property
    def here(self) -> str:
        """The name of what has focus, or the empty string where nothing has."""
        return str(self.page.evaluate(_HERE))

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def is_moved_to(self, name: str) -> None:
        """The page itself has moved focus to ``name`` (a pattern)."""
        expect(self.page.locator(":focus")).to_have_accessible_name(re.compile(name))

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until ``name`` (a pattern) has focus; each stop on the way shows its focus."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            self.stops.append(self.here)
            assert self.shows_focus(), f"nobody sees that focus is on {self.here!r}"
            if re.search(name, self.here):
                return
        raise AssertionError(f"{name!r} was not reached; focus went {self.stops[-MOST_STOPS:]}")

    def shows_focus(self) -> bool:
        """Whether the place that has focus is on the screen and looks otherwise without focus."""
        left, top, right, bottom = self.page.evaluate(_BOX)
        size = self.page.viewport_size or {"width": 0, "height": 0}
        box = {"x": max(0, left - MARGIN), "y": max(0, top - MARGIN)}
        box["width"] = min(size["width"], right + MARGIN) - box["x"]
        box["height"] = min(size["height"], bottom + MARGIN) - box["y"]
        if box["width"] <= 0 or box["height"] <= 0:
            return False
        focused = self._picture(box)
        element = self.page.evaluate_handle("document.activeElement")
        element.evaluate("element => element.blur()")
        without = self._picture(box)
        element.evaluate("element => element.focus({preventScroll: true})")
        changed = (
            ImageChops.difference(focused, without).convert("L").point(lambda v: v > 24 and 255)
        )
        return changed.histogram()[255] >= FEWEST_CHANGED

    def _picture(self, box: dict[str, float]) -> Image.Image:
        taken = self.page.screenshot(clip=box, caret="hide")  # type: ignore[arg-type]
        return Image.open(io.BytesIO(taken)).convert("RGB")
