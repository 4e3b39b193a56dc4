"""The demo, loaded once a run, for tests that walk over the whole site."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from tests.page import PageClient
from webapp import create_app
from webapp.cli import cli
from webapp.config import Config
from webapp.database import upgrade_database
from webapp.extensions import db

SET_UP_ON = date(2026, 3, 2)
VISITED_AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class DemoSite:
    """An application on the demo's data, at noon on the day of its set-up."""

    app: Flask
    folder: Path

    def reader(self) -> PageClient:
        """Somebody who is not signed in."""
        return PageClient(self.app.test_client())

    def staff(self, role: str, municipality: str = "soderhamn") -> PageClient:
        """Somebody who has signed in through the form with a demo account."""
        accounts = json.loads((self.folder / "demo-accounts.json").read_text(encoding="utf-8"))
        account = next(
            a for a in accounts if (a["role"], a["municipality"]) == (role, municipality)
        )
        client = self.reader()
        page = client.get("/logga-in")
        answer = client.client.post(
            "/logga-in",
            data=page.fields() | {"email": account["email"], "password": account["password"]},
        )
        assert answer.status_code in {302, 303}, "the demo account could not sign in"
        return client


def _database_url(request: pytest.FixtureRequest, folder: Path, kind: str) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'trygghetsdialog.sqlite3'}"
    server = create_engine(request.getfixturevalue("postgres_url"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text('CREATE DATABASE "demo"'))
    server.dispose()
    return server.url.set(database="demo").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def demo_site(
    request: pytest.FixtureRequest,
    test_database_kind: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DemoSite]:
    """The demo on each database of this run. Tests must leave it as they find it."""
    folder = tmp_path_factory.mktemp("demo")
    url = _database_url(request, folder, test_database_kind)
    upgrade_database(url)
    app = create_app(
        Config(
            instance_path=folder,
            secret_key="only-for-tests",
            database_url=url,
            jobs_url=f"sqlite:///{folder / 'jobs.sqlite3'}",
            rate_limits=False,
            testing=True,
        )
    )
    app.extensions["clock"] = lambda: VISITED_AT
    load = ["demo", "load", "--today", SET_UP_ON.isoformat()]
    answer = app.test_cli_runner().invoke(cli, load)
    assert answer.exit_code == 0, answer.output
    yield DemoSite(app, folder)
    with app.app_context():
        db.engine.dispose()
