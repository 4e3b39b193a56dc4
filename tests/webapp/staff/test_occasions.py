"""Logging on a phone: one's own activities, a day in a tap, a month at once, and a look."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.owners import OwnerDraft
from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, OccasionState
from surveys.models.promise import Promise
from surveys.permissions import StaffRole
from surveys.services.progress.owners import add_owner, choose_owner
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise
from tests.page import Page, PageClient

LOG = "/soderhamn/handlaggning/tillfallen/"
SignIn = Callable[[User], PageClient]
MONDAYS = {"target_count": 1, "per": None, "weekday": 0, "when_text": "Varje måndag kl. 14.00"}


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    return make_promise(session, municipality)


@pytest.fixture
def officer(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.POLICE))


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def mondays(session: Session, municipality: Municipality) -> Activity:
    plan = make_plan(session, municipality)
    return make_activity(session, municipality, plan, ("Årligen",), **MONDAYS)


def test_yesterday_is_one_tap(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    activity = make_activity(session, municipality, make_plan(session, municipality), ("x",))
    session.commit()
    address = f"{LOG}aktivitet/{activity.id}"
    fill(officer, address, when="yesterday", hours="3")
    page = officer.get(address).text
    assert "Sparat: 31 juli 2023." in page
    assert "timmar: 3" in page


def test_a_second_press_adds_nothing(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    activity = make_activity(session, municipality, make_plan(session, municipality), ("x",))
    session.commit()
    address = f"{LOG}aktivitet/{activity.id}"
    form = officer.get(address).fields() | {"note": "I centrum."}
    for _press in range(2):
        officer.post(address, form, status=303)
    session.rollback()
    assert len(activity.occasions) == 1


def test_each_point_is_asked_of_its_own_condition(
    session: Session, municipality: Municipality, promise: Promise, officer: PageClient
) -> None:
    activity = make_activity(session, municipality)
    other = make_promise(session, municipality, slug="annat", title="Annat löfte")
    first = make_point(session, promise, activities=[activity], condition="Socialtjänsten är med.")
    second = make_point(session, other, activities=[activity], condition="Kvällstid.")
    session.commit()
    address = f"{LOG}aktivitet/{activity.id}"
    answers = {f"met_{first.id}": "yes", f"met_{second.id}": "no"}
    fill(officer, address, **answers)
    assert "Uppfyllt vid 1 av 1 tillfälle." in officer.get(f"/soderhamn/loften/{SLUG}").text
    assert "Uppfyllt vid 0 av 1 tillfälle." in officer.get("/soderhamn/loften/annat").text


def test_who_took_part_is_ticked_or_written_and_never_a_name(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    activity = make_activity(session, municipality, make_plan(session, municipality), ("x",))
    add_owner(session, municipality, OwnerDraft("IFO", Party.MUNICIPALITY), now=NOW)
    session.commit()
    address = f"{LOG}aktivitet/{activity.id}"
    page = fill(officer, address, 422, bodies="0", others="Anna Svensson")
    assert "Det är detta: Anna Svensson" in page.words(".govuk-error-summary")
    fill(officer, address, bodies="0", others="Fältgruppen", n_took_part="12")
    assert "IFO, Fältgruppen, 12 deltog" in officer.get(address).text
    again = officer.get(address)
    assert {"IFO", "Fältgruppen"} <= set(again.all_words(".govuk-checkboxes__label"))


def test_a_warning_is_answered_and_what_is_no_person_is_kept(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    activity = make_activity(session, municipality, make_plan(session, municipality), ("x",))
    session.commit()
    address = f"{LOG}aktivitet/{activity.id}"
    assert "is_no_person" not in officer.get(address).html
    page = fill(officer, address, 422, note="Samtal med Anna Svensson.")
    officer.send(address, page, status=303, is_no_person="y")
    assert "Samtal med Anna Svensson." in officer.get(address).text


def test_a_month_of_mondays_is_told_at_once_with_red_days_excused(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    activity = mondays(session, municipality)
    hold(session, activity, date(2023, 4, 24))
    session.commit()
    address = f"{LOG}aktivitet/{activity.id}/manad/2023-04"
    page = officer.get(address)
    fields = page.fields()
    assert fields["state_2023-04-10"] == "excused"
    assert fields["reason_2023-04-10"] == "Annandag påsk"
    assert "state_2023-04-24" not in fields, "it is logged already"
    assert "Notering, eller varför det inte blev av 10 april 2023" in page.all_words("label")
    said = {"state_2023-04-03": "held", "state_2023-04-17": "missed"}
    refused = fill(officer, address, 422, **said)
    assert "Skriv varför det inte blev av." in refused.words(".govuk-error-summary")
    fill(officer, address, **said, **{"reason_2023-04-17": "Utbildning."})
    session.rollback()
    states = [occasion.state for occasion in activity.occasions]
    held, missed, excused = OccasionState.HELD, OccasionState.MISSED, OccasionState.EXCUSED
    assert states == [held, excused, missed, held]
    again = officer.get(address)
    assert "Utbildning." in again.text
    assert not [name for name in again.fields("form.form") if name.startswith("state_")]


def test_a_month_to_come_and_a_rhythm_without_days_have_nothing_to_tick(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    activity = mondays(session, municipality)
    yearly = make_activity(session, municipality, activity.plan, ("x",))
    session.commit()
    for address in (f"{activity.id}/manad/2023-09", f"{yearly.id}/manad/2023-04"):
        assert "Ingen dag" in officer.get(f"{LOG}aktivitet/{address}").text
    assert "hel månad" not in officer.get(f"{LOG}aktivitet/{yearly.id}").text
    officer.get(f"{LOG}aktivitet/{activity.id}/manad/2023-13", status=404)


def test_one_s_own_activities_come_with_what_is_due_first(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    plan = make_plan(session, municipality)
    names = ("Kommunens egen", "Möte varje år", "Alla måndagar", "När behov uppstår")
    theirs, yearly, weekly, needed = (
        make_activity(session, municipality, plan, ("x",), name=name) for name in names
    )
    hold(session, yearly, date(2022, 2, 1), date(2022, 5, 1), date(2023, 3, 1), date(2023, 6, 1))
    weekly.per, weekly.target_count, weekly.weekday = None, None, 0
    needed.target_count = needed.per = None
    owner = add_owner(session, municipality, OwnerDraft("IFO", Party.MUNICIPALITY), now=NOW)
    choose_owner(session, municipality, theirs, owner.id)
    session.commit()
    shown = officer.get(LOG).all_words(".due__link")
    assert "Kommunens egen" not in shown
    assert shown[-1] == "När behov uppstår"
    assert officer.get(f"{LOG}?vems={owner.id}").all_words(".due__link") == ["Kommunens egen"]
    every = officer.get(f"{LOG}?vems=alla")
    assert every.all_words(".due__link")[0] == "Kommunens egen", "two a year, and none yet"
    assert "Skulle ha gjorts" in every.words(".late")
    officer.get(f"{LOG}?vems=999999999999999999999")


def test_what_is_done_when_needed_tells_when_somebody_looked(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    plan = make_plan(session, municipality)
    needed = make_activity(
        session, municipality, plan, ("x",), target_count=None, when_text="När behov uppstår"
    )
    counted = make_activity(session, municipality, plan, ("x",))
    session.commit()
    address = f"{LOG}aktivitet/{needed.id}/provad"
    assert "Ingen har berättat än" in officer.get(LOG).text
    for _press in range(2):
        fill(officer, address, checked_on="2023-07-30", note="Lugnt i sommar.")
    assert "Senast prövad 30 juli 2023" in officer.get(LOG).text
    assert "Prövad 1 gång." in officer.get(f"{LOG}aktivitet/{needed.id}").text
    fill(officer, address, 422, checked_on="2023-08-02")
    officer.get(f"{LOG}aktivitet/{counted.id}/provad", status=404)
