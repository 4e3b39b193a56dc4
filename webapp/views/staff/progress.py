"""Reports on promises: what has happened, and the status that it gives the reason for."""

from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.queries.promises.promises import get_promise
from surveys.services.progress.progress import report_progress
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.progress import ReportForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.promises import ROOT as PROMISES
from webapp.views.staff.promises import back_to
from webapp.views.staff.saving import Answer, done, form_page, is_saved, own_party


@blueprint.route(f"{PROMISES}<slug:slug>/rapport", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def report(slug: str) -> Answer:
    """Write a report on a promise."""
    municipality, role, party = current_municipality(), signed_in_account().title, own_party()
    found = get_promise(db.session(), municipality, slug)
    form = ReportForm(found.points, today())
    if is_saved(
        form,
        lambda s: report_progress(s, municipality, slug, form.draft(party), role=role, now=now()),
    ):
        return done("staff.promise", _("The report is saved."), slug=slug)
    return form_page(
        form,
        _("Write a report"),
        back_to(found),
        lead=_("It is shown with your role, %(role)s, and never with your name.", role=role),
    )
