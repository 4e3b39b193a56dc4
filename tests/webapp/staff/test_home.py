"""The overview: what there is, and what to do next."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.judgements import JudgementDraft
from surveys.models.account import User
from surveys.models.judgement import Verdict
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.services.progress.judgements import judge
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account, make_municipality
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_picture
from tests.factories.promises import make_promise
from tests.page import PageClient

PAGE = "/soderhamn/handlaggning/"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def staff(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    return sign_in(make_account(session, municipality))


def test_each_dialogue_tells_its_phase_answers_and_time_left(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    make_response(session, make_dialogue(session, municipality), {1: ("2", None)})
    make_dialogue(
        session,
        municipality,
        "vinter",
        title="Vinterdialogen",
        opens_at=NOW + timedelta(days=30),
        closes_at=NOW + timedelta(days=60),
    )
    session.commit()
    rows = staff.get(PAGE).all_words("section[aria-labelledby=dialogues] li")
    assert rows[0].startswith("Vinterdialogen Inte öppen än Öppnar 31 augusti 2023.")
    assert "Öppen 1 svar . Stänger 31 augusti 2023, 30 dagar kvar." in rows[1]
    assert "Resultat för Tre frågor om trygghet" in rows[1]


def test_a_joint_dialogue_counts_the_municipalitys_own_answers(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    joint = make_dialogue(session, neighbour, municipalities=[neighbour, municipality])
    make_response(session, joint, {1: ("2", None)})
    make_response(session, joint, {1: ("2", None)}, municipality_id=municipality.id)
    session.commit()
    assert "Öppen 1 svar" in staff.get(PAGE).words("section[aria-labelledby=dialogues] li")


def test_closed_answers_lead_to_a_picture_and_a_picture_to_a_promise(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    closed = make_dialogue(session, municipality, closes_at=NOW - timedelta(days=9))
    make_response(session, closed, {1: ("2", None)})
    session.commit()
    steps = "section[aria-labelledby=next] li:not(:has(a[href$='lagens-krav/']))"
    assert staff.get(PAGE).all_words(steps) == [
        "Skriv en problembild ur svaren i Tre frågor om trygghet"
    ]
    make_picture(session, municipality, title="Lägesbild juli", created_at=NOW)
    session.commit()
    assert staff.get(PAGE).all_words(steps) == ["Skriv ett löfte ur den publicerade problembilden"]


def test_an_empty_municipality_is_told_what_is_missing(staff: PageClient) -> None:
    page = staff.get(PAGE)
    assert page.all_words(".empty") == [
        "Ingen dialog än.",
        "Ingen problembild än. Den skrivs ur svaren och andra källor.",
        "Inget löfte än. Det vilar på en publicerad problembild.",
    ]
    assert NOISE_TEXT not in page.html


def test_tabs_lead_only_where_the_account_may_go(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    make_dialogue(session, municipality)
    client = sign_in(make_account(session, municipality, StaffRole.ADMINISTRATOR))
    page = client.get(PAGE)
    assert "Tre frågor om trygghet" in page.text
    for link in page.soup.select("header a[href], main a[href]"):
        assert client.client.get(str(link["href"])).status_code == 200


def test_steps_are_told_to_those_who_can_take_them(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    make_response(session, make_dialogue(session, municipality), {1: ("2", None)})
    session.commit()
    steps = "section[aria-labelledby=next] a"
    for role, wanted in (
        (StaffRole.ANALYST, ["Läs svaren i Tre frågor om trygghet"]),
        (StaffRole.ADMINISTRATOR, []),
    ):
        client = sign_in(make_account(session, municipality, role))
        assert client.get(PAGE).all_words(steps) == wanted


def test_a_forbidden_page_leads_back_to_what_the_account_may_open(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    make_dialogue(session, municipality)
    client = sign_in(make_account(session, municipality, StaffRole.POLICE))
    page = client.get(PAGE + "installningar/", 403)
    links = [str(link["href"]) for link in page.soup.select("main a")]
    assert links == ["/handlaggning", "/"]
    assert client.client.get(links[0]).status_code == 302


def test_an_occasion_can_be_logged_from_the_overview(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    assert "Logga ett tillfälle" not in staff.get(PAGE).text
    make_promise(session, municipality)
    session.commit()
    links = {str(link["href"]) for link in staff.get(PAGE).soup.select("main a")}
    assert PAGE + "tillfallen/" in links


def test_a_promise_whose_period_is_over_waits_for_a_judgement_of_both(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    over = make_promise(
        session, municipality, starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 31)
    )
    session.commit()
    step = f"Säg hur {over.title} hölls: perioden är slut"
    assert step in staff.get(PAGE).words("section[aria-labelledby=next]")
    draft = JudgementDraft(verdict=Verdict.KEPT, reason="Allt blev av.", ground="Loggen.")
    for role in (StaffRole.POLICE, StaffRole.COORDINATOR):
        account = make_account(session, municipality, role, email=f"{role.value}@omdome.example")
        judge(session, municipality, over.slug, draft, account=account, now=NOW)
    session.commit()
    assert step not in staff.get(PAGE).text
