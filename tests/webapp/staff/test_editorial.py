"""Each party says yes for itself on the page of the text, and what is said of it is kept."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account, make_police_area
from tests.factories.pictures import make_grounded_picture
from tests.page import Page, PageClient

SignIn = Callable[[User], PageClient]
PICTURE = "/soderhamn/handlaggning/problembilder/utkast"
COMMENTS = PICTURE + "/kommentarer"
CLAIM = "Fler kör moped."


@pytest.fixture
def draft(session: Session, municipality: Municipality) -> ProblemPicture:
    make_police_area(session, municipality)
    picture = make_grounded_picture(session, municipality, "utkast", published_at=None)
    session.commit()
    return picture


@pytest.fixture
def coordinator(session: Session, municipality: Municipality) -> User:
    return make_account(session, municipality)


@pytest.fixture
def officer(session: Session, municipality: Municipality) -> User:
    return make_account(session, municipality, StaffRole.POLICE)


def press(client: PageClient, page: Page, address: str, **values: str) -> Page:
    """Press the small form of ``page`` that leads to ``address``; the page that comes of it."""
    form = page.one(f'form[action="{address}"]')
    sent = {str(f["name"]): str(f.get("value", "")) for f in form.select("input[name]")}
    sent |= {str(b["name"]): str(b["value"]) for b in form.select("button[name]")}
    answer = client.post(address, sent | values, status=303)
    return client.get(str(answer.response.headers["Location"]))


def test_each_party_approves_for_itself_and_sees_whose_yes_is_missing(
    draft: ProblemPicture, coordinator: User, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)
    page = client.get(PICTURE)
    assert page.words(".steps [aria-current]") == "Utkast"
    page = press(client, page, PICTURE + "/granskning")
    assert page.words(".steps [aria-current]") == "Granskning"
    assert page.all_words("section[aria-labelledby=vag] button") == [
        "Godkänn för Söderhamns kommun",  # and no button for the police
        "Tillbaka till utkast",
        "Spara kommentaren",
    ]
    page = press(client, page, PICTURE + "/godkannande")
    police, own = page.all_words("section[aria-labelledby=vag] ul.rows > li")[:2]
    assert police == "Polisen i Hälsingland Har inte godkänt än"
    assert own.startswith("Söderhamns kommun Godkänd 1 augusti 2023, Coordinator")

    client = sign_in(officer)
    page = press(client, client.get(PICTURE), PICTURE + "/godkannande")
    assert page.words(".steps [aria-current]") == "Godkänd"
    page = press(client, page, PICTURE + "/godkannande/ta-tillbaka")
    assert page.words(".steps [aria-current]") == "Granskning"


def test_a_change_makes_a_yes_void_and_the_old_page_cannot_give_one(
    draft: ProblemPicture, coordinator: User, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)
    page = press(client, client.get(PICTURE), PICTURE + "/granskning")
    page = press(client, page, PICTURE + "/godkannande")
    stale = sign_in(officer).get(PICTURE)
    form = client.get(PICTURE + "/redigera")
    client.send(PICTURE + "/redigera", form, status=303, title="Andra ord")
    page = press(client, stale, PICTURE + "/godkannande")
    assert page.all_words("main [role=status]")[-1] == (
        "Texten ändrades efter att du öppnade den. Läs den igen och godkänn den sedan."
    )
    rows = page.all_words("section[aria-labelledby=vag] ul.rows > li")
    assert "Har inte godkänt än" in rows[0]
    assert "Behöver läsa om den" in rows[1]
    assert "Texten har ändrats sedan dess." in rows[1]


def test_a_comment_stands_at_its_sentence_until_it_is_seen_to(
    draft: ProblemPicture, coordinator: User, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    page = client.get(PICTURE)
    assert CLAIM in page.all_words(f'form[action="{COMMENTS}"] option')
    said = "Gäller det <b>hela</b> året?"
    page = press(client, page, COMMENTS, about=CLAIM, comment=said)
    claim = draft.areas[1].claims[0].id
    assert "1 kommentar" in page.words(f"#pastaende-{claim}")
    assert said in page.words("section[aria-labelledby=vag]")
    assert "Polisen, Police, 1 augusti 2023" in page.text

    client = sign_in(coordinator)
    page = client.get(PICTURE)
    address = str(page.one('form[action$="/klar"]')["action"])
    page = press(client, page, address)
    assert "Ingen kommentar väntar på svar." in page.text
    assert "Åtgärdad av Coordinator" in page.text
    assert "1 kommentar" not in page.words(f"#pastaende-{claim}")


def test_a_comment_that_is_refused_is_not_lost(
    draft: ProblemPicture, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    token = str(client.get(PICTURE).one("main input[name=csrf_token]")["value"])
    too_long = "x" * 4001
    page = client.post(
        COMMENTS,
        {"csrf_token": token, "about": "Så stod det förut.", "comment": too_long},
        status=422,
    )
    assert page.fields()["comment"].strip() == too_long
    assert page.fields()["about"] == "Så stod det förut."
    assert "Korta den med 1 tecken." in page.text


def test_nobody_approves_in_another_municipality_or_without_the_right(
    draft: ProblemPicture, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    analyst = make_account(session, municipality, StaffRole.ANALYST)
    client = sign_in(analyst)
    page = client.get(PICTURE)
    assert not page.soup.select("section[aria-labelledby=vag] form")
    token = str(page.one("input[name=csrf_token]")["value"])
    sent = {"csrf_token": token, "revision": "1"}
    client.post(PICTURE + "/godkannande", sent, status=403)
    client.post("/hagfors/handlaggning/problembilder/lagesbild-juni-2023/granskning", sent, 403)


def test_what_is_not_there_is_not_found(
    draft: ProblemPicture, coordinator: User, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)
    token = str(client.get(PICTURE).one("main input[name=csrf_token]")["value"])
    sent = {"csrf_token": token}
    client.post(PICTURE + "/kommentarer/987654/klar", sent, status=404)
    client.post("/soderhamn/handlaggning/loften/finns-inte/granskning", sent, status=404)
    client.post("/soderhamn/handlaggning/handlingsplaner/finns-inte/godkannande", sent, status=404)
