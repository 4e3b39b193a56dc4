"""One piece of evidence: what it says, how it was asked for, and what the same gives today."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.models.evidence import EvidenceState
from surveys.permissions import Permission
from surveys.queries.evidence.evidence import EvidencePage, get_evidence, get_evidence_row
from surveys.queries.evidence.evidence_today import ask_again
from surveys.services.evidence.clearances import clear_evidence as clear
from surveys.services.evidence.evidence import freeze_again as freeze
from surveys.services.evidence.evidence_checks import check_now
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.evidence import ClearanceForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.words.evidence import frozen_rounds, frozen_table, frozen_view, query_rows, version_rows
from webapp.words.figure import figure_words
from webapp.words.rules import rule_text

_EVIDENCE = "/<slug:kommun>/handlaggning/underlag/<int:evidence_id>"


@blueprint.get(_EVIDENCE)
@requires(Permission.READ_RESULTS)
def evidence(evidence_id: int) -> str:
    """All that was frozen, where it is cited, and whether the data still say the same."""
    page = get_evidence(db.session(), current_municipality(), evidence_id)
    return render_template(
        "staff/evidence/evidence.html",
        page=page,
        table=frozen_table(page),
        view=frozen_view(page),
        rounds=frozen_rounds(page),
        query=query_rows(page),
        versions=version_rows(page),
        today=_statement_today(page),
    )


@blueprint.post(_EVIDENCE + "/prova")
@requires(Permission.READ_RESULTS)
def check_evidence(evidence_id: int) -> Response:
    """Ask the same question again now, and note what it gives."""
    with unit_of_work() as session:
        check = check_now(session, current_municipality(), evidence_id, now=now())
        found = None if check is None else check.state
    if found is None:
        flash(_("This comes from outside and cannot be looked up here."), "warning")
    elif found is EvidenceState.CURRENT:
        flash(_("Looked up now: the data say the same."))
    else:
        flash(_("Looked up now: the data do not say the same any more."), "warning")
    return redirect(url_for("staff.evidence", evidence_id=evidence_id), 303)


@blueprint.post(_EVIDENCE + "/spara-igen")
@requires(Permission.WRITE_EVIDENCE)
def freeze_again(evidence_id: int) -> Response:
    """Freeze what the same question gives today, beside the old evidence."""
    here = current_municipality()
    role = signed_in_account().title
    try:
        with unit_of_work() as session:
            made = freeze(session, here, evidence_id, figure_words(here), by=role, now=now()).id
    except InvalidInput as refused:
        flash(rule_text(refused.code), "warning")
        made = evidence_id
    else:
        flash(_("Saved beside the old one, which stays as it was."))
    return redirect(url_for("staff.evidence", evidence_id=made), 303)


@blueprint.route(_EVIDENCE + "/frislapp", methods=["GET", "POST"])
@requires(Permission.APPROVE)
def clear_evidence(evidence_id: int) -> Answer:
    """Record that a figure of a closed source may be published."""
    here, form = current_municipality(), ClearanceForm()
    row = get_evidence_row(db.session(), here, evidence_id)
    role = signed_in_account().title

    def write(session: Session) -> None:
        decision = str(form.decision.data)
        clear(session, here, evidence_id, decision, by=role, now=now())

    if is_saved(form, write):
        return done("staff.evidence", _("The figure may be published."), evidence_id=evidence_id)
    back = (url_for("staff.evidence", evidence_id=evidence_id), row.title)
    return form_page(form, _("Record that it is cleared"), back, tab="evidence")


def _statement_today(page: EvidencePage) -> str | None:
    """What the same gives now, in words, where it is known to have changed."""
    if page.check is None or page.check.state is not EvidenceState.CHANGED:
        return None
    session, here = db.session(), current_municipality()
    found = ask_again(session, here, get_evidence_row(session, here, page.evidence.id))
    if found is None or found.figure is None:
        return None
    return figure_words(here)(found.figure).statement
