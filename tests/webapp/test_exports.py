"""Files that hold what residents wrote: no spreadsheet runs any of it."""

import io

import openpyxl
import pytest

from webapp.exports.csv_files import csv_text, neutral, write_csv
from webapp.exports.sheets import Book, Note, Share, Sheet
from webapp.exports.workbooks import write_workbook

DANGEROUS = [
    "=1+1",
    "+46701740605",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =cmd|' /C calc'!A0",
    "\N{NO-BREAK SPACE}=1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
]


def book(*texts: str) -> Book:
    sheet = Sheet("Tabell", ("Svar", "Andel"), [(text, Share(0.25)) for text in texts])
    long = Sheet("Rader", sheet.head, sheet.rows)
    return Book("Titel", sheet, long, (Note("Vad", texts[0]),), {})


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_is_a_text_in_csv(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert write_csv(book(text)).decode("utf-8-sig").count("'") >= 2, "in the note too"


@pytest.mark.parametrize("text", ["Bättre ljus", "a=b", "3-4 lampor", "", "'citat'", "e@post"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_numbers_of_our_own_are_numbers() -> None:
    assert csv_text([("x", -3, 0.5, Share(1 / 3), None)]) == "x;-3;0,5;0,3333;\r\n"


@pytest.mark.parametrize("text", [*DANGEROUS, "{=1}", "http://ond.example", "1,5", "x" * 40000])
def test_a_workbook_holds_texts_as_texts(text: str) -> None:
    read = openpyxl.load_workbook(io.BytesIO(write_workbook(book(text))))
    for page in read.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    cell = read.worksheets[0]["A2"]
    assert cell.data_type == "s"
    # A workbook writes a bare carriage return as _x000D_.
    assert str(cell.value).replace("_x000D_", "\r")[:20].strip() == text[:20].strip()


def test_control_characters_harm_no_workbook() -> None:
    read = openpyxl.load_workbook(io.BytesIO(write_workbook(book("a\x0bb\x00c\ud7ff"))))
    assert "b" in str(read.worksheets[0]["A2"].value)
