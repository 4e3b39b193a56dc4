"""Files of comma-separated values as people save them: bytes in, rows with their line out.

Spreadsheets disagree about encoding, separator and quotes, and one damaged row must not take the
others with it. A row that cannot be read is told by its line; only a file that gives no table at
all is refused as a whole.
"""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from surveys.text.decoding import UnreadableBytes, decode, has_unreadable

MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 64 * MEBIBYTE
MAX_ROWS = 200_000
MAX_COLUMNS = 60
# A stray quotation mark swallows the lines after it. Reading starts again below each, and a file
# that needs more starts than this has no quoting that can be trusted.
MAX_RESTARTS = 200
SEPARATORS = (",", ";", "\t")


class UnusableFile(ValueError):
    """The file gives no table. ``code`` names the reason and ``values`` what belongs to it."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the line that it begins on, and its stripped cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that could not be read: the line that it begins on, and the reason's code."""

    line: int
    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A read file: its column names, its rows in order, and the rows that were broken."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    broken: tuple[BrokenRow, ...]


def read_table(content: bytes, required: str) -> Table:
    """The table in ``content``, whose header must name the column ``required``.

    UTF-8 with or without a byte order mark, UTF-16 with one, otherwise Windows-1252; separated by
    comma, semicolon or tab. Raises UnusableFile.
    """
    if len(content) > MAX_FILE_BYTES:
        raise UnusableFile("too_large", limit=MAX_FILE_BYTES // MEBIBYTE)
    if content.startswith(b"PK\x03\x04"):
        raise UnusableFile("spreadsheet")
    try:
        text = decode(content)
    except UnreadableBytes as error:
        raise UnusableFile("encoding") from error
    if not text.strip("\x00 \t\r\n"):
        raise UnusableFile("empty")
    lines = list(io.StringIO(text, newline=""))
    header_line = next(i for i, line in enumerate(lines) if line.strip())
    separator, columns = _header(lines[header_line], required)
    rows, broken = _rows(lines, header_line + 1, separator, columns)
    return Table(columns, rows, broken)


def _header(line: str, required: str) -> tuple[str, tuple[str, ...]]:
    """The separator that makes a header out of the line, and the header's names."""
    readings = [(separator, _names(line, separator)) for separator in SEPARATORS]
    separator, columns = max(readings, key=lambda r: (required in r[1], len(r[1])))
    if len(columns) > MAX_COLUMNS:
        raise UnusableFile("too_many_columns", limit=MAX_COLUMNS, found=len(columns))
    if required not in columns:
        raise UnusableFile("no_header", column=required)
    named = [name for name in columns if name]
    repeated = next((name for name in named if named.count(name) > 1), None)
    if repeated is not None:
        raise UnusableFile("repeated_column", column=repeated)
    return separator, columns


def _names(line: str, separator: str) -> tuple[str, ...]:
    # Split no further than it takes to see that there are too many.
    if line.count(separator) > MAX_COLUMNS * 100:
        return ("",) * (line.count(separator) + 1)
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().strip("\ufeff").casefold() for cell in cells)


def _rows(
    lines: list[str], start: int, separator: str, columns: tuple[str, ...]
) -> tuple[tuple[TableRow, ...], tuple[BrokenRow, ...]]:
    rows: list[TableRow] = []
    broken: list[BrokenRow] = []
    for line, cells in _records(lines, start, separator, len(columns)):
        if cells is not None and not any(cell.strip() for cell in cells):
            continue
        if len(rows) + len(broken) >= MAX_ROWS:
            raise UnusableFile("too_many_rows", limit=MAX_ROWS)
        if cells is None:
            broken.append(BrokenRow(line, "quotes"))
        elif len(cells) != len(columns):
            values: dict[str, str | int] = {"found": len(cells), "expected": len(columns)}
            broken.append(BrokenRow(line, "cells", values))
        elif (code := _unreadable(cells)) is not None:
            broken.append(BrokenRow(line, code))
        else:
            rows.append(TableRow(line, _by_name(columns, cells)))
    return tuple(rows), tuple(broken)


def _records(
    lines: list[str], start: int, separator: str, width: int
) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the number of its first line; None where its quotes do not add up."""
    begins = start
    for _ in range(MAX_RESTARTS):
        first = begins
        reader = csv.reader(itertools.islice(lines, begins, None), delimiter=separator, strict=True)
        try:
            for cells in reader:
                following = begins + reader.line_num
                if len(cells) != width and following > first + 1:
                    break  # a stray quotation mark has swallowed the lines after it
                yield first + 1, cells
                first = following
            else:
                return
        except csv.Error:
            pass
        yield first + 1, None
        begins = first + 1
    raise UnusableFile("quotes", line=begins)


def _unreadable(cells: Iterable[str]) -> str | None:
    for cell in cells:
        if "\x00" in cell:
            return "nul"
        if has_unreadable(cell):
            return "unreadable"
    return None


def _by_name(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if name}
