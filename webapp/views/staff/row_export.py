"""The pseudonymised set for the municipality's own statistician, as one archive."""

import random
from collections.abc import Iterator

from flask import Response, render_template, stream_with_context
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.response_rows import ResponseRow, list_response_ids, read_rows
from surveys.queries.texts.themes import list_themes
from surveys.services.dialogues.row_exports import log_row_export
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.exports.method import row_notes
from webapp.exports.row_archive import ArchivePlan, archive_chunks
from webapp.exports.row_codebook import codebook_sheet, has_values
from webapp.extensions import db
from webapp.forms.row_export import RowExportForm
from webapp.navigation import dialogue_tabs
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint

ROWS_A_READING = 1000


@blueprint.route("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/rader", methods=["GET", "POST"])
@requires(Permission.READ_ROWS)
def row_export(slug: str) -> ResponseReturnValue:
    """Ask what the rows are for; log it, and hand them out."""
    here = current_municipality()
    dialogue = get_dialogue(db.session(), here, slug)
    form = RowExportForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            log_row_export(
                session, here, dialogue, signed_in_account(), form.reason.data, now=now()
            )
        return _archive(here, dialogue, has_texts=form.has_texts.data)
    page = render_template(
        "staff/export/rows.html",
        form=form,
        dialogue=dialogue,
        n_rows=len(list_response_ids(db.session(), here, dialogue)),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )
    return page, 422 if form.is_submitted() else 200


def _archive(here: Municipality, dialogue: Dialogue, *, has_texts: bool) -> Response:
    session = db.session()
    themes = list_themes(session, here)
    plan = ArchivePlan(
        questions=tuple((q.code, has_values(q.kind)) for q in dialogue.questions),
        has_texts=has_texts,
        codebook=codebook_sheet(dialogue, themes, has_texts),
        notes=row_notes(session, here, dialogue, signed_in_account().title),
        written_on=swedish_day(now()),
    )
    chunks = archive_chunks(_batches(session, here, dialogue), plan)
    sent = Response(stream_with_context(chunks), mimetype="application/zip")
    name = f"{here.slug}-{dialogue.slug}-rader-{plan.written_on}.zip"
    sent.headers["Content-Disposition"] = f"attachment; filename={name}"
    sent.headers["Cache-Control"] = "no-store"
    return sent


def _batches(
    session: Session, here: Municipality, dialogue: Dialogue
) -> Iterator[list[ResponseRow]]:
    """All rows in an order drawn now: the stored order would be the same in two archives."""
    try:
        ids = list_response_ids(session, here, dialogue)
        random.SystemRandom().shuffle(ids)
        for start in range(0, len(ids), ROWS_A_READING):
            yield read_rows(session, here, dialogue, ids[start : start + ROWS_A_READING])
    finally:
        session.close()  # also where whoever asked has gone away half-way
