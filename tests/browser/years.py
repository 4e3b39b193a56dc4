"""A running installation whose time a test sets, and whose mail and feeds it reads.

Web server and jobs run in the test's own process: nobody waits for a morning that is two simulated
months away. Mail is written to files, as in a demo.
"""

import email
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import default as as_modern_mail
from pathlib import Path

import feedparser
import pytest
import recurring_ical_events
from flask import Flask
from icalendar import Calendar
from playwright.sync_api import APIRequestContext, Page, expect
from waitress.server import create_server

from surveys.jobs.digests import WRITE_DIGESTS
from surveys.jobs.mail import SEND_MAIL
from surveys.permissions import StaffRole
from tests.browser.conftest import free_port
from tests.factories.municipalities import make_municipality, make_police_area
from webapp import create_app
from webapp.accounts import make_account
from webapp.config import Config
from webapp.database import upgrade_database
from webapp.extensions import db
from webapp.mail.settings import MailSettings
from webapp.queue import JobQueue
from webapp.transactions import unit_of_work
from webapp.worker import serve_jobs

BEGIN = datetime(2021, 12, 1, 9, 0, tzinfo=UTC)
PASSWORD = "ett långt lösenord för prov"
TITLES = {
    StaffRole.COORDINATOR: "Trygghetssamordnare",
    StaffRole.POLICE: "Kommunpolis",
}


@dataclass
class Years:
    """The installation at ``url``; ``now`` is what its clock shows."""

    app: Flask
    url: str
    folder: Path
    jobs: JobQueue
    now: datetime = BEGIN
    read: set[Path] = field(default_factory=set)

    def on(self, day: str, hour: int = 9) -> None:
        """Let it be ``hour`` (UTC) on ``day``, and the jobs do what they would have done."""
        self.now = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=UTC)
        self.work()

    def work(self) -> None:
        """Do what waits in the queue, then what the worker does by the clock."""
        while (task := self.jobs.huey.dequeue()) is not None:
            self.jobs.huey.execute(task)
        for name in (WRITE_DIGESTS, SEND_MAIL):
            self.jobs.functions[name]()

    def new_mail(self) -> list[EmailMessage]:
        """What has come since this was asked last."""
        files = sorted(set(self.folder.glob("mail/*.eml")) - self.read)
        self.read.update(files)
        found = [email.message_from_bytes(it.read_bytes(), policy=as_modern_mail) for it in files]
        return [mail for mail in found if isinstance(mail, EmailMessage)]

    def sign_in(self, page: Page, role: StaffRole) -> None:
        """Sign in through the form."""
        page.goto("/logga-in")
        page.get_by_label("E-post").fill(f"{role.value}@soderhamn.example")
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Logga in")


@pytest.fixture
def years(tmp_path: Path) -> Iterator[Years]:
    """Söderhamn with a coordinator and a police officer, on the first of December 2021."""
    port = free_port()
    url = f"http://localhost:{port}"
    config = Config(
        instance_path=tmp_path,
        secret_key="only-for-tests",
        database_url=f"sqlite:///{tmp_path / 'trygghetsdialog.sqlite3'}",
        jobs_url=f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
        rate_limits=False,
        public_url=url,
        mail=MailSettings(sender="trygghet@soderhamn.example", folder=tmp_path / "mail"),
    )
    upgrade_database(config.database_url)
    app = create_app(config)
    _settle(app)
    site = Years(app, url, tmp_path, serve_jobs(app))
    app.extensions["clock"] = lambda: site.now
    server = create_server(app, host="127.0.0.1", port=port, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield site
    server.close()
    thread.join(timeout=30)
    with app.app_context():
        db.engine.dispose()


def _settle(app: Flask) -> None:
    with app.test_request_context(), unit_of_work() as session:
        municipality = make_municipality(session)
        make_police_area(session, municipality)
        for role, title in TITLES.items():
            make_account(
                session,
                f"{role.value}@soderhamn.example",
                PASSWORD,
                title=title,
                memberships={municipality: role},
                now=BEGIN,
            )


def link_in(mail: EmailMessage) -> str:
    """The last address that stands on a line of its own."""
    found: list[str] = re.findall(r"^\s*(http://localhost\S+)\s*$", mail.get_content(), re.M)
    return found[-1]


def feed_entries(request: APIRequestContext, path: str) -> list[str]:
    """What an Atom feed tells, the latest first: title and text of each entry."""
    feed = feedparser.parse(request.get(path).body())
    assert not feed.bozo, feed.get("bozo_exception")
    return [f"{entry.title}\n{entry.get('summary', '')}" for entry in feed.entries]


def days_in_calendar(
    request: APIRequestContext, path: str, span: tuple[date, date]
) -> list[tuple[str, str]]:
    """Each day (ISO) and its words in the public calendar, recurrences written out."""
    calendar = Calendar.from_ical(request.get(path).body())
    events = recurring_ical_events.of(calendar).between(*span)
    return sorted((str(e["DTSTART"].dt)[:10], str(e["SUMMARY"])) for e in events)
