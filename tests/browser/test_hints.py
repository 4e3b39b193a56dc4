"""Hints while somebody types: found on the device, under the field, and never in the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Site, take_picture

SURVEY = "/soderhamn/dialoger/oppen"
PERSONAL = "Det här ser ut som ett personnummer."
PHONE = "Det här ser ut som ett telefonnummer."
MAIL = "Det här ser ut som en e-postadress."
NAME = "Det här ser ut som ett namn på någon."

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], site: Site) -> Page:
    page = open_context().new_page()
    page.goto(SURVEY)
    page.get_by_label("Ganska otrygg").check()
    expect(page.get_by_text("Det du skriver sparas bara")).to_be_visible()
    return page


def proposal(page: Page) -> Locator:
    return page.get_by_label(re.compile("Har du förslag"))


def hint(page: Page) -> Locator:
    return page.locator("[data-look]")


def test_what_looks_like_personal_data_is_said_gently(page: Page) -> None:
    for text, said in (
        ("Han har 850709-9805", PERSONAL),
        ("Han har 1985 07 09 98 05", PERSONAL),
        ("född 8 5 0 7 0 9 9 8 0 5", PERSONAL),
        ("Ring 070-123 45 67", PHONE),
        ("Ring +46 70 123 45 67", PHONE),
        ("skriv till nagon@example.se", MAIL),
        ("Grannen heter Kalle", NAME),
        ("Det är alltid Kalle Svensson som bråkar", NAME),
    ):
        proposal(page).fill(text)
        expect(hint(page)).to_contain_text(said)
    take_picture(page, "survey-hint")
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def test_places_and_ordinary_words_are_left_alone(page: Page) -> None:
    # One that is seen first, so that the emptiness after it means something.
    for text in (
        "Mer ljus vid Östra Berget tack",
        "Det är mörkt på Norra Hamngatan varje kväll",
        "Sedan 2019 har det varit 25 lampor",
        "Jag bor vid Stenö Havsbad",
        "Bättre Belysning",
    ):
        proposal(page).fill("Ring 070-123 45 67")
        expect(hint(page)).to_contain_text(PHONE)
        proposal(page).fill(text)
        expect(hint(page)).to_have_text("")


def test_the_room_that_is_left_is_said_before_it_is_used_up(page: Page) -> None:
    proposal(page).fill("x" * 1950)
    expect(hint(page)).to_have_text("50 tecken kvar.")
    proposal(page).fill("x" * 2010)
    expect(hint(page)).to_have_text("Texten är 10 tecken för lång. Det får plats 2000.")


def test_a_text_of_a_megabyte_is_refused_with_the_limit_and_comes_back_whole(page: Page) -> None:
    text = "å" * 500_000
    proposal(page).fill(text)
    expect(hint(page)).to_contain_text("tecken för lång. Det får plats 2000.")
    page.get_by_role("button", name="Skicka svaret").last.click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Korta den med")
    assert len(proposal(page).input_value()) == len(text)
