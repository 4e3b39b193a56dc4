"""``trygghetsdialog counts``: are the kept counts what the answers say?"""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from surveys.errors import StorageUnavailable
from surveys.models.dialogue import Dialogue
from surveys.queries.dialogues.dialogues import list_dialogues
from surveys.queries.municipalities.municipalities import list_municipalities
from surveys.services.dialogues.count_checks import rebuild_counts, verify_counts
from webapp.commands.import_messages import file_message
from webapp.extensions import db
from webapp.transactions import unit_of_work

EXIT_DIFFERENT = 1
EXIT_UNUSABLE = 2


@click.group("counts")
def counts_group() -> None:
    """Look after the kept counts of answers."""


@counts_group.command("verify")
@with_appcontext
def verify() -> None:
    """Compare each kept count with the answers. Exit code 1 where any is wrong."""
    wrong = 0
    with _told_failures():
        for label, dialogue in _dialogues(db.session()):
            differences = verify_counts(db.session(), dialogue)
            wrong += len(differences)
            _tell(label, len(differences))
    if wrong:
        raise SystemExit(EXIT_DIFFERENT)


@counts_group.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Count every answer again."""
    with _told_failures(), unit_of_work() as session:
        for label, dialogue in _dialogues(session):
            _tell(label, rebuild_counts(session, dialogue))


@contextmanager
def _told_failures() -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError, StorageUnavailable) as error:
        click.echo(file_message("storage", {}), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error


def _dialogues(session: Session) -> Iterator[tuple[str, Dialogue]]:
    for municipality in list_municipalities(session):
        for dialogue in list_dialogues(session, municipality):
            if dialogue.municipality_id == municipality.id:  # a joint one is listed by each party
                yield f"{municipality.slug}/{dialogue.slug}", dialogue


def _tell(label: str, wrong: int) -> None:
    click.echo(_("%(label)s: %(wrong)s counts were wrong", label=label, wrong=wrong))
