"""The command that takes a codebook in: all of it or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.theme import Theme
from webapp.cli import cli

Import = Callable[..., Result]


@pytest.fixture
def bring(app: Flask, session: Session, municipality: Municipality, tmp_path: Path) -> Import:
    """``bring(bytes)``: run the command on a file with this content."""
    assert municipality.slug == "soderhamn"
    session.commit()

    def run(content: bytes, slug: str = "soderhamn") -> Result:
        file = tmp_path / "kodbok å.csv"
        file.write_bytes(content)
        words = ["import", "codebook", str(file), "--municipality", slug]
        with app.app_context():
            return CliRunner().invoke(cli, words, catch_exceptions=False)

    return run


def names(session: Session) -> set[str]:
    session.rollback()
    mine = select(Theme).where(Theme.municipality.has(slug="soderhamn"))
    return {theme.title() for theme in session.scalars(mine)}


def test_new_codes_are_added_and_known_ones_get_the_file_s_words(
    bring: Import, session: Session
) -> None:
    content = "code;name_sv;färg\nlosa;Lösa hundar;röd\ntraffic;Trafikmiljö;blå\n"
    result = bring(content.encode("cp1252"))
    assert result.exit_code == 0
    assert "1 nya, 1 ändrade, 0 som förut" in result.stdout
    assert "färg" in result.stderr
    assert {"Lösa hundar", "Trafikmiljö", "Narkotika"} <= names(session)
    assert len(names(session)) == 18


def test_a_file_with_a_circle_changes_nothing_and_tells_its_lines(
    bring: Import, session: Session
) -> None:
    result = bring(b"code,name_sv,parent\na,A,b\nb,B,a\n")
    assert result.exit_code == 3
    assert "rad 2" in result.stderr
    assert "rad 3" in result.stderr
    assert not {"A", "B"} & names(session)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x,y\n1,2\n"])
def test_what_is_no_codebook_is_refused(bring: Import, content: bytes) -> None:
    assert bring(content).exit_code == 2


def test_an_unknown_municipality_is_told(bring: Import) -> None:
    assert bring(b"code,name_sv\nny,Ny\n", "finns-inte").exit_code == 2
