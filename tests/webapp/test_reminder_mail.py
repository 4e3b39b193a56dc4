"""What a reminder says: to a role, with where to tell that it is done, sent by the worker once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.owners import OwnerDraft
from surveys.jobs.registry import job_functions
from surveys.jobs.reminding import REMIND
from surveys.models.mail import OutgoingMail, Reminder
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.queries.progress.reminders import list_reminders
from surveys.services.progress.owners import add_owner, choose_owner
from tests.conftest import NOW, Clock
from tests.factories.promises import make_activity, make_plan
from webapp.mail.reminders import write_reminder
from webapp.mail.settings import MailSettings
from webapp.worker import job_context

URL = "https://trygghet.example.se"


@pytest.fixture
def sending(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application as one that sends mail, at a known address."""
    settings = MailSettings(sender="trygghet@exempel.se", folder=tmp_path)
    monkeypatch.setitem(app.extensions, "mail_settings", settings)
    monkeypatch.setitem(app.extensions, "public_url", URL)
    return app


@pytest.fixture
def due(session: Session, municipality: Municipality) -> Municipality:
    """IFO answers for a follow-up that is due in a week."""
    owner = add_owner(
        session,
        municipality,
        OwnerDraft("IFO", Party.MUNICIPALITY, "ifo@soderhamn.example"),
        now=NOW,
    )
    plan = make_plan(session, municipality)
    activity = make_activity(
        session, municipality, plan, ("Rapport till BRÅ",), target_count=None, per=None
    )
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    follow_up.due_on = date(2023, 8, 8)
    choose_owner(session, municipality, follow_up, owner.id)
    session.commit()
    return municipality


def test_the_mail_is_in_plain_swedish_with_a_link_and_no_name(
    sending: Flask, session: Session, due: Municipality
) -> None:
    letter = list_reminders(session, due, date(2023, 8, 1))[0]
    subject, written = write_reminder(sending, letter)
    body = written.replace("\N{NO-BREAK SPACE}", " ")
    assert subject == "Snart dags: Gemensamma narkotikainsatser"
    assert "Till: IFO" in body
    assert "Ska vara gjort 8 augusti 2023." in body
    assert f"{URL}/soderhamn/handlaggning/uppfoljning/planerad/" in body
    assert body.rstrip().endswith(f"{URL}/soderhamn/handlaggning/tillfallen/")
    assert "&#" not in body


def test_the_job_stores_each_mail_once_and_not_at_night(
    sending: Flask, session: Session, due: Municipality, clock: Clock
) -> None:
    remind = job_functions(job_context(sending))[REMIND]
    mine = select(OutgoingMail).where(OutgoingMail.municipality_id == due.id)
    for hour, n in ((3, 0), (6, 1), (7, 1), (15, 1)):  # six in the morning UTC is eight in Sweden
        clock.now = datetime(2023, 8, 1, hour, tzinfo=UTC)
        remind()
        session.rollback()
        assert len(session.scalars(mine).all()) == n, hour
    reminders = session.scalars(select(Reminder).where(Reminder.municipality_id == due.id)).all()
    assert len(reminders) == 1


def test_an_installation_without_mail_notes_no_reminder(
    app: Flask,
    session: Session,
    due: Municipality,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.extensions, "mail_settings", None)
    job_functions(job_context(app))[REMIND]()
    session.rollback()
    mine = select(Reminder).where(Reminder.municipality_id == due.id)
    assert session.scalars(mine).all() == []
