"""The rhythm of the lägesbild on its pages: settings, calendar, duty list, readers' months."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.situations import CadenceDraft
from surveys.models.account import User
from surveys.models.body import Body, BodyKind
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.services.pictures.situations import set_cadence
from tests.conftest import Clock
from tests.factories.municipalities import make_account
from tests.factories.pictures import make_grounded_picture
from tests.page import PageClient

SignIn = Callable[[User], PageClient]
ROOT = "/soderhamn/handlaggning/"
PURPOSE = "Så att rykten får mindre att leva på."


@pytest.fixture
def months(session: Session, municipality: Municipality, clock: Clock) -> None:
    """May is out, April was not, and it is the middle of August: July has a pause."""
    clock.now = datetime(2023, 8, 14, 9, tzinfo=UTC)
    cadence = CadenceDraft(date(2023, 4, 1), 10, pauses=frozenset({7}), purpose=PURPOSE)
    set_cadence(session, municipality, cadence)
    make_grounded_picture(
        session,
        municipality,
        "lagesbild-maj",
        title="Lägesbild maj 2023",
        month=date(2023, 5, 1),
    )
    session.commit()


def test_the_calendar_tells_what_is_out_missed_and_a_pause(
    months: None, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality))
    page = client.get(ROOT + "lagesbilder/")
    rows = page.all_words("section[aria-labelledby=year-2023] li")
    assert rows[0] == "Augusti 2023 Pågår, ska komma senast 10 september 2023"
    assert rows[1] == "Juli 2023 Uppehåll, som bestämt"
    assert rows[2].startswith("Juni 2023 Sen: den skulle ha kommit 10 juli 2023")
    assert rows[3] == "Maj 2023 Publicerad 7 juni 2023"
    assert rows[4].startswith("April 2023 Uteblev Ingen har sagt varför.")
    assert "1 av 3 är publicerade" in page.text
    waiting = page.words("section[aria-labelledby=waiting]")
    assert "Juni 2023" in waiting
    assert "April 2023" in waiting
    assert "Juli" not in waiting, "a pause is never an alarm"


def test_a_missed_month_gets_its_reason_and_readers_see_it(
    months: None, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality))
    address = ROOT + "lagesbilder/2023/4"
    form = client.get(address)
    assert form.heading == "Varför det inte fanns någon för april 2023"
    client.send(address, form, status=422, reason=" ")
    client.send(address, form, status=303, reason="Gruppen hade inget möte.")
    assert "April" not in client.get(ROOT + "lagesbilder/").words(
        "section[aria-labelledby=waiting]"
    )
    public = client.get("/soderhamn/lagesbild/").words("section[aria-labelledby=months]")
    assert PURPOSE in public
    assert "2023: 1 av 3 är publicerade" in public
    assert "April 2023 Publicerades inte. Gruppen hade inget möte." in public
    assert "Juli 2023 Uppehåll, som bestämt" in public
    for month in ("2023/7", "2023/13", "2022/1"):
        client.get(ROOT + f"lagesbilder/{month}", status=200 if month == "2023/7" else 404)
    refused = client.send(ROOT + "lagesbilder/2023/7", form, status=422, reason="x")
    assert "Den månaden är inte sen." in refused.words(".govuk-error-summary")


def test_readers_are_told_which_group_makes_it(
    months: None, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    made_at = {"municipality_id": municipality.id, "created_at": datetime(2023, 1, 1, tzinfo=UTC)}
    group = Body(name="Lägesbildsgruppen", kind=BodyKind.SITUATION, **made_at)
    ended = Body(
        name="Gamla gruppen", kind=BodyKind.SITUATION, ended_on=date(2022, 1, 1), **made_at
    )
    session.add_all([ended, group])
    client = sign_in(make_account(session, municipality))
    shown = client.get("/soderhamn/lagesbild/").words("section[aria-labelledby=months]")
    assert "Den görs av: Lägesbildsgruppen" in shown
    assert "Gamla gruppen" not in shown


def test_the_duty_list_begins_the_month_that_is_asked_for(
    months: None, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality))
    overview = client.get(ROOT).words("section[aria-labelledby=next]")
    assert "Skriv lägesbilden för april 2023" in overview
    page = client.get(ROOT + "lagesbilder/")
    form = client.get(str(page.one('a[href*="manad=2023-06"]')["href"]))
    fields = form.fields()
    assert (fields["title"], fields["month"]) == ("Lägesbild juni 2023", "2023-06")
    made = client.send(ROOT + "problembilder/ny", form, status=303)
    assert str(made.response.headers["Location"]).endswith("/lagesbild-juni-2023")
    client.get(ROOT + "problembilder/ny?manad=hej")


def test_the_rhythm_is_set_by_a_form_that_says_what_is_wrong(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality))
    assert "Ingen har sagt hur ofta lägesbilden kommer." in client.get(ROOT + "lagesbilder/").text
    address = ROOT + "installningar/lagesbild"
    form = client.get(address)
    assert form.fields()["pauses"] == "7", "July is proposed"
    refused = client.send(address, form, status=422, due_day="40")
    assert "Välj en dag i månaden, 1 till 28." in refused.words(".govuk-error-summary")
    client.send(address, form, status=303, purpose=PURPOSE)
    settings = client.get(ROOT + "installningar/").words("section[aria-labelledby=situations]")
    assert "En varje månad, med 1 månads uppehåll om året." in settings


def test_who_may_only_read_sees_the_months_and_no_forms(
    months: None, session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality, StaffRole.ANALYST))
    page = client.get(ROOT + "lagesbilder/")
    assert not page.soup.select('main a[href*="manad="]')
    client.get(ROOT + "lagesbilder/2023/4", status=403)
    client.get(ROOT + "installningar/lagesbild", status=403)
