"""The receipt on a phone: opened by its link, and the answer taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

SURVEY = "/soderhamn/dialoger/oppen"
WORDS = "Sätt upp en lampa vid trappan, tack"


def send(page: Page) -> None:
    page.goto(SURVEY)
    page.get_by_label("Ganska otrygg").check()
    page.get_by_label("Har du förslag", exact=False).fill(WORDS)
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def test_the_link_opens_the_answer_and_leaves_no_code_behind(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context()
    page = context.new_page()
    send(page)
    code = page.locator("[data-code]").inner_text()
    link = page.locator("[data-receipt-link]").get_attribute("href") or ""
    assert link.endswith("#" + "-".join(code.split()))

    other = context.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(link)
    heading = other.get_by_role("heading", level=1)
    expect(heading).to_have_text("Det här är sparat av ditt svar")
    assert "#" not in other.url
    assert not any(word in url for url in asked for word in code.split())
    assert WORDS not in other.content()

    other.go_back()  # to the empty field: the history holds no code either
    assert "#" not in other.url


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_answer_is_read_and_withdrawn(
    open_context: Callable[..., BrowserContext], script: bool
) -> None:
    page = open_context(java_script_enabled=script).new_page()
    send(page)
    code = page.locator("[data-code]").inner_text()
    page.goto("/soderhamn/kvitto")
    page.get_by_label("Din kod").fill(code)
    page.get_by_role("button", name="Visa mitt svar").click()
    expect(page.get_by_text("Med egna ord", exact=True)).to_be_visible()
    page.get_by_role("button", name="Visa det jag skrev").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("button", name="Dra tillbaka mitt svar").click()
    page.get_by_role("button", name="Ja, dra tillbaka mitt svar").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Ditt svar är tillbakadraget")
    page.goto("/soderhamn/kvitto")
    page.get_by_label("Din kod").fill(code)
    page.get_by_role("button", name="Visa mitt svar").click()
    expect(heading).to_have_text("Ditt svar är tillbakadraget")
    assert WORDS not in page.content()
