"""What Act 2023:196 asks for, how each duty stands, and the two things that are written here."""

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.permissions import Permission
from surveys.queries.plans.statutory import list_legal_duties
from surveys.services.plans.statutory import record_council_report, save_statutory_months
from webapp.access import requires
from webapp.clock import today
from webapp.extensions import db
from webapp.forms.law import CouncilReportForm, LawMonthsForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved

ROOT = "/<slug:kommun>/handlaggning/lagens-krav/"
TAB = "law"


@blueprint.get(ROOT)
@requires(Permission.VIEW_STAFF)
def law() -> str:
    """Every duty with its paragraph, state, day, and what shows it."""
    here = current_municipality()
    duties = list_legal_duties(db.session(), here, today())
    return render_template(
        "staff/law.html", duties=duties, months=here.statutory_months, today=today()
    )


@blueprint.route(f"{ROOT}tider", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def law_months() -> Answer:
    """How often the picture is updated and the plan followed up."""
    here = current_municipality()
    form = LawMonthsForm(data={"months": here.statutory_months})

    def save(session: Session) -> None:
        save_statutory_months(session, here, form.months.data)

    if is_saved(form, save):
        return done("staff.law", _("Saved."))
    return form_page(form, _("How often the picture and the plan are seen to"), _back(), tab=TAB)


@blueprint.route(f"{ROOT}rapport", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def law_report() -> Answer:
    """Record a report to fullmäktige."""
    here = current_municipality()
    form = CouncilReportForm(obj=here) if here.reported_on else CouncilReportForm()

    def save(session: Session) -> None:
        on, dnr = form.reported_on.data, form.reported_dnr.data
        record_council_report(session, here, on, dnr, today=today())

    if is_saved(form, save):
        return done("staff.law", _("Saved."))
    return form_page(form, _("Reported to the municipal council"), _back(), tab=TAB)


def _back() -> tuple[str, str]:
    return url_for("staff.law"), _("What the law asks for")
