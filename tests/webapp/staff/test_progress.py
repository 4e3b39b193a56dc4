"""Logging on a phone, taking back, reporting; and writing the plan behind it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.plan import Activity
from surveys.models.promise import PointMeasure, Promise
from surveys.permissions import StaffRole
from surveys.queries.plans.plans import get_plan
from surveys.queries.progress.activities import list_counting_points
from tests.conftest import NOW
from tests.factories.approvals import approve_by_all
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise
from tests.page import Page, PageClient

LOG = "/soderhamn/handlaggning/tillfallen/"
PLANS = "/soderhamn/handlaggning/handlingsplaner/"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    return make_promise(session, municipality)


@pytest.fixture
def activity(session: Session, municipality: Municipality, promise: Promise) -> Activity:
    activity = make_activity(session, municipality)
    condition = "Socialtjänsten arbetar på polisstationen."
    make_point(session, promise, activities=[activity], condition=condition)
    return activity


@pytest.fixture
def officer(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    """A municipal police officer."""
    return sign_in(make_account(session, municipality, StaffRole.POLICE))


def activity_point(activity: Activity) -> int:
    """The id of the point that counts the activity."""
    session = object_session(activity)
    assert session is not None
    return list_counting_points(session, activity)[0].id


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def test_an_occasion_is_logged_with_today_chosen(activity: Activity, officer: PageClient) -> None:
    assert activity.name in officer.get(LOG).text
    assert NOISE_TEXT not in officer.get(LOG).text
    address = f"{LOG}aktivitet/{activity.id}"
    page = officer.get(address)
    assert page.fields()["when"] == "today"
    assert "Socialtjänsten arbetar på polisstationen." in page.text
    met = f"met_{activity_point(activity)}"
    officer.send(address, page, status=303, working_days="1,5", note="I centrum.", **{met: "yes"})
    assert "Sparat: 1 augusti 2023." in officer.get(address).text
    public = officer.get(f"/soderhamn/loften/{SLUG}").text
    assert "1 av 4 genomförda" in public
    assert "I centrum." in public
    assert "Uppfyllt vid 1 av 1 tillfälle." in public
    assert "1,5" in public


def test_a_second_occasion_the_same_day_is_asked_about(
    session: Session, activity: Activity, officer: PageClient
) -> None:
    address = f"{LOG}aktivitet/{activity.id}"
    assert "is_another" not in officer.get(address).html.replace("id=", "")
    fill(officer, address, note="Första")
    page = fill(officer, address, 422, note="Andra", is_another="")
    assert "Det finns redan ett tillfälle den dagen." in page.text
    assert page.fields()["note"] == "Andra"
    officer.send(address, page, status=303, is_another="y")
    session.rollback()
    assert len(activity.occasions) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"when": "other", "held_on": ""}, "Skriv dagen."),
        ({"hours": "101"}, "mellan 0,5 och 100"),
        ({"n_took_part": "0"}, "Skriv hur många som deltog"),
        ({"state": "missed", "note": ""}, "Skriv varför det inte blev av."),
        ({"note": "En 14-årig pojke kördes hem."}, "Det är detta: 14-årig pojke"),
        ({"note": "Gällde 20090101-2384."}, "Det här är personuppgifter."),
        ({"held_on": "i går"}, "Skriv dagen som år-månad-dag"),
        ({"held_on": "2023-08-02"}, "Dagen har inte varit än."),
        ({"held_on": "2020-08-02"}, "Dagen ligger utanför planens eller löftets tid."),
        ({"working_days": "0"}, "mellan 0,5 och 31"),
        ({"working_days": "1e9"}, "Skriv ett tal"),
        ({"working_days": "nan"}, "Skriv ett tal"),
        ({"state": "maybe"}, "Välj något av det som visas här."),
        ({"note": "x" * 501}, "Korta den med 1 tecken."),
    ],
)
def test_a_refused_occasion_keeps_what_was_typed(
    session: Session,
    activity: Activity,
    officer: PageClient,
    changes: dict[str, str],
    words: str,
) -> None:
    typed = {"note": "I centrum."} | changes
    page = fill(officer, f"{LOG}aktivitet/{activity.id}", 422, **typed)
    assert words in page.words(".govuk-error-summary")
    assert page.fields()["note"] == typed["note"]
    session.rollback()
    assert activity.occasions == []


def test_a_wrong_occasion_is_taken_back_in_the_open(
    session: Session, activity: Activity, officer: PageClient
) -> None:
    wrong = hold(session, activity, date(2023, 5, 12))[0]
    session.commit()
    address = f"{LOG}{wrong.id}/ta-bort"
    fill(officer, address, 422, reason="")
    fill(officer, address, reason="Insatsen var den 11 maj.")
    public = officer.get(f"/soderhamn/loften/{SLUG}").text
    assert "Insatsen var den 11 maj." in public
    assert "0 av 4 insatser" in public
    officer.get(address, status=404)


def test_a_report_carries_the_role_and_may_set_a_status(
    session: Session, promise: Promise, officer: PageClient
) -> None:
    point = make_point(
        session, promise, "Omvärldsspaning", measure=PointMeasure.DONE, target_count=None
    )
    session.commit()
    address = f"/soderhamn/handlaggning/loften/{SLUG}/rapport"
    fill(officer, address, point=str(point.id), text="Klart i november.", status="done")
    fill(officer, address, text="Mötena fortsätter.")
    page = officer.get(f"/soderhamn/loften/{SLUG}")
    assert "Klart i november. Police, 1 augusti 2023" in page.text
    assert page.all_words(".points > li > .head .st") == ["Klart"]
    assert "Om löftet som helhet Mötena fortsätter." in page.text


def test_a_counted_point_is_not_set_to_done(
    promise: Promise, activity: Activity, officer: PageClient
) -> None:
    address = f"/soderhamn/handlaggning/loften/{SLUG}/rapport"
    point = str(promise.points[0].id)
    page = fill(officer, address, 422, point=point, text="Klart!", status="done")
    assert "Den är klar när antalet når målet." in page.text
    assert page.fields()["text"] == "Klart!"


def test_an_analyst_cannot_log(
    session: Session, municipality: Municipality, activity: Activity, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality, StaffRole.ANALYST))
    client.get(LOG, status=403)
    client.post(f"{LOG}aktivitet/{activity.id}", {}, status=400)  # no token
    client.get(f"{LOG}aktivitet/{activity.id}", status=403)


def test_another_municipality_s_activity_is_not_found(
    session: Session, activity: Activity, officer: PageClient
) -> None:
    noise = session.scalars(select(Activity).where(Activity.name == NOISE_TEXT)).one()
    officer.get(f"{LOG}aktivitet/{noise.id}", status=404)
    officer.get(f"{LOG}{noise.occasions[0].id}/ta-bort", status=404)


def test_a_plan_is_written_area_by_area_and_published(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    plan = {"title": "Handlingsplan", "starts_on": "2022-01-01", "ends_on": "2023-12-31"}
    fill(officer, f"{PLANS}ny", authors="Kommunpolis\nTrygghetssamordnare", **plan)
    own = f"{PLANS}handlingsplan"
    token = officer.get(f"{own}/redigera").fields()["csrf_token"]
    page = officer.post(f"{own}/publicera", {"csrf_token": token}, status=422)
    assert "Skriv minst ett område" in page.text
    for name in ("Ungdom", "Samverkan"):
        fill(officer, f"{own}/omraden/nytt", name=name, goals="Öka tryggheten\nSe tidigt")
    page = fill(officer, f"{own}/aktiviteter/ny", 422, name="Möten", when_text="Varje måndag")
    assert "Välj minst ett område för aktiviteten." in page.text
    session.rollback()
    youth, cooperation = get_plan(session, municipality, "handlingsplan").areas
    placing = {
        f"area_{youth.id}": "y",
        f"follow_up_{youth.id}": "Rapport till BRÅ",
        f"due_on_{youth.id}": "2023-02-06",
        f"area_{cooperation.id}": "y",
    }
    fill(officer, f"{own}/aktiviteter/ny", name="Möten", when_text="Varje måndag", **placing)
    session.rollback()
    approve_by_all(session, municipality, get_plan(session, municipality, "handlingsplan"), now=NOW)
    session.commit()
    officer.post(f"{own}/publicera", {"csrf_token": token}, status=303)
    public = officer.get("/soderhamn/handlingsplan/handlingsplan").text
    assert "Rapport till BRÅ, 6 feb 2023" in public
    assert "Planen anger ingen uppföljning" in public
    assert "Kommunpolis och Trygghetssamordnare" in public
    fill(officer, f"{own}/redigera", introduction="Bara det vi gör tillsammans.")
    public = officer.get("/soderhamn/handlingsplan/handlingsplan").text
    assert "Bara det vi gör tillsammans." not in public, "both have to approve what is changed"


def test_an_activity_with_occasions_is_not_taken_out(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    plan = make_plan(session, municipality)
    used = make_activity(session, municipality, plan, ("Årligen",))
    hold(session, used, date(2022, 5, 1))
    session.commit()
    own = f"{PLANS}{plan.slug}/aktiviteter/{used.id}"
    page = officer.get(own)
    removal = f'form[action="{own}/ta-bort"]'
    answer = officer.post(f"{own}/ta-bort", page.fields(removal), status=422)
    assert "Aktiviteten har loggade tillfällen" in answer.text
    officer.send(own, page, status=303, who_text="Polis")
    session.rollback()
    assert used.who_text == "Polis"
    assert used.links[0].follow_up is not None


def test_an_endless_number_in_the_address_is_only_not_found(
    promise: Promise, officer: PageClient
) -> None:
    number = "9" * 40
    for address in (
        f"{LOG}aktivitet/{number}",
        f"{LOG}{number}/ta-bort",
        f"/soderhamn/handlaggning/loften/{SLUG}/punkter/{number}",
        f"/soderhamn/handlaggning/loften/{SLUG}/undertecknare/{number}",
    ):
        officer.get(address, status=404)
