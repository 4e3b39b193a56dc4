"""Excel workbooks -> tables: each sheet's cells as they are shown, merged ones too."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from surveys.plan_files.blocks import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_TABLE_ROWS,
    Block,
    Cell,
    Paragraph,
    Row,
    TableBlock,
    UnreadablePlan,
    tidy,
)
from surveys.plan_files.package import Package

MAX_SHEETS = 30
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DAY_ZERO = date(1899, 12, 30)
_DATE_FORMATS = {14, 15, 16, 17, 22}
_DATE_CODE = re.compile(r"(?i)y{2,4}.*m+|m+.*y{2,4}|d+.*m+")


def read_workbook(package: Package) -> tuple[Block, ...]:
    """Every sheet as one table, its name as a paragraph before it; raise UnreadablePlan."""
    folder = package.main.rpartition("/")[0]
    shared = _shared_texts(package, f"{folder}/sharedStrings.xml")
    dates = _date_styles(package, f"{folder}/styles.xml")
    names = sorted(
        (
            name
            for name in package.names
            if re.fullmatch(f"{folder}/worksheets/sheet\\d+.xml", name)
        ),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    blocks: list[Block] = []
    for number, name in enumerate(names[:MAX_SHEETS], 1):
        rows = _rows(package.xml(name), shared, dates)
        blocks.extend(_blocks(rows, number))
    return tuple(blocks)


def _blocks(rows: list[Row], number: int) -> Iterator[Block]:
    """Rows of one cell before the table are its title and headings; the rest is the table."""
    first = next((i for i, row in enumerate(rows) if sum(map(bool, row.texts)) > 1), len(rows))
    for row in rows[:first]:
        yield from (Paragraph(text, row.line) for text in row.texts if text)
    if first < len(rows):
        yield TableBlock(tuple(rows[first:]), number)


def _rows(sheet: Any, shared: list[str], dates: frozenset[int]) -> list[Row]:
    rows: list[Row] = []
    merged = _merged(sheet)
    above: dict[tuple[int, int], str] = {}
    for element in _named(sheet, "row"):
        texts: dict[int, str] = {}
        line = 0
        for cell in element:
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            if place is None:
                continue
            column, line = _column(place[1]), int(place[2])
            if column < MAX_COLUMNS:
                texts[column] = tidy(_shown(cell, shared, dates))[:MAX_CELL]
        if any(texts.values()):
            if len(rows) >= MAX_TABLE_ROWS:
                raise UnreadablePlan("too_many_rows", limit=MAX_TABLE_ROWS)
            rows.append(_row(line, texts, merged, above))
    width = max((len(row.cells) for row in rows), default=0)
    return [_widened(row, width) for row in rows]


def _row(
    line: int,
    texts: dict[int, str],
    merged: dict[tuple[int, int], tuple[int, int, int]],
    above: dict[tuple[int, int], str],
) -> Row:
    cells: list[Cell] = []
    column, last = 0, max(texts)
    while column <= last:
        top, left, span = merged.get((line, column), (line, column, 1))
        if top == line:
            above[(top, left)] = texts.get(column, "")
            cells.append(Cell(texts.get(column, ""), span))
        else:
            cells.append(Cell(above.get((top, left), ""), span, is_from_above=True))
        column += span
    return Row(tuple(cells), line)


def _widened(row: Row, width: int) -> Row:
    """Empty cells at the end of a row are left out of the file."""
    missing = width - sum(cell.span for cell in row.cells)
    return Row(row.cells + (Cell(""),) * max(missing, 0), row.line)


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int, int]]:
    """For the first cell of each line of a merged block: its top, its left, how many columns."""
    found = {}
    for element in _named(sheet, "mergeCell"):
        corners = _REFERENCE.findall(element.get("ref", ""))
        if len(corners) != 2:
            continue
        (left, top), (right, bottom) = corners
        first, span = _column(left), min(_column(right) - _column(left) + 1, MAX_COLUMNS)
        for line in range(int(top), min(int(bottom), int(top) + MAX_TABLE_ROWS) + 1):
            found[(line, first)] = (int(top), first, max(span, 1))
    return found


def _shown(cell: Any, shared: list[str], dates: frozenset[int]) -> str:
    kind, value = cell.get("t", "n"), next(_named(cell, "v"), None)
    if kind == "inlineStr":
        return "".join(part.text or "" for part in _named(cell, "t"))
    text = value.text or "" if value is not None else ""
    if kind == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else ""
    if kind == "n" and cell.get("s", "").isdigit() and int(cell.get("s")) in dates:
        return _as_day(text)
    return text


def _as_day(text: str) -> str:
    try:
        return (_DAY_ZERO + timedelta(days=int(float(text)))).isoformat()
    except (ValueError, OverflowError):
        return text


def _shared_texts(package: Package, name: str) -> list[str]:
    if name not in package.names:
        return []
    return [
        "".join(part.text or "" for part in _named(item, "t"))
        for item in _named(package.xml(name), "si")
    ]


def _date_styles(package: Package, name: str) -> frozenset[int]:
    """Which styles show a number as a day."""
    if name not in package.names:
        return frozenset()
    root = package.xml(name)
    own = {
        int(each.get("numFmtId", "0"))
        for each in _named(root, "numFmt")
        if _DATE_CODE.search(each.get("formatCode", ""))
    }
    styles = next(_named(root, "cellXfs"), ())
    return frozenset(
        number
        for number, style in enumerate(styles)
        if int(style.get("numFmtId", "0")) in _DATE_FORMATS | own
    )


def _named(element: Any, name: str) -> Iterator[Any]:
    for found in element.iter():
        if isinstance(found.tag, str) and found.tag.rpartition("}")[2] == name:
            yield found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
