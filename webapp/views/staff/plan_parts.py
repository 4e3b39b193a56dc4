"""Writing the areas and the activities of an action plan."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.models.plan import ActionPlan, PriorityArea, TargetPeriod
from surveys.permissions import Permission
from surveys.queries.municipalities.bodies import list_active
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.plans.readings import list_plan_readings
from surveys.services.plans.activities import (
    add_activity,
    edit_activity,
    find_activity,
    remove_activity,
)
from surveys.services.plans.plans import add_area, edit_area, find_area, remove_area
from webapp.access import requires
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.plans import (
    ActivityForm,
    PriorityAreaForm,
    activity_form,
    activity_values,
    area_values,
)
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.plans import ROOT, back_to, find_plan, plan_page
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved
from webapp.words.rules import rule_text


@blueprint.route(f"{ROOT}<slug:slug>/omraden/nytt", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_plan_area(slug: str) -> Answer:
    """Add a prioritised area."""
    municipality, found = current_municipality(), find_plan(slug)
    form = PriorityAreaForm(data={"revision": found.revision})
    if is_saved(form, lambda s: add_area(s, municipality, slug, form.draft(), now=now())):
        return done("staff.plan", _("The area is saved."), slug=slug)
    return form_page(form, _("Add an area"), back_to(found), tab="plans")


@blueprint.route(f"{ROOT}<slug:slug>/omraden/<int:area_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_area(slug: str, area_id: int) -> Answer:
    """Change an area."""
    municipality, found = current_municipality(), find_plan(slug)
    form = PriorityAreaForm(data=area_values(found, find_area(found, area_id)))

    def save(session: Session) -> None:
        edit_area(session, municipality, slug, area_id, form.draft(), now=now())

    def saved() -> FlaskForm:
        fresh = find_plan(slug)
        values = area_values(fresh, find_area(fresh, area_id))
        return PriorityAreaForm(data=values, formdata=None)

    if is_saved(form, save, saved):
        return done("staff.plan", _("The area is saved."), slug=slug)
    removal = url_for("staff.remove_plan_area", slug=slug, area_id=area_id)
    return form_page(
        form,
        _("Change the area"),
        back_to(found),
        tab="plans",
        removal=(removal, _("Take the area out of the plan")),
    )


@blueprint.post(f"{ROOT}<slug:slug>/omraden/<int:area_id>/ta-bort")
@requires(Permission.WRITE_PLAN)
def remove_plan_area(slug: str, area_id: int) -> Answer:
    """Take out an area that no activity stands under."""
    municipality = current_municipality()
    try:
        with unit_of_work() as session:
            remove_area(session, municipality, slug, area_id, now=now())
    except InvalidInput as error:
        return plan_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.plan", _("The area is taken out."), slug=slug)


@blueprint.route(f"{ROOT}<slug:slug>/aktiviteter/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_plan_activity(slug: str) -> Answer:
    """Add an activity."""
    municipality, found = current_municipality(), find_plan(slug)
    form = _form(found.areas, data={"per": TargetPeriod.YEAR.value})
    if is_saved(form, lambda s: add_activity(s, municipality, slug, form.draft(), now=now())):
        return _told_how_it_is_read(slug)
    lead = None if found.areas else _("The plan has no area yet. Add one first.")
    return form_page(form, _("Add an activity"), back_to(found), tab="plans", lead=lead)


@blueprint.route(f"{ROOT}<slug:slug>/aktiviteter/<int:activity_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_activity(slug: str, activity_id: int) -> Answer:
    """Change an activity."""
    municipality, found = current_municipality(), find_plan(slug)
    form = _form(found.areas, data=_values(found, activity_id))

    def save(session: Session) -> None:
        edit_activity(session, municipality, slug, activity_id, form.draft(), now=now())

    def saved() -> FlaskForm:
        fresh = find_plan(slug)
        return _form(fresh.areas, data=_values(fresh, activity_id), formdata=None)

    if is_saved(form, save, saved):
        return _told_how_it_is_read(slug)
    removal = url_for("staff.remove_plan_activity", slug=slug, activity_id=activity_id)
    return form_page(
        form,
        _("Change the activity"),
        back_to(found),
        tab="plans",
        removal=(removal, _("Take the activity out of the plan")),
    )


@blueprint.post(f"{ROOT}<slug:slug>/aktiviteter/<int:activity_id>/ta-bort")
@requires(Permission.WRITE_PLAN)
def remove_plan_activity(slug: str, activity_id: int) -> Answer:
    """Take out an activity that has no occasions."""
    municipality = current_municipality()
    try:
        with unit_of_work() as session:
            remove_activity(session, municipality, slug, activity_id, now=now())
    except InvalidInput as error:
        return plan_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.plan", _("The activity is taken out."), slug=slug)


def _form(areas: Sequence[PriorityArea], **options: Any) -> ActivityForm:
    session, here = db.session(), current_municipality()
    bodies = list_active(session, here, today())
    places = [(place.id, place.name) for place in list_named_places(session, here)]
    return activity_form(areas, bodies, places)(**options)


def _values(found: ActionPlan, activity_id: int) -> dict[str, Any]:
    return activity_values(found, find_activity(found, activity_id))


def _told_how_it_is_read(slug: str) -> Response:
    """On to where each time is said back, as long as one of the plan's waits for a yes."""
    waits = any(reading.waits for reading in list_plan_readings(find_plan(slug)))
    endpoint = "staff.plan_times" if waits else "staff.plan"
    return done(endpoint, _("The activity is saved."), slug=slug)
