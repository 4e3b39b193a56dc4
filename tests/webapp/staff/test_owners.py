"""The page of those who answer for something."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.services.progress.owners import choose_owner
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.promises import make_activity, make_plan
from tests.page import Page, PageClient

OWNERS = "/soderhamn/handlaggning/ansvariga/"
SignIn = Callable[[User], PageClient]


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def test_an_owner_is_added_leaves_and_hands_over(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    activity = make_activity(session, municipality, make_plan(session, municipality), ("x",))
    client = sign_in(make_account(session, municipality, StaffRole.COORDINATOR))
    fill(client, f"{OWNERS}ny", title="IFO", email="ifo@soderhamn.example")
    fill(client, f"{OWNERS}ny", title="SSP-samordnare", party="police")
    page = client.get(OWNERS)
    assert "ifo@soderhamn.example" in page.text
    assert NOISE_TEXT not in page.text
    ids = [link["href"].split("/")[-2] for link in page.soup.select('a[href$="/slutar"]')]
    heir, gone = map(int, ids)  # the police stand first
    session.rollback()
    choose_owner(session, municipality, activity, gone)
    session.commit()
    fill(client, f"{OWNERS}{gone}/slutar", last_day="2023-07-31")
    page = client.get(OWNERS)
    assert "Ingen ansvarar längre för detta" in page.text
    assert activity.name in page.words(".aside--warn")
    fill(client, f"{OWNERS}{gone}/slutar", heir=str(heir))
    page = client.get(OWNERS)
    assert "1 sak är överlämnad." in page.text
    assert "Ingen ansvarar längre för detta" not in page.text


def test_a_name_is_asked_about_and_nothing_typed_is_lost(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality, StaffRole.POLICE))
    assert "is_no_person" not in client.get(f"{OWNERS}ny").fields("main form")
    page = fill(client, f"{OWNERS}ny", 422, title="Enhetschef Vuxen", email="vuxen@x.example")
    assert "Det är detta: Vuxen" in page.words(".govuk-error-summary")
    assert page.fields()["email"] == "vuxen@x.example"
    client.send(f"{OWNERS}ny", page, status=303, is_no_person="y")
    assert "Enhetschef Vuxen" in client.get(OWNERS).text


def test_an_analyst_reads_and_does_not_change(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality, StaffRole.ANALYST))
    assert client.get(OWNERS).soup.select_one("main a.btn") is None
    client.get(f"{OWNERS}ny", status=403)
