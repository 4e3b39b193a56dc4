"""What was done: log an occasion in seconds, take one back, write a report."""

from flask import render_template, url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.queries.activities import get_activity_context, get_occasion, list_activities
from surveys.queries.counters import occasion_view
from surveys.queries.promises import get_promise
from surveys.services.progress import log_occasion, remove_occasion, report_progress
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.formatters import date_long
from webapp.forms.progress import OccasionForm, RemovalForm, ReportForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.promises import ROOT as PROMISES
from webapp.views.staff.promises import back_to
from webapp.views.staff.saving import Answer, done, form_page, is_saved, own_party

ROOT = "/<slug:kommun>/handlaggning/tillfallen/"


@blueprint.get(ROOT)
@requires(Permission.LOG_PROGRESS)
def activities() -> str:
    """Everything that an occasion can be logged for."""
    rows = list_activities(db.session(), current_municipality())
    return render_template("staff/promises/activities.html", activities=rows)


@blueprint.route(f"{ROOT}aktivitet/<int:activity_id>", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def log_activity_occasion(activity_id: int) -> Answer:
    """Log one occasion. Its earlier occasions stand below the form."""
    municipality, role = current_municipality(), signed_in_account().title
    context = get_activity_context(db.session(), municipality, activity_id)
    form = OccasionForm(today(), has_condition=bool(context.conditions))
    if is_saved(
        form,
        lambda s: log_occasion(s, municipality, activity_id, form.draft(), role=role, now=now()),
    ):
        message = _("Saved: %(day)s.", day=date_long(form.held_on.data))
        return done("staff.log_activity_occasion", message, activity_id=activity_id)
    occasions = get_activity_context(db.session(), municipality, activity_id).occasions
    form.ask_again(same_day=any(o.held_on == form.held_on.data for o in occasions))
    return form_page(
        form,
        context.name,
        (url_for("staff.activities"), _("All activities")),
        above=_("Log an occasion"),
        context=context,
    )


@blueprint.route(f"{ROOT}<int:occasion_id>/ta-bort", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def remove_logged_occasion(occasion_id: int) -> Answer:
    """Take back an occasion that was logged by mistake, with the reason on the page."""
    municipality = current_municipality()
    occasion = get_occasion(db.session(), municipality, occasion_id)
    activity_id, day = occasion.activity_id, occasion_view(occasion).held_on
    name = occasion.activity.name
    author = (signed_in_account().title, own_party())
    form = RemovalForm()
    if is_saved(
        form,
        lambda s: remove_occasion(
            s, municipality, occasion_id, form.reason.data, author=author, now=now()
        ),
    ):
        message = _("The occasion is taken back.")
        return done("staff.log_activity_occasion", message, activity_id=activity_id)
    return form_page(
        form,
        _("Take back %(day)s", day=date_long(day)),
        (url_for("staff.log_activity_occasion", activity_id=activity_id), name),
        above=name,
        submit=_("Take back the occasion"),
    )


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
