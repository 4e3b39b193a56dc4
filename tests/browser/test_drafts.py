"""Drafts: on the device only, one for each tab, gone when they should be."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Site

SURVEY = "/soderhamn/dialoger/oppen"
KEPT = "Det du skriver sparas bara på den här enheten."
DENIED = """
for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("denied"); } });
}
"""

pytestmark = pytest.mark.browser


def proposal(page: Page) -> Locator:
    return page.get_by_label(re.compile("Har du förslag"))


def write(page: Page, text: str) -> None:
    proposal(page).fill(text)
    expect(page.get_by_text(KEPT)).to_be_visible()


def drafts(page: Page) -> list[str]:
    kept = page.evaluate("Object.entries(localStorage).filter(([n]) => n.startsWith('td-draft'))")
    return [value for _name, value in kept]


def send(page: Page) -> None:
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


@pytest.fixture
def context(open_context: Callable[..., BrowserContext], site: Site) -> BrowserContext:
    return open_context()


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(SURVEY)
    return page


def test_a_page_that_is_loaded_again_brings_everything_back_with_its_key(
    context: BrowserContext,
) -> None:
    page = opened(context)
    page.get_by_label("Ganska otrygg").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="I en lista", exact=True).click()
    page.get_by_role("combobox", name="Sök platsen").fill("Resecentrum")
    page.get_by_label("Mörkt").check()
    page.get_by_role("button", name="Klar med platsen").click()
    page.get_by_role("button", name="Med egna ord", exact=True).click()
    page.locator("[name=places-1-words]").fill("Stigen bakom skolan")
    write(page, "Mer ljus")
    expect(page.get_by_text(KEPT)).to_be_visible()
    key = page.locator("[name=key]").input_value()
    page.reload()
    expect(proposal(page)).to_have_value("Mer ljus")
    expect(page.get_by_label("Ganska otrygg")).to_be_checked()
    expect(page.locator("[data-summary] strong")).to_have_text(
        ["Resecentrum", "Stigen bakom skolan"]
    )
    assert page.locator("[name=key]").input_value() == key
    send(page)
    assert drafts(page) == []


def test_three_tabs_have_three_drafts_and_none_overwrites_another(context: BrowserContext) -> None:
    pages = [opened(context) for _ in range(3)]
    for number, page in enumerate(pages):
        write(page, f"Svar {number}")
    for number, page in enumerate(pages):
        page.reload()
        expect(proposal(page)).to_have_value(f"Svar {number}")
    assert len(drafts(pages[0])) == 3
    assert len({page.locator("[name=key]").input_value() for page in pages}) == 3
    send(pages[1])
    expect(proposal(pages[2])).to_have_value("Svar 2")
    assert len(drafts(pages[0])) == 2


def test_a_draft_of_a_lost_tab_is_offered_and_shown_only_when_asked_for(
    context: BrowserContext,
) -> None:
    lost = opened(context)
    write(lost, "Ur en flik som försvann")
    lost.close()
    page = opened(context)
    expect(page.get_by_text("Det finns ett utkast på den här enheten.")).to_be_visible()
    expect(proposal(page)).to_have_value("")
    page.get_by_role("button", name="Fortsätt med det").click()
    expect(proposal(page)).to_have_value("Ur en flik som försvann")
    send(page)
    assert drafts(page) == []


def test_a_draft_that_nobody_touches_is_gone_after_half_an_hour(context: BrowserContext) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(SURVEY)
    proposal(page).fill("Kort liv")
    page.clock.run_for(1_000)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.clock.run_for(29 * 60_000)
    assert len(drafts(page)) == 1
    page.clock.run_for(2 * 60_000)
    expect(page.get_by_text("Utkastet är borttaget från enheten.")).to_be_visible()
    assert drafts(page) == []
    expect(proposal(page)).to_have_value("Kort liv")


def test_a_draft_that_was_left_for_longer_is_neither_offered_nor_kept(
    context: BrowserContext,
) -> None:
    page = opened(context)
    write(page, "Gammalt")
    page.evaluate(
        """for (const name of Object.keys(localStorage).filter((n) => n.startsWith("td-draft"))) {
          const draft = JSON.parse(localStorage[name]);
          localStorage[name] = JSON.stringify({...draft, saved: draft.saved - 31 * 60000});
        }"""
    )
    page.reload()
    page.get_by_label("Ganska otrygg").check()
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(proposal(page)).to_have_value("")
    assert "Gammalt" not in str(drafts(page))


def test_a_clock_that_was_a_year_ahead_loses_nothing(context: BrowserContext) -> None:
    page = context.new_page()
    page.clock.set_fixed_time("2028-01-01T12:00:00")
    page.goto(SURVEY)
    write(page, "Skrivet i framtiden")
    page.clock.set_fixed_time("2027-01-01T12:00:00")
    page.reload()
    expect(proposal(page)).to_have_value("Skrivet i framtiden")


def test_clearing_removes_the_draft(context: BrowserContext) -> None:
    page = opened(context)
    write(page, "Bort med detta")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Rensa allt jag har skrivit").click()
    expect(proposal(page)).to_have_value("")
    assert drafts(page) == []


def test_leaving_quickly_leaves_nothing_on_the_device_nor_behind_the_back_button(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    page.goto("/soderhamn/")
    page.goto(SURVEY)
    write(page, "Ingen får se det här")
    # The neutral page of the tests: no other host is asked.
    link = page.get_by_role("link", name="Lämna snabbt")
    link.evaluate("(link, url) => { link.href = url }", f"{site.url}/healthz")
    link.click()
    page.wait_for_url("**/healthz")
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    page.go_back()
    expect(page).to_have_url(re.compile("/soderhamn/$"))
    page.goto(SURVEY)
    expect(proposal(page)).to_have_value("")


def test_back_after_sending_shows_no_answer_to_send_again(context: BrowserContext) -> None:
    page = opened(context)
    write(page, "En gång räcker")
    key = page.locator("[name=key]").input_value()
    send(page)
    page.go_back()
    expect(proposal(page)).to_have_value("")
    assert page.locator("[name=key]").input_value() != key


def test_a_page_shown_again_as_it_was_left_does_not_send_again(context: BrowserContext) -> None:
    """As browsers do that keep whole pages in memory for the back button."""
    page = opened(context)
    write(page, "En gång räcker")
    page.evaluate(
        """const key = document.querySelector("[name=key]").value;
        sessionStorage["td-sent"] = JSON.stringify([key]);
        window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));"""
    )
    expect(page.get_by_text("Du har redan skickat det här svaret.")).to_be_visible()
    expect(proposal(page)).to_be_hidden()
    page.get_by_role("button", name="Öppna ett tomt formulär").click()
    expect(proposal(page)).to_have_value("")


def test_where_storage_is_denied_the_page_says_that_nothing_is_kept_and_works(
    context: BrowserContext,
) -> None:
    context.add_init_script(DENIED)
    page = opened(context)
    proposal(page).fill("Utan minne")
    expect(page.get_by_text("Det du skriver sparas inte på den här enheten.")).to_be_visible()
    send(page)
    page.get_by_text("Det här är sparat").click()
    expect(page.get_by_role("main")).to_contain_text("Med egna ord")
