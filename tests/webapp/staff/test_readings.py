"""The page that says back how each time was read: a yes is kept, a change goes to the form."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from tests.factories.municipalities import make_account
from tests.factories.promises import make_activity, make_plan
from tests.page import PageClient

SignIn = Callable[[User], PageClient]
PLAN = "/soderhamn/handlaggning/handlingsplaner/handlingsplan-2022-2023"


@pytest.fixture
def client(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


def test_a_reading_is_said_back_and_kept_with_one_press(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(
        session, municipality, plan, ("Enligt plan",), when_text="varje måndag kl. 14.00"
    )
    session.commit()
    page = client.get(PLAN + "/tider")
    words = "Varje måndag kl. 14. Det blir 98 tillfällen 2022–2023, 6 röda dagar är undantagna."
    assert words in page.text
    assert "den hänvisar till ett annat dokument. Det sparas som text." in page.text
    assert "1 läsning väntar på ert svar." in page.text
    kept = client.post(PLAN + "/tider", page.fields() | {"key": f"when-{activity.id}"}, status=303)
    assert client.get(kept.response.location).text.count("bekräftad") >= 1
    session.commit()  # a new transaction, that sees what the page has stored
    session.refresh(activity)
    assert activity.schedule is not None
    assert (activity.target_count, activity.weekday) == (1, 0)


def test_saying_nothing_is_told_and_changes_nothing(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Löpande",))
    session.commit()
    page = client.get(PLAN + "/tider")
    refused = client.post(PLAN + "/tider", page.fields(), status=422)
    assert "Säg vilka av läsningarna som stämmer." in refused.text
    session.commit()  # a new transaction, that sees what the page has stored
    session.refresh(activity)
    assert activity.schedule is None


def test_whoever_saves_an_activity_is_shown_how_its_time_is_read(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Löpande",))
    session.commit()
    address = f"{PLAN}/aktiviteter/{activity.id}"
    form = client.get(address)
    saved = client.post(address, form.fields() | {"when_text": "vid behov"}, status=303)
    assert saved.response.location.endswith("/tider")
    assert "Vid behov. Det som görs räknas" in client.get(saved.response.location).text
