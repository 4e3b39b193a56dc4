"""XLSX: every text is written as a text, so that nothing anybody wrote is ever a formula."""

import io
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from webapp.exports.sheets import Book, Cell, Share, Sheet

MAX_SHEET_NAME = 31
MAX_TEXT = 32767  # characters that a cell may hold
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_WIDEST, _NARROWEST = 48, 9


def write_workbook(book: Book) -> bytes:
    """The table as on the page, the note on method, and the long table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        workbook.set_properties({"title": book.title, "author": "Trygghetsdialog"})
        formats = _Formats(workbook)
        _write_sheet(workbook, book.wide, formats)
        notes = tuple((note.term, note.text) for note in book.notes)
        _write_sheet(workbook, Sheet(_("Method"), (_("What"), _("How")), notes), formats)
        _write_sheet(workbook, book.long, formats, has_filter=True)
    return buffer.getvalue()


class _Formats:
    def __init__(self, workbook: Any) -> None:
        self.head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.number = workbook.add_format({"num_format": "#,##0", "valign": "top"})
        self.share = workbook.add_format({"num_format": "0.0 %", "valign": "top"})


def _write_sheet(workbook: Any, sheet: Sheet, formats: _Formats, has_filter: bool = False) -> None:
    page = workbook.add_worksheet(sheet.name[:MAX_SHEET_NAME])
    widths = [len(words) for words in sheet.head]
    for column, words in enumerate(sheet.head):
        page.write_string(0, column, words[:MAX_TEXT], formats.head)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(page, (last, column), cell, formats)
            if isinstance(cell, str):
                widths[column] = max(widths[column], len(cell))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
    page.freeze_panes(1, 1)
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    if has_filter and last:
        page.autofilter(0, 0, last, len(sheet.head) - 1)


def _write_cell(page: Any, at: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    row, column = at
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, column, cell[:MAX_TEXT], formats.text)
    elif isinstance(cell, Share):
        page.write_number(row, column, cell.value, formats.share)
    else:
        page.write_number(row, column, cell, formats.number)
