"""A crossed table as a file: the same object that the page draws, as rows and as columns."""

from collections.abc import Iterator

from flask_babel import gettext as _

from surveys.queries.results.table_records import table_as_json
from surveys.queries.results.table_shapes import Cell as TableCell
from surveys.queries.results.table_shapes import Column, Crosstab
from webapp.exports.sheets import Book, Cell, Note, Share, Sheet
from webapp.words.query import filter_words
from webapp.words.table import (
    base_words,
    column_words,
    foot_rows,
    group_words,
    measure_words,
    row_words,
)

Line = tuple[Cell, ...]


def table_book(table: Crosstab, notes: tuple[Note, ...]) -> Book:
    """The file of ``table``, with what was asked for first in its note."""
    return Book(
        title=measure_words(table),
        wide=Sheet(_("Table"), _wide_head(table), tuple(_wide_rows(table))),
        long=Sheet(_("Rows"), _long_head(), tuple(_long_rows(table))),
        notes=(*_asked(table), *notes),
        record=table_as_json(table),
    )


def _asked(table: Crosstab) -> Iterator[Note]:
    yield Note(_("What"), measure_words(table))
    if table.by is not None:
        yield Note(_("By"), group_words(table.by))
    for term, words in filter_words(table.filters):
        yield Note(_("Only: %(term)s", term=term), words)
    yield Note(_("Base of the shares (n)"), base_words(table))
    if table.is_multiple:
        words = _("One person may have said several, so the shares may add up to more than 100 %%.")
        words %= ()
        yield Note(_("Several answers"), words)
    if table.step > 1:
        words = _(
            "Numbers by area are rounded down to a multiple of %(step)s and have no shares,"
            " because the map tells exact numbers of the same ground."
            " What the map withholds is not shown here either.",
            step=table.step,
        )
        yield Note(_("At least"), words)
    if table.left_out:
        yield Note(_("Too few answers to be among the others"), ", ".join(table.left_out))


def _wide_head(table: Crosstab) -> tuple[str, ...]:
    head = [_("Answer")]
    for column in table.columns:
        words = column_words(table.by, column)
        head += [_("%(group)s, count", group=words), _("%(group)s, share", group=words)]
    return tuple(head)


def _wide_rows(table: Crosstab) -> Iterator[Line]:
    for i, row in enumerate(table.rows):
        line: list[Cell] = [row_words(table, row)]
        for cell in table.cells[i]:
            line += [_count(cell), Share(cell.share.share) if cell.share else None]
        yield tuple(line)
    for words, numbers in foot_rows(table):
        line = [words]
        for number in numbers:
            line += [_("not shown") if number is None else number, None]
        yield tuple(line)


def _long_head() -> tuple[str, ...]:
    return (
        _("Answer"),
        _("Group"),
        _("Count"),
        _("Of (n)"),
        _("Share"),
        _("Lowest"),
        _("Highest"),
        _("Remark"),
    )


def _long_rows(table: Crosstab) -> Iterator[Line]:
    for j, column in enumerate(table.columns):
        group = column_words(table.by, column)
        for i, row in enumerate(table.rows):
            yield (row_words(table, row), group, *_numbers(table.cells[i][j], column))
        for words, numbers in foot_rows(table):
            remark = _("not shown") if numbers[j] is None else ""
            yield (words, group, numbers[j], None, None, None, None, remark)


def _numbers(cell: TableCell, column: Column) -> Line:
    if cell.count is None:
        return (None, column.n, None, None, None, _("not shown"))
    remark = _("under the limit, not to be passed on") if cell.is_below else ""
    share = cell.share
    if share is None:
        return (cell.count, column.n, None, None, None, remark)
    return (cell.count, column.n, Share(share.share), Share(share.low), Share(share.high), remark)


def _count(cell: TableCell) -> Cell:
    return _("not shown") if cell.count is None else cell.count
