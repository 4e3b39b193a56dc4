"""How many statements a page takes: as many for a long promise as for a short one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.models.promise import Promise
from tests.factories.dialogues import make_dialogue
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.promises import (
    SLUG,
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
)
from tests.page import PageClient
from webapp.extensions import db

PROMISES = "/soderhamn/loften/"
PROMISE = PROMISES + SLUG
PLAN = "/soderhamn/handlingsplan/handlingsplan-2022-2023"


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements that the application sends meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def statements(app: Flask, client: PageClient, path: str) -> int:
    with counted(app) as sent:
        client.get(path)
    assert sent, "nothing was counted"
    return len(sent)


def add_point(session: Session, promise: Promise, plan: ActionPlan, number: int) -> None:
    """A point with an activity of the plan, a rival promise, thirty occasions and a claim."""
    municipality = promise.municipality
    activity = make_activity(session, municipality, plan, ("Varje år", "Varje halvår"))
    activity.name = f"Insats {number}"
    make_point(session, promise, f"Punkt {number}", activities=[activity])
    other = make_promise(session, municipality, f"annat-lofte-{number}")
    make_point(session, other, f"Annan punkt {number}", activities=[activity])
    hold(session, activity, *(date(2022, 1, 10) + timedelta(days=7 * n) for n in range(30)))
    evidence = make_evidence(session, municipality, f"Underlag {number}")
    claim = make_claim(supported_by=(evidence,))
    make_picture(session, municipality, f"lagesbild-{number}", [make_area("Narkotika", claim)])
    promise.claims.append(claim)


def test_pages_about_promises_ask_no_more_of_many_points(
    session: Session, municipality: Municipality, app: Flask, client: PageClient
) -> None:
    promise, plan = make_promise(session, municipality), make_plan(session, municipality)
    for number in range(2):
        add_point(session, promise, plan, number)
    session.commit()
    few = {path: statements(app, client, path) for path in (PROMISE, PLAN, PROMISES)}
    for number in range(2, 9):
        add_point(session, promise, plan, number)
    session.commit()
    many = {path: statements(app, client, path) for path in (PROMISE, PLAN, PROMISES)}
    assert many == few


def test_the_survey_asks_once_for_what_its_fields_share(
    session: Session, municipality: Municipality, app: Flask, client: PageClient
) -> None:
    make_dialogue(session, municipality)
    session.commit()
    assert statements(app, client, "/soderhamn/dialoger/oppen") < 10
