"""Signing in and out, as staff meet it."""

import unicodedata
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from tests.conftest import NOW
from tests.factories.municipalities import make_municipality
from tests.page import Page, PageClient
from webapp.accounts import make_account

EMAIL, PASSWORD = "samordnare@soderhamn.example", "blåbär & ängsö"
HOME = "/soderhamn/handlaggning/"


@pytest.fixture
def account(app: Flask, session: Session, municipality: Municipality) -> User:
    with app.app_context():
        account = make_account(
            session,
            EMAIL,
            PASSWORD,
            title="Trygghetssamordnare",
            memberships={municipality: StaffRole.COORDINATOR},
            now=NOW,
        )
    session.commit()
    return account


def sign_in(client: PageClient, next_page: str = "", **typed: str) -> Page:
    """Send the sign-in form; ``status`` 422 means that it is shown again."""
    address = f"/logga-in?next={quote(next_page)}" if next_page else "/logga-in"
    page = client.get(address)
    values = page.fields() | {"email": EMAIL, "password": PASSWORD} | typed
    response = client.client.post("/logga-in", data=values)
    return Page(response)


@pytest.mark.usefixtures("account")
def test_the_right_password_leads_to_the_municipality(client: PageClient) -> None:
    page = sign_in(client)
    assert (page.status, page.response.location) == (302, "/handlaggning")
    client.get("/handlaggning", 302)
    assert client.get(HOME).heading == "Översikt"


@pytest.mark.usefixtures("account")
def test_an_a_with_a_ring_is_the_same_however_it_is_typed(client: PageClient) -> None:
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert apart != PASSWORD
    assert sign_in(client, password=apart).status == 302


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "typed", [{"password": "fel"}, {"email": "ingen@soderhamn.example"}, {"password": "x" * 5000}]
)
def test_a_wrong_sign_in_does_not_tell_which_was_wrong(
    client: PageClient, typed: dict[str, str]
) -> None:
    page = sign_in(client, **typed)
    assert page.status == 422
    assert "E-postadressen eller lösenordet stämmer inte." in page.words(".govuk-error-summary")
    assert page.one("#email")["value"] == typed.get("email", EMAIL)
    assert not page.one("#password").get("value")
    client.get(HOME, 302)


@pytest.mark.usefixtures("account")
def test_an_empty_field_is_pointed_out(client: PageClient) -> None:
    page = sign_in(client, password="")
    assert page.words(".govuk-error-summary a") == "Skriv ditt lösenord."
    assert page.one(".govuk-error-summary a")["href"] == "#password"


def test_a_closed_account_cannot_sign_in(
    client: PageClient, session: Session, account: User
) -> None:
    account.active = False
    session.commit()
    assert sign_in(client).status == 422
    client.get(HOME, 302)


@pytest.mark.usefixtures("account")
def test_a_guarded_page_asks_for_sign_in_and_leads_back(client: PageClient) -> None:
    wanted = "/soderhamn/handlaggning/dialoger/oppen/fritext?sok=l%C3%A4ngs"
    asked = client.get(wanted, 302)
    assert asked.response.location.startswith("/logga-in?next=")
    assert sign_in(client, wanted).response.location == wanted


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com", "/\\example.com", "\\\\example.com", "javascript:x"],
)
def test_a_sign_in_never_leads_to_another_site(client: PageClient, elsewhere: str) -> None:
    page = sign_in(client, elsewhere)
    assert (page.status, page.response.location) == (302, "/handlaggning")


@pytest.mark.usefixtures("account")
def test_a_forged_field_never_leads_to_another_site(client: PageClient) -> None:
    page = sign_in(client, next="//example.com/")
    assert (page.status, page.response.location) == (302, "/handlaggning")


@pytest.mark.usefixtures("account")
def test_signing_out_takes_a_sent_form(client: PageClient) -> None:
    sign_in(client)
    page = client.get(HOME)
    client.get("/logga-ut", 308)  # read as a municipality's address: there is no such page
    client.get("/logga-ut/", 404)
    client.get(HOME)
    client.post("/logga-ut", page.fields("header form"), 302)
    client.get(HOME, 302)


@pytest.mark.usefixtures("account")
def test_a_copied_cookie_ends_with_the_sign_out(app: Flask, client: PageClient) -> None:
    sign_in(client)
    page = client.get(HOME)
    copied = client.client.get_cookie("handlaggning")
    assert copied is not None
    client.post("/logga-ut", page.fields("header form"), 302)
    thief = app.test_client()
    thief.set_cookie("handlaggning", copied.value)
    assert thief.get(HOME).status_code == 302


@pytest.mark.usefixtures("account")
def test_a_forged_form_signs_nobody_in(client: PageClient) -> None:
    client.post("/logga-in", {"email": EMAIL, "password": PASSWORD}, 400)
    client.get(HOME, 302)


@pytest.mark.usefixtures("account")
def test_the_cookie_is_kept_from_scripts_and_other_sites(client: PageClient) -> None:
    cookie = sign_in(client).response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie  # gone with the browser
    assert "no-store" in client.get(HOME).response.headers["Cache-Control"]


@pytest.mark.usefixtures("account")
def test_a_form_from_before_the_sign_in_sends_nothing_after_it(client: PageClient) -> None:
    before = client.get("/logga-in").fields()["csrf_token"]
    sign_in(client)
    client.post("/logga-ut", {"csrf_token": before}, 400)
    client.get(HOME)


def test_readers_get_no_cookie(municipality: Municipality, client: PageClient) -> None:
    for path in ("/", f"/{municipality.slug}/", f"/{municipality.slug}/loften/"):
        assert "Set-Cookie" not in client.get(path).response.headers


def test_guessing_is_slowed_down(limited_client: PageClient) -> None:
    page = limited_client.get("/logga-in")
    values = page.fields() | {"email": EMAIL, "password": "fel"}
    for _ in range(10):
        limited_client.post("/logga-in", values, 422)
    slow = limited_client.post("/logga-in", values, 429)
    assert slow.heading == "För många försök på kort tid"
    assert slow.response.headers["Retry-After"] == "60"
    assert "fel" not in slow.text.split()
    limited_client.get("/logga-in")


def test_who_works_in_two_municipalities_chooses(
    app: Flask, client: PageClient, session: Session, municipality: Municipality
) -> None:
    other = make_municipality(
        session, slug="kramfors", code="2282", name="Kramfors", official_name="Kramfors kommun"
    )
    with app.app_context():
        make_account(
            session,
            EMAIL,
            PASSWORD,
            title="Kommunpolis",
            memberships={municipality: StaffRole.POLICE, other: StaffRole.POLICE},
            now=NOW,
        )
    session.commit()
    sign_in(client)
    page = client.get("/handlaggning")
    assert page.all_words("main a") == ["Kramfors kommun", "Söderhamns kommun"]


def test_an_account_without_a_municipality_is_told_so(
    app: Flask, client: PageClient, session: Session
) -> None:
    with app.app_context():
        make_account(session, EMAIL, PASSWORD, title="Ny", memberships={}, now=NOW)
    session.commit()
    sign_in(client)
    client.get("/handlaggning", 403)


def test_the_sign_in_library_has_no_other_page(app: Flask) -> None:
    pages = {
        rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")
    }
    assert pages == {"/logga-in", "/logga-ut"}


def test_an_address_that_cannot_be_one_is_refused(app: Flask, session: Session) -> None:
    with app.app_context(), pytest.raises(ValueError, match="e-post"):
        make_account(session, "inte en adress", "x", title="", memberships={}, now=NOW)
