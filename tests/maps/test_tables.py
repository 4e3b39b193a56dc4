"""CSV files as people and programs write them."""

import os

import numpy as np
import pandas as pd
import pytest

from maps.files import tables
from maps.files.tables import BadTable, cells_typed, read_columns, read_rows, to_numbers


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "marks.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    "content",
    [
        "lon,lat\n17.5,61.25\n-1,60\n",
        "lon;lat\n17,5;61,25\n-1;60\n",
        'lat\tname\tlon\n61.25\t"å, ö"\t17.5\n60\tx\t\u22121\n',
        '\ufeffLon,Lat\r\n"17,5","61,25"\r\n-1,60\r\n',
        "id;lon;lat;ort\n1;17,5;61,25;Söderhamn\n2;-1;60;Å\n".encode("cp1252"),
        "lon\tlat\tort\r\n17,5\t61,25\tSöderhamn\r\n-1\t60\tÅ\r\n".encode("utf-16"),
        b"\xfe\xff" + "lon;lat\n17,5;61,25\n-1;60\n".encode("utf-16-be"),
    ],
)
def test_commas_semicolons_tabs_decimal_commas_and_letters_of_any_age_are_read(file, content):
    numbers, _ = read_columns(file(content), ("lon", "lat"))
    assert numbers["lon"].tolist() == [17.5, -1]
    assert numbers["lat"].tolist() == [61.25, 60]


def test_what_is_no_number_is_nan_and_like_text_has_like_codes(file):
    content = "lon,lat,respondent\n17,61,a\nNaN,61,b\nx,,a\ninf,61,\n"
    numbers, text = read_columns(file(content), ("lon", "lat"), ("respondent", "missing"))
    assert np.isfinite(numbers["lon"]).tolist() == [True, False, False, False]
    code = text["respondent"]
    assert code[0] == code[2] != code[1]
    assert code[3] == -1
    assert set(text) == {"respondent"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("lon,lat\n", "no_rows"),
        ("x,y\n1,2\n", "no_column"),
        ("lon,lat,lon\n1,2,3\n", "column_twice"),
        ("lon,lat\n17,5,61,25\n", "row_too_long"),
        ("lon,lat\n17,61\n17,61,3,4\n", "rows_differ"),
        (b"PK\x03\x04xyz", "not_csv"),
        (b"lon,lat\n1\x00,2\n", "not_csv"),
        (b"x" * 100_000, "not_csv"),
        (b"\xff\xfe", "empty"),
        ("lon,lat\n1\x00,2\n".encode("utf-16"), "not_csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_apart(file, content, code):
    with pytest.raises(BadTable) as refused:
        read_columns(file(content), ("lon", "lat"))
    assert refused.value.code == code


def test_a_file_too_large_is_refused_before_it_is_read(file, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(BadTable, match="too_many_rows"):
        read_columns(file("lon,lat\n" + "17,61\n" * 3), ("lon", "lat"))
    monkeypatch.setattr(tables, "MAX_BYTES", 5)
    with pytest.raises(BadTable, match="file_too_large"):
        read_columns(file("lon,lat\n17,61\n"), ("lon", "lat"))


def test_what_is_no_file_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(BadTable, match="missing"):
            read_columns(path, ("lon", "lat"))


def test_a_long_file_is_told_as_it_is_read(file, monkeypatch):
    monkeypatch.setattr(tables, "_PIECE", 2)
    heard = []
    numbers, _ = read_columns(file("lon,lat\n" + "17,61\n" * 5), ("lon", "lat"), (), heard.append)
    assert heard == [2, 4, 5]
    assert numbers["lon"].size == 5


def test_small_tables_keep_their_text(file):
    table = read_rows(file('id;x;"na;me"\n007;1,5;"a;b"\n\n8;2\n'), limit=9)
    assert table.form.columns == ("id", "x", "na;me")
    assert table.rows == (("007", "1,5", "a;b"), ("8", "2", ""))
    assert table.numbers("x").tolist() == [1.5, 2]
    with pytest.raises(BadTable, match="row_too_long"):
        read_rows(file("a,b\n1,2\n1,2,3\n"), limit=9)
    with pytest.raises(BadTable, match="too_many_rows"):
        read_rows(file("a,b\n1,2\n1,2\n"), limit=1)


def test_only_whole_thousands_are_grouped_by_spaces() -> None:
    read = to_numbers(pd.Series(["1 200", "12\u00a0345,5", "59.3 123", "1200 300", "12 34"]))

    assert read[:2].tolist() == [1200, 12345.5]
    assert np.isnan(read[2:]).all()


def test_a_table_in_utf_16_keeps_its_text_and_what_is_no_number_can_be_told(file, monkeypatch):
    path = file('id;x\n"Å;ö";1\nb; många\nc;NA\nd;\n'.encode("utf-16"))
    assert read_rows(path, limit=9).rows[0] == ("Å;ö", "1")
    monkeypatch.setattr(tables, "_PIECE", 2)
    assert cells_typed(path, "X", [3, 1, 2]) == {1: "många", 2: "NA", 3: ""}


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    """A table is read more than once: of a pipe the second reading would find nothing, or wait."""
    pipe = tmp_path / "marks.csv"
    os.mkfifo(pipe)
    with pytest.raises(BadTable) as refused:
        read_columns(pipe, ("lon", "lat"))
    assert refused.value.code == "not_a_file"
