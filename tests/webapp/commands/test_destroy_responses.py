"""``trygghetsdialog responses destroy`` says what it would do, and does it when asked to."""

from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, Response
from tests.conftest import SqliteDatabase, only_on
from tests.factories.dialogues import make_dialogue, make_response
from webapp.cli import cli

BEFORE = ["--municipality", "soderhamn", "--before", "2023-09-01"]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """With one withdrawn answer and one that counts."""
    dialogue = make_dialogue(session, municipality)
    make_response(
        session,
        dialogue,
        {3: (None, "Ta bort mig")},
        withdrawn_on=date(2023, 8, 1),
        is_counted=False,
    )
    make_response(session, dialogue, {1: ("1", None), 3: (None, "Fler lampor")})
    session.commit()
    return dialogue


def run(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(cli, ["responses", "destroy", *BEFORE, *options])


def texts(session: Session, dialogue: Dialogue) -> set[str | None]:
    session.rollback()
    statement = select(Answer.text).join(Response).where(Response.dialogue_id == dialogue.id)
    found = set(session.scalars(statement)) - {None}
    session.rollback()  # an open reader would keep SQLite from emptying its log
    return found


def test_without_a_decision_it_refuses_and_changes_nothing(
    app: Flask, session: Session, dialogue: Dialogue
) -> None:
    result = run(app, "--yes")
    assert result.exit_code == 2
    assert "Det finns inget gallringsbeslut" in result.output
    assert texts(session, dialogue) == {"Ta bort mig", "Fler lampor"}


def test_it_only_says_what_it_would_destroy_until_it_is_told_yes(
    app: Flask, session: Session, dialogue: Dialogue
) -> None:
    said = run(app, "--decision", "KS 2023:7").output
    for text in ("KS 2023:7", "1 tillbakadraget svar", "1 annat svar", "Inget är gallrat än"):
        assert text in said
    assert texts(session, dialogue) == {"Ta bort mig", "Fler lampor"}
    assert "Gallrat." in run(app, "--decision", "KS 2023:7", "--yes").output
    assert texts(session, dialogue) == {"*destroyed"}


@only_on("sqlite")
def test_nothing_of_it_lies_in_the_file_afterwards(
    app: Flask, session: Session, dialogue: Dialogue, test_database: SqliteDatabase
) -> None:
    session.rollback()
    files = [test_database.file, test_database.file.with_name(test_database.file.name + "-wal")]

    def lies_there(words: str) -> bool:
        return any(words.encode() in file.read_bytes() for file in files if file.exists())

    assert lies_there("Ta bort mig")
    run(app, "--decision", "KS 2023:7", "--yes")
    assert not lies_there("Ta bort mig")
    assert not lies_there("Fler lampor")


def test_an_unknown_municipality_is_said(app: Flask, dialogue: Dialogue) -> None:
    arguments = ["responses", "destroy", "--municipality", "ingenstans", "--before", "2023-09-01"]
    result = app.test_cli_runner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert "ingenstans" in result.output
