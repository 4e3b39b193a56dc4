"""What every test may ask for: a database with noise in it, the application, a checked client."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.registry import metadata
from tests.factories.municipalities import make_municipality
from tests.factories.noise import add_noise
from tests.page import PageClient
from webapp import create_app
from webapp.config import Config
from webapp.database import upgrade_database
from webapp.extensions import db, limiter
from webapp.mail.settings import MailSettings

pytest_plugins = [
    "tests.postgres_server",
    "tests.full_matrix",
    "tests.page_databases",
    "tests.demo_site",
]

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)
DATABASES = os.environ.get("TEST_DATABASES", "sqlite").split(",")


@event.listens_for(Engine, "connect")
def wait_for_no_disk(connection: Any, _record: object) -> None:
    """Nothing of a test has to survive a power cut; waiting for the disk costs more than the rest.

    What a test starts as a program of its own (a web server, a worker) waits as in production.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def only_on(kind: str) -> pytest.MarkDecorator:
    """A test of what one kind of database does, left out where this run has none of that kind."""
    kinds = [each for each in DATABASES if each == kind]
    return pytest.mark.parametrize("test_database_kind", kinds, indirect=True, scope="session")


class Clock:
    """The time that the application sees."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def _fill(url: str) -> None:
    """Add the other municipality's rows to an empty, migrated database."""
    engine = create_engine(url)
    with Session(engine) as session:
        add_noise(session)
        session.commit()
    engine.dispose()


class SqliteDatabase:
    """A migrated file with noise in it, put back from a copy before each test."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tests.sqlite3"
        self.template = folder / "template.sqlite3"
        self.url = f"sqlite:///{self.file}"
        upgrade_database(f"sqlite:///{self.template}")
        _fill(f"sqlite:///{self.template}")
        shutil.copy(self.template, self.file)

    def reset(self, engine: Engine) -> None:
        engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copy(self.template, self.file)


class PostgresDatabase:
    """A migrated database, put back to nothing but noise before each test by one script."""

    def __init__(self, url: str) -> None:
        self.url = url
        upgrade_database(url)
        engine = create_engine(url)
        # Far quicker than TRUNCATE, which writes a new file for each of the tables.
        empty = [str(table.delete()) for table in reversed(metadata.sorted_tables)]
        count_anew = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
        with engine.begin() as connection:
            connection.exec_driver_sql("; ".join([*empty, count_anew]))
        _fill(url)
        with engine.begin() as connection:
            self.script = "; ".join([*empty, *_insertions(connection), *_counters(connection)])
        engine.dispose()

    def reset(self, engine: Engine) -> None:
        with engine.begin() as connection:
            # As it stands: a per cent sign in it is no parameter.
            options = {"no_parameters": True}
            connection.exec_driver_sql(self.script, execution_options=options)


def _insertions(connection: Connection) -> Iterator[str]:
    """The statements that write each table's present rows."""
    for table in metadata.sorted_tables:
        name = f'"{table.name}"'
        ask = f"SELECT quote_literal(json_agg(t)) FROM {name} t"  # noqa: S608 - our tables' names
        rows = connection.exec_driver_sql(ask).scalar()
        if rows:
            read = f"json_populate_recordset(null::{name}, {rows})"
            yield f"INSERT INTO {name} SELECT * FROM {read}"  # noqa: S608 - likewise


def _counters(connection: Connection) -> Iterator[str]:
    """The statements that let each table count on from where it stands."""
    ask = (
        "SELECT format('SELECT setval(%L, %s, %L)', quote_ident(sequencename),"
        " coalesce(last_value, 1), last_value IS NOT NULL) FROM pg_sequences"
    )
    options = {"no_parameters": True}
    yield from connection.exec_driver_sql(ask, execution_options=options).scalars()


@pytest.fixture(scope="session", params=DATABASES)
def test_database_kind(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``: each test with a database runs on every kind of this run."""
    return str(request.param)


@pytest.fixture(scope="session")
def test_database(
    request: pytest.FixtureRequest,
    test_database_kind: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> SqliteDatabase | PostgresDatabase:
    """The migrated database of this run."""
    if test_database_kind == "postgresql":
        return PostgresDatabase(request.getfixturevalue("postgres_url"))
    return SqliteDatabase(tmp_path_factory.mktemp("database"))


@pytest.fixture(scope="session")
def engine(test_database: SqliteDatabase | PostgresDatabase) -> Iterator[Engine]:
    engine = create_engine(test_database.url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def whole_app(
    test_database: SqliteDatabase | PostgresDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Flask:
    """The application, made once a run; ask for ``app`` instead."""
    folder = tmp_path_factory.mktemp("instance")
    app = create_app(
        Config(
            instance_path=folder,
            secret_key="only-for-tests",
            database_url=test_database.url,
            jobs_url=f"sqlite:///{folder / 'jobs.sqlite3'}",
            rate_limits=False,
            public_url="http://localhost",
            mail=MailSettings(sender="trygghet@exempel.se"),
            testing=True,
        )
    )
    app.extensions["job_queue"].huey.immediate = False
    return app


@pytest.fixture
def session(test_database: SqliteDatabase | PostgresDatabase, engine: Engine) -> Iterator[Session]:
    """A session on a database that holds nothing but another municipality's rows (``noise``)."""
    test_database.reset(engine)
    with Session(engine) as session:
        yield session
        session.rollback()


@pytest.fixture
def municipality(session: Session) -> Municipality:
    """Söderhamn."""
    return make_municipality(session)


@pytest.fixture
def clock(whole_app: Flask) -> Clock:
    """Set ``clock.now`` to move the application in time."""
    clock = Clock()
    whole_app.extensions["clock"] = clock
    return clock


@pytest.fixture
def app(whole_app: Flask, session: Session, clock: Clock) -> Iterator[Flask]:
    """The application on this test's database."""
    whole_app.extensions["job_queue"].huey.flush()
    yield whole_app
    with whole_app.app_context():
        db.session.remove()
        db.engine.dispose()  # the next test gets another file, which an open connection would harm


@pytest.fixture
def client(app: Flask, session: Session) -> PageClient:
    """A browser without script that checks every page. Commits what the test has added so far."""
    session.commit()
    return PageClient(app.test_client())


@pytest.fixture
def limited_client(session: Session, engine: Engine, tmp_path: Path) -> Iterator[PageClient]:
    """A browser at an application of its own whose rate limits are on, as in production."""
    session.commit()
    limited = create_app(
        Config(
            instance_path=tmp_path,
            secret_key="only-for-tests",
            database_url=engine.url.render_as_string(hide_password=False),
            jobs_url=f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
            rate_limits=True,
            public_url="http://localhost",
            mail=MailSettings(sender="trygghet@exempel.se"),
            testing=True,
        )
    )
    browser = limited.test_client()
    browser.environ_base["REMOTE_ADDR"] = "203.0.113.7"  # nobody's proxy
    yield PageClient(browser)
    limiter.reset()
    limiter.enabled = False  # the limiter is one for all applications of the process
    with limited.app_context():
        db.engine.dispose()


@pytest.fixture
def sign_in(client: PageClient, session: Session) -> Callable[[User], PageClient]:
    """``sign_in(account)``: the client as that account."""

    def become(account: User) -> PageClient:
        session.commit()
        # At an address of staff: only those pages keep a session.
        with client.client.session_transaction("/logga-in") as cookie:
            cookie["_user_id"] = account.fs_uniquifier
            cookie["_fresh"] = True
        return client

    return become
