"""Text with a table in it -> paragraphs and tables: CSV with any separator, tabs, bars.

What is pasted from Word or Excel comes with tabs; its headings and lists stand between the tables
as lines without any.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator

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
from surveys.plan_files.headings import columns_of

_NO_SEPARATOR = re.compile(r"[\w\s\"'().:\u00ad\u00a0\ufeff-]")
_RULE = re.compile(r"^[\s|:+=\u2500-\u257f-]*-{2,}[\s|:+=-]*$")  # "|---|:--:|"
_ITEM = re.compile(r"^\s*(?:[-*•–—▪◦·‣o]|\d{1,2}[.)])\s+(?=\S)")
_MARK = re.compile(r"^\s*(#{1,6})\s+")  # a heading as Markdown writes it
_HEADINGS_WITHIN = 5000  # lines that are searched for the headings of a table
_SWALLOWED = 40  # lines in one cell: a quotation mark that is never closed
_BAR = "|"


def read_text(text: str) -> tuple[Block, ...]:
    """The paragraphs and tables of ``text`` in order; raise UnreadablePlan."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = _separator(lines)
    if separator is None:
        return tuple(_paragraphs(enumerate(lines, 1)))
    return tuple(_blocks(_joined(_records(lines, separator), separator)))


def _separator(lines: list[str]) -> str | None:
    """What divides the first line that reads as a table's headings; None where no line does."""
    for line in lines[:_HEADINGS_WITHIN]:
        signs = Counter(_NO_SEPARATOR.sub("", line) + "\t" * line.count("\t"))
        found = [(len(_named(line, sign)), n, sign) for sign, n in signs.items()]
        named = [each for each in found if each[0]]
        if named:
            return max(named)[2]
    return None


def _named(line: str, sign: str) -> list[object]:
    cells = _split(line, sign)
    columns = columns_of(Row(tuple(map(Cell, cells)), 0)) if len(cells) <= MAX_COLUMNS else None
    return [column for column in columns or () if column]


def _split(line: str, sign: str) -> list[str]:
    """The cells of one line."""
    if sign == _BAR:
        bare = line.strip().removeprefix(_BAR)
        bare = bare[:-1] if bare.endswith(_BAR) and not bare.endswith("\\|") else bare
        return [tidy(cell.replace("\\|", _BAR)) for cell in re.split(r"(?<!\\)\|", bare)]
    try:
        return [tidy(cell) for cell in next(csv.reader([line], delimiter=sign), [])]
    except csv.Error:
        return [tidy(cell) for cell in line.split(sign)]


def _records(lines: list[str], sign: str) -> Iterator[tuple[int, list[str], str]]:
    """Each record: its first line, its cells, and the line as it stands."""
    if sign == _BAR:
        for number, line in enumerate(lines, 1):
            if not _RULE.match(line):
                yield number, _split(line, sign), line
        return
    if _has_open_quote(lines, sign):
        yield from (
            (n, [tidy(c) for c in line.split(sign)], line) for n, line in enumerate(lines, 1)
        )
        return
    reader = csv.reader((line + "\n" for line in lines), delimiter=sign)
    begins = 1
    for cells in reader:
        yield begins, [tidy(cell) for cell in cells], lines[begins - 1]
        begins = reader.line_num + 1


def _has_open_quote(lines: list[str], sign: str) -> bool:
    """Whether reading quotation marks as a spreadsheet writes them would swallow lines."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=sign)
    before = 0
    try:
        for _cells in reader:
            if reader.line_num - before > _SWALLOWED:
                return True
            before = reader.line_num
    except csv.Error:
        return True
    return False


def _joined(
    records: Iterable[tuple[int, list[str], str]], sign: str
) -> Iterator[tuple[int, list[str], str]]:
    """Records with cells that a paste has broken over two lines put together again.

    Only where the two halves give exactly as many cells as the table has: a row with a cell too
    few stays as it is.
    """
    width, held = 0, None
    for number, cells, line in records:
        row = Row(tuple(map(Cell, cells)), number)
        if columns_of(row):
            width = len(cells)
        if held is not None:
            if sign == "\t" and 1 < len(cells) < width and len(held[1]) + len(cells) - 1 == width:
                middle = f"{held[1][-1]}\n{cells[0]}"
                yield held[0], [*held[1][:-1], middle, *cells[1:]], held[2]
                held = None
                continue
            yield held
        held = (number, cells, line)
    if held is not None:
        yield held


def _blocks(records: Iterable[tuple[int, list[str], str]]) -> Iterator[Block]:
    rows: list[Row] = []
    n_rows, is_table = 0, False
    for number, cells, line in records:
        if len(cells) > MAX_COLUMNS:
            raise UnreadablePlan("too_many_columns", found=len(cells), limit=MAX_COLUMNS)
        row = Row(tuple(Cell(cell[:MAX_CELL]) for cell in cells), number)
        is_table = is_table or columns_of(row) is not None
        if is_table and len(cells) > 1:
            n_rows += any(cells)
            if n_rows > MAX_TABLE_ROWS + 1:
                raise UnreadablePlan("too_many_rows", limit=MAX_TABLE_ROWS)
            rows.append(row)
            continue
        if line.strip():
            if rows:
                yield TableBlock(tuple(rows))
            rows = []
            yield from _paragraphs([(number, line if len(cells) != 1 else cells[0])])
    if rows:
        yield TableBlock(tuple(rows))


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[Paragraph]:
    for number, line in lines:
        marked = _MARK.match(line)
        item = None if marked else _ITEM.match(line)
        text = tidy(line[marked.end() :] if marked else line[item.end() :] if item else line)
        if text:
            bare = text.strip("*_ ") if text.startswith(("**", "__")) else text
            yield Paragraph(bare[:MAX_CELL], number, marked is not None, item is not None)
