"""A crossed table as a page draws it: words and figures, out of what may be told."""

from dataclasses import dataclass

from flask_babel import gettext as _

from surveys.queries.results.groups import ALL
from surveys.queries.results.measures import UNSAFE
from surveys.queries.results.table_shapes import Cell, Column, Crosstab, Row
from surveys.statistics.proportions import Proportion
from webapp.formatters import EN_DASH, interval, number, share
from webapp.words.table import (
    base_words,
    column_words,
    foot_rows,
    group_words,
    is_of_themes,
    is_scale,
    measure_words,
    row_words,
)

MOST_GROUPS = 12  # more are a table and no picture
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar."""

    label: str
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class GroupBar:
    """One group of the small multiples. ``parts`` is empty where no bar may be drawn."""

    label: str
    n: int | None
    headline: str  # the reported share in words
    parts: tuple[Part, ...]
    said: str  # what the bar shows, for those who do not see it


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One share with its interval on a common axis; ``low`` is None where there is none."""

    label: str
    words: str
    share: float
    low: float | None
    high: float


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """One answer in each group: shares beside each other."""

    title: str
    rows: tuple[IntervalRow, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A number with its share in words; ``is_below``: under the limit, for those who may see."""

    count: str
    share: str
    is_withheld: bool
    is_below: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """All that a page needs of a table. ``foot`` holds rows of numbers under the answers."""

    title: str
    split: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, bool, tuple[TableCell, ...]], ...]  # words, whether a part, cells
    foot: tuple[tuple[str, tuple[str, ...]], ...]
    bars: tuple[GroupBar, ...]
    plots: tuple[IntervalPlot, ...]
    n_not_drawn: int  # answers that the plots leave to the table
    base: str  # whose shares they are
    is_of_themes: bool
    is_empty: bool  # nobody gave any of these answers
    has_respondents: bool
    n_withheld: int
    is_multiple: bool
    is_overlapping: bool
    has_below: bool
    left_out: tuple[str, ...]
    step: int  # numbers of groups are rounded down to a multiple of it; 1: they are exact


def view_table(table: Crosstab) -> TableView:
    """``table`` in words, with the figures that may be drawn of it."""
    is_empty = table.columns[0].n == 0 if table.columns else True
    return TableView(
        title=measure_words(table),
        split=group_words(table.by) if table.by is not None else "",
        head=tuple(column_words(table.by, column) for column in table.columns),
        rows=tuple(
            (row_words(table, row), row.part_of is not None, _cells(table, i))
            for i, row in enumerate(table.rows)
            if not table.is_multiple or _is_named(table, i)
        ),
        foot=_foot(table),
        bars=_bars(table) if is_scale(table) and not is_empty else (),
        plots=() if is_scale(table) else _plots(table),
        n_not_drawn=0 if is_scale(table) or not table.is_multiple else _n_not_drawn(table),
        base=base_words(table),
        is_of_themes=is_of_themes(table),
        is_empty=is_empty,
        has_respondents=any(column.n_respondents != 0 for column in table.columns),
        n_withheld=table.n_withheld,
        is_multiple=table.is_multiple,
        is_overlapping=table.is_overlapping,
        has_below=table.has_below,
        left_out=table.left_out,
        step=table.step,
    )


def _is_named(table: Crosstab, row: int) -> bool:
    """Whether anybody said it, or it is not told whether."""
    return any(cell.count != 0 for cell in table.cells[row])


def _cells(table: Crosstab, row: int) -> tuple[TableCell, ...]:
    cells = zip(table.columns, table.cells[row], strict=True)
    return tuple(_cell(cell, table.step_of(column)) for column, cell in cells)


def _cell(cell: Cell, step: int) -> TableCell:
    if cell.count is None:
        return TableCell(_("not shown"), "", True, False)
    if step > 1:
        return TableCell(_number(cell.count, step), "", False, False)
    words = "" if cell.share is None or cell.share.is_small else _share(cell.share)
    return TableCell(number(cell.count), words, False, cell.is_below)


def _share(found: Proportion) -> str:
    return interval(found.share, found.low, found.high)


def _foot(table: Crosstab) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (
            words,
            tuple(
                _number(n, table.step_of(column))
                for column, n in zip(table.columns, numbers, strict=True)
            ),
        )
        for words, numbers in foot_rows(table)
        if not all(n is None for n in numbers) or words == _("Base (n)")
    )


def _number(n: int | None, step: int) -> str:
    """A number of a column; one that is rounded down as at least so many."""
    if n is None:
        return _("not shown")
    return _("at least %(persons)s", persons=number(n)) if step > 1 and n else number(n)


def _bars(table: Crosstab) -> tuple[GroupBar, ...]:
    """Each group's answers as one bar, and the share that is unsafe."""
    columns = [c for c in table.columns if c.key != ALL] or list(table.columns)
    if len(columns) > MOST_GROUPS:
        return ()
    return tuple(_bar(table, column) for column in columns)


def _bar(table: Crosstab, column: Column) -> GroupBar:
    leaves = _leaves(table)
    cells = [table.cell(row.key, column.key) for row in leaves]
    words = column_words(table.by, column)
    unsafe = table.cell(UNSAFE, column.key)
    parts = tuple(
        Part(row_words(table, row), cell.share.share, cell.count)
        for row, cell in zip(leaves, cells, strict=True)
        if cell.count is not None and cell.share is not None and not cell.share.is_small
    )
    whole = parts if len(parts) == len(leaves) else ()
    said = ", ".join(f"{part.label.lower()} {share(part.share)}" for part in whole)
    return GroupBar(
        label=words,
        n=column.n,
        headline=_headline(column, unsafe),
        parts=whole,
        said=_("%(group)s: %(parts)s", group=words, parts=said),
    )


def _headline(column: Column, cell: Cell) -> str:
    if column.withheld is not None or cell.count is None:
        return _("not shown").capitalize()
    if cell.share is None:
        return EN_DASH
    if cell.share.is_small:
        return _("%(k)s of %(n)s", k=number(cell.count), n=number(cell.share.n))
    return _share(cell.share)


def _leaves(table: Crosstab) -> list[Row]:
    sums = {row.part_of for row in table.rows}
    return [row for row in table.rows if row.key not in sums]


def _plots(table: Crosstab) -> tuple[IntervalPlot, ...]:
    """Each answer's share in each group; of two answers the first, of many the most given."""
    columns = [column for column in table.columns if column.key != ALL] or list(table.columns)
    if len(columns) > MOST_GROUPS:
        return ()
    rows = [row for row in _leaves(table) if table.cell(row.key).share is not None]
    if not table.is_multiple:
        rows = rows[:1]
    rows.sort(key=lambda row: -(table.cell(row.key).count or 0))
    if len(columns) == 1:
        pairs = [(row_words(table, row), table.cell(row.key, columns[0].key)) for row in rows]
        return tuple(_plot("", pairs[:MOST_ROWS]))
    plots: list[IntervalPlot] = []
    for row in rows[:MOST_ROWS]:
        pairs = [(column_words(table.by, c), table.cell(row.key, c.key)) for c in columns]
        plots += _plot(row_words(table, row), pairs)
    return tuple(plots)


def _n_not_drawn(table: Crosstab) -> int:
    given = [row for row in _leaves(table) if table.cell(row.key).count]
    return max(0, len(given) - MOST_ROWS)


def _plot(title: str, pairs: list[tuple[str, Cell]]) -> list[IntervalPlot]:
    drawn = tuple(
        IntervalRow(words, _share(cell.share), cell.share.share, cell.share.low, cell.share.high)
        for words, cell in pairs
        if cell.share is not None and not cell.share.is_small and cell.count
    )
    return [IntervalPlot(title, drawn)] if drawn else []
