"""``trygghetsdialog analyse mask``: files in, files out, and what is said about bad ones."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from webapp.commands.analyse import analyse_group

ANSWERS = (
    "id;Kön;q2;q3;lat\n"
    'A1;kvinna;"  Ring 070-174 06 05,\nfråga Anna Andersson";Mer ljus;61,3\n'
    "A2;man;Mörkt;;\n"
    "A3;;=1+1;reg IQV 12D;\n"
)


def run(tmp_path: Path, content: bytes | str) -> Result:
    source = tmp_path / "svar å.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = ["mask", str(source), "--out", str(tmp_path / "ut.csv")]
    return CliRunner().invoke(analyse_group, arguments, catch_exceptions=False)


def written(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "ut.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_texts_are_masked_and_everything_else_is_kept(tmp_path: Path) -> None:
    result = run(tmp_path, ANSWERS)
    assert result.exit_code == 0, result.output
    rows = written(tmp_path)
    assert list(rows[0]) == ["id", "Kön", "q2", "q3", "lat", "spans"]
    assert rows[0]["q2"] == "  Ring [telefonnummer],\nfråga [namn]"
    assert rows[0]["spans"] == "q2:7-20:phone|q2:28-42:name"
    assert rows[0]["lat"] == "61,3"
    assert rows[1] == {"id": "A2", "Kön": "man", "q2": "Mörkt", "q3": "", "lat": "", "spans": ""}
    assert (rows[2]["q2"], rows[2]["spans"]) == ("=1+1", "q3:4-11:plate")
    assert "3 rader" in result.stderr


def test_places_count_code_points_of_the_cell_as_it_was(tmp_path: Path) -> None:
    assert run(tmp_path, "\ufeffid,q2,q3\n1, 😀 Anna Andersson,\n").exit_code == 0
    assert written(tmp_path)[0]["spans"] == "q2:3-17:name"


def test_what_spreadsheets_save_is_read(tmp_path: Path) -> None:
    assert run(tmp_path, "id;q2;q3\r\n1;fråga Åsa Öberg;\r\n".encode("cp1252")).exit_code == 0
    assert written(tmp_path)[0]["q2"] == "fråga [namn]"


def test_spans_that_were_there_are_replaced(tmp_path: Path) -> None:
    assert run(tmp_path, "spans,id,q2,q3\ngammalt,1,nej,\n").exit_code == 0
    assert written(tmp_path) == [{"id": "1", "q2": "nej", "q3": "", "spans": ""}]


def test_long_work_tells_how_far_it_is(tmp_path: Path) -> None:
    result = run(tmp_path, "id,q2,q3\n" + "".join(f"{n},ljus,\n" for n in range(6000)))
    assert "5000 av 6000 rader klara" in result.stderr
    assert len(written(tmp_path)) == 6000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "tom"),
        ("id,q2\n1,a\n", "q3"),
        ("q2,q3\na,b\n", "id"),
        ("id,q2,q3\n1,a,b\n2,a\n", "rad 3"),
        ('id,q2,q3\n1,"a,b\n', "2"),
        (b"PK\x03\x04 something", "CSV"),
        ("id,q2,q3" + ",x" * 100_000 + "\n", "kolumner"),
        ("id,q2,q3,q2\n1,a,b,ring 070-123 45 67\n", "två gånger"),
        ("id,q2,q3\n1,a\x00,b\n", "rad 2"),
        ("id,q2,q3\n1,å,éä\n".encode() + b"2,\xff,b\n", "rad 3"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_nothing_written(
    tmp_path: Path, content: bytes | str, told: str
) -> None:
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "ut.csv").exists()


def test_a_missing_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    arguments = ["mask", str(tmp_path / "saknas.csv"), "--out", str(tmp_path / "ut.csv")]
    assert CliRunner().invoke(analyse_group, arguments).exit_code == 2
    (tmp_path / "in.csv").write_text("id,q2,q3\n1,a,b\n", encoding="utf-8")
    arguments = ["mask", str(tmp_path / "in.csv"), "--out", str(tmp_path / "ingen" / "ut.csv")]
    result = CliRunner().invoke(analyse_group, arguments)
    assert result.exit_code == 2
    assert "kan inte skrivas" in result.stderr
