"""Evidence: the list, a source that somebody else has made, and freezing one's own figures."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.permissions import Permission
from surveys.queries.evidence.evidence import get_checks, list_evidence
from surveys.queries.figures.figures import HOTSPOT_PREFIX
from surveys.services.evidence.evidence import FigureAddress, freeze_source
from surveys.services.evidence.evidence import freeze_figure as freeze
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.evidence import SourceForm
from webapp.navigation import may_open
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.words.figure import figure_words
from webapp.words.rules import put_on_form, rule_text


@blueprint.get("/<slug:kommun>/handlaggning/underlag/")
@requires(Permission.READ_RESULTS)
def evidence_list() -> str:
    """All frozen evidence, the latest first."""
    session, here = db.session(), current_municipality()
    return render_template(
        "staff/evidence/list.html",
        listed=list_evidence(session, here),
        checks=get_checks(session, here),
    )


@blueprint.route("/<slug:kommun>/handlaggning/underlag/ny-kalla", methods=["GET", "POST"])
@requires(Permission.WRITE_EVIDENCE)
def add_source() -> ResponseReturnValue:
    """Freeze an external source as it is reported here."""
    form = SourceForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                evidence_id = freeze_source(
                    session,
                    current_municipality(),
                    form.draft(),
                    by=signed_in_account().title,
                    now=now(),
                ).id
            return redirect(url_for("staff.evidence_list", _anchor=f"underlag-{evidence_id}"), 303)
        except InvalidInput as refused:
            put_on_form(form, refused)
    page = render_template("staff/evidence/source.html", form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/underlag")
@requires(Permission.WRITE_EVIDENCE)
def freeze_figure(slug: str) -> Response:
    """Freeze the figure that the form names, and go back to the page that showed it."""
    figure = request.form.get("figure", "")[:40]
    here = current_municipality()
    try:
        with unit_of_work() as session:
            title = freeze(
                session,
                here,
                FigureAddress(slug, figure),
                figure_words(here),
                by=signed_in_account().title,
                now=now(),
            ).title
        flash(_("Saved as evidence: %(title)s", title=title))
    except InvalidInput as refused:
        flash(rule_text(refused.code), "warning")
    shown_on = "staff.hotspot_map" if figure.startswith(HOTSPOT_PREFIX) else "staff.results"
    back = url_for(shown_on, slug=slug) if may_open(shown_on) else url_for("staff.evidence_list")
    return redirect(back, 303)
