"""The import command: what it prints, what it stores and how it ends."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from tests.factories.dialogues import make_dialogue, make_response
from webapp.cli import cli

Import = Callable[..., Result]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def bring(app: Flask, session: Session, dialogue: Dialogue, tmp_path: Path) -> Import:
    """``bring(bytes)``: run the command on a file with this content."""
    session.commit()

    def run(content: bytes, municipality: str = "soderhamn", slug: str = "oppen") -> Result:
        file = tmp_path / "svar å.csv"
        file.write_bytes(content)
        return invoke(app, str(file), municipality, slug)

    return run


def invoke(app: Flask, path: str, municipality: str = "soderhamn", slug: str = "oppen") -> Result:
    arguments = ["import", "answers", path, "--municipality", municipality, "--dialogue", slug]
    with app.app_context():
        return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def count(session: Session, dialogue: Dialogue) -> int:
    session.rollback()
    statement = select(func.count()).where(Response.dialogue_id == dialogue.id)
    return session.scalar(statement) or 0


def test_all_rows_in_ends_well_and_says_how_many(
    bring: Import, session: Session, dialogue: Dialogue
) -> None:
    result = bring("id;q1;q3\nA;5;Mer ljus på bron\nB;nej;\n".encode("cp1252"))
    assert result.exit_code == 0
    assert "2 rader lästa: 2 införda, 0 fanns redan, 0 inte införda" in result.stdout
    assert result.stderr == ""
    assert count(session, dialogue) == 2
    again = bring(b"id,q1\nA,5\nB,nej\n")
    assert again.exit_code == 0
    assert "0 införda, 2 fanns redan" in again.stdout


def test_refused_rows_are_named_by_line_in_swedish_and_the_rest_stays(
    bring: Import, session: Session, dialogue: Dialogue
) -> None:
    result = bring('id,q1,q2\nA,5,"två\nrader"\nB,9,\nC,4,nej\n'.encode())
    assert result.exit_code == 3
    assert "rad 4: q1 är ”9”. Skriv 1–5, ja, nej eller vet ej." in result.stderr
    assert count(session, dialogue) == 2


def test_a_conflict_is_named_and_nothing_is_changed(
    bring: Import, session: Session, dialogue: Dialogue
) -> None:
    bring(b"id,q1\nA,5\n")
    result = bring(b"id,q1\nA,1\nB,2\n")
    assert result.exit_code == 3
    assert "rad 2: id A finns redan i dialogen med annat innehåll" in result.stderr
    assert "varav 1 med annat innehåll" in result.stdout
    assert count(session, dialogue) == 2


@pytest.mark.parametrize(
    ("content", "of", "slug", "words"),
    [
        (b"", "soderhamn", "oppen", "Filen är tom."),
        (b"q1\n5\n", "soderhamn", "oppen", "ingen kolumn som heter id"),
        (b"id" + b",x" * 100_000, "soderhamn", "oppen", "Högst 60 går att läsa"),
        (b"id,q1\nA,5\n", "atlantis", "oppen", "ingen kommun med adressen atlantis"),
        (b"id,q1\nA,5\n", "soderhamn", "host-1999", "ingen dialog med adressen host-1999"),
        # Another municipality has a dialogue of this name; ours has not.
        (b"id,q1\nA,5\n", "soderhamn", "host-2021", "ingen dialog med adressen host-2021"),
    ],
)
def test_a_file_that_cannot_be_used_stores_nothing(
    bring: Import,
    session: Session,
    dialogue: Dialogue,
    content: bytes,
    of: str,
    slug: str,
    words: str,
) -> None:
    result = bring(content, of, slug)
    assert result.exit_code == 2
    assert words in result.stderr
    assert count(session, dialogue) == 0


def test_a_path_that_is_no_file_is_told(bring: Import, app: Flask, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "saknas.csv"):
        result = invoke(app, str(path))
        assert result.exit_code == 2
        assert "går inte att läsa" in result.stderr


def test_a_cell_cannot_steer_the_terminal(bring: Import) -> None:
    result = bring(b"id,q1\nA,\x1b[2J5\n")
    assert "\x1b" not in result.stderr
    assert "rad 2" in result.stderr


def test_kept_counts_are_verified_and_rebuilt(
    bring: Import, app: Flask, session: Session, dialogue: Dialogue
) -> None:
    bring(b"id,q1\nA,5\n")
    verified = counts(app, "verify")
    assert verified.exit_code == 0
    assert "soderhamn/oppen: 0 räknare stämde inte" in verified.stdout
    make_response(session, dialogue, {1: ("4", None)})  # stored past the counting
    session.commit()
    assert counts(app, "verify").exit_code == 1
    assert counts(app, "rebuild").exit_code == 0
    assert counts(app, "verify").exit_code == 0


def counts(app: Flask, command: str) -> Result:
    with app.app_context():
        return CliRunner().invoke(cli, ["counts", command])
