"""Twenty answers coded with the keys alone, and the same screen without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import complaints
from tests.browser.conftest import PHONE, Site, sign_in, take_picture

pytestmark = pytest.mark.browser

HERE = "/soderhamn/handlaggning/dialoger/oppen/koda"
DESK = {"width": 1280, "height": 900}


def coded(page: Page) -> int:
    """How many answers are coded, as the title says."""
    found = re.search(r"(\d+) av \d+", page.title())
    assert found, page.title()
    return int(found[1])


def save_by_enter(page: Page, was: int) -> None:
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(rf": {was + 1} av "))
    page.wait_for_load_state()  # the keys are the script's, which comes after the title


def test_twenty_answers_by_keyboard_only(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(viewport=DESK, reduced_motion="reduce").new_page()
    sign_in(page, site, "analyst")
    page.goto(HERE)
    before = coded(page)
    take_picture(page, "coding-1280")
    form = page.locator("form.coding")
    expect(form).to_be_focused()
    for number in range(20):
        page.keyboard.press("4")
        expect(
            page.get_by_role("group", name="Trafik", exact=True).get_by_label("Problem")
        ).to_be_checked()
        if number % 3 == 0:
            page.keyboard.press("Shift+Digit5")
            wish = page.get_by_role("group", name="Polisnärvaro").get_by_label("Önskemål")
            expect(wish).to_be_checked()
        if number % 5 == 0:
            page.keyboard.press("h")  # nothing to code: stands alone
            expect(page.locator(".topic :checked")).to_have_count(1)
        save_by_enter(page, before + number)
    page.keyboard.press("b")
    expect(page.locator(".topic :checked")).not_to_have_count(0)
    page.goto(HERE)
    here = page.locator("form.coding input[name=svar]").get_attribute("value")
    page.keyboard.press("n")
    # By which answer it is: one that is only of places has no text to tell it by.
    expect(page.locator("form.coding input[name=svar]")).not_to_have_value(str(here))
    assert coded(page) == before + 20


def test_a_coding_is_undone_by_a_key(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context(viewport=DESK).new_page()
    sign_in(page, site, "coordinator")
    page.goto(HERE)
    before = coded(page)
    page.keyboard.press("1")
    save_by_enter(page, before)
    page.keyboard.press("z")
    expect(page.get_by_text("Kodningen är ångrad")).to_be_visible()
    assert coded(page) == before


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_on_a_phone_it_is_a_form_of_boxes(
    open_context: Callable[..., BrowserContext], site: Site, script: bool
) -> None:
    page = open_context(viewport=PHONE, java_script_enabled=script).new_page()
    sign_in(page, site, "coordinator")
    page.goto(f"{HERE}?visa=alla")
    if script:
        assert complaints(page) == []
    take_picture(page, f"coding-360-{'script' if script else 'plain'}")
    page.get_by_role("group", name="Alkohol").get_by_label("Önskemål").check()
    page.get_by_role("button", name="Spara och gå vidare").click()
    expect(page.get_by_text("Sparat.")).to_be_visible()
