"""``trygghetsdialog analyse themes``: files in, files out, and what is said about bad ones."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveys.text.themes_examples import CODES
from webapp.commands.analyse import analyse_group

ROOT = Path(__file__).resolve().parents[3]
ANSWERS = (
    "id;Kön;q2;q3\n"
    "A1;kvinna;Mörkt i tunneln;Lampor\n"
    'A2;man;"Mopparna\nhela natten";\n'
    "A3;;nej;nej\n"
    "A4;;=1+1;fler poliser\n"
)


def run(tmp_path: Path, content: bytes | str, labels: str | None = None) -> Result:
    source = tmp_path / "svar å.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = ["themes", str(source), "--out", str(tmp_path / "ut.csv")]
    if labels is not None:
        (tmp_path / "koder.csv").write_text(labels, encoding="utf-8")
        arguments += ["--labels", str(tmp_path / "koder.csv")]
    return CliRunner().invoke(analyse_group, arguments, catch_exceptions=False)


def written(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "ut.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_are_kept_and_themes_added_best_first(tmp_path: Path) -> None:
    result = run(tmp_path, ANSWERS)
    assert result.exit_code == 0, result.output
    rows = written(tmp_path)
    assert list(rows[0]) == ["id", "Kön", "q2", "q3", "themes", "why"]
    assert [row["id"] for row in rows] == ["A1", "A2", "A3", "A4"]
    assert rows[0]["themes"] == "lighting_environment"
    assert "tunneln" in rows[0]["why"]
    assert (rows[1]["q2"], rows[1]["themes"]) == ("Mopparna\nhela natten", "traffic")
    assert rows[2]["themes"] == "none"
    assert rows[3]["themes"].split("|")[0] == "police_presence"
    assert all(set(row["themes"].split("|")) <= set(CODES) for row in rows)


def test_themes_that_were_there_are_replaced(tmp_path: Path) -> None:
    assert run(tmp_path, "themes,id,q2,q3\ndrugs,1,nej,\n").exit_code == 0
    kept = {"id": "1", "q2": "nej", "q3": ""}
    assert written(tmp_path) == [kept | {"themes": "none", "why": "none: nej"}]


def test_labels_are_learned_from(tmp_path: Path) -> None:
    taught = "".join(f"T{n},brasknatter vid Rävbacken {n},\n" for n in range(10))
    labels = "id,themes\n" + "".join(f"T{n},public_transport\n" for n in range(10))
    answers = f"id,q2,q3\n{taught}N1,brasknatter vid Rävbacken,\n"
    assert run(tmp_path, answers).exit_code == 0
    assert written(tmp_path)[-1]["themes"] != "public_transport"
    assert run(tmp_path, answers, labels).exit_code == 0
    assert written(tmp_path)[-1]["themes"] == "public_transport"


def test_windows_and_excel_files_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        assert run(tmp_path, ANSWERS.encode(encoding)).exit_code == 0
        assert written(tmp_path)[0]["themes"] == "lighting_environment"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "tom"),
        ("id,q2\n1,x\n", "q3"),
        ("q2,q3\nx,y\n", "id"),
        ('id,q2,q3\n1,a,b\n2,"x,y\n', "rad 3"),
        ("id,q2,q3\n1,a\n", "rad 2"),
        ("id,q2,q3" + ",x" * 100_000 + "\n", "kolumner"),
        ("id,q2,q3,Q2\n1,a,b,c\n", "två gånger"),
        ("id,q2,q3\n1,a\x00,b\n", "rad 2"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence_and_nothing_is_written(
    tmp_path: Path, content: str, said: str
) -> None:
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "ut.csv").exists()


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("id,themes\nA1,drugs|mystik\n", "mystik"),
        ("id,themes\nZ9,drugs\n", "koder.csv"),
        ("id,codes\nA1,drugs\n", "themes"),
        ("id,themes\nA1,drugs\nA2,traffic\nA1,alcohol\n", "rad 4"),
    ],
)
def test_bad_labels_are_told(tmp_path: Path, labels: str, said: str) -> None:
    result = run(tmp_path, ANSWERS, labels)
    assert (result.exit_code, said in result.output) == (2, True)


def test_labels_of_an_id_that_stands_twice_are_told_by_its_line(tmp_path: Path) -> None:
    result = run(tmp_path, 'id,q2,q3\nA1,"a\nb",c\nA1,d,e\n', "id,themes\nA1,drugs\n")
    assert result.exit_code == 2
    assert "rad 4" in result.output
    assert not (tmp_path / "ut.csv").exists()


def test_cells_come_back_as_they_were(tmp_path: Path) -> None:
    assert run(tmp_path, 'id,q2,q3,Plats \n 1 ," nej\n","","  vid  ån "\n').exit_code == 0
    row = written(tmp_path)[0]
    assert (row["id"], row["q2"], row["Plats "]) == (" 1 ", " nej\n", "  vid  ån ")
    assert row["themes"] == "none"


def test_a_file_without_rows_gives_a_file_without_rows(tmp_path: Path) -> None:
    assert run(tmp_path, "id,q2,q3\n").exit_code == 0
    assert (tmp_path / "ut.csv").read_text(encoding="utf-8") == "id,q2,q3,themes,why\n"


def test_missing_paths_are_told(tmp_path: Path) -> None:
    missing = ["themes", str(tmp_path / "nej.csv"), "--out", str(tmp_path / "ut.csv")]
    assert CliRunner().invoke(analyse_group, missing).exit_code == 2
    run(tmp_path, ANSWERS)
    nowhere = ["themes", str(tmp_path / "svar å.csv"), "--out", str(tmp_path / "nej" / "ut.csv")]
    assert CliRunner().invoke(analyse_group, nowhere).exit_code == 2


def test_the_installed_command_needs_no_database(tmp_path: Path) -> None:
    source, out, instance = tmp_path / "in.csv", tmp_path / "ut.csv", tmp_path / "instance"
    source.write_text(ANSWERS, encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "analyse", "themes", source, "--out", out],
        cwd=ROOT,
        env=os.environ
        | {"INSTANCE_PATH": str(instance), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/no"},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    assert "4 svar" in finished.stderr
    assert finished.stdout == ""
    assert written(tmp_path)[2]["themes"] == "none"
    assert not instance.exists()
