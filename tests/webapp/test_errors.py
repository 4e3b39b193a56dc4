"""What an error page gives away, to readers and to the log."""

import sqlite3
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveys.errors import StorageUnavailable
from surveys.models.account import User
from surveys.models.municipality import Municipality
from tests.factories.municipalities import make_account
from tests.page import PageClient
from webapp.cli import serve
from webapp.extensions import db
from webapp.transactions import unit_of_work


@pytest.mark.usefixtures("municipality")
@pytest.mark.parametrize("host", ["annan.example", "localhost", "a b<>", "x@annan.example:99999"])
@pytest.mark.parametrize("path", ["/soderhamn", "//soderhamn", "/soderhamn/dialoger"])
def test_a_missing_slash_leads_nowhere_but_here(client: PageClient, host: str, path: str) -> None:
    answer = client.client.get(
        "/?a=1", headers={"Host": host}, environ_overrides={"PATH_INFO": path}
    )
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/{path.lstrip('/')}/?a=1"


def test_an_error_page_links_to_no_other_site(client: PageClient) -> None:
    page = client.get("/?x=%00", 400, environ_overrides={"PATH_INFO": "//annan.example/"})
    addresses = [str(link["href"]) for link in page.soup.select("main a")]
    assert addresses == ["/annan.example/", "/"]


def test_what_was_typed_is_shown_without_the_names_of_fields_and_kept_by_no_cache(
    client: PageClient,
) -> None:
    page = client.post("/finns/inte", {"caveat": "Skrivet <b>", "csrf_token": "hemligt"}, 404)
    assert [field.text.strip() for field in page.soup.select("textarea")] == ["Skrivet <b>"]
    assert page.all_words("main label") == ["Text 1"]
    assert "caveat" not in page.html
    assert "hemligt" not in page.html
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_failure_is_logged_by_its_place_and_never_by_what_was_typed(
    app: Flask,
    client: PageClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    typed = "min granne heter"

    def broken() -> None:
        try:
            int(typed)
        except ValueError as error:
            raise LookupError(typed) from error

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "health.healthz", broken)
    page = client.get("/healthz", 500)
    assert page.heading == "Något gick sönder hos oss"
    assert "in broken" in caplog.text
    assert "LookupError" in caplog.text
    assert "ValueError" in caplog.text
    assert "granne" not in caplog.text


def test_a_refused_row_is_logged_without_what_it_was_to_hold(
    app: Flask, municipality: Municipality, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    session.commit()
    copy = Municipality(slug=municipality.slug, code="0000", name="Min granne")
    with app.app_context():
        try:
            with unit_of_work() as working:
                working.add(copy)
        except Exception:
            app.logger.exception("refused")
    assert "IntegrityError" in caplog.text
    assert "granne" not in caplog.text


def test_a_database_that_only_reads_is_said_to_be_away_for_now(
    app: Flask, session: Session, municipality: Municipality, engine: Engine
) -> None:
    read_only = {"postgresql": "SET TRANSACTION READ ONLY", "sqlite": "PRAGMA query_only=ON"}
    session.commit()

    def write() -> None:
        with unit_of_work() as working:
            working.execute(text(read_only[engine.dialect.name]))
            working.execute(text("UPDATE municipality SET name = name"))

    with app.app_context():
        with pytest.raises(StorageUnavailable):
            write()
        db.engine.dispose()  # SQLite's connection would stay as it was set


@pytest.mark.parametrize(
    "path", ["/soderhamn/handlaggning/problembilder/ny", "/a/b/c", "/logga-in"]
)
def test_who_is_signed_in_gets_a_page_too_when_the_database_is_away(
    session: Session,
    municipality: Municipality,
    sign_in: Callable[[User], PageClient],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    client = sign_in(make_account(session, municipality))
    token = client.get("/soderhamn/handlaggning/").fields("header form")["csrf_token"]

    def away(*_arguments: object, **_options: object) -> None:
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError("away"))

    monkeypatch.setattr("sqlalchemy.orm.Session.execute", away)
    monkeypatch.setattr("sqlalchemy.orm.Session.scalar", away)
    monkeypatch.setattr("sqlalchemy.orm.Session.scalars", away)
    answer = client.client.post(path, data={"csrf_token": token, "title": "Behåll mig"})
    assert answer.status_code in {404, 503}
    assert "Behåll mig" in answer.text


def test_nobody_waits_for_a_lock_for_ever(engine: Engine) -> None:
    asked = "SHOW lock_timeout" if engine.dialect.name == "postgresql" else "PRAGMA busy_timeout"
    with engine.connect() as connection:
        assert str(connection.scalar(text(asked))) in {"5s", "5000"}


def test_the_server_takes_in_no_endless_body(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, int] = {}
    monkeypatch.setattr("waitress.serve", lambda _app, **options: given.update(options))
    monkeypatch.setattr("webapp.cli.keep_words_out_of_logs", lambda: None)
    result = app.test_cli_runner().invoke(serve, ["--port", "1"])
    assert result.exit_code == 0, result.output
    # Larger than what a page refuses in words, and far below a disk.
    assert app.config["MAX_CONTENT_LENGTH"] < given["max_request_body_size"] < 100_000_000
