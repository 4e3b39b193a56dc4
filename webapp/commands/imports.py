"""``trygghetsdialog import``: files into dialogues."""

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from surveys.errors import NotFound, StorageUnavailable
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.dialogues.import_rows import REQUIRED_COLUMN
from surveys.services.dialogues.imports import ImportReport, import_answers
from surveys.text.csv_table import MAX_FILE_BYTES, Table, UnusableFile, read_table
from webapp.clock import today
from webapp.commands.import_codebook import codebook_command
from webapp.commands.import_geography import (
    areas_command,
    basemap_command,
    outline_command,
    places_command,
    population_command,
    streets_command,
)
from webapp.commands.import_messages import file_message, printable, row_message
from webapp.commands.import_plan import plan_command
from webapp.commands.import_population import population_counts_command
from webapp.transactions import unit_of_work

EXIT_SOME_REFUSED = 3
EXIT_UNUSABLE = 2
_WORTH_TELLING_ROWS = 5000  # below this an import is over before anyone wonders


@click.group("import")
def import_group() -> None:
    """Bring files into the database."""


@import_group.command("answers")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--municipality", "municipality_slug", required=True, help="As in the address.")
@click.option("--dialogue", "dialogue_slug", required=True, help="As in the address.")
@with_appcontext
def answers(file: Path, municipality_slug: str, dialogue_slug: str) -> None:
    """Import the answers in the CSV file FILE into a dialogue.

    Bad rows are told by their line and the rest imported. Exit code 0: all rows are in; 3: some
    were refused; 2: the file cannot be used and nothing was stored.
    """
    table = _read(file)
    report = _store(table, municipality_slug, dialogue_slug)
    _tell(report)
    if report.refused:
        raise SystemExit(EXIT_SOME_REFUSED)


def _read(file: Path) -> Table:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
        return read_table(content, REQUIRED_COLUMN)
    except (OSError, ValueError) as error:
        if isinstance(error, UnusableFile):
            _refuse(error.code, error.values)
        _refuse("missing", {"path": str(file)})


def _store(table: Table, municipality_slug: str, dialogue_slug: str) -> ImportReport:
    names = {"municipality": municipality_slug, "slug": dialogue_slug}
    try:
        with unit_of_work() as session:
            try:
                municipality = get_municipality(session, municipality_slug)
            except NotFound:
                _refuse("municipality", {"slug": municipality_slug})
            try:
                dialogue = get_dialogue(session, municipality, dialogue_slug)
            except NotFound:
                _refuse("dialogue", names)
            return import_answers(
                session, municipality, dialogue, table, today=today(), progress=_progress
            )
    except StorageUnavailable:
        _refuse("storage", {})


def _refuse(code: str, values: Mapping[str, str | int]) -> NoReturn:
    click.echo(file_message(code, values), err=True)
    raise SystemExit(EXIT_UNUSABLE)


def _progress(done: int, total: int) -> None:
    if total >= _WORTH_TELLING_ROWS:
        click.echo(_("%(done)s of %(total)s rows stored", done=done, total=total), err=True)


def _tell(report: ImportReport) -> None:
    for name in report.unused_columns:
        column = printable({"column": name[:60]})["column"]
        click.echo(_("The column %(column)s is not used.", column=column), err=True)
    messages = sorted([*report.refused, *report.notes], key=lambda message: message.line)
    for message in messages:
        reason = row_message(message.code, message.values)
        click.echo(_("line %(line)s: %(reason)s", line=message.line, reason=reason), err=True)
    click.echo(
        _(
            "%(read)s rows read: %(stored)s imported, %(skipped)s already there,"
            " %(refused)s refused, of which %(conflicts)s with other content than what is there.",
            read=report.read,
            stored=report.stored,
            skipped=report.skipped,
            refused=len(report.refused),
            conflicts=report.conflicts,
        )
    )


import_group.add_command(areas_command)
import_group.add_command(codebook_command)
import_group.add_command(basemap_command)
import_group.add_command(outline_command)
import_group.add_command(places_command)
import_group.add_command(plan_command)
import_group.add_command(population_command)
import_group.add_command(population_counts_command)
import_group.add_command(streets_command)
