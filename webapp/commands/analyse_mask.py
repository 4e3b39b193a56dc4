"""``trygghetsdialog analyse mask``: a file of answers without personal data, and what was found."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask_babel import gettext as _

from surveys.text.masking import Span, mask
from webapp.commands.answer_files import in_swedish
from webapp.commands.text_files import (
    TextTable,
    read_text_table,
    with_progress,
    write_text_table,
)

ID, SPANS = "id", "spans"
TEXTS = ("q2", "q3")


@click.command("mask")
@click.argument("source", metavar="IN.csv", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def mask_command(source: Path, out: Path) -> None:
    """Mask personal data in q2 and q3 of each answer of IN.csv (other columns are kept).

    OUT gets one column more, spans: column:start-end:kind separated by |, with places in the
    original text in Unicode code points, end exclusive. Exit code 2: nothing was written.
    """
    with in_swedish():
        table = read_text_table(source)
        masked = list(_masked(table, _text_columns(table)))
        replaced = table.column(SPANS)
        header = _with_spans(table.header, SPANS, replaced)
        rows = (_with_spans(cells, "|".join(spans), replaced) for cells, spans in masked)
        write_text_table(out, header, rows)
        found = sum(len(spans) for _cells, spans in masked)
        message = _("%(rows)s rows read, %(found)s pieces masked.", rows=len(masked), found=found)
        click.echo(message, err=True)


def _masked(
    table: TextTable, columns: list[tuple[str, int]]
) -> Iterator[tuple[list[str], list[str]]]:
    """Each row's cells with masked texts, and its spans as written in the file."""
    for row in with_progress(table.rows, len(table.rows)):
        cells, spans = list(row), []
        for name, place in columns:
            masked = mask(row[place])
            cells[place] = masked.text
            spans += [_written(name, span) for span in masked.spans]
        yield cells, spans


def _text_columns(table: TextTable) -> list[tuple[str, int]]:
    table.place_of(ID)
    return [(name, table.place_of(name)) for name in TEXTS]


def _with_spans(cells: list[str] | tuple[str, ...], spans: str, replaced: int | None) -> list[str]:
    """The cells and the column spans last; one that was there already gives way."""
    return [cell for place, cell in enumerate(cells) if place != replaced] + [spans]


def _written(column: str, span: Span) -> str:
    return f"{column}:{span.start}-{span.end}:{span.kind}"
