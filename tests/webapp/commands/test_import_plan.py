"""The command that reads a plan in: told row by row, and kept until it is looked through."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.models.plan_import import PlanImport
from tests.factories.plan_documents import N_ROWS, SKER, plan_docx, plan_text
from webapp.cli import cli

Bring = Callable[..., Result]


@pytest.fixture
def bring(app: Flask, session: Session, municipality: Municipality, tmp_path: Path) -> Bring:
    """``bring(bytes, *options)``: run the command on a file with this content."""
    assert municipality.slug == "soderhamn"
    session.commit()

    def run(
        content: bytes, *options: str, slug: str = "soderhamn", name: str = "handlingsplan å.docx"
    ) -> Result:
        file = tmp_path / name
        file.write_bytes(content)
        words = ["import", "plan", str(file), "--municipality", slug, *options]
        with app.app_context():
            return CliRunner().invoke(cli, words, catch_exceptions=False)

    return run


def plans(session: Session) -> list[ActionPlan]:
    session.rollback()
    mine = select(ActionPlan).where(ActionPlan.municipality.has(slug="soderhamn"))
    return list(session.scalars(mine))


def imports(session: Session) -> list[PlanImport]:
    session.rollback()
    mine = select(PlanImport).where(PlanImport.municipality.has(slug="soderhamn"))
    return list(session.scalars(mine))


def test_what_is_read_is_told_and_waits_and_is_no_plan(bring: Bring, session: Session) -> None:
    result = bring(plan_docx())
    assert result.exit_code == 0
    assert "10 rader är inlästa: 8 aktiviteter i 3 områden." in result.stdout
    assert "läses som: Minst 4 gånger" in result.stdout
    assert plans(session) == []
    [waiting] = imports(session)
    address = f"/soderhamn/handlaggning/handlingsplan/las-in/{waiting.id}"
    assert f"Se igenom det här: {address}" in result.stdout
    assert (waiting.file_name, waiting.confirmed_at) == ("handlingsplan å.docx", None)


def test_each_doubt_is_told_at_its_row(bring: Bring) -> None:
    told = bring(plan_docx()).stdout
    assert "Uppföljning saknas i planen" in told
    letters = "\u0435 (U+0435), \u0440 (U+0440)"
    assert f"”{SKER}” i Uppföljning har bokstäver som inte är latinska: {letters}." in told
    assert "Det ska troligen stå ”Sker”." in told
    assert "Samma aktivitet som rad 1, räknad en gång" in told
    assert "Liknar aktiviteten i rad 7. Är de samma?" in told
    assert "(tabell 1, rad 2)" in told
    assert "Påhittad" not in told


def test_confirmed_it_is_a_draft_with_the_proposed_spelling(bring: Bring, session: Session) -> None:
    result = bring(plan_text().encode(), "--confirm", name="plan.txt")
    assert result.exit_code == 0
    [plan] = plans(session)
    assert f"/soderhamn/handlaggning/handlingsplaner/{plan.slug}" in result.stdout
    assert plan.published_at is None
    assert len(plan.activities) == N_ROWS - 2
    texts = {link.follow_up.text for a in plan.activities for link in a.links if link.follow_up}
    assert "Sker i projektets styrgrupp" in texts
    assert SKER not in " ".join(texts)
    assert imports(session)[0].plan_id == plan.id


def test_json_holds_rows_doubts_and_readings(bring: Bring) -> None:
    told = json.loads(bring(plan_docx(), "--json").stdout)
    assert (told["title"], told["activities"]) == ("Lokal handlingsplan 2024 – 2025", 8)
    assert told["plan"] is None
    row = told["rows"][8]
    assert (row["same_as"], row["area"], row["table"], row["line"]) == (
        1,
        "Arbete tillsammans",
        3,
        3,
    )
    assert row["when_read"]["kind"] == "recurring"
    assert row["when_read"]["expected"] > 90
    gap = told["rows"][2]
    assert gap["follow_up"] is None
    assert [doubt["code"] for doubt in gap["doubts"]] == ["follow_up_missing"]
    [mixed] = [d for d in told["rows"][6]["doubts"] if d["code"] == "mixed_script"]
    assert (mixed["word"], mixed["proposed"], mixed["field"]) == (SKER, "Sker", "follow_up")


def test_what_somebody_has_to_decide_makes_no_plan(bring: Bring, session: Session) -> None:
    table = "Aktivitet;När;Vem;Uppföljning\nSamråd;Vid behov;Skolan;\n".encode()
    result = bring(table, "--confirm", name="tabell.csv")
    assert result.exit_code == 3
    assert "! Raden står inte under något område" in result.stdout
    assert "Ingen plan är skapad" in result.stderr
    assert plans(session) == []
    assert len(imports(session)) == 1


def test_what_the_document_does_not_say_is_said_on_the_command_line(
    bring: Bring, session: Session
) -> None:
    table = "Aktivitet;När;Vem;Uppföljning\nSamråd;Vid behov;Skolan;\n".encode("cp1252")
    said = ("--title", "Planen", "--from", "2024-01-01", "--to", "2024-12-31", "--area", "Skolan")
    result = bring(table, "--confirm", *said, name="tabell.csv")
    assert result.exit_code == 0
    [plan] = plans(session)
    assert (plan.title, plan.areas[0].name) == ("Planen", "Skolan")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tom"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 trasig", "skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "äldre sorten"),
        ("Vi ska göra mycket.".encode(), "ingen tabell"),
        (b"F\xe4rg;Form\nr\xf6d;rund\n", "ingen tabell"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(
    bring: Bring, session: Session, content: bytes, words: str
) -> None:
    result = bring(content)
    assert result.exit_code == 2
    assert words in result.stderr
    assert imports(session) == []


def test_ten_thousand_activities_are_refused_and_nothing_kept(
    bring: Bring, session: Session
) -> None:
    rows = "".join(f"Aktivitet {n};Årligen;Båda;BRÅ\n" for n in range(10_000))
    result = bring(f"Aktivitet;När;Vem;Uppföljning\n{rows}".encode(), name="stor.csv")
    assert result.exit_code == 2
    assert "10000 aktiviteter" in result.stderr
    assert imports(session) == []


def test_an_unknown_municipality_and_a_missing_file_are_told(
    bring: Bring, app: Flask, session: Session
) -> None:
    assert bring(plan_docx(), slug="finns-inte").exit_code == 2
    with app.app_context():
        missing = CliRunner().invoke(
            cli, ["import", "plan", "/finns/inte.docx", "--municipality", "soderhamn"]
        )
    assert missing.exit_code == 2
    assert imports(session) == []


def test_help_says_what_comes_in_and_what_the_exit_codes_mean() -> None:
    told = CliRunner().invoke(cli, ["import", "plan", "--help"]).output
    assert "Word document" in told
    assert "Exit code 0" in told
