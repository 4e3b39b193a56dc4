"""Writing action plans: the list, the plan's head, and its way to readers."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput, PermissionDenied
from surveys.models.body import BodyKind
from surveys.models.party import Party
from surveys.models.plan import ActionPlan
from surveys.permissions import Permission
from surveys.queries.municipalities.agreements import list_agreement_choices
from surveys.queries.municipalities.bodies import list_active
from surveys.queries.plans.choices import list_picture_choices
from surveys.queries.plans.page import get_plan_page
from surveys.queries.plans.plans import get_plan, list_plans
from surveys.services.plans.plans import create_plan, edit_plan, record_plan_follow_up
from surveys.services.plans.publishing import publish_plan, withdraw_plan
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.edition_documents import ask_for_documents
from webapp.extensions import db
from webapp.forms.plan_head import plan_values
from webapp.forms.plans import PlanFollowUpForm, PlanForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.editorial import editorial_page
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved, own_party
from webapp.words.rules import rule_text

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
    municipality, form = current_municipality(), _form(data={"is_joint": True})
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
    return plan_page(slug)


@blueprint.route(f"{ROOT}<slug:slug>/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_words(slug: str) -> Answer:
    """Change the plan's head."""
    municipality, found = current_municipality(), find_plan(slug)
    form = _form(found, data=plan_values(found))

    def saved() -> FlaskForm:
        fresh = find_plan(slug)
        return _form(fresh, data=plan_values(fresh), formdata=None)

    if is_saved(form, lambda s: edit_plan(s, municipality, slug, form.draft(), now=now()), saved):
        return done("staff.plan", _("Saved."), slug=slug)
    return form_page(form, _("Change the plan"), back_to(found), tab="plans")


@blueprint.route(f"{ROOT}<slug:slug>/uppfoljning", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def follow_up_plan(slug: str) -> Answer:
    """Record that the whole plan has been followed up."""
    municipality, found = current_municipality(), find_plan(slug)
    form = PlanFollowUpForm(data={"on": today(), "text": found.followed_up_text})

    def save(session: Session) -> None:
        record_plan_follow_up(session, municipality, slug, form.draft(), now=now())

    if is_saved(form, save):
        return done("staff.plan", _("The follow-up is saved."), slug=slug)
    lead = _("The law asks for it at least every other year. It is shown on the public page.")
    return form_page(form, _("Follow up the whole plan"), back_to(found), tab="plans", lead=lead)


@blueprint.post(f"{ROOT}<slug:slug>/publicera")
@requires(Permission.WRITE_PLAN)
def publish_action_plan(slug: str) -> Answer:
    """Give readers the plan as it stands, with the role that did it."""
    _refuse_the_other_party(slug)
    municipality, role = current_municipality(), signed_in_account().title
    note = (request.form.get("change_note") or "").strip() or None
    try:
        with unit_of_work() as session:
            publish_plan(session, municipality, slug, role=role, now=now(), change_note=note)
    except InvalidInput as error:
        return plan_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    ask_for_documents(municipality)
    return done("staff.plan", _("The plan is published."), slug=slug)


@blueprint.post(f"{ROOT}<slug:slug>/ta-tillbaka")
@requires(Permission.WRITE_PLAN)
def withdraw_action_plan(slug: str) -> Response:
    """Take the plan off the public pages."""
    _refuse_the_other_party(slug)
    municipality = current_municipality()
    with unit_of_work() as session:
        withdraw_plan(session, municipality, slug)
    message = _("The plan is a draft again and is no longer shown to readers.")
    return done("staff.plan", message, slug=slug)


def _refuse_the_other_party(slug: str) -> None:
    """A plan that the municipality has alone is not the police's to publish or to take down."""
    if not find_plan(slug).is_joint and own_party() is Party.POLICE:
        raise PermissionDenied(slug)


def find_plan(slug: str) -> ActionPlan:
    """The municipality's plan at this address; raise NotFound."""
    return get_plan(db.session(), current_municipality(), slug)


def back_to(found: ActionPlan) -> tuple[str, str]:
    """The way back to the plan's page."""
    return url_for("staff.plan", slug=found.slug), found.title


def plan_page(slug: str, error: str | None = None) -> str:
    """The plan's page, with what was refused."""
    session, here = db.session(), current_municipality()
    return render_template(
        "staff/plans/plan.html",
        page=get_plan_page(session, here, slug, today()),
        editorial_of=editorial_page(get_plan(session, here, slug)),
        error=error,
        today=today(),
    )


def _form(plan: ActionPlan | None = None, **options: Any) -> PlanForm:
    session, here = db.session(), current_municipality()
    councils = list_active(session, here, today(), BodyKind.COUNCIL)
    return PlanForm(
        list_picture_choices(session, here, plan.picture_id if plan else None),
        list_agreement_choices(session, here),
        [(body.id, body.name) for body in councils],
        **options,
    )
