"""Tables out of tables: one column by itself, and the municipalities of a joint dialogue."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL, NOT_STATED, Group
from surveys.queries.results.table_shapes import Cell, Column, Crosstab, Row
from surveys.statistics.proportions import estimate_share

_NUMBERS = (
    "n_respondents", "n", "n_outside", "n_dont_know", "n_words", "n_missing", "n_other_series",
)  # fmt: skip


def take_column(table: Crosstab, key: str, filters: Filters) -> Crosstab:
    """The column ``key`` of ``table`` as a table of its own; an empty one where there is none."""
    at = next((j for j, column in enumerate(table.columns) if column.key == key), None)
    if at is None:
        column = Column(ALL, None, None, 0, 0, 0, 0, 0, 0, 0)
        cells = tuple((Cell(0, None, None),) for _ in table.rows)
    else:
        column = replace(table.columns[at], key=ALL, title=None)
        cells = tuple((row[at],) for row in table.cells)
    return replace(
        table, by=None, filters=filters, columns=(column,), cells=cells, is_overlapping=False
    )


def pool(tables: Sequence[tuple[str, Crosstab]], filters: Filters) -> Crosstab:
    """The municipalities' tables added. A number is told where each of theirs is.

    Those whose answers are too few to be told are left out, by name.
    """
    told = [table for _, table in tables if table.columns[0].withheld is None]
    left_out = tuple(name for name, table in tables if table.columns[0].withheld is not None)
    first = tables[0][1]
    if not told:
        return replace(first, filters=filters, left_out=left_out)
    columns = tuple(_added_column(told, key, title) for key, title in _columns(told))
    rows = _rows(told)
    cells = tuple(tuple(_added_cell(told, row.key, column) for column in columns) for row in rows)
    return replace(
        first, filters=filters, rows=rows, columns=columns, cells=cells, left_out=left_out
    )


def beside_each_other(
    tables: Sequence[tuple[str, str, Crosstab]], filters: Filters, own: Crosstab | None = None
) -> Crosstab:
    """Each municipality (slug, name, table) as a column, and all together first.

    ``own``: one of them as its own municipality sees it. It is shown so and not added so.
    """
    together = pool([(name, table) for _, name, table in tables], filters)
    shown = [
        (slug, name, own if own is not None and own.filters.municipality == slug else table)
        for slug, name, table in tables
    ]
    columns = [
        together.columns[0],
        *(replace(table.columns[0], key=slug, title=name) for slug, name, table in shown),
    ]
    cells = tuple(
        (_cell(together, row.key, ALL), *(_cell(table, row.key, ALL) for _, _, table in shown))
        for row in together.rows
    )
    return replace(
        together,
        by=Group.MUNICIPALITY,
        columns=tuple(columns),
        cells=cells,
        is_suppressed=own is None or own.is_suppressed,
    )


def _columns(tables: Iterable[Crosstab]) -> list[tuple[str, str | None]]:
    """Every column that any of them has: everybody first, those who did not say last."""
    titles: dict[str, str | None] = {}
    for table in tables:
        for column in table.columns:
            titles.setdefault(column.key, column.title)
    return sorted(titles.items(), key=lambda each: each[0] == NOT_STATED)


def _rows(tables: Iterable[Crosstab]) -> tuple[Row, ...]:
    rows: dict[str, Row] = {}
    for table in tables:
        for row in table.rows:
            rows.setdefault(row.key, row)
    return tuple(rows.values())


def _added_column(tables: Iterable[Crosstab], key: str, title: str | None) -> Column:
    found = [column for table in tables for column in table.columns if column.key == key]
    withheld = next((column.withheld for column in found if column.withheld), None)
    sums: dict[str, int | None] = {}
    for name in _NUMBERS:
        numbers = [getattr(column, name) for column in found]
        sums[name] = None if None in numbers else sum(numbers)
    return Column(key=key, title=title, withheld=withheld, **sums)


def _added_cell(tables: Sequence[Crosstab], row: str, column: Column) -> Cell:
    found = [_cell(table, row, column.key) for table in tables]
    withheld = column.withheld or next((cell.withheld for cell in found if cell.withheld), None)
    if withheld is not None:
        return Cell(None, withheld, None)
    count = sum(cell.count or 0 for cell in found)
    is_exact = column.key == ALL or all(table.step == 1 for table in tables)
    share = estimate_share(count, column.n) if column.n and is_exact else None
    return Cell(count, None, share)


def _cell(table: Crosstab, row: str, column: str) -> Cell:
    """The cell, or nobody where the table has no such row or column."""
    try:
        return table.cell(row, column)
    except KeyError:
        return Cell(0, None, None)
