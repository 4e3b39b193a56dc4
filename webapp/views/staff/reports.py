"""Reports: to the steering group, to the municipal council, and counts for another plan."""

from flask import Response, render_template, request
from flask_babel import gettext as _

from surveys.errors import NotFound
from surveys.permissions import Permission
from surveys.queries.consistency.check import list_findings
from surveys.queries.editions.edition_files import DOCX, PDF, look_of
from surveys.queries.plans.council_report import (
    count_for_other_plan,
    get_council_report,
    list_other_plans,
    list_report_years,
)
from surveys.queries.plans.statutory import list_legal_duties
from surveys.queries.progress.steering import get_steering_report
from webapp.access import requires
from webapp.cards import font_folder
from webapp.clock import today
from webapp.documents.council_document import council_document, duty_rows
from webapp.documents.document_parts import in_swedish
from webapp.documents.document_pdf import pages_of
from webapp.documents.other_plan_document import other_plan_csv, other_plan_document
from webapp.documents.steering_document import finding_lines, steering_document
from webapp.edition_documents import counted_file
from webapp.extensions import db
from webapp.formatters import date_iso
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint

ROOT = "/<slug:kommun>/handlaggning/rapporter/"
_CSV = "csv"
_MOST_YEARS = 4  # columns that a page has room for


@blueprint.get(ROOT)
@requires(Permission.VIEW_STAFF)
def reports() -> str:
    """Which reports there are, and of which years."""
    session, here = db.session(), current_municipality()
    return render_template(
        "staff/reports.html",
        years=list_report_years(session, here, today()),
        other_plans=list_other_plans(session, here),
    )


@blueprint.get(f"{ROOT}styrgrupp.pdf", defaults={"form": PDF})
@blueprint.get(f"{ROOT}styrgrupp.docx", defaults={"form": DOCX})
@requires(Permission.VIEW_STAFF)
def steering_report(form: str) -> Response:
    """How all running promises stand, on two pages at most."""
    session, here = db.session(), current_municipality()
    report = get_steering_report(session, here, today())
    with in_swedish():
        findings = finding_lines(list_findings(session, here, today()))
        document = steering_document(report, look_of(here), findings, pages_of, font_folder())
        name = f"{here.slug}-styrgrupp-{date_iso(today())}"
        return counted_file(document, form, name, public=False)


@blueprint.get(f"{ROOT}fullmaktige-<int:year>.pdf", defaults={"form": PDF})
@blueprint.get(f"{ROOT}fullmaktige-<int:year>.docx", defaults={"form": DOCX})
@requires(Permission.VIEW_STAFF)
def council_report(year: int, form: str) -> Response:
    """A year's work, for kommunfullmäktige."""
    session, here = db.session(), current_municipality()
    if year not in list_report_years(session, here, today()):
        raise NotFound(str(year))
    report = get_council_report(session, here, year, today())
    with in_swedish():
        duties = duty_rows(list_legal_duties(session, here, today()))
        document = council_document(report, look_of(here), duties)
        name = f"{here.slug}-fullmaktige-{year}"
        return counted_file(document, form, name, public=False)


@blueprint.get(f"{ROOT}antal-aktiviteter.docx", defaults={"form": DOCX})
@blueprint.get(f"{ROOT}antal-aktiviteter.csv", defaults={"form": _CSV})
@requires(Permission.VIEW_STAFF)
def other_plan_report(form: str) -> Response:
    """How many times activities were carried out, for the plan that ``plan`` names."""
    session, here = db.session(), current_municipality()
    plans = list_other_plans(session, here)
    asked = request.args.get("plan", plans[0] if plans else "")
    years = tuple(reversed(list_report_years(session, here, today())[:_MOST_YEARS]))
    rows = count_for_other_plan(session, here, asked, years)
    name = f"{here.slug}-antal-aktiviteter"
    with in_swedish():
        if form == _CSV:
            sent = Response(other_plan_csv(rows, years), content_type="text/csv; charset=utf-8")
            sent.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
            sent.headers["Cache-Control"] = "private, no-cache"
            return sent
        title = asked or _("another plan")
        document = other_plan_document(rows, years, title, look_of(here), today())
        return counted_file(document, form, name, public=False)
