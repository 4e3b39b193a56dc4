"""The codebook as a file: taken out, and taken in whole or not at all."""

import csv
import io

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.queries.texts.themes import list_themes
from surveys.services.texts.codebook_files import (
    FILE_COLUMNS,
    REQUIRED_COLUMN,
    CodebookRefused,
    import_codebook,
)
from surveys.text.csv_table import UnusableFile, read_table
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.commands.import_messages import file_message, row_message
from webapp.exports.csv_files import neutral
from webapp.extensions import db
from webapp.forms.codebook import CodebookFileForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.codebook import ROOT, begin_codebook
from webapp.views.staff.saving import SEE_OTHER, UNPROCESSABLE, Answer

MAX_FAULTS = 50


@blueprint.get(f"{ROOT}.csv")
@requires(Permission.READ_RESULTS)
def codebook_file() -> Response:
    """The themes in use, in the form that can be taken in again."""
    begin_codebook()
    municipality = current_municipality()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FILE_COLUMNS)
    for theme in list_themes(db.session(), municipality):
        words = (theme.title(), theme.definition, theme.counts, theme.does_not_count)
        cells = [neutral(word) for word in words]
        writer.writerow([theme.code, *cells, theme.parent.code if theme.parent else ""])
    # With a byte order mark: without one Excel reads å, ä and ö as something else.
    response = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    name = f"kodbok-{municipality.slug}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.route(f"{ROOT}/fil", methods=["GET", "POST"])
@requires(Permission.WRITE_CODEBOOK)
def upload_codebook() -> Answer:
    """Take a file in. A file with a fault changes nothing, and every fault is told by its line."""
    form, faults = CodebookFileForm(), []
    if form.validate_on_submit():
        try:
            table = read_table(form.file.data.read(), REQUIRED_COLUMN)
            with unit_of_work() as session:
                report = import_codebook(
                    session,
                    current_municipality(),
                    table,
                    by=signed_in_account().title,
                    now=now(),
                )
        except UnusableFile as error:
            form.file.errors = [file_message(error.code, error.values)]
        except CodebookRefused as error:
            form.file.errors = [
                _("Nothing was taken in. Put the lines below right, and try again.")
            ]
            faults = [(f.line, row_message(f.code, f.values)) for f in error.faults[:MAX_FAULTS]]
        else:
            told = {"created": report.created, "changed": report.changed, "same": report.same}
            flash(
                _(
                    "The file is in: %(created)s new, %(changed)s changed, %(same)s as before.",
                    **told,
                )
            )
            return redirect(url_for("staff.codebook"), SEE_OTHER)
    page = render_template("staff/codebook/file.html", form=form, faults=faults)
    return (page, UNPROCESSABLE) if form.is_submitted() else page
