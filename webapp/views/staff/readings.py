"""Said back for confirmation: how each text about time in a plan is read."""

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.permissions import Permission
from surveys.queries.plans.plans import get_plan
from surveys.queries.plans.readings import list_plan_readings
from surveys.services.plans.readings import confirm_plan_readings
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done

TIMES = "/<slug:kommun>/handlaggning/handlingsplaner/<slug:slug>/tider"
ALL = "all"


@blueprint.get(TIMES)
@requires(Permission.WRITE_PLAN)
def plan_times(slug: str) -> str:
    """How each When and each follow-up of the plan is read."""
    return _page(slug)


@blueprint.post(TIMES)
@requires(Permission.WRITE_PLAN)
def confirm_plan_times(slug: str) -> Answer:
    """Keep the readings that somebody says are right."""
    municipality = current_municipality()
    keys = None if request.form.get("which") == ALL else frozenset(request.form.getlist("key"))
    if keys is not None and not keys:
        return _page(slug, _("Say which of the readings are right.")), UNPROCESSABLE
    with unit_of_work() as session:
        n = confirm_plan_readings(session, municipality, slug, keys, now=now())
    kept = ngettext("%(num)s reading is kept.", "%(num)s readings are kept.", n)
    return done("staff.plan_times", kept, slug=slug)


def _page(slug: str, error: str | None = None) -> str:
    plan = get_plan(db.session(), current_municipality(), slug)
    readings = list_plan_readings(plan)
    return render_template(
        "staff/readings.html",
        readings=sorted(readings, key=lambda reading: not reading.waits),
        to_confirm=[reading for reading in readings if reading.waits],
        slug=slug,
        back_href=url_for("staff.plan", slug=slug),
        back_text=plan.title,
        error=error,
    )
