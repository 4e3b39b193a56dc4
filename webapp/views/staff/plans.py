"""Writing action plans: the plan, its areas and its activities."""

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.models.plan import ActionPlan, TargetPeriod
from surveys.permissions import Permission
from surveys.queries.plans import get_plan, get_plan_page, list_plans
from surveys.services.plan_activities import (
    add_activity,
    edit_activity,
    find_activity,
    remove_activity,
)
from surveys.services.plans import (
    add_area,
    create_plan,
    edit_area,
    edit_plan,
    find_area,
    publish_plan,
    withdraw_plan,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.plans import (
    PlanForm,
    PriorityAreaForm,
    activity_form,
    activity_values,
    plan_values,
)
from webapp.rules import rule_text
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved

ROOT = "/<slug:kommun>/handlaggning/handlingsplaner/"


@blueprint.get(ROOT)
@requires(Permission.VIEW_STAFF)
def plans() -> str:
    """All plans, drafts too."""
    return render_template(
        "staff/plans/list.html", plans=list_plans(db.session(), current_municipality())
    )


@blueprint.route(f"{ROOT}ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_plan() -> Answer:
    """Begin a plan."""
    municipality, form = current_municipality(), PlanForm()
    made: list[ActionPlan] = []
    if is_saved(form, lambda s: made.append(create_plan(s, municipality, form.draft(), now=now()))):
        return done("staff.plan", _("The plan is saved as a draft."), slug=made[0].slug)
    return form_page(
        form, _("Write an action plan"), (url_for("staff.plans"), _("All plans")), tab="plans"
    )


@blueprint.get(f"{ROOT}<slug:slug>")
@requires(Permission.VIEW_STAFF)
def plan(slug: str) -> str:
    """One plan with everything that can be done to it."""
    return _plan_page(slug)


@blueprint.route(f"{ROOT}<slug:slug>/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_words(slug: str) -> Answer:
    """Change the plan's head."""
    municipality, found = current_municipality(), _plan(slug)
    form = PlanForm(data=plan_values(found))
    if is_saved(form, lambda s: edit_plan(s, municipality, slug, form.draft())):
        return done("staff.plan", _("Saved."), slug=slug)
    return form_page(form, _("Change the plan"), _back_to(found), tab="plans")


@blueprint.route(f"{ROOT}<slug:slug>/omraden/nytt", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_plan_area(slug: str) -> Answer:
    """Add a prioritised area."""
    municipality, found, form = current_municipality(), _plan(slug), PriorityAreaForm()
    if is_saved(form, lambda s: add_area(s, municipality, slug, form.draft())):
        return done("staff.plan", _("The area is saved."), slug=slug)
    return form_page(form, _("Add an area"), _back_to(found), tab="plans")


@blueprint.route(f"{ROOT}<slug:slug>/omraden/<int:area_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_area(slug: str, area_id: int) -> Answer:
    """Change an area."""
    municipality, found = current_municipality(), _plan(slug)
    area = find_area(found, area_id)
    form = PriorityAreaForm(data={"name": area.name, "goals": "\n".join(area.goals)})
    if is_saved(form, lambda s: edit_area(s, municipality, slug, area_id, form.draft())):
        return done("staff.plan", _("The area is saved."), slug=slug)
    return form_page(form, _("Change the area"), _back_to(found), tab="plans")


@blueprint.route(f"{ROOT}<slug:slug>/aktiviteter/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_plan_activity(slug: str) -> Answer:
    """Add an activity."""
    municipality, found = current_municipality(), _plan(slug)
    form = activity_form(found.areas)(data={"per": TargetPeriod.YEAR.value})
    if is_saved(form, lambda s: add_activity(s, municipality, slug, form.draft(), now=now())):
        return done("staff.plan", _("The activity is saved."), slug=slug)
    lead = None if found.areas else _("The plan has no area yet. Add one first.")
    return form_page(form, _("Add an activity"), _back_to(found), tab="plans", lead=lead)


@blueprint.route(f"{ROOT}<slug:slug>/aktiviteter/<int:activity_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_activity(slug: str, activity_id: int) -> Answer:
    """Change an activity."""
    municipality, found = current_municipality(), _plan(slug)
    form = activity_form(found.areas)(data=activity_values(find_activity(found, activity_id)))
    if is_saved(form, lambda s: edit_activity(s, municipality, slug, activity_id, form.draft())):
        return done("staff.plan", _("The activity is saved."), slug=slug)
    removal = url_for("staff.remove_plan_activity", slug=slug, activity_id=activity_id)
    return form_page(
        form,
        _("Change the activity"),
        _back_to(found),
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
            remove_activity(session, municipality, slug, activity_id)
    except InvalidInput as error:
        return _plan_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.plan", _("The activity is taken out."), slug=slug)


@blueprint.post(f"{ROOT}<slug:slug>/publicera")
@requires(Permission.WRITE_PLAN)
def publish_action_plan(slug: str) -> Answer:
    """Make the plan public, with the role that did it."""
    municipality, role = current_municipality(), signed_in_account().title
    try:
        with unit_of_work() as session:
            publish_plan(session, municipality, slug, role=role, now=now())
    except InvalidInput as error:
        return _plan_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.plan", _("The plan is published."), slug=slug)


@blueprint.post(f"{ROOT}<slug:slug>/ta-tillbaka")
@requires(Permission.WRITE_PLAN)
def withdraw_action_plan(slug: str) -> Response:
    """Take the plan off the public pages."""
    municipality = current_municipality()
    with unit_of_work() as session:
        withdraw_plan(session, municipality, slug)
    message = _("The plan is a draft again and is no longer shown to readers.")
    return done("staff.plan", message, slug=slug)


def _plan(slug: str) -> ActionPlan:
    return get_plan(db.session(), current_municipality(), slug)


def _back_to(found: ActionPlan) -> tuple[str, str]:
    return url_for("staff.plan", slug=found.slug), found.title


def _plan_page(slug: str, error: str | None = None) -> str:
    page = get_plan_page(db.session(), current_municipality(), slug, today())
    return render_template(
        "staff/plans/plan.html",
        page=page,
        error=error,
        today=today(),
    )
