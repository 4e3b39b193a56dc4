"""Somebody at a browser: what they see, press and follow, in the words of the page."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

Words = str | re.Pattern[str]


@dataclass(frozen=True)
class Visitor:
    """One page in one browser."""

    page: Page

    def heading(self, text: Words) -> None:
        """The page's heading is ``text``."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def shows(self, *texts: Words) -> None:
        """Each of ``texts`` stands on the page."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def press(self, name: Words) -> None:
        """Press the button; the last where there are several."""
        self.page.get_by_role("button", name=name).last.click()

    def follow(self, name: Words) -> None:
        """Follow the link; the first where there are several."""
        self.page.get_by_role("link", name=name).first.click()
