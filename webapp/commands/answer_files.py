"""Files of rows for the commands that need no database, read as an import reads them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from flask_babel import Babel, force_locale
from flask_babel import gettext as _

from surveys.text.csv_table import MAX_FILE_BYTES, TableRow, UnusableFile, read_table
from webapp.commands.import_messages import file_message, row_message

EXIT_UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A read file: its rows, their cells by the columns' lower-case names."""

    rows: tuple[TableRow, ...]


@contextmanager
def in_swedish() -> Iterator[None]:
    """Words in Swedish without the application, whose queue and database are not needed here."""
    app = Flask("webapp")
    Babel(app, default_locale="sv")
    with app.app_context(), force_locale("sv"):
        yield


def read_answers(file: Path, required: Sequence[str]) -> AnswerFile:
    """The rows of ``file``; every column of ``required`` is there.

    Ends the command with one sentence and exit code 2 if the file cannot be used. A row that
    cannot be read ends it too, told by its line: nothing is worked on by half.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
        table = read_table(content, required[0])
    except UnusableFile as error:
        refuse(file_message(error.code, error.values))
    except (OSError, ValueError):
        refuse(file_message("missing", {"path": str(file)}))
    for name in required:
        if name not in table.columns:
            refuse(file_message("no_header", {"column": name}))
    for broken in table.broken:
        reason = row_message(broken.code, broken.values)
        refuse(_("line %(line)s: %(reason)s", line=broken.line, reason=reason))
    return AnswerFile(table.rows)


def refuse(message: str) -> NoReturn:
    """End the command: one sentence on standard error, exit code 2."""
    click.echo(message, err=True)
    raise SystemExit(EXIT_UNUSABLE)
