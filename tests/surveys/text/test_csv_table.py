"""Files as people save them: every way to be read, and every row told by its own line."""

import pytest

from surveys.text.csv_table import MAX_COLUMNS, MAX_FILE_BYTES, UnusableFile, read_table


def rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, row.cells) for row in read_table(content, "id").rows]


def broken(content: bytes) -> list[tuple[int, str]]:
    return [(row.line, row.code) for row in read_table(content, "id").broken]


@pytest.mark.parametrize(
    "content",
    [
        "id,q3\nA,Måla bron\n".encode(),
        "id,q3\nA,Måla bron\n".encode("utf-8-sig"),
        "id,q3\nA,Måla bron\n".encode("cp1252"),
        "id\tq3\nA\tMåla bron\n".encode("utf-16"),
        "id;q3\r\nA;Måla bron\r\n".encode(),
        "id\tq3\rA\tMåla bron\r".encode(),
        '"id","q3"\n"A","Måla bron"'.encode(),
        " ID ; Q3 \n A ; Måla bron \n\n\n".encode(),
    ],
    ids=["utf8", "bom", "cp1252", "utf16", "semicolon", "tab-cr", "quoted", "spaces"],
)
def test_a_file_is_read_however_the_spreadsheet_saved_it(content: bytes) -> None:
    assert rows(content) == [(2, {"id": "A", "q3": "Måla bron"})]


def test_a_row_is_told_by_the_line_that_it_begins_on() -> None:
    content = b'id,q3\nA,"first\n\nsecond"\n\nB,"x\ny"\nC,z\n'
    assert [(line, cells["id"]) for line, cells in rows(content)] == [(2, "A"), (6, "B"), (8, "C")]


def test_a_comma_in_a_semicolon_file_belongs_to_the_text() -> None:
    assert rows(b"id;q2;q3\nA;a, b, c;d\n")[0][1]["q2"] == "a, b, c"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'id,q3\nA,"open\nB,x\nC,y\n', [(2, "quotes")]),
        (b'id,q3\nA,"open\nB,"x"\nC,y\n', [(2, "quotes")]),
        (b'id,q3\nA,"a"b\nB,x\nC,y\n', [(2, "quotes")]),
        (b"id,q3\nA,a,b\nB,x\nC,y\n", [(2, "cells")]),
        (b"id,q3\nA\nB,x\nC,y\n", [(2, "cells")]),
        (b"id,q3\nA,a\x00b\nB,x\nC,y\n", [(2, "nul")]),
        ("id,q3\nA,å".encode() + b"\xff\nB,x\nC,\xc3\xa5\n", [(2, "unreadable")]),
        (b"id,q3\nA,\xe5\x81\nB,x\nC,y\n", [(2, "unreadable")]),
    ],
)
def test_a_broken_row_takes_no_other_row_with_it(
    content: bytes, expected: list[tuple[int, str]]
) -> None:
    assert broken(content) == expected
    assert [cells["id"] for _, cells in rows(content)] == ["B", "C"]


def test_a_quotation_mark_that_swallows_rows_is_found_by_their_columns() -> None:
    content = b'id,q2,q3\nA,"open,x\nB,b,x\nC,c","y\nD,d,x\n'
    read = read_table(content, "id")
    assert [row.cells["id"] for row in read.rows] == ["B", "D"]
    assert [row.line for row in read.broken] == [2, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"A,5\nB,4\n", "no_header"),
        (b"\x00" * 300, "empty"),
        (b"id,q1,q1\nA,1,2\n", "repeated_column"),
        (b"PK\x03\x04rest of a workbook", "spreadsheet"),
        (b"id," + b"x," * 100_000 + b"\n", "too_many_columns"),
        (b"id" + b",c" * MAX_COLUMNS + b"\n", "too_many_columns"),
        (b"x" * (MAX_FILE_BYTES + 1), "too_large"),
        (b"id,q3\n" + b'A,"x\n' * 5000, "quotes"),
        (b"\xff\xfei", "encoding"),
    ],
)
def test_a_file_without_a_table_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(UnusableFile) as caught:
        read_table(content, "id")
    assert caught.value.code == code
