"""The year's follow-up, planned follow-ups that are made, what is given up, and judgements."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.owners import OwnerDraft
from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, TargetPeriod
from surveys.models.promise import PointMeasure, PointStatus, Promise
from surveys.permissions import StaffRole
from surveys.services.progress.owners import add_owner
from tests.conftest import NOW, Clock
from tests.factories.municipalities import make_account
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise
from tests.page import Page, PageClient

STAFF = "/soderhamn/handlaggning/"
YEAR = f"{STAFF}uppfoljning/2023"
PLAN = "/soderhamn/handlingsplan/handlingsplan-2022-2023"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def activity(session: Session, municipality: Municipality) -> Activity:
    """Three and one: at least four in two years is met, two a year is missed."""
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Rapport till BRÅ", None))
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    follow_up.due_on = date(2023, 6, 15)
    hold(session, activity, date(2022, 2, 1), date(2022, 5, 1), date(2022, 9, 1), date(2023, 5, 1))
    return activity


@pytest.fixture
def promise(session: Session, municipality: Municipality, activity: Activity) -> Promise:
    promise = make_promise(session, municipality)
    make_point(session, promise, activities=[activity])
    return promise


@pytest.fixture
def coordinator(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.COORDINATOR))


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def test_the_year_shows_each_promise_with_counts_and_what_does_not_add_up(
    session: Session, promise: Promise, coordinator: PageClient, clock: Clock
) -> None:
    clock.now = datetime(2024, 1, 8, 12, tzinfo=UTC)
    page = coordinator.get(YEAR)
    assert "4 av 4 insatser mot narkotika" in page.text
    assert "1 tillfälle under 2023" in page.text
    assert "Samma antal når ett mål och missar ett annat" in page.text
    assert "Undertecknat av tillförordnad: Lokalpolisområdeschef" in page.text
    assert "Ingen ansvarar för: Insatser mot narkotika" in page.text
    assert "Omdöme saknas från" in page.text
    assert "Skulle ha gjorts 15 juni 2023" in page.text
    assert (
        "Inget publicerat löfte gäller under 2025."
        in coordinator.get(f"{STAFF}uppfoljning/2025").text
    )
    coordinator.get(f"{STAFF}uppfoljning/1", status=404)


def test_a_follow_up_that_is_made_tells_readers_what_came_of_it(
    session: Session, activity: Activity, coordinator: PageClient
) -> None:
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    address = f"{STAFF}uppfoljning/planerad/{follow_up.id}"
    refused = fill(coordinator, address, 422, outcome="")
    assert "Skriv vad som kom fram." in refused.words(".govuk-error-summary")
    fill(coordinator, address, 422, outcome="Klart.", done_on="2023-08-02")
    fill(coordinator, address, outcome="BRÅ ville ha fler kvällar.", done_on="2023-06-14")
    public = coordinator.get(PLAN).text
    assert "Gjord 14 juni 2023. BRÅ ville ha fler kvällar." in public
    page = coordinator.get(address)
    coordinator.post(f"{address}/inte-gjord", page.fields(), status=303)
    assert "BRÅ ville ha fler kvällar." not in coordinator.get(PLAN).text


def test_an_activity_is_given_up_with_reason_role_and_day_and_its_count_stays(
    session: Session, activity: Activity, coordinator: PageClient
) -> None:
    address = f"{STAFF}tillfallen/aktivitet/{activity.id}"
    fill(coordinator, f"{address}/avbryt", 422, reason="")
    fill(coordinator, f"{address}/avbryt", reason="Tjänsten är indragen.")
    public = coordinator.get(PLAN).text
    assert "Avbrutet: Tjänsten är indragen." in public
    assert "Coordinator, 1 augusti 2023. 4 tillfällen" in public
    page = coordinator.get(address)
    coordinator.post(f"{address}/ateruppta", page.fields('form[action$="ateruppta"]'), status=303)
    assert "Avbrutet" not in coordinator.get(PLAN).text


def test_who_answers_for_an_activity_and_its_follow_ups_is_chosen(
    session: Session, municipality: Municipality, activity: Activity, coordinator: PageClient
) -> None:
    owner = add_owner(session, municipality, OwnerDraft("IFO", Party.MUNICIPALITY), now=NOW)
    session.commit()
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    chosen = {"owner": str(owner.id), f"owner_{follow_up.id}": str(owner.id)}
    fill(coordinator, f"{STAFF}tillfallen/aktivitet/{activity.id}/ansvarig", **chosen)
    assert "Ansvarar för 2 saker" in coordinator.get(f"{STAFF}ansvariga/").text


def test_silence_stands_beside_the_status_and_never_in_its_place(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    plan = make_plan(session, municipality)
    make_activity(session, municipality, plan, ("x",), name="Kvartalsvis", per=TargetPeriod.QUARTER)
    needed = make_activity(
        session,
        municipality,
        plan,
        ("x",),
        name="När behov uppstår",
        target_count=None,
        per=None,
    )
    hold(session, needed, date(2022, 10, 1), logged_at=datetime(2022, 10, 2, tzinfo=UTC))
    session.commit()
    public = coordinator.get(PLAN).text
    assert "Inget är berättat sedan det började." in public
    assert "Efter plan" in public
    assert "Tyst: inget är berättat på 303 dagar." in public
    municipality = session.merge(municipality)
    municipality.quiet_after_days, municipality.silent_after_days = 310, 400
    session.commit()
    assert "303 dagar" not in coordinator.get(PLAN).text


def test_the_parties_judge_and_readers_see_both(
    session: Session,
    municipality: Municipality,
    promise: Promise,
    sign_in: SignIn,
    clock: Clock,
) -> None:
    clock.now = datetime(2024, 1, 8, 12, tzinfo=UTC)
    address = f"{STAFF}loften/{SLUG}/omdome"
    verdicts = {StaffRole.COORDINATOR: "kept", StaffRole.POLICE: "partly_kept"}
    accounts = {
        role: make_account(session, municipality, role, email=f"{role.value}@x.example")
        for role in verdicts
    }
    for role, verdict in verdicts.items():
        client = sign_in(accounts[role])
        fill(client, address, 422, verdict=verdict, reason="")
        fill(client, address, verdict=verdict, reason="Fyra insatser.", ground="Räknaren.")
    public = client.get(f"/soderhamn/loften/{SLUG}")
    assert "Parterna gör olika bedömningar." in public.text
    assert {"Hållet", "Delvis hållet"} <= set(public.all_words("#closing ~ .cols strong"))
    rubric = client.get("/soderhamn/sa-bedomer-vi-loften")
    assert "Version 1" in rubric.text
    assert "Allt vi lovade gjordes" in rubric.text


def test_before_the_period_is_over_there_is_no_form(
    promise: Promise, coordinator: PageClient
) -> None:
    page = coordinator.get(f"{STAFF}loften/{SLUG}/omdome")
    assert "Löftets period är inte slut." in page.text
    assert page.soup.select_one("main form.form") is None


def test_a_status_that_is_set_by_hand_stands_with_reason_role_and_day(
    session: Session, promise: Promise, coordinator: PageClient
) -> None:
    point = make_point(session, promise, "Ljus", measure=PointMeasure.DONE, target_count=None)
    session.commit()
    told = {"point": str(point.id), "text": "Pengarna räckte inte.", "status": "cancelled"}
    fill(coordinator, f"{STAFF}loften/{SLUG}/rapport", **told)
    public = coordinator.get(f"/soderhamn/loften/{SLUG}").text
    assert "Avbrutet: Pengarna räckte inte." in public
    assert "Läget sattes av Coordinator 1 augusti 2023." in public
    session.rollback()
    assert point.status is PointStatus.CANCELLED


def test_reminders_are_set_by_the_municipality(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality, StaffRole.ADMINISTRATOR))
    address = f"{STAFF}installningar/paminnelser"
    refused = fill(client, address, 422, after="", escalate="3")
    assert "Skriv ett antal dagar." in refused.words(".govuk-error-summary")
    fill(client, address, before="0", after="3", escalate="10")
    assert "0 dagar före och 3 dagar efter" in client.get(f"{STAFF}installningar/").text
