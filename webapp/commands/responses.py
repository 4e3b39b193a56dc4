"""``trygghetsdialog responses``: destroying what answers say, under a gallring decision."""

from datetime import datetime

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound, StorageUnavailable
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.dialogues.destruction import Destruction, destroy_content, plan_destruction
from webapp.commands.import_messages import file_message, printable
from webapp.extensions import db
from webapp.transactions import unit_of_work

EXIT_UNUSABLE = 2


@click.group("responses")
def responses_group() -> None:
    """Look after stored answers."""


@responses_group.command("destroy")
@click.option("--municipality", "slug", required=True, help="As in the address.")
@click.option("--decision", default="", help="The decision's number; else the one in the notice.")
@click.option("--before", type=click.DateTime(formats=["%Y-%m-%d"]), required=True)
@click.option("--yes", is_flag=True, help="Destroy. Without it, only say what would be destroyed.")
@with_appcontext
def destroy(slug: str, decision: str, before: datetime, yes: bool) -> None:
    """Destroy the content of answers given before the day BEFORE.

    Of withdrawn answers all content goes; of others the texts, while choices and places stay.
    Exit code 2: there is no decision, and nothing was changed.
    """
    try:
        _tell(_destroy(slug, decision, before, yes), yes)
    except NotFound:
        _refuse(file_message("municipality", {"slug": slug}))
    except InvalidInput:
        _refuse(
            _(
                "There is no gallring decision. Give its number with --decision, or write it in"
                " the municipality's information about personal data."
            )
        )
    except (OperationalError, ProgrammingError, StorageUnavailable):
        _refuse(file_message("storage", {}))


def _destroy(slug: str, decision: str, before: datetime, yes: bool) -> Destruction:
    if not yes:
        return _planned(db.session(), slug, decision, before)
    with unit_of_work() as session:
        municipality = get_municipality(session, slug)
        done = destroy_content(session, municipality, decision=decision, before=before.date())
    _empty_sqlite_log()
    return done


def _empty_sqlite_log() -> None:
    """Write SQLite's log into its file and empty it: what was destroyed is still in the log."""
    if db.engine.dialect.name == "sqlite":
        connection = db.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _planned(session: Session, slug: str, decision: str, before: datetime) -> Destruction:
    municipality = get_municipality(session, slug)
    return plan_destruction(session, municipality, decision=decision, before=before.date())


def _tell(destruction: Destruction, is_done: bool) -> None:
    shown = printable({"decision": destruction.decision, "day": destruction.before.isoformat()})
    click.echo(_("Decision: %(decision)s. Answers before %(day)s.", **shown))
    n_withdrawn, n_old = destruction.n_withdrawn, destruction.n_old
    click.echo(
        ngettext(
            "%(num)s withdrawn answer: all content",
            "%(num)s withdrawn answers: all content",
            n_withdrawn,
        )
    )
    click.echo(
        ngettext(
            "%(num)s other answer: its texts, not its choices and places",
            "%(num)s other answers: their texts, not their choices and places",
            n_old,
        )
    )
    click.echo(
        _("Destroyed.") if is_done else _("Nothing is destroyed yet. Add --yes to destroy it.")
    )


def _refuse(message: str) -> None:
    click.echo(message, err=True)
    raise SystemExit(EXIT_UNUSABLE)
