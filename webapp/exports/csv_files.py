"""CSV that opens as it should by a double press in Swedish Excel.

Semicolons, decimal commas, a byte order mark and CRLF. A table begins on the first line, so that
filters and pivots find it; the note on method stands under it after an empty line, where a
spreadsheet ends the table by itself and where it cannot be lost as a file of its own would be.

A cell that a spreadsheet would read as a formula is a text to us, since residents wrote it: where
it begins with = + - @, a tab, a line break or one of their wide forms, also after spaces, an
apostrophe is put before it. Numbers of our own are written as numbers and have none.
"""

import csv
import io
from collections.abc import Iterable

from webapp.exports.sheets import Book, Cell, Share, Sheet

BOM = "\N{BYTE ORDER MARK}"
DECIMALS = 4
_FORMULA = frozenset(
    "=+-@\t\r\n"
    "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)


def neutral(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula."""
    first = text[:1]
    is_formula = first in _FORMULA or (first.isspace() and text.lstrip()[:1] in _FORMULA)
    return f"'{text}" if is_formula else text


def csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    """Lines of cells as they stand in a file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_word(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def sheet_text(sheet: Sheet) -> str:
    """A table, headings first."""
    return csv_text((sheet.head, *sheet.rows))


def write_csv(book: Book) -> bytes:
    """The long table and, under it, the note."""
    note = csv_text((note.term, note.text) for note in book.notes)
    return f"{BOM}{sheet_text(book.long)}\r\n{note}".encode()


def _word(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    value = cell.value if isinstance(cell, Share) else cell
    if isinstance(value, int):
        return str(value)
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".").replace(".", ",")
