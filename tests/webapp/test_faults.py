"""Faults of the machine: a page in Swedish for whoever asked, a line in the log for who runs it."""

import logging
import sqlite3
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from surveys.models.municipality import Municipality
from tests.page import PageClient
from webapp.extensions import db
from webapp.views.public import start


def breaking(fault: Exception) -> Callable[..., None]:
    def break_off(*_arguments: object) -> None:
        raise fault

    return break_off


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        (OperationalError, 503, "Vi kan inte spara något just nu"),
        (IntegrityError, 409, "Någon annan hann före"),
    ],
)
def test_a_fault_of_the_database_gets_a_page_and_is_logged(
    kind: type[DBAPIError],
    status: int,
    heading: str,
    municipality: Municipality,
    client: PageClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fault = kind("SELECT 1", {}, sqlite3.OperationalError("disk I/O error"))
    fault.__cause__ = fault.orig  # as the database layer raises it
    monkeypatch.setattr(start, "list_dialogues", breaking(fault))
    with caplog.at_level(logging.ERROR):
        page = client.get("/soderhamn/", status=status)
    assert page.heading == heading
    assert "disk I/O error" in caplog.text


def test_what_a_resident_wrote_is_not_part_of_a_logged_fault(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError) as caught:
            db.session.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "min granne"})
        db.session.rollback()
    assert "nowhere" in str(caught.value)
    assert "min granne" not in str(caught.value)
