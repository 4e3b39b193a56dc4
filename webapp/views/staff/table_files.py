"""The filtered table as a file, and frozen as evidence: the table that the address asks for."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from surveys.errors import InvalidInput
from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.figures.table_figures import TableQuery
from surveys.queries.results.crosstabs import make_crosstab
from surveys.services.evidence.table_evidence import freeze_comparison as freeze_rounds
from surveys.services.evidence.table_evidence import freeze_public_map as freeze_map
from surveys.services.evidence.table_evidence import freeze_table as freeze
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.exports.csv_files import write_csv
from webapp.exports.json_files import write_json
from webapp.exports.method import coding_notes, dialogue_notes, figure_notes
from webapp.exports.sheets import Book
from webapp.exports.table_books import table_book
from webapp.exports.workbooks import write_workbook
from webapp.extensions import db
from webapp.formatters import date_iso
from webapp.looks import log_looks, sees_rows
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.words.figure import figure_words
from webapp.words.filter import read_filters, read_group, read_measure, write_table
from webapp.words.rules import rule_text
from webapp.words.table import is_of_themes

_TABLE = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/resultat/korstabell"
_WRITERS: dict[str, tuple[Callable[[Book], bytes], str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        write_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "json": (write_json, "application/json"),
}


@blueprint.get(_TABLE + ".<any(csv, xlsx, json):form>")
@requires(Permission.READ_RESULTS)
def table_file(slug: str, form: str) -> Answer:
    """The table as the page shows it to this account, with a note on method in the file."""
    here = current_municipality()
    dialogue = get_dialogue(db.session(), here, slug)
    query = _asked()
    if isinstance(query, InvalidInput):
        flash(rule_text(query.code), "warning")
        return redirect(url_for("staff.crosstab", slug=slug), 303)
    book, has_below = _book(dialogue, query)
    log_looks((dialogue,), has_below=has_below)
    write, kind = _WRITERS[form]
    sent = Response(write(book), content_type=kind)
    name = f"{here.slug}-{dialogue.slug}-{query.measure}-{date_iso(now())}.{form}"
    sent.headers["Content-Disposition"] = f"attachment; filename={name}"
    sent.headers["Cache-Control"] = "no-store"
    return sent


@blueprint.post(_TABLE + "/underlag")
@requires(Permission.WRITE_EVIDENCE)
def freeze_table(slug: str) -> Answer:
    """Freeze the table, or its chart, within the limits; go to its page."""
    here = current_municipality()
    query = _asked(is_chart=request.form.get("kind") == "chart")
    if isinstance(query, InvalidInput):
        flash(rule_text(query.code), "warning")
        return redirect(url_for("staff.crosstab", slug=slug), 303)
    role = signed_in_account().title
    try:
        with unit_of_work() as session:
            made = freeze(session, here, (slug, query), figure_words(here), by=role, now=now()).id
    except InvalidInput as refused:
        flash(rule_text(refused.code), "warning")
        asked = urlencode(write_table(query.measure, query.by, query.filters))
        return redirect(f"{url_for('staff.crosstab', slug=slug)}?{asked}", 303)
    flash(_("Saved as evidence. It stays as it is now."))
    return redirect(url_for("staff.evidence", evidence_id=made), 303)


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publik-karta/underlag")
@requires(Permission.WRITE_EVIDENCE)
def freeze_public_map(slug: str) -> Answer:
    """Freeze the map that readers see now."""
    here = current_municipality()
    role = signed_in_account().title
    with unit_of_work() as session:
        made = freeze_map(session, here, slug, figure_words(here), by=role, now=now()).id
    flash(_("Saved as evidence. It stays as it is now."))
    return redirect(url_for("staff.evidence", evidence_id=made), 303)


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/jamfor/underlag")
@requires(Permission.WRITE_EVIDENCE)
def freeze_comparison(slug: str) -> Answer:
    """Freeze one question of the two rounds that the form names."""
    here, other = current_municipality(), request.form.get("med", "")
    address = (slug, other, request.form.get("measure", ""))
    role = signed_in_account().title
    try:
        with unit_of_work() as session:
            made = freeze_rounds(session, here, address, figure_words(here), by=role, now=now()).id
    except InvalidInput as refused:
        flash(rule_text(refused.code), "warning")
        return redirect(url_for("staff.comparison", slug=slug, med=other), 303)
    flash(_("Saved as evidence. It stays as it is now."))
    return redirect(url_for("staff.evidence", evidence_id=made), 303)


def _asked(*, is_chart: bool = False) -> TableQuery | InvalidInput:
    """What the address, or the form, asks for; the refusal where it names nothing that exists."""
    words = request.values
    try:
        filters = read_filters(words)
    except InvalidInput as refused:
        return refused
    return TableQuery(read_measure(words), read_group(words), filters, is_chart)


def _book(dialogue: Dialogue, query: TableQuery) -> tuple[Book, bool]:
    session, here = db.session(), current_municipality()
    table = make_crosstab(
        session,
        here,
        dialogue,
        measure=query.measure,
        by=query.by,
        filters=query.filters,
        sees_rows=sees_rows(),
    )
    notes = (
        *dialogue_notes(session, here, dialogue, signed_in_account().title),
        *(coding_notes(session, here, dialogue) if is_of_themes(table) else ()),
        *figure_notes(here, dialogue, is_suppressed=table.is_suppressed),
    )
    return table_book(table, notes), table.has_below
