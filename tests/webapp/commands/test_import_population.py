"""``import population-counts``: the table of the country, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.population import PopulationCount
from surveys.models.response import Gender
from tests.factories.population import HEADER, MEN, WOMEN, table_of, table_rows
from webapp.cli import cli

Bring = Callable[..., Result]


@pytest.fixture
def bring(app: Flask, session: Session, municipality: Municipality, tmp_path: Path) -> Bring:
    """``bring(content)``: run the command for Söderhamn with a file of these bytes."""
    session.commit()

    def run(content: bytes, *options: str, source: str = "SCB") -> Result:
        file = tmp_path / "folkmangd.csv"
        file.write_bytes(content)
        arguments = ["import", "population-counts", str(file), "--municipality", "soderhamn"]
        with app.app_context():
            return CliRunner().invoke(
                cli, [*arguments, "--source", source, *options], catch_exceptions=False
            )

    return run


def stored(session: Session, municipality: Municipality) -> list[PopulationCount]:
    session.rollback()
    own = PopulationCount.municipality_id == municipality.id
    return list(session.scalars(select(PopulationCount).where(own).order_by(PopulationCount.id)))


def changed(old: str, new: str) -> bytes:
    """The table with one piece of a row written in another way."""
    text = table_of(table_rows()).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_the_rows_of_the_municipality_are_taken_from_the_table_of_the_country(
    bring: Bring, session: Session, municipality: Municipality
) -> None:
    rows = [*table_rows("0114", "Upplands Väsby"), *table_rows(), *table_rows("2280", "Härnösand")]
    result = bring(table_of(rows))
    assert result.exit_code == 0, result.stderr
    assert "25643 invånare i 36 grupper och 0 områden" in result.stdout
    assert "2019-12-31" in result.stdout
    kept = stored(session, municipality)
    assert sum(row.n for row in kept) == sum(WOMEN) + sum(MEN)
    oldest = [row for row in kept if row.age_to is None]
    assert {(row.gender, row.age_from, row.n) for row in oldest} == {
        (Gender.WOMAN, 85, 544),
        (Gender.MAN, 85, 331),
    }
    assert {row.source for row in kept} == {"SCB"}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + table_of(table_rows()),
        table_of(table_rows()).replace(b",", b";"),
        table_of(table_rows()).replace(b",", b"\t"),
        table_of(table_rows()).decode().encode("cp1252"),
        b"\xff\xfe" + table_of(table_rows()).decode().encode("utf-16-le"),
        table_of(table_rows()).replace(b"85+", "85+ år".encode()),
        table_of(table_rows()).replace(b"-", "–".encode()),
        table_of(table_rows(code="2182 Söderhamn")).replace(b"kommunkod", b"region"),
        table_of(table_rows(), HEADER.replace("kon", "kön").replace("folkmangd", "Folkmängd")),
        table_of(table_rows()).replace(b",1021,", b",1 021,"),
        table_of(table_rows()).replace(b"\n", b"\r\n"),
    ],
    ids=[
        *("BOM", "semicolon", "tab", "ANSI", "UTF-16", "years", "dashes"),
        *("SCB's region", "Swedish letters", "thousands", "CRLF"),
    ],
)
def test_the_table_is_read_as_people_save_it(
    bring: Bring, session: Session, municipality: Municipality, content: bytes
) -> None:
    result = bring(content)
    assert result.exit_code == 0, result.stderr
    assert sum(row.n for row in stored(session, municipality)) == 25643


def test_a_code_that_has_lost_its_first_zero_is_known(
    bring: Bring, session: Session, municipality: Municipality
) -> None:
    municipality.code = "0182"
    session.commit()
    assert bring(table_of(table_rows("182"))).exit_code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            table_of([row for row in table_rows() if ",män,10-14," not in row]),
            "Gruppen män i åldern 10-14 saknas i tabellen.",
        ),
        (
            table_of([row for row in table_rows() if ",85+," not in row or ",kvinnor," in row]),
            "Gruppen män i åldern 85+ saknas i tabellen.",
        ),
        (
            table_of([row for row in table_rows() if ",kvinnor," not in row]),
            "Det finns ingen rad för kvinnor. Båda könen måste finnas med.",
        ),
        (changed("män,15-19,708", "män,15-19,många"), "rad 23: antalet är ”många”."),
        (changed("män,15-19,708", "män,15-19,=SUM(A1)"), "rad 23: antalet är ”=SUM(A1)”."),
        (changed("män,15-19,708", "män,15-19,-708"), "rad 23: antalet är ”-708”."),
        (changed("män,10-14", "män,okt-14"), "rad 22: aldersgrupp är ”okt-14”."),
        (changed("män,10-14", "män,10-19"), "rad 22: gruppen 10-19 går över 15 år"),
        (changed("män,10-14", "båda,10-14"), "rad 22: kon är ”båda”. Skriv kvinnor eller män."),
        (changed("män,10-14", "män,5-9"), "rad 22: män 5-9 står redan på rad 21."),
        (changed("män,10-14", "män,5-14"), "män i åldern 5-14 har åldrar som en annan grupp"),
        (changed("män,10-14,688,2019", "män,10-14,688,2018"), "flera år (2018, 2019)"),
        (changed("män,10-14,688,2019", "män,10-14,688"), "rad 22: raden har 5 kolumner"),
        (table_of(table_rows("2280", "Härnösand")), "ingen rad om Söderhamn (kommunkod 2182)"),
        (table_of(table_rows(), HEADER.replace("kon", "x")), "Första raden har ingen kolumn kon."),
        (table_of(table_rows(), "a,b,c,d,e,f"), "ingen kolumn som heter folkmangd"),
        (b"", "Filen är tom."),
        (b"PK\x03\x04", "kalkylarbetsbok"),
        ((",".join(["x"] * 100_000)).encode(), "100000 kolumner"),
    ],
    ids=[
        *("no ages", "no oldest", "no women", "words", "formula", "negative", "ages as a date"),
        *("across a band", "both", "twice", "overlapping", "two years", "too few cells"),
        *("other place", "no gender", "no counts", "empty", "spreadsheet", "many columns"),
    ],
)
def test_a_table_that_is_wrong_is_refused_whole_with_its_row_or_group(
    bring: Bring, session: Session, municipality: Municipality, content: bytes, words: str
) -> None:
    assert bring(table_of(table_rows())).exit_code == 0
    result = bring(content)
    assert result.exit_code == 2
    assert words in result.stderr
    assert sum(row.n for row in stored(session, municipality)) == 25643


def test_counts_by_area_are_complete_in_each_area(
    bring: Bring, session: Session, municipality: Municipality
) -> None:
    header = f"{HEADER},omrade"
    rows = [f"{row},{area}" for area in ("Ljusne", "Söderhamn") for row in table_rows()]
    result = bring(table_of(rows, header))
    assert "2 områden" in result.stdout
    assert len(stored(session, municipality)) == 72
    short = [row for row in rows if not row.endswith(",män,0-4,695,2019,Ljusne".lstrip(","))]
    result = bring(table_of(short, header))
    assert "Gruppen män i åldern 0-4 i Ljusne saknas i tabellen." in result.stderr
    assert len(stored(session, municipality)) == 72


def test_the_day_can_be_told_and_a_new_table_replaces_the_old(
    bring: Bring, session: Session, municipality: Municipality
) -> None:
    bring(table_of(table_rows()))
    result = bring(table_of(table_rows()), "--date", "2019-11-01")
    assert "2019-11-01. 36 grupper fanns sedan tidigare." in result.stdout
    assert len(stored(session, municipality)) == 36


def test_many_wrong_rows_are_told_in_few_lines(bring: Bring) -> None:
    rows = [row.replace("kvinnor", "?").replace("män", "?") for row in table_rows()]
    result = bring(table_of(rows))
    assert "… och 16 till av samma slag." in result.stderr
    assert result.stderr.count("rad ") == 20


def test_who_made_the_figures_must_be_told(bring: Bring) -> None:
    assert bring(table_of(table_rows()), source=" ").exit_code == 2
