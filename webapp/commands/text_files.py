"""CSV files of answers that a command reads and writes without a database.

Unlike an import, nothing is trimmed or left out: what comes back has the same rows and the same
cells, so that places in a text stay what they were.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import click
from flask_babel import gettext as _

from surveys.text.csv_table import MEBIBYTE, SEPARATORS
from surveys.text.decoding import UnreadableBytes, decode, has_unreadable
from webapp.commands.answer_files import refuse
from webapp.commands.import_messages import file_message, printable, row_message

_T = TypeVar("_T")

MAX_BYTES = 512 * MEBIBYTE
MAX_COLUMNS = 1000
_LONGEST_CELL = MAX_BYTES  # csv's own limit of 128 kB is below one pasted document
_WORTH_TELLING_ROWS = 5000
_TELL_EVERY = 5000


@dataclass(frozen=True, slots=True)
class TextTable:
    """A read file: its header as written, and its rows, each as many cells as the header.

    ``lines`` are the lines of the file that the rows begin on.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> int | None:
        """Where the column ``name`` stands; capitals and spaces around it do not matter."""
        names = self._names()
        return names.index(name) if name in names else None

    def place_of(self, name: str) -> int:
        """The same; ends the program with exit code 2 where it stands nowhere or twice.

        Of two columns by one name only one would be worked on, and nobody could tell which.
        """
        times = self._names().count(name)
        if times > 1:
            refuse_file("repeated_column", column=name)
        if not times:
            refuse_file("no_header", column=name)
        return self._names().index(name)

    def _names(self) -> list[str]:
        return [cell.strip().casefold() for cell in self.header]


def read_text_table(file: Path) -> TextTable:
    """The table in ``file``: UTF-8 (or what spreadsheets save), comma, semicolon or tab.

    Says what is wrong and ends the program with exit code 2 where it is no table.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError:
        refuse_file("missing", path=str(file))
    if len(content) > MAX_BYTES:
        refuse_file("too_large", limit=MAX_BYTES // MEBIBYTE)
    if content.startswith(b"PK\x03\x04"):
        refuse_file("spreadsheet")
    try:
        text = decode(content)
    except UnreadableBytes:
        refuse_file("encoding")
    if not text.strip():
        refuse_file("empty")
    begins, rows = zip(*_rows(text, _separator(text)), strict=True)
    return TextTable(rows[0], rows[1:], begins[1:])


def write_text_table(file: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write UTF-8 with commas: the whole file or, where that fails, nothing."""
    try:
        handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}-")
    except OSError:
        _refuse_writing(file)
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        written.chmod(0o600)  # what people wrote is nobody else's to read
        written.replace(file)
    except OSError:
        _refuse_writing(file)
    finally:
        written.unlink(missing_ok=True)


def with_progress(items: Iterable[_T], total: int) -> Iterator[_T]:
    """``items``, telling on stderr how many are done where it takes a while."""
    for done, item in enumerate(items):
        if total >= _WORTH_TELLING_ROWS and done and done % _TELL_EVERY == 0:
            click.echo(_("%(done)s of %(total)s rows done", done=done, total=total), err=True)
        yield item


def refuse_file(code: str, **values: str | int) -> NoReturn:
    """Say why the file cannot be used, and end with exit code 2."""
    refuse(file_message(code, values))


def _refuse_writing(file: Path) -> NoReturn:
    values = printable({"path": str(file)})
    refuse(_("The file %(path)s cannot be written. Check the path.", **values))


def _separator(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(SEPARATORS, key=first.count)


def _rows(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins, width = 1, None
    try:
        for cells in reader:
            if cells:
                width = _width(cells) if width is None else width
                _check(begins, cells, width)
                yield begins, tuple(cells)
            begins = reader.line_num + 1
    except csv.Error:
        refuse_file("quotes", line=begins)


def _width(header: list[str]) -> int:
    if len(header) > MAX_COLUMNS:
        refuse_file("too_many_columns", found=len(header), limit=MAX_COLUMNS)
    return len(header)


def _check(line: int, cells: list[str], width: int) -> None:
    if len(cells) != width:
        reason = row_message("cells", {"found": len(cells), "expected": width})
    elif any("\x00" in cell for cell in cells):
        reason = row_message("nul", {})
    elif any(map(has_unreadable, cells)):
        reason = row_message("unreadable", {})
    else:
        return
    refuse(_("line %(line)s: %(reason)s", line=line, reason=reason))
