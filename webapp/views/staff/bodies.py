"""Bodies: councils, groups and those who contribute, with the days on which they meet."""

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.models.body import Body, BodyKind
from surveys.permissions import Permission
from surveys.queries.municipalities.agreements import list_agreements
from surveys.queries.municipalities.bodies import get_body, list_active, list_bodies, view_body
from surveys.services.municipalities.bodies import (
    add_meetings,
    create_body,
    edit_body,
    end_body,
    remove_meeting,
)
from webapp.access import requires
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.bodies import BodyForm, EndForm, MeetingsForm, body_values
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved

ROOT = "/<slug:kommun>/handlaggning/organ/"
TAB = "law"


@blueprint.get(ROOT)
@requires(Permission.VIEW_STAFF)
def bodies() -> str:
    """All bodies and agreements, ended ones too."""
    session, here = db.session(), current_municipality()
    return render_template(
        "staff/bodies/list.html",
        bodies=list_bodies(session, here, today()),
        kinds=list(BodyKind),
        agreements=list_agreements(session, here),
        today=today(),
    )


@blueprint.route(f"{ROOT}nytt", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_body() -> Answer:
    """Keep a body."""
    here, made = current_municipality(), []
    form = BodyForm(_bodies(), data={"kind": BodyKind.WORKING.value, "is_public": True})
    if is_saved(form, lambda s: made.append(create_body(s, here, form.draft(), now=now()).id)):
        return done("staff.body", _("Saved."), body_id=made[0])
    return form_page(form, _("Add a body"), _back_to_list(), tab=TAB)


@blueprint.get(f"{ROOT}<int:body_id>")
@requires(Permission.VIEW_STAFF)
def body(body_id: int) -> str:
    """One body with its meetings."""
    view = view_body(db.session(), current_municipality(), body_id, today())
    return render_template("staff/bodies/body.html", body=view, today=today())


@blueprint.route(f"{ROOT}<int:body_id>/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_body_words(body_id: int) -> Answer:
    """Change what is said of a body."""
    here, found = current_municipality(), _body(body_id)
    others = [other for other in _bodies() if other.id != body_id]
    form = BodyForm(others, data=body_values(found))
    if is_saved(form, lambda s: edit_body(s, here, body_id, form.draft())):
        return done("staff.body", _("Saved."), body_id=body_id)
    return form_page(form, _("Change the body"), _back_to(found), tab=TAB)


@blueprint.route(f"{ROOT}<int:body_id>/upphort", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def end_body_on(body_id: int) -> Answer:
    """Say that a body has ended. It is kept."""
    here, found = current_municipality(), _body(body_id)
    form = EndForm(data={"ended_on": found.ended_on or today()})
    if is_saved(form, lambda s: end_body(s, here, body_id, form.ended_on.data)):
        return done("staff.body", _("Saved."), body_id=body_id)
    lead = _("The body and its meetings are kept, since plans and pictures name it.")
    return form_page(form, _("The body has ended"), _back_to(found), tab=TAB, lead=lead)


@blueprint.route(f"{ROOT}<int:body_id>/moten/nya", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_meetings(body_id: int) -> Answer:
    """Keep days on which the body meets."""
    here, found, form = current_municipality(), _body(body_id), MeetingsForm()

    def save(session: Session) -> None:
        add_meetings(session, here, body_id, form.drafts())

    if is_saved(form, save):
        return done("staff.body", _("The meetings are saved."), body_id=body_id)
    return form_page(form, _("Add meetings"), _back_to(found), tab=TAB)


@blueprint.post(f"{ROOT}<int:body_id>/moten/<int:meeting_id>/ta-bort")
@requires(Permission.WRITE_PLAN)
def remove_body_meeting(body_id: int, meeting_id: int) -> Response:
    """Take a day away."""
    here = current_municipality()
    with unit_of_work() as session:
        remove_meeting(session, here, body_id, meeting_id)
    return done("staff.body", _("The meeting is taken away."), body_id=body_id)


def _body(body_id: int) -> Body:
    return get_body(db.session(), current_municipality(), body_id)


def _bodies() -> tuple[Body, ...]:
    return list_active(db.session(), current_municipality(), today())


def _back_to_list() -> tuple[str, str]:
    return url_for("staff.bodies"), _("Bodies and agreements")


def _back_to(found: Body) -> tuple[str, str]:
    return url_for("staff.body", body_id=found.id), found.name
