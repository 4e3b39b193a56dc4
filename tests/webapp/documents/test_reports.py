"""Yearly follow-ups, reports to steering group and council, and counts for other plans."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import docx
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.judgement import CarryOver, Judgement, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import OccasionState
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import PointMeasure
from surveys.queries.readers.coming_dates import ComingDate, ComingKind
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.factories.pictures import make_grounded_picture
from tests.factories.promises import (
    SLUG,
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
)
from tests.page import PageClient
from tests.pdf_reading import ReadPdf, read_pdf, squeezed
from webapp.documents.blocks import Bullets
from webapp.documents.steering_document import Room, _coming

REPORTS = "/soderhamn/handlaggning/rapporter/"
FOLLOW_UP = f"/soderhamn/loften/{SLUG}/uppfoljning-2022"
SignIn = Callable[[User], PageClient]


def fetched(client: PageClient, path: str) -> ReadPdf:
    answer = client.client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return read_pdf(answer.data)


def write_report(session: Session, promise: object, text: str, point: object = None) -> None:
    session.add(
        ProgressUpdate(
            municipality_id=promise.municipality_id,  # type: ignore[attr-defined]
            promise=promise,
            point=point,
            dated_on=date(2022, 6, 1),
            text=text,
            party=Party.POLICE,
            author="Kommunpolis",
            created_at=NOW,
        )
    )


@pytest.fixture
def staff(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


def test_a_follow_up_tells_counts_notes_conditions_and_reports_of_its_year(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Rapport", None))
    promise = make_promise(session, municipality)
    point = make_point(session, promise, activities=[activity], condition="Socialtjänsten är med.")
    hold(session, activity, date(2022, 4, 7), note="Kväll i centrum.", condition_met=True)
    hold(session, activity, date(2022, 9, 9), state=OccasionState.MISSED)
    hold(session, activity, date(2023, 2, 1), note="Nästa år.")
    write_report(session, promise, "Första insatsen är gjord.", point)
    session.commit()
    pdf = fetched(client, f"{FOLLOW_UP}.pdf")
    words = squeezed(pdf.text)
    for told in (
        "Uppföljning 2022",
        "2 av 4 insatser mot narkotika",
        "Genomfört 2022: 1 tillfälle",
        "Kväll i centrum. Villkoret uppfyllt.",
        "Blev inte av",
        "Uppfyllt vid 1 av 1 tillfälle.",
        "Första insatsen är gjord.",
        "Samma tillfällen räknas i handlingsplanen, minst 2 per år",
    ):
        assert squeezed(told) in words, told
    assert squeezed("Nästa år.") not in words
    assert pdf.part == "1"
    assert pdf.alternatives == ("2 av 4 insatser mot narkotika",)


def test_a_year_outside_the_period_has_no_follow_up(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    make_promise(session, municipality)
    session.commit()
    page = client.get(f"/soderhamn/loften/{SLUG}")
    years = [a.get_text() for a in page.soup.select("a[href*=uppfoljning]")]
    assert years == [
        "Uppföljning 2023 (PDF)",
        "Uppföljning 2023 (DOCX)",
        "Uppföljning 2022 (PDF)",
        "Uppföljning 2022 (DOCX)",
    ]
    for year in (2021, 2024):
        path = f"/soderhamn/loften/{SLUG}/uppfoljning-{year}.pdf"
        assert client.client.get(path).status_code == 404


def test_judgements_stand_side_by_side_and_disagreement_is_told(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    account = make_account(session, municipality)
    for party, for_id, verdict in (
        (Party.POLICE, None, Verdict.KEPT),
        (Party.MUNICIPALITY, municipality.id, Verdict.PARTLY_KEPT),
    ):
        session.add(
            Judgement(
                municipality_id=municipality.id,
                promise=promise,
                party=party,
                for_id=for_id,
                verdict=verdict,
                rubric_version=1,
                reason=f"Skäl för {verdict.value}.",
                carry_over=CarryOver.CONTINUE,
                role="Roll",
                user_id=account.id,
                judged_at=NOW,
            )
        )
    session.commit()
    words = squeezed(fetched(client, f"{FOLLOW_UP}.pdf").text)
    for told in ("Parterna gör olika bedömningar.", "Hållet", "Delvis hållet", "Skäl för kept."):
        assert squeezed(told) in words, told


def test_a_plan_s_follow_up_counts_a_shared_activity_once(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Rapport", "Rapport"))
    hold(session, activity, date(2022, 4, 7), date(2022, 5, 7))
    session.commit()
    path = f"/soderhamn/handlingsplan/{plan.slug}/uppfoljning-2022.pdf"
    words = squeezed(fetched(client, path).text)
    assert squeezed("Genomfört: 2 tillfällen") in words
    assert squeezed("Står ovan: Gemensamma narkotikainsatser.") in words


def test_the_steering_report_says_what_is_behind_why_and_what_to_decide(
    session: Session, municipality: Municipality, staff: PageClient
) -> None:
    promise = make_promise(session, municipality)
    activity = make_activity(session, municipality)
    point = make_point(session, promise, activities=[activity])
    make_point(session, promise, "Samverkan", measure=PointMeasure.NONE, target_count=None)
    write_report(session, promise, "Två insatser fick ställas in.", point)
    session.commit()
    pdf = fetched(staff, f"{REPORTS}styrgrupp.pdf")
    words = squeezed(pdf.text)
    for told in (
        "1 löfte pågår med 2 punkter: efter plan 1, kan inte mätas 1.",
        "Två insatser fick ställas in.",
        "0 av 4 insatser mot narkotika",
        f"Skriv under: {promise.title} (2 roller)",
        f"Säg vem som ansvarar för punkter i: {promise.title} (1 punkt)",
        "Löftets sista dag",
    ):
        assert squeezed(told) in words, told
    assert (pdf.part, pdf.n_pages) == ("1", 1)
    answer = staff.client.get(f"{REPORTS}styrgrupp.docx")
    told = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.data)).paragraphs)
    assert "efter plan 1" in told


def test_the_steering_report_tells_where_documents_do_not_agree(
    session: Session, municipality: Municipality, staff: PageClient
) -> None:
    plan = make_plan(session, municipality)
    make_activity(session, municipality, plan, name="Utan område")
    session.commit()
    words = squeezed(fetched(staff, f"{REPORTS}styrgrupp.pdf").text)
    assert squeezed("Där dokumenten inte stämmer överens") in words
    assert squeezed("Utan område") in words


def test_the_steering_report_is_two_pages_with_forty_promises(
    session: Session, municipality: Municipality, staff: PageClient
) -> None:
    for n in range(40):
        promise = make_promise(
            session,
            municipality,
            f"lofte-{n}",
            title=f"Löfte {n}: tryggare {'och lugnare ' * 8}för alla",
            ends_on=date(2023, 10, 1) + timedelta(days=n),
        )
        for k in range(4):
            point = make_point(session, promise, f"Punkt {k} med {'väldigt ' * 12}långt namn")
            write_report(session, promise, "Orsaken är att " + "mycket kom emellan " * 60, point)
    session.commit()
    pdf = fetched(staff, f"{REPORTS}styrgrupp.pdf")
    assert pdf.n_pages == 2
    assert squeezed("40 löften pågår med 160 punkter") in squeezed(pdf.text)
    assert pdf.part == "1"


def test_the_council_is_told_of_the_year_in_plain_words(
    session: Session, municipality: Municipality, staff: PageClient
) -> None:
    plan = make_plan(session, municipality)
    plan.decided_on, plan.decided_by, plan.dnr = date(2022, 3, 8), "Kommunstyrelsen", "KS 22-17"
    activity = make_activity(session, municipality, plan, ("Rapport", None))
    hold(session, activity, date(2023, 4, 7), date(2023, 5, 7))
    promise = make_promise(session, municipality)
    make_point(session, promise, activities=[activity])
    make_grounded_picture(session, municipality)
    session.commit()
    pdf = fetched(staff, f"{REPORTS}fullmaktige-2023.pdf")
    words = squeezed(pdf.text)
    for told in (
        "Enligt 13 § lagen (2023:196)",
        "2 tillfällen är inlagda i handlingsplanerna.",
        "8 mars 2022, Kommunstyrelsen",
        "KS 22-17",
        "Den senaste är Lägesbild juni 2023",
        "2 av 4 insatser mot narkotika",
        "0 av 1 punkter är klara.",
        "Lagens skyldigheter",
        "(13 §)",
    ):
        assert squeezed(told) in words, told
    assert pdf.part == "1"
    assert staff.client.get(f"{REPORTS}fullmaktige-2019.pdf").status_code == 404


def test_counts_for_another_plan_are_by_year_and_open_in_a_spreadsheet(
    session: Session, municipality: Municipality, staff: PageClient
) -> None:
    plan = make_plan(session, municipality)
    plan.other_plans = ["Genomförandeplan ANDT", "Folkhälsoplan"]
    activity = make_activity(session, municipality, plan, ("a", "b"), name="=Insatser")
    hold(session, activity, date(2022, 4, 7), date(2022, 5, 7), date(2023, 2, 1))
    hold(session, activity, date(2023, 3, 1), state=OccasionState.MISSED)
    session.commit()
    page = staff.get(REPORTS)
    assert "Genomförandeplan ANDT" in page.text
    link = page.soup.select("a[href*='antal-aktiviteter.csv']")[1]
    rows = staff.client.get(str(link["href"])).data.decode("utf-8-sig").splitlines()
    assert rows[0] == "Aktivitet;Områden;När;2022;2023;Handlingsplan"
    assert rows[1] == (
        "'=Insatser;Ungdomskriminalitet och Narkotika;Minst 2 gånger/år;2;1;Handlingsplan 2022–2023"
    )
    assert len(rows) == 2
    other = staff.client.get(f"{REPORTS}antal-aktiviteter.csv?plan=Okänd").data.decode("utf-8-sig")
    assert len(other.splitlines()) == 1
    answer = staff.client.get(f"{REPORTS}antal-aktiviteter.docx?plan=Genomförandeplan ANDT")
    table = docx.Document(io.BytesIO(answer.data)).tables[0]
    assert [cell.text for cell in table.rows[1].cells][-2:] == ["2", "1"]


def test_a_document_that_many_ask_for_is_made_once(
    app: Flask,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_promise(session, municipality)
    session.commit()
    first = client.client.get(f"{FOLLOW_UP}.pdf")
    monkeypatch.setattr("webapp.edition_documents.written", None)  # nothing is made any more
    again = client.client.get(f"{FOLLOW_UP}.pdf", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_each_date_that_comes_is_named_in_the_steering_report(app: Flask) -> None:
    for kind in ComingKind:
        title = "2026-11" if kind is ComingKind.SITUATION_REPORT else "Lokalt BRÅ"
        coming = [ComingDate(date(2026, 12, 21), kind, title)]
        with app.test_request_context("/"):
            [_heading, bullets] = _coming(coming, Room(9, 99, 9, 9, 9))
        assert isinstance(bullets, Bullets)
        name, _, about = bullets.items[0].partition(": ")[2].partition(", ")
        assert name
        assert about == ("november 2026" if kind is ComingKind.SITUATION_REPORT else "Lokalt BRÅ")
