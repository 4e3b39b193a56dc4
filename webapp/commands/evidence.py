"""``trygghetsdialog evidence``: does every frozen row still say what it said?"""

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from surveys.queries.evidence.evidence_sums import Soundness, check_sums
from surveys.queries.municipalities.municipalities import list_municipalities
from webapp.commands.import_messages import file_message
from webapp.extensions import db

EXIT_ALTERED = 1
EXIT_UNUSABLE = 2


@click.group("evidence")
def evidence_group() -> None:
    """Look after frozen evidence."""


@evidence_group.command("verify")
@with_appcontext
def verify() -> None:
    """Compute every control sum again. Exit code 1 where a row has been changed."""
    try:
        altered = _count_altered()
    except (OperationalError, ProgrammingError) as error:
        click.echo(file_message("storage", {}), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error
    if altered:
        raise SystemExit(EXIT_ALTERED)


def _count_altered() -> int:
    """Tell of each municipality how many rows were looked at, and of each one that is altered."""
    total = 0
    for municipality in list_municipalities(db.session()):
        checked = check_sums(db.session(), municipality)
        altered = [row for row in checked if row.found is Soundness.ALTERED]
        for row in altered:
            words = _("%(slug)s: evidence %(id)s has been changed: %(title)s")
            click.echo(words % {"slug": municipality.slug, "id": row.id, "title": row.title})
        words = _("%(slug)s: %(n)s pieces of evidence looked at, %(altered)s changed")
        click.echo(words % {"slug": municipality.slug, "n": len(checked), "altered": len(altered)})
        total += len(altered)
    return total
