"""``trygghetsdialog mask``: the masked form of stored texts, without waiting for the worker."""

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import OperationalError, ProgrammingError

from surveys.errors import StorageUnavailable
from surveys.services.texts.masking import compute_masks, count_unmasked, list_unmasked, store_masks
from webapp.commands.import_messages import file_message
from webapp.extensions import db
from webapp.transactions import unit_of_work

EXIT_UNUSABLE = 2
TELL_EVERY = 5000  # texts, a few seconds' work


@click.group("mask")
def mask_group() -> None:
    """Look after the masked form of what residents write."""


@mask_group.command("texts")
@with_appcontext
def texts() -> None:
    """Mask every stored text that this version has not masked yet.

    The worker does the same by itself. Safe to stop and to run again.
    """
    try:
        _mask_all()
    except (OperationalError, ProgrammingError, StorageUnavailable) as error:
        click.echo(file_message("storage", {}), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error


def _mask_all() -> None:
    total, done = count_unmasked(db.session()), 0
    while batch := list_unmasked(db.session()):
        db.session().rollback()  # masking takes its time, and nobody has to wait for it
        masks = compute_masks(batch)
        with unit_of_work() as session:
            store_masks(session, batch, masks)
        done += len(batch)
        if done % TELL_EVERY == 0:
            progress = _("%(done)s of %(total)s texts masked", done=done, total=total)
            click.echo(progress, err=True)
    click.echo(ngettext("%(num)s text masked.", "%(num)s texts masked.", done))
