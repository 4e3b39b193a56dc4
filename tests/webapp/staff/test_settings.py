"""Settings as an administrator meets them: contacts, colour, notices, a dialogue's days."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue, SamplingDesign
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_account
from tests.page import Page, PageClient

SignIn = Callable[[User], PageClient]
SETTINGS = "/soderhamn/handlaggning/installningar/"
COLOR = SETTINGS + "farg"
DIALOGUE = "/soderhamn/handlaggning/dialoger/oppen/installningar"


@pytest.fixture
def admin(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.ADMINISTRATOR))


def choose(client: PageClient, page: Page, status: int, **changes: str) -> Page:
    """Send the colour form (not the button with the suggestion) with ``changes``."""
    return client.post(COLOR, page.fields("form.form") | changes, status=status)


def stored_color(session: Session, municipality: Municipality) -> str | None:
    session.rollback()
    session.refresh(municipality)
    return municipality.brand_color


def test_the_overview_says_what_is_missing(admin: PageClient) -> None:
    page = admin.get(SETTINGS)
    assert "Ingen har skrivit vem som är ansvarig för personuppgifterna." in page.text
    assert "Kommunen har inte bedömt sina sidor." in page.text
    assert "Sidorna har tjänstens egen färg." in page.text


@pytest.mark.parametrize("role", [StaffRole.POLICE, StaffRole.ANALYST])
def test_others_neither_see_nor_change_settings(
    session: Session, municipality: Municipality, sign_in: SignIn, role: StaffRole
) -> None:
    client = sign_in(make_account(session, municipality, role))
    client.get(SETTINGS, status=403)
    assert not client.get("/soderhamn/handlaggning/").soup.select(f'a[href="{SETTINGS}"]')


def test_contacts_reach_the_contact_page(admin: PageClient) -> None:
    path = SETTINGS + "kontakt"
    admin.send(path, admin.get(path), 303, municipal="Säkerhetschefen", email="t@s.example")
    text = admin.get("/soderhamn/kontakt").text
    assert "Säkerhetschefen" in text
    assert "t@s.example" in text


def test_a_wrong_address_is_told_and_what_was_typed_stays(admin: PageClient) -> None:
    path = SETTINGS + "kontakt"
    page = admin.send(path, admin.get(path), 422, municipal="Säkerhetschefen", email="t at s")
    assert "Skriv en e-postadress med @ och punkt." in page.text
    assert page.fields()["municipal"] == "Säkerhetschefen"
    assert page.fields()["email"] == "t at s"


def test_a_written_colour_is_saved_and_tints_the_pages(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    choose(admin, admin.get(COLOR), 303, color="#5B2A86")
    assert stored_color(session, municipality) == "#5b2a86"
    for path in ("/soderhamn/", "/soderhamn/dialoger/", SETTINGS):
        sheet = str(admin.get(path).one("link[rel=stylesheet]")["href"])
        assert sheet.startswith("/static/build/5b2a86-"), path
    assert "kommunens egen färg, #5B2A86" in admin.get(SETTINGS).text


def test_a_picked_colour_is_saved(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    choose(admin, admin.get(COLOR), 303, picked="#5b2a86")
    assert stored_color(session, municipality) == "#5b2a86"


def test_of_two_changed_fields_the_written_one_counts(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    choose(admin, admin.get(COLOR), 303, picked="#5b2a86", color="#7a1f2b")
    assert stored_color(session, municipality) == "#7a1f2b"


def test_a_pale_colour_is_refused_and_the_nearest_that_passes_is_one_press_away(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    page = choose(admin, admin.get(COLOR), 422, color="#FFCC00")
    assert "#FFCC00 går inte att läsa: kontrasten är 1,2:1" in page.text
    assert "minst 4,5:1" in page.text
    assert page.fields("form.form")["color"] == "#FFCC00"
    assert stored_color(session, municipality) is None
    button = page.one("main form button[name=color]")
    offered = str(button["value"])
    assert f"Använd {offered.upper()} i stället" in page.text
    token = page.fields()["csrf_token"]
    admin.post(COLOR, {"csrf_token": token, "color": offered}, status=303)
    assert stored_color(session, municipality) == offered


def test_a_colour_can_be_looked_at_before_it_is_saved(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    page = choose(admin, admin.get(COLOR), 200, color="#5b2a86", action="show")
    assert "Färgen är inte sparad än." in page.text
    assert stored_color(session, municipality) is None
    sheet = page.soup.select("link[rel=stylesheet]")[-1]["href"]
    css = admin.client.get(str(sheet)).get_data(as_text=True)
    assert ".sample--light{color-scheme:light;--brand:#5b2a86;" in css
    assert ".sample--dark{color-scheme:dark;--brand:#" in css
    # Sent as it stands, the page saves what it shows.
    choose(admin, page, 303)
    assert stored_color(session, municipality) == "#5b2a86"


@pytest.mark.parametrize("typed", ["grön", "", "#12", "#5b2a86;}body{color:red", "x" * 5000])
def test_what_is_no_colour_is_told(
    session: Session, municipality: Municipality, admin: PageClient, typed: str
) -> None:
    page = choose(admin, admin.get(COLOR), 422, color=typed)
    assert page.soup.select(".govuk-error-summary")
    assert stored_color(session, municipality) is None


def test_one_can_go_back_to_the_product_s_own_colour(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    municipality.brand_color = "#5b2a86"
    session.commit()
    page = admin.get(COLOR)
    token = page.fields()["csrf_token"]
    house = str(page.one("main button[name=color]")["value"])
    admin.post(COLOR, {"csrf_token": token, "color": house}, status=303)
    assert stored_color(session, municipality) is None


def test_the_notice_reaches_the_privacy_page(admin: PageClient) -> None:
    path = SETTINGS + "personuppgifter"
    admin.send(path, admin.get(path), 303, controllers="Trygghetsnämnden svarar för svaren.")
    assert "Trygghetsnämnden svarar" in admin.get("/soderhamn/sa-hanterar-vi-svar").text
    assert admin.get(path).fields()["controllers"] == "Trygghetsnämnden svarar för svaren."
    assert "Det finns inget gallringsbeslut." in admin.get(SETTINGS).text


def test_the_statement_reaches_its_page(admin: PageClient) -> None:
    path = SETTINGS + "tillganglighet"
    typed = {"conformance": "partial", "method": "Självskattning", "assessed_on": "2023-07-31"}
    admin.send(path, admin.get(path), 303, **typed)
    text = admin.get("/soderhamn/tillganglighet").text
    assert "delvis förenlig" in text
    assert "31 juli 2023" in text
    assert "Delvis förenlig. Bedömd 31 juli 2023." in admin.get(SETTINGS).text


def test_a_statement_without_its_parts_says_what_is_missing(admin: PageClient) -> None:
    path = SETTINGS + "tillganglighet"
    page = admin.send(path, admin.get(path), 422, assessed_on="2023-08-09", method="Egen")
    assert page.all_words(".govuk-error-summary li") == ["Välj hur väl sidorna följer lagen."]
    page = admin.send(path, page, 422, conformance="full", shortcomings="Film utan text")
    assert "Dagen har inte varit än." in page.text
    page = admin.send(path, page, 422, assessed_on="2023-07-01")
    assert "Sidor med brister är inte helt förenliga med lagen." in page.text


def test_before_it_opens_everything_about_a_dialogue_may_change(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    dialogue = _dialogue(session, municipality, datetime(2023, 9, 1, 5, 0, tzinfo=UTC))
    page = admin.get(DIALOGUE)
    assert "Känner du dig trygg i Söderhamns kommun?" in page.text
    changes = {"title": "Höstens frågor", "asks_safe_places": "y", "pin_cell_m": "100"}
    values = page.fields() | changes
    del values["asks_gender"]
    admin.post(DIALOGUE, values, status=303)
    session.rollback()
    session.refresh(dialogue)
    assert dialogue.title == "Höstens frågor"
    assert (dialogue.asks_safe_places, dialogue.asks_gender, dialogue.asks_area) == (
        True,
        False,
        True,
    )
    assert dialogue.pin_cell_m == 100


def test_while_it_is_open_only_the_last_day_and_coarser_pins(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    dialogue = _dialogue(session, municipality, datetime(2023, 7, 1, 5, 0, tzinfo=UTC))
    page = admin.get(DIALOGUE)
    assert set(page.fields()) == {"csrf_token", "closes_on", "pin_cell_m"}
    values = page.fields() | {"closes_on": "2023-10-15", "title": "Något annat"}
    admin.post(DIALOGUE, values, status=303)
    session.rollback()
    session.refresh(dialogue)
    assert dialogue.title == "Tre frågor om trygghet"
    assert dialogue.closes_at == datetime(2023, 10, 15, 21, 59, tzinfo=UTC)
    page = admin.send(DIALOGUE, admin.get(DIALOGUE), 422, closes_on="2023-07-30")
    assert "Den sista dagen har redan varit." in page.text


def test_a_closed_dialogue_is_only_read(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    _dialogue(session, municipality, datetime(2022, 7, 1, 5, 0, tzinfo=UTC), 2022)
    page = admin.get(DIALOGUE)
    assert not page.soup.select(f"main form[action='{DIALOGUE}']")
    assert "Dialogen är stängd" in page.text
    token = admin.get(COLOR).fields()["csrf_token"]
    admin.post(DIALOGUE, {"csrf_token": token, "closes_on": "2023-12-01"}, status=422)


def test_how_people_came_to_be_asked_may_be_said_after_the_last_day(
    session: Session, municipality: Municipality, admin: PageClient
) -> None:
    dialogue = _dialogue(session, municipality, datetime(2022, 7, 1, 5, 0, tzinfo=UTC), 2022)
    page = admin.get(DIALOGUE)
    form = f"form[action='{DIALOGUE}/urval']"
    assert page.fields(form)["sampling"] == "self_selected"
    assert "visas aldrig som en serie" in page.words(form)
    typed = page.fields(form) | {"sampling": "random_sample"}
    admin.post(f"{DIALOGUE}/urval", typed, status=303)
    session.rollback()
    session.refresh(dialogue)
    assert dialogue.sampling is SamplingDesign.RANDOM_SAMPLE
    page = admin.post(f"{DIALOGUE}/urval", typed | {"sampling": "some"}, status=422)
    assert "Välj ett av alternativen" in page.text or "som visas här" in page.text


def _dialogue(
    session: Session, municipality: Municipality, opens_at: datetime, year: int = 2023
) -> Dialogue:
    closes_at = datetime(year, 9, 30, 21, 59, tzinfo=UTC)
    dialogue = make_dialogue(session, municipality, opens_at=opens_at, closes_at=closes_at)
    session.commit()
    return dialogue
