"""The whole loop on a phone: a resident answers, a coordinator publishes, a reader follows it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, sign_in, take_picture

SURVEY = "/soderhamn/dialoger/oppen"
STAFF = "/soderhamn/handlaggning"
PATIENCE = timedelta(seconds=90)


@dataclass(frozen=True)
class Walk:
    """One walk through the loop: the phone's page and what this walk writes."""

    page: Page
    script: bool

    @property
    def way(self) -> str:
        return "script" if self.script else "no-script"

    @property
    def suggestion(self) -> str:
        return f"Tänd lamporna vid perrongen ({self.way})"

    @property
    def title(self) -> str:
        return f"Ljus vid Resecentrum ({self.way})"

    @property
    def point(self) -> str:
        return f"Ljusronder ({self.way})"

    def photograph(self, name: str) -> None:
        take_picture(self.page, f"{name}-{self.way}")

    def heading(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def shows(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).last.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_an_answer_to_a_followed_promise(
    open_context: Callable[..., BrowserContext], site: Site, script: bool
) -> None:
    walk = Walk(open_context(java_script_enabled=script).new_page(), script)
    code = answer_the_survey(walk)
    look_up_the_receipt(walk, code)

    sign_in(walk.page, site, "coordinator")
    freeze_a_result(walk)
    find_the_text(walk)
    compute_the_map(walk)
    picture = publish_a_picture(walk, site)
    promise = publish_a_promise(walk, site)
    log_an_occasion(walk)
    walk.press("Logga ut")

    follow_as_anybody(walk, picture, promise)


def answer_the_survey(walk: Walk) -> str:
    """Fill in the three questions, send them and return the receipt's code."""
    page = walk.page
    page.goto(SURVEY)
    walk.photograph("survey")
    page.get_by_label("Ganska otrygg").check()
    yes = page.get_by_label("Ja", exact=True)
    if walk.script:
        # Pressed before it is here, the buttons for places send the form, as without script.
        with page.expect_response(re.compile("place-editor")):
            yes.check()
    else:
        yes.check()
    mark_places(walk)
    page.get_by_label(re.compile("Har du förslag")).fill(walk.suggestion)
    walk.photograph("survey-filled")
    walk.press("Skicka svaret")
    walk.heading("Tack, vi har tagit emot ditt svar")
    walk.photograph("thanks")
    return page.locator("[data-code]").inner_text()


def mark_places(walk: Walk) -> None:
    """Resecentrum from the list; with script also a place on the map."""
    page = walk.page
    page.get_by_role("button", name="I en lista").click()
    place = page.get_by_role("group", name=re.compile("Plats 1"))
    place.locator("[name=places-0-name]").fill("Resecentrum")
    page.keyboard.press("Tab")
    place.get_by_label("Mörkt").check()
    place.get_by_label("Kväll").check()
    if not walk.script:
        return
    place.get_by_role("button", name="Klar med platsen").click()
    page.get_by_role("button", name="På en karta").last.click()
    second = page.get_by_role("group", name=re.compile("Plats 2"))
    expect(second.locator(".leaflet-container path").first).to_be_attached()
    second.locator("[data-map]").click(position={"x": 150, "y": 100})
    expect(second.locator("[data-position]")).to_contain_text("Nära")
    walk.photograph("survey-map")


def look_up_the_receipt(walk: Walk, code: str) -> None:
    """The code leads back to what was stored."""
    walk.page.goto("/soderhamn/kvitto")
    walk.page.get_by_label("Din kod").fill(code)
    walk.press("Visa mitt svar")
    walk.shows("Ganska otrygg", "Resecentrum")
    walk.photograph("receipt")
    walk.press("Visa det jag skrev")
    walk.shows(walk.suggestion)


def freeze_a_result(walk: Walk) -> None:
    walk.page.goto(f"{STAFF}/dialoger/oppen/resultat")
    walk.shows("Självvalt urval", re.compile(r"n = \d+"))
    walk.photograph("results")
    walk.page.get_by_role("button", name="Spara som underlag").first.click()
    walk.page.goto(f"{STAFF}/underlag/")
    walk.shows("Känner du dig trygg i Söderhamns kommun?")


def find_the_text(walk: Walk) -> None:
    walk.page.goto(f"{STAFF}/dialoger/oppen/fritext")
    expect(walk.page.get_by_text(walk.suggestion)).to_be_visible()


def compute_the_map(walk: Walk) -> None:
    """Ask for a new map and load the page until the job process has drawn it."""
    page = walk.page
    page.goto(f"{STAFF}/dialoger/oppen/karta")
    wait_for_the_map(page)  # the job process may have begun on the new answer by itself
    walk.press("Räkna om kartan")
    wait_for_the_map(page)
    walk.heading("Platser som känns otrygga")
    expect(page.get_by_role("link", name="Resecentrum").first).to_be_visible()
    walk.photograph("map")


def wait_for_the_map(page: Page) -> None:
    """Load the page until nothing is being computed."""
    deadline = datetime.now(UTC) + PATIENCE
    while page.get_by_text("Räknar.").count() and datetime.now(UTC) < deadline:
        page.reload()
    expect(page.get_by_text("Räknar.")).to_have_count(0)


def publish_a_picture(walk: Walk, site: Site) -> str:
    """Write a picture with one claim on evidence and publish it; returns its public address."""
    page = walk.page
    page.goto(f"{STAFF}/problembilder/ny")
    page.get_by_label("Problembild", exact=True).check()
    page.get_by_label("Rubrik").fill(walk.title)
    page.get_by_label("Vilken tid den gäller").fill("Sommaren")
    page.get_by_label("Tre meningar").fill("Det är mörkt. Många nämner det. Vi ser på lamporna.")
    walk.press("Börja på bilden")
    walk.heading(walk.title)
    address = page.url
    walk.follow("Lägg till ett område")
    page.get_by_label("Ämne").fill("Belysning")
    walk.press("Spara")
    page.goto(address)
    walk.follow(re.compile("^Lägg till ett påstående"))
    page.get_by_label("Påstående", exact=True).fill("Perrongen är mörk på kvällen.")
    page.get_by_role("group", name="Underlag som talar för påståendet").get_by_role(
        "checkbox"
    ).first.check()
    walk.press("Spara")
    page.goto(address)
    use_published_figures(walk, address)
    both_approve(walk, site, address)
    walk.photograph("picture-draft")
    walk.press(re.compile("^Publicera"))
    walk.shows("Publicerad")
    return address.replace("/handlaggning/problembilder/", "/lagesbild/")


def both_approve(walk: Walk, site: Site, address: str) -> None:
    """The municipality asks for review and says yes, then the police; nobody does it for both."""
    page = walk.page
    page.goto(address)
    walk.press("Be om granskning")
    walk.press(re.compile("^Godkänn för Söderhamns"))
    walk.press("Logga ut")
    sign_in(page, site, "police")
    page.goto(address)
    walk.press(re.compile("^Godkänn för Polisen"))
    walk.shows("Varje part har godkänt texten som den står.")
    walk.press("Logga ut")
    sign_in(page, site, "coordinator")
    page.goto(address)


def use_published_figures(walk: Walk, address: str) -> None:
    """The gate says to publish the results first, and puts their figure in the live one's place."""
    page = walk.page
    if page.get_by_role("link", name="Publicera resultaten först").count():
        walk.follow("Publicera resultaten först")
        page.locator("form[action$='/forbered'] button").click()
        page.locator("form[action$='/publicera'] button").click()
        page.goto(address)
    walk.press("Byt till de publicerade siffrorna")
    walk.shows("1 siffra är bytt.", "Inget saknas: varje påstående har en grund.")


def publish_a_promise(walk: Walk, site: Site) -> str:
    """Write a promise with a point and two signatories, publish it; returns its public address."""
    page = walk.page
    page.goto(f"{STAFF}/loften/nytt")
    page.get_by_label("Vad löftet handlar om").fill(walk.title)
    page.get_by_label("Vad det kallas").fill("Medborgarlöfte på prov")
    year = datetime.now(UTC).year
    page.get_by_label("Första dagen").fill(f"{year}-01-01")
    page.get_by_label("Sista dagen").fill(f"{year + 1}-12-31")
    page.get_by_label("Ni sa").fill("Många tycker att perrongen är mörk.")
    page.get_by_label("Vi lovar").fill("Vi ser över ljuset tillsammans.")
    walk.press("Spara")
    walk.heading(walk.title)
    address = page.url
    add_point(walk)
    for party, role in (
        ("Polisen i lokalpolisområde", "Lokalpolisområdeschef"),
        ("Söderhamns kommun", "Kommunstyrelsens ordförande"),
    ):
        page.goto(f"{address}/undertecknare/ny")
        page.get_by_role("radio", name=party).check()
        page.get_by_role("textbox", name="Roll").fill(role)
        walk.press("Spara")
    both_approve(walk, site, address)
    walk.photograph("promise-draft")
    page.get_by_label("Publicera ändå, därför att").fill("Underlaget kommer med nästa lägesbild.")
    walk.press(re.compile("^Publicera"))
    walk.shows("Löftet är publicerat.")
    return address.replace("/handlaggning/loften/", "/loften/")


def add_point(walk: Walk) -> None:
    page = walk.page
    walk.follow("Lägg till en punkt")
    page.get_by_label("Punkten med några få ord").fill(walk.point)
    page.get_by_label("Vad som lovas").fill("Minst fyra ljusronder under perioden.")
    page.get_by_label("Polisen och kommunen tillsammans").check()
    page.get_by_label("Vi räknar hur många gånger").check()
    page.get_by_role("textbox", name="Hur många gånger").fill("4")
    page.get_by_role("textbox", name="Vad som räknas").fill("ljusronder")
    walk.press("Spara")
    walk.shows(walk.point)


def log_an_occasion(walk: Walk) -> None:
    page = walk.page
    page.goto(f"{STAFF}/tillfallen/")
    page.get_by_role("listitem").filter(has_text=walk.point).get_by_role("link").first.click()
    page.get_by_label("Det blev av").check()
    page.get_by_label("Anteckning som alla kan läsa").fill("Sex lampor byttes.")
    walk.photograph("occasion")
    walk.press("Spara")
    walk.shows("Sex lampor byttes.")


def follow_as_anybody(walk: Walk, picture: str, promise: str) -> None:
    page = walk.page
    page.goto(picture)
    walk.heading(walk.title)
    walk.shows("Perrongen är mörk på kvällen.", "Grund:")
    walk.photograph("picture")
    page.goto(promise)
    walk.heading(walk.title)
    walk.shows(re.compile("1 av 4"), "Sex lampor byttes.", "Ett hållet löfte")
    walk.photograph("promise")
    page.goto("/soderhamn/loften/")
    walk.shows(walk.title)
