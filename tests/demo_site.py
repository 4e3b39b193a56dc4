"""The demo, loaded once a run, for tests that walk over the whole site."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from tests.loaded_once import loaded_once
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


@dataclass(frozen=True)
class DemoFiles:
    """Where a loaded demo lies: its folder, and the address of its database."""

    folder: Path
    url: str


def _in_a_file(folder: Path) -> DemoFiles:
    return DemoFiles(folder, f"sqlite:///{folder / 'trygghetsdialog.sqlite3'}")


def _app(files: DemoFiles) -> Flask:
    app = create_app(
        Config(
            instance_path=files.folder,
            secret_key="only-for-tests",
            database_url=files.url,
            jobs_url=f"sqlite:///{files.folder / 'jobs.sqlite3'}",
            rate_limits=False,
            testing=True,
        )
    )
    app.extensions["clock"] = lambda: VISITED_AT
    return app


def _load(files: DemoFiles) -> None:
    upgrade_database(files.url)
    app = _app(files)
    load = ["demo", "load", "--today", SET_UP_ON.isoformat()]
    answer = app.test_cli_runner().invoke(cli, load)
    assert answer.exit_code == 0, answer.output
    _let_go(app)


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgres_demo(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    """The demo on the run's PostgreSQL: loaded once, however often a worker turns to it."""
    server = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text('CREATE DATABASE "demo"'))
    server.dispose()
    url = server.url.set(database="demo").render_as_string(hide_password=False)
    files = DemoFiles(tmp_path_factory.mktemp("demo"), url)
    _load(files)
    return files


@pytest.fixture(scope="session")
def demo_site(
    request: pytest.FixtureRequest,
    test_database_kind: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DemoSite]:
    """The demo on each database of this run. Tests must leave it as they find it."""
    if test_database_kind == "sqlite":
        files = _in_a_file(loaded_once(tmp_path_factory, "demo", lambda f: _load(_in_a_file(f))))
    else:
        files = request.getfixturevalue("postgres_demo")
    app = _app(files)
    yield DemoSite(app, files.folder)
    _let_go(app)
