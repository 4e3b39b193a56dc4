"""Tables -> rows of a plan: headings found, cells brought under them, gaps told.

A cell that is missing is a gap and stays one: nothing is moved into its place and nothing made up.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from surveys.plan_files.blocks import Block, Cell, Paragraph, Row, TableBlock
from surveys.plan_files.found import Doubt
from surveys.plan_files.headings import Column, column_of, columns_of

Heads = tuple[tuple[Column, bool] | None, ...]
_FOOTNOTE = re.compile(
    r"^(?:[*†‡¹²³⁴-⁹]|\(?\d{1,2}\)\s|(?:not|anm|anmärkning|källa|fotnot|note|source)\b\.?\s*:)",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^(?:mål|goal|målsättning|syfte)s?\b\s*:?\s*", re.IGNORECASE)
_LONGEST_AREA = 120


@dataclass(frozen=True, slots=True)
class CellsRow:
    """A row under its headings: the texts by column, and what was odd about it."""

    texts: dict[Column, str]
    table: int
    line: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A row over the whole width, or a heading: the area that the rows after it stand under."""

    name: str
    is_sure: bool
    line: int
    table: int = 0


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal of the area that is being read."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the document that is not about one row."""

    doubt: Doubt


Found = CellsRow | AreaLine | GoalLine | Remark | Paragraph


@dataclass
class _Table:
    """The headings of the table that is being read, and where they stand."""

    heads: Heads
    header: Row
    number: int
    guessed: set[str] = field(default_factory=set)


def read_tables(blocks: tuple[Block, ...]) -> Iterator[Found]:
    """Everything in order: paragraphs as they are, tables as rows, areas, goals and remarks."""
    last: _Table | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        if _is_form(block):
            yield from _form_rows(block)
        elif _has_headings(block):
            last = yield from _table_rows(block, None)
        elif any(cell.nested for row in block.rows for cell in row.cells):
            yield from read_tables(_unwrapped(block))
        elif last is not None and _continues(block, last):
            if block.number:
                yield Remark(Doubt("table_without_headings", {"table": block.number}))
            last = yield from _table_rows(block, last)
        else:
            yield from _unread(block)


def _has_headings(block: TableBlock) -> bool:
    return any(columns_of(row) for row in block.rows)


def _continues(block: TableBlock, last: _Table) -> bool:
    """A table that a page break cut off from its headings has as many columns as they."""
    widths = [len(row.cells) for row in block.rows]
    return bool(widths) and max(widths) == len(last.header.cells)


def _unwrapped(block: TableBlock) -> tuple[Block, ...]:
    """What the cells of a table hold that is there for the layout only."""
    held: list[Block] = []
    for row in block.rows:
        for cell in row.cells:
            held.extend(cell.nested or ([Paragraph(cell.text, row.line)] if cell.text else []))
    return tuple(held)


def _unread(block: TableBlock) -> Iterator[Found]:
    words = " ".join(" ".join(row.texts) for row in block.rows[:2]).strip()
    if words:
        values: dict[str, str | int] = {"table": block.number, "words": words[:60]}
        yield Remark(Doubt("table_unread", values))


def _table_rows(block: TableBlock, table: _Table | None) -> Generator[Found, None, _Table | None]:
    """What the rows say; returns the headings, for a table that goes on after a page break."""
    for row in block.rows:
        heads = columns_of(row)
        if heads is not None:
            guessed = set() if table is None else table.guessed
            table = _Table(heads, row, block.number, guessed)
            yield from _heading_remarks(table)
        elif table is None or not any(row.texts):
            if any(row.texts):
                yield from (Paragraph(text, row.line) for text in row.texts if text)
        else:
            yield from _row(table, row)
    return table


def _heading_remarks(table: _Table) -> Iterator[Remark]:
    for head, text in zip(table.heads, table.header.texts, strict=True):
        if not text or text in table.guessed:
            continue
        if head is None:
            table.guessed.add(text)
            yield Remark(Doubt("column_unused", {"column": text[:60]}))
        elif head[1]:
            table.guessed.add(text)
            values: dict[str, str | int] = {"column": text[:60], "read_as": head[0].value}
            yield Remark(Doubt("heading_guessed", values))


def _row(table: _Table, row: Row) -> Iterator[Found]:
    own = [cell for cell in row.cells if cell.text and not cell.is_from_above]
    if not own:
        return
    if len(own) == 1 and _is_alone(table, row, own[0]):
        yield from _whole_width(table, row, own[0])
    elif _FOOTNOTE.match(row.texts[0]) and len(own) <= len(table.header.cells) // 2:
        yield Remark(Doubt("footnote", {"text": " ".join(c.text for c in own)[:200]}))
    else:
        yield _cells_row(table, row)


