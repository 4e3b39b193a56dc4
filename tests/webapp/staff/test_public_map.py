"""The public map in Handläggning: prepared by the job, looked at, published, taken down."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response, SuspicionReview
from surveys.permissions import StaffRole
from surveys.services.dialogues.counting import settle_all, settle_counting
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_others, mark
from tests.factories.municipalities import make_account, make_named_place
from tests.page import PageClient
from webapp.worker import serve_jobs

PAGE = "/soderhamn/handlaggning/dialoger/oppen/publik-karta/"
READERS = "/soderhamn/dialoger/oppen/karta"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    for _ in range(12):
        make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    make_others(session, dialogue)
    session.commit()
    return dialogue


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def work(app: Flask) -> None:
    """Run the jobs that wait."""
    huey = serve_jobs(app).huey
    while (task := huey.dequeue()) is not None:
        huey.execute(task)


def prepare(app: Flask, staff: PageClient) -> None:
    form = f"{PAGE}forbered"
    staff.send(form, staff.get(form), 303)
    work(app)


def publish(app: Flask, staff: PageClient) -> None:
    prepare(app, staff)
    page = staff.get(PAGE)
    action = str(page.one("form[action$='/publicera']")["action"])
    staff.post(action, page.fields("form[action$='/publicera']"), 303)


def test_staff_see_what_would_be_public_before_it_is(
    app: Flask, staff: PageClient, client: PageClient
) -> None:
    assert "Läsarna ser ingen karta" in staff.get(PAGE).text
    prepare(app, staff)
    page = staff.get(PAGE)
    assert "Det här skulle bli publikt." in page.text
    assert page.one(".map .s2")
    # What is left out comes first under its heading; what is in is told after it.
    after = page.text.partition("Vad som inte är med De här siffrorna syns bara i handläggningen.")[
        2
    ]
    assert after.startswith(" Rutor med för få personer")
    assert "12 markeringar är lagda i rutor, också i rutor med för få personer." in after
    assert "Ingen karta är publicerad än." in client.get(READERS).text


def test_a_published_map_is_what_readers_see_and_is_taken_down_with_a_reason(
    app: Flask, staff: PageClient, client: PageClient
) -> None:
    publish(app, staff)
    assert "Utgåva 1, publicerad 1 augusti 2023. Publicerad" in staff.get(PAGE).text
    assert "Minst 10 personer" in client.get(READERS).text
    form = str(staff.get(PAGE).one("a[href$='/ta-ned']")["href"])
    refused = staff.send(form, staff.get(form), 422, reason=" ")
    assert "Skriv varför kartan tas ned." in refused.text
    staff.send(form, staff.get(form), 303, reason="Fel period")
    assert "Skäl: Fel period" in client.get(READERS).text
    assert "Skäl: Fel period" in staff.get(PAGE).text


def test_answers_that_staff_leave_out_together_take_the_map_down_and_a_new_one_can_be_made(
    app: Flask, staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    responses = [
        make_response(session, dialogue, {2: ("ja", None)}, [mark(61.4, 17.2)]) for _ in range(5)
    ]
    session.commit()
    publish(app, staff)
    for response in responses:
        response.suspicion_review = SuspicionReview.LEFT_OUT
    session.flush()
    settle_all(session, responses, now=NOW)
    session.commit()
    page = staff.get(PAGE)
    assert "Nedtagen för att ett svar togs bort" in page.text
    staff.post(f"{PAGE}forbered", page.fields("form[action$='/forbered']"), 303)
    work(app)
    assert staff.get(PAGE).one("form[action$='/publicera']")


def test_a_map_that_was_prepared_with_an_answer_that_left_is_gone(
    app: Flask, staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    prepare(app, staff)
    page = staff.get(PAGE)
    action = str(page.one("form[action$='/publicera']")["action"])
    fields = page.fields("form[action$='/publicera']")
    session.rollback()  # see what the job has written
    victim = session.scalars(select(Response).where(Response.dialogue_id == dialogue.id)).all()[0]
    victim.suspicion_review = SuspicionReview.LEFT_OUT
    settle_counting(session, victim, now=NOW)
    session.commit()
    staff.post(action, fields, 404)
    assert "Inget är förberett." in staff.get(PAGE).text


def test_whoever_publishes_is_told_of_a_square_whose_answers_came_on_one_day(
    app: Flask, staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    warning = "1 ny ruta visas bara på grund av svar som kom in via webben under en och samma dag"
    rows = session.scalars(select(Response).where(Response.dialogue_id == dialogue.id)).all()
    for row in rows:
        row.answered_on = date(2023, 7, 3)
    session.commit()
    prepare(app, staff)
    assert warning in staff.get(PAGE).text
    for number, row in enumerate(rows):
        row.answered_on = date(2023, 7, 3 + number // 6)
    session.commit()
    prepare(app, staff)
    assert warning not in staff.get(PAGE).text


def test_no_form_is_shown_of_a_dialogue_or_an_edition_that_is_not_there(
    app: Flask, staff: PageClient, session: Session, municipality: Municipality
) -> None:
    make_dialogue(session, municipality, slug="annan")
    session.commit()
    publish(app, staff)
    [link] = [str(a["href"]) for a in staff.get(PAGE).soup.select("a[href$='/ta-ned']")]
    staff.get(link)
    staff.get(link.replace("/oppen/", "/annan/"), 404)
    staff.get(f"{PAGE}999/ta-ned", 404)
    staff.get(f"{PAGE.replace('oppen', 'finns-inte')}forbered", 404)


@pytest.mark.parametrize("role", [StaffRole.POLICE, StaffRole.ANALYST])
def test_others_see_it_and_publish_nothing(
    app: Flask,
    sign_in: SignIn,
    session: Session,
    dialogue: Dialogue,
    role: StaffRole,
) -> None:
    reader = sign_in(make_account(session, dialogue.municipality, role))
    page = reader.get(PAGE)
    assert not page.soup.select("main form, main a.btn")
    reader.get(f"{PAGE}forbered", 403)
