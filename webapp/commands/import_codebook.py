"""``trygghetsdialog import codebook``: a municipality's themes from a file."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from surveys.errors import NotFound, StorageUnavailable
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.texts.codebook_files import (
    REQUIRED_COLUMN,
    CodebookRefused,
    CodebookReport,
    import_codebook,
)
from surveys.text.csv_table import MAX_FILE_BYTES, Table, UnusableFile, read_table
from webapp.clock import now
from webapp.commands.answer_files import refuse
from webapp.commands.import_messages import file_message, printable, row_message
from webapp.transactions import unit_of_work

EXIT_REFUSED = 3
BY = "trygghetsdialog import codebook"


@click.command("codebook")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--municipality", "slug", required=True, help="As in the address.")
@with_appcontext
def codebook_command(file: Path, slug: str) -> None:
    """Take the themes of FILE into the municipality's codebook, all of them or none.

    A CSV file with code, name_sv and, where known, definition_sv, counts_sv, does_not_count_sv and
    parent. New codes are added, known ones get the file's words, and others stay. Exit code 3: a
    line is wrong, 2: the file cannot be used; in both cases nothing is changed.
    """
    try:
        report = _store(_read(file), slug)
    except CodebookRefused as error:
        for fault in error.faults:
            reason = row_message(fault.code, fault.values)
            click.echo(_("line %(line)s: %(reason)s", line=fault.line, reason=reason), err=True)
        click.echo(_("Nothing was taken in."), err=True)
        raise SystemExit(EXIT_REFUSED) from error
    for name in report.unused_columns:
        column = printable({"column": name[:60]})["column"]
        click.echo(_("The column %(column)s is not used.", column=column), err=True)
    told = {"created": report.created, "changed": report.changed, "same": report.same}
    click.echo(
        _("The file is in: %(created)s new, %(changed)s changed, %(same)s as before.", **told)
    )


def _read(file: Path) -> Table:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
        return read_table(content, REQUIRED_COLUMN)
    except UnusableFile as error:
        refuse(file_message(error.code, error.values))
    except (OSError, ValueError):
        refuse(file_message("missing", {"path": str(file)}))


def _store(table: Table, slug: str) -> CodebookReport:
    try:
        with unit_of_work() as session:
            municipality = get_municipality(session, slug)
            return import_codebook(session, municipality, table, by=BY, now=now())
    except NotFound:
        refuse(file_message("municipality", {"slug": slug}))
    except StorageUnavailable:
        refuse(file_message("storage", {}))