def _is_alone(table: _Table, row: Row, cell: Cell) -> bool:
    """Whether the only text of a row is over the whole width, or stands first and nothing else."""
    if any(each.is_from_above and each.text for each in row.cells):
        return False
    covers = cell.span >= sum(each.span for each in table.header.cells) > 1
    first = row.cells[0] is cell and not row.before
    names_area = any(head and head[0] is Column.AREA for head in table.heads)
    return covers or (first and not names_area)


def _whole_width(table: _Table, row: Row, cell: Cell) -> Iterator[Found]:
    is_merged = cell.span > 1 or len(row.cells) == 1
    if _FOOTNOTE.match(cell.text):
        yield Remark(Doubt("footnote", {"text": cell.text[:200]}))
        return
    first, *rest = cell.text.split("\n")
    goal = _GOAL.match(first)
    if goal and (rest or first[goal.end() :]):
        yield from (GoalLine(text) for text in (first[goal.end() :], *rest) if text)
    elif len(first) <= _LONGEST_AREA:
        yield AreaLine(first, is_merged, row.line, table.number)
        goals = (_GOAL.sub("", text) for text in rest)
        yield from (GoalLine(text) for text in goals if text)
    else:
        yield Remark(Doubt("line_unread", {"text": cell.text[:200]}))


def _cells_row(table: _Table, row: Row) -> CellsRow:
    doubts: list[Doubt] = []
    texts: dict[Column, list[str]] = {}
    for index, cell in _under(table.header, row, doubts):
        head = table.heads[index] if index < len(table.heads) else None
        if head is None or not cell.text:
            continue
        if cell.is_from_above and head[0] is not Column.AREA:
            doubts.append(Doubt("merged_down", field=head[0].value))
        label = _label(table, index, head[0])
        texts.setdefault(head[0], []).append(f"{label}{cell.text}")
        doubts.extend(_crossed(table, index, cell))
    joined = {column: "; ".join(dict.fromkeys(parts)) for column, parts in texts.items()}
    if any(cell.nested for cell in row.cells):
        doubts.append(Doubt("nested_table"))
    return CellsRow(joined, table.number, row.line, tuple(doubts))


def _under(header: Row, row: Row, doubts: list[Doubt]) -> Iterator[tuple[int, Cell]]:
    """Each cell with the index of the heading that it stands under.

    A row with as many cells as there are headings goes cell by cell: the borders of a table that
    was drawn by hand seldom lie quite under each other.
    """
    wanted, found = len(header.cells), len(row.cells)
    if found == wanted and not row.before:
        yield from enumerate(row.cells)
        return
    starts = {}
    column = header.before
    for index, cell in enumerate(header.cells):
        starts.update({column + n: index for n in range(cell.span)})
        column += cell.span
    width = row.before + sum(cell.span for cell in row.cells)
    if width < column:
        doubts.append(Doubt("short_row", {"found": found, "expected": wanted}))
    column = row.before
    beyond = []
    for cell in row.cells:
        if column in starts:
            yield starts[column], cell
        elif cell.text:
            beyond.append(cell.text)
        column += cell.span
    if beyond:
        doubts.append(Doubt("extra_cells", {"text": " | ".join(beyond)[:200]}))


def _crossed(table: _Table, index: int, cell: Cell) -> Iterator[Doubt]:
    """A cell over several headings is read under its first; the others are gaps."""
    if cell.span <= table.header.cells[index].span:
        return
    last = min(index + cell.span, len(table.heads))
    for head in table.heads[index + 1 : last]:
        if head is not None:
            yield Doubt("merged_across", field=head[0].value)


def _label(table: _Table, index: int, column: Column) -> str:
    """Two columns of one kind, such as who of the police and of the municipality, keep names."""
    same = [i for i, head in enumerate(table.heads) if head and head[0] is column]
    return f"{table.header.texts[index]}: " if len(same) > 1 else ""


def _is_form(block: TableBlock) -> bool:
    """A table that lies on its side: the headings down the first column."""
    if not block.rows or any(len(row.cells) != 2 for row in block.rows):
        return False
    found = [column_of(row.texts[0]) for row in block.rows]
    named = {each[0] for each in found if each}
    return Column.ACTIVITY in named and len(named) >= 3


def _form_rows(block: TableBlock) -> Iterator[Found]:
    texts: dict[Column, str] = {}
    line = 0
    for row in block.rows:
        head = column_of(row.texts[0])
        if head is None:
            yield Remark(Doubt("column_unused", {"column": row.texts[0][:60]}))
            continue
        if head[0] in texts and head[0] is Column.ACTIVITY:
            yield CellsRow(texts, block.number, line)
            texts = {}
        line = line if texts else row.line
        texts[head[0]] = row.texts[1]
    if texts:
        yield CellsRow(texts, block.number, line)
