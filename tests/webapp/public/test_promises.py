"""Promises as a reader meets them: the state today, the chain, and nothing of drafts or others."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Occasion, OccasionState, TargetPeriod
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import PointMeasure, PointStatus, Promise, PromiseMunicipality
from surveys.schedule.periods import Window
from surveys.schedule.weekly import meeting_days, public_holidays
from tests.conftest import Clock
from tests.factories.municipalities import make_municipality
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise
from tests.page import PageClient

ADDRESS = f"/soderhamn/loften/{SLUG}"
TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
HOSTILE = "<script>alert('x')</script><b>fet</b>"


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    """The whole promise of 2022–2023 at the end of July 2023."""
    promise = make_promise(session, municipality)
    plan = make_plan(session, municipality)
    efforts = make_activity(session, municipality, plan, ("Efter varje insats", None))
    condition = "Socialtjänsten arbetar på polisstationen."
    make_point(session, promise, activities=[efforts], condition=condition)
    hold(
        session,
        efforts,
        date(2022, 4, 7),
        date(2022, 10, 12),
        date(2023, 5, 11),
        working_days=1.0,
        condition_met=True,
    )
    add_weekly_meetings(session, municipality, promise)
    make_point(
        session,
        promise,
        "Dela mer information om unga under 21 år",
        measure=PointMeasure.NONE,
        target_count=None,
    )
    spanning = make_point(
        session,
        promise,
        "Kommunen letar efter arbetssätt",
        measure=PointMeasure.DONE,
        target_count=None,
        status=PointStatus.DONE,
    )
    session.add(
        ProgressUpdate(
            municipality_id=municipality.id,
            promise_id=promise.id,
            point_id=spanning.id,
            dated_on=date(2022, 11, 30),
            text="Två arbetssätt prövas nu i det dagliga arbetet.",
            party=Party.MUNICIPALITY,
            author="Trygghetssamordnare",
            created_at=datetime(2022, 11, 30, 9, 0, tzinfo=UTC),
        )
    )
    return promise


def add_weekly_meetings(session: Session, municipality: Municipality, promise: Promise) -> None:
    meetings = make_activity(
        session, municipality, name="Veckomöten", weekday=0, target_count=None, per=None
    )
    make_point(
        session,
        promise,
        "Socialtjänst och polis träffas varje vecka",
        [meetings],
        target_count=1,
        per=TargetPeriod.WEEK,
        unit="veckomöten",
    )
    red = public_holidays(2022, 2023)
    mondays = [d for d in meeting_days(TWO_YEARS, 0) if d <= date(2023, 7, 31) and d not in red]
    missed = mondays[10:13] + mondays[-2:-1]
    hold(session, meetings, *(d for d in mondays if d not in missed))
    hold(session, meetings, *missed, state=OccasionState.MISSED)


def test_the_state_today_stands_first(promise: Promise, client: PageClient) -> None:
    page = client.get(ADDRESS)
    panel = page.words("section.panel")
    assert "Läget 1 augusti 2023" in panel
    assert "4 månader kvar av 24" in panel
    assert "3 av 4 insatser mot narkotika" in panel
    assert "74 av 78 veckomöten" in panel
    assert "Blev inte av 4 veckor" in panel
    assert len(page.soup.select(".panel .slots--month .slot")) == 24


def test_a_week_that_nobody_reported_is_told_beside_its_line(
    session: Session, promise: Promise, client: PageClient
) -> None:
    held = select(Occasion).where(Occasion.state == OccasionState.HELD)
    mondays = [day for day in session.scalars(held) if day.held_on.weekday() == 0]
    session.delete(min(mondays, key=lambda day: day.held_on))
    session.commit()
    panel = client.get(ADDRESS).words("section.panel")
    assert "1 vecka är inte rapporterad." in panel
    assert "Ett lågt, ihåligt streck är inte rapporterat." in panel


def test_the_chain_runs_from_what_was_said_to_what_was_done(
    promise: Promise, client: PageClient
) -> None:
    page = client.get(ADDRESS)
    assert page.all_words("ol.chain h2") == ["Ni sa", "Vi såg", "Vi lovar", "Vi gjorde"]
    assert page.heading == "Färre unga i kriminalitet, mindre narkotika"
    assert "Ett hållet löfte betyder inte säkert att fler känner sig trygga." in page.text
    assert "Tf. Lokalpolisområdeschef" in page.text
    assert "KS 21-100" in page.text


def test_one_counter_shows_both_of_its_targets(promise: Promise, client: PageClient) -> None:
    done = client.get(ADDRESS).words("ol.chain > li:last-child .points")
    assert "3 av 4 genomförda" in done
    assert "minst 2 per år: 2 av 2 under 2022, 1 av 2 hittills 2023" in done
    assert "Uppfyllt vid 3 av 3 tillfällen." in done
    assert "senast 31 december 2023" in done
    assert "74 av 78 veckor." in done
    assert "5 röda dagar räknas inte." in done


def test_each_point_has_its_status_in_words(promise: Promise, client: PageClient) -> None:
    page = client.get(ADDRESS)
    assert page.all_words(".points > li > .head .st") == [
        "I fas",
        "Efter plan",
        "Kan inte mätas",
        "Klart",
    ]
    assert "Två arbetssätt prövas nu" in page.text
    assert "%" not in page.words("main")


def test_what_has_not_been_told_for_long_is_said(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_promise(session, municipality)
    session.commit()
    assert "Uppdaterat 10 januari 2022, för 568 dagar sedan" in client.get(ADDRESS).text


def test_claims_of_a_published_picture_have_their_ground(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    promise = make_promise(session, municipality)
    source = make_evidence(session, municipality, source="Anmälda brott", caveat="Visar mest tid.")
    seen = make_claim("Narkotika hanteras öppet.", supported_by=(source,))
    make_picture(session, municipality, "lagesbild", [make_area("Narkotika", seen)])
    hidden = make_claim("Ur ett utkast.")
    make_picture(session, municipality, "utkast", [make_area("X", hidden)], published_at=None)
    promise.claims = [seen, hidden]
    session.commit()
    page = client.get(ADDRESS)
    assert "Narkotika hanteras öppet. Grund: Anmälda brott" in page.text
    assert "Visar mest tid." in page.text
    assert "Ur ett utkast." not in page.text


def test_a_promise_without_any_dialogue_says_so(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_promise(session, municipality, said="", said_ground="")
    session.commit()
    assert "Det här löftet kommer inte ur någon dialog." in client.get(ADDRESS).text


@pytest.mark.parametrize("slug", [SLUG, "finns-inte"])
def test_a_draft_and_an_unknown_promise_are_not_found(
    session: Session, municipality: Municipality, client: PageClient, slug: str
) -> None:
    make_promise(session, municipality, published_at=None, published_by=None)
    session.commit()
    client.get(f"/soderhamn/loften/{slug}", status=404)
    assert "Färre unga" not in client.get("/soderhamn/loften/").text


def test_another_municipality_s_promise_at_the_same_address_is_not_ours(
    municipality: Municipality, client: PageClient
) -> None:
    client.get(ADDRESS, status=404)
    client.get("/soderhamn/handlingsplan/handlingsplan-2022-2023", status=404)


def test_only_our_own_rows_are_shown(promise: Promise, client: PageClient) -> None:
    for address in ("/soderhamn/loften/", ADDRESS):
        assert NOISE_TEXT not in client.get(address).text


def test_the_overview_counts_what_is_counted(promise: Promise, client: PageClient) -> None:
    page = client.get("/soderhamn/loften/")
    row = page.words("main .rows > li")
    assert "3 av 4 insatser mot narkotika" in row
    assert "74 av 78 veckomöten" in row
    assert "4 månader kvar av 24" in row
    assert "Uppdaterat 31 juli 2023" in row
    assert page.one(f'a[href="{ADDRESS}"]')
    assert page.one('a[href="/soderhamn/handlingsplan/handlingsplan-2022-2023"]')


def test_running_stands_before_coming_and_ended(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_promise(
        session,
        municipality,
        "slut",
        title="Slut",
        starts_on=date(2019, 1, 1),
        ends_on=date(2019, 12, 31),
    )
    make_promise(
        session,
        municipality,
        "snart",
        title="Snart",
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    make_promise(session, municipality, title="Nu")
    session.commit()
    page = client.get("/soderhamn/loften/")
    assert page.all_words("main .rows h2") == ["Nu", "Snart", "Slut"]
    assert "Börjar 1 januari 2024" in page.text
    assert "Avslutat 31 december 2019" in page.text


def test_a_joint_promise_shows_every_municipality_and_only_its_own_number(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    promise = make_promise(session, municipality)
    neighbour = make_municipality(
        session, slug="bollnas", code="2183", name="Bollnäs", official_name="Bollnäs kommun"
    )
    make_municipality(session, slug="ljusdal", code="2161", name="Ljusdal")
    promise.parties.append(PromiseMunicipality(municipality_id=neighbour.id, dnr="2022/17"))
    session.commit()
    theirs = client.get(f"/bollnas/loften/{SLUG}").text
    ours = client.get(ADDRESS).text
    assert "Ett löfte från Bollnäs kommun och Söderhamns kommun och polisen" in theirs
    assert "2022/17" in theirs
    assert "KS 21-100" not in theirs
    assert "KS 21-100" in ours
    assert "2022/17" not in ours
    client.get(f"/ljusdal/loften/{SLUG}", status=404)


def test_an_unsigned_promise_has_no_end(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_promise(session, municipality, starts_on=None, ends_on=None, months_from_signing=24)
    session.commit()
    page = client.get(ADDRESS)
    assert "Gäller i 24 månader från den dag då alla har undertecknat" in page.text
    assert "Undertecknas av Tf. Lokalpolisområdeschef" in page.text


def test_hostile_text_is_only_text(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    promise = make_promise(
        session, municipality, title=HOSTILE, said=HOSTILE, said_ground=HOSTILE, pledge=HOSTILE
    )
    activity = make_activity(session, municipality, name=HOSTILE)
    make_point(session, promise, HOSTILE, [activity], text=HOSTILE, condition=HOSTILE, unit=HOSTILE)
    hold(session, activity, date(2023, 5, 1), note=HOSTILE)
    session.commit()
    for address in (ADDRESS, "/soderhamn/loften/"):
        page = client.get(address)
        assert "<b>fet" not in page.html
        assert HOSTILE in page.text


def test_verbatim_text_is_marked_and_retold_text_says_so(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    promise = make_promise(session, municipality, is_verbatim=True)
    session.commit()
    assert client.get(ADDRESS).words("blockquote.verbatim").startswith("Vi lovar minst fyra")
    promise.is_verbatim = False
    session.commit()
    page = client.get(ADDRESS)
    assert page.soup.select("blockquote.verbatim") == []
    assert "återgivet här med enklare ord" in page.text


def test_the_plan_states_its_gaps_and_counts_once(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    plan = make_plan(session, municipality)
    efforts = make_activity(session, municipality, plan, ("Efter varje insats", None))
    make_activity(session, municipality, plan, (None,), name="Rådslag", target_count=None, per=None)
    hold(session, efforts, date(2022, 4, 7), date(2022, 10, 12))
    session.commit()
    page = client.get(f"/soderhamn/handlingsplan/{plan.slug}")
    assert "2 aktiviteter i 2 områden." in page.text
    assert "1 står under mer än ett område och räknas en gång." in page.text
    assert "2 tillfällen är rapporterade." in page.text
    assert page.text.count("Planen anger ingen uppföljning") == 2
    assert "2 av 2 under 2022, 0 av 2 hittills 2023" in page.text
    assert page.all_words("main thead th")[:4] == ["Aktivitet", "När", "Vem", "Uppföljning"]


def test_readers_may_follow_a_promise_through_its_last_day(
    promise: Promise, client: PageClient, clock: Callable[[], datetime]
) -> None:
    clock.now = datetime(2024, 1, 8, 10, 0, tzinfo=UTC)  # type: ignore[attr-defined]
    page = client.get(ADDRESS)
    assert "Avslutat 31 december 2023" in page.words("section.panel")
    assert "Nåddes inte" in page.words("section.panel")
    assert "Efter plan" not in page.text  # as if there were time left


def test_the_address_of_plans_leads_to_the_one_in_force_else_to_the_list(
    session: Session, municipality: Municipality, promise: Promise, client: PageClient, clock: Clock
) -> None:
    make_plan(session, municipality, "an-older-one").ends_on = date(2022, 6, 30)
    session.flush()
    headers = client.client.get("/soderhamn/handlingsplan/").headers
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
    for path in ("/soderhamn/handlingsplan", "/soderhamn/handlingsplan/"):
        answer = client.client.get(path, follow_redirects=True)
        assert answer.request.path == "/soderhamn/handlingsplan/handlingsplan-2022-2023"
        assert answer.status_code == 200
    clock.now = datetime(2025, 3, 1, 9, tzinfo=UTC)
    answer = client.client.get("/soderhamn/handlingsplan/", follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, "/soderhamn/loften/")
