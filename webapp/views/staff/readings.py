"""Said back for confirmation: how each text about time in a plan or a promise is read."""

from collections.abc import Callable, Sequence

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.permissions import Permission
from surveys.queries.plans import get_plan
from surveys.queries.promises import get_promise
from surveys.queries.readings import Reading, Spoken, list_plan_readings, list_promise_readings
from surveys.services.readings import confirm_plan_readings, confirm_promise_readings
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.rules import rule_text
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done

PLAN = "/<slug:kommun>/handlaggning/handlingsplaner/<slug:slug>/tider"
PROMISE = "/<slug:kommun>/handlaggning/loften/<slug:slug>/tider"
ALL = "all"
Confirm = Callable[..., int]


@blueprint.get(PLAN)
@requires(Permission.WRITE_PLAN)
def plan_times(slug: str) -> str:
    """How each When and each follow-up of the plan is read."""
    return _plan_page(slug)


@blueprint.post(PLAN)
@requires(Permission.WRITE_PLAN)
def confirm_plan_times(slug: str) -> Answer:
    """Keep the readings that somebody says are right."""
    return _confirmed(confirm_plan_readings, slug, "staff.plan_times", _plan_page)


@blueprint.get(PROMISE)
@requires(Permission.WRITE_PROMISE)
def promise_times(slug: str) -> str:
    """How the times in each point of the promise are read."""
    return _promise_page(slug)


@blueprint.post(PROMISE)
@requires(Permission.WRITE_PROMISE)
def confirm_promise_times(slug: str) -> Answer:
    """Keep the readings that somebody says are right."""
    return _confirmed(confirm_promise_readings, slug, "staff.promise_times", _promise_page)


def _confirmed(
    confirm: Confirm, slug: str, endpoint: str, page: Callable[..., str]
) -> Response | tuple[str, int]:
    municipality = current_municipality()
    keys = None if request.form.get("which") == ALL else frozenset(request.form.getlist("key"))
    if keys is not None and not keys:
        error = _("Say which of the readings are right.")
        return page(slug, error), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            n = confirm(session, municipality, slug, keys, now=now())
    except InvalidInput as refused:
        return page(slug, rule_text(refused.code)), UNPROCESSABLE
    kept = ngettext("%(num)s reading is kept.", "%(num)s readings are kept.", n)
    return done(endpoint, kept, slug=slug)


def _plan_page(slug: str, error: str | None = None) -> str:
    plan = get_plan(db.session(), current_municipality(), slug)
    readings = list_plan_readings(plan)
    activity_of = {link.id: link.activity_id for area in plan.areas for link in area.links}

    def change_href(reading: Reading) -> str:
        is_when = reading.spoken is Spoken.WHEN
        activity_id = reading.id if is_when else activity_of[reading.id]
        return url_for("staff.edit_plan_activity", slug=slug, activity_id=activity_id)

    back = (url_for("staff.plan", slug=slug), plan.title)
    return _page(readings, change_href, back, "plans", error)


def _promise_page(slug: str, error: str | None = None) -> str:
    promise = get_promise(db.session(), current_municipality(), slug)
    readings = list_promise_readings(promise)

    def change_href(reading: Reading) -> str:
        if reading.spoken is Spoken.PROMISE:
            return url_for("staff.edit_promise_words", slug=slug)
        return url_for("staff.edit_promise_point", slug=slug, point_id=reading.id)

    back = (url_for("staff.promise", slug=slug), promise.title)
    return _page(readings, change_href, back, "promises", error)


def _page(
    readings: Sequence[Reading],
    change_href: Callable[[Reading], str],
    back: tuple[str, str],
    tab: str,
    error: str | None,
) -> str:
    return render_template(
        "staff/readings.html",
        readings=sorted(readings, key=lambda reading: not reading.waits),
        change_href=change_href,
        back_href=back[0],
        back_text=back[1],
        tab=tab,
        error=error,
        to_confirm=[reading for reading in readings if reading.waits],
    )
