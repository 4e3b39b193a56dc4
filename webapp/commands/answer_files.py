"""Files of answers for the commands that need no database: plain CSV in, plain CSV out."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from flask_babel import Babel, force_locale
from flask_babel import gettext as _

from surveys.text.csv_table import MAX_FILE_BYTES, SEPARATORS, TableRow, UnusableFile, read_table
from surveys.text.decoding import decode
from webapp.commands.import_messages import file_message, printable, row_message

EXIT_UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A read file: its column names as written, and its rows by lower-case name."""

    columns: tuple[str, ...]
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
    return AnswerFile(_written_names(content, table.columns), table.rows)


def _written_names(content: bytes, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The header's names with the capitals that they have in the file."""
    text = decode(content)
    header = next(line for line in io.StringIO(text, newline="") if line.strip())
    for separator in SEPARATORS:
        cells = next(csv.reader([header], delimiter=separator))
        names = tuple(cell.strip().strip("\ufeff") for cell in cells)
        if tuple(name.casefold() for name in names) == columns:
            return tuple(name for name in names if name)
    return tuple(name for name in columns if name)


def write_answers(
    file: Path, answers: AnswerFile, added: Sequence[Mapping[str, str]], names: Sequence[str]
) -> None:
    """Write each row of ``answers`` with what was ``added`` to it in the columns ``names``.

    A column of the same name that was there already is replaced. UTF-8, separated by commas. A
    file that cannot be written ends the command with exit code 2.
    """
    kept = [name for name in answers.columns if name.casefold() not in names]
    try:
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened, lineterminator="\n")
            writer.writerow([*kept, *names])
            for row, new in zip(answers.rows, added, strict=True):
                old = [row.cells[name.casefold()] for name in kept]
                writer.writerow([*old, *(new[name] for name in names)])
    except OSError:
        values = printable({"path": str(file)})
        refuse(_("The file %(path)s cannot be written. Check the path.", **values))


def refuse(message: str) -> NoReturn:
    """End the command: one sentence on standard error, exit code 2."""
    click.echo(message, err=True)
    raise SystemExit(EXIT_UNUSABLE)
