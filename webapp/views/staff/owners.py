"""Owners: the roles that answer for something, and handing over when one leaves."""

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.models.owner import Owner
from surveys.permissions import Permission
from surveys.queries.progress.owners import get_owner, list_owner_choices, list_owners
from surveys.services.progress.owners import add_owner, come_back, edit_owner, leave
from webapp.access import requires
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.owners import LeavingForm, OwnerForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved

ROOT = "/<slug:kommun>/handlaggning/ansvariga/"


@blueprint.get(ROOT)
@requires(Permission.VIEW_STAFF)
def owners() -> str:
    """Everybody who answers for something, and what is left with those who have gone."""
    rows = list_owners(db.session(), current_municipality(), today())
    return render_template("staff/owners/list.html", owners=rows, today=today())


@blueprint.route(f"{ROOT}ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_owner() -> Answer:
    """Add a role or a unit."""
    municipality, form = current_municipality(), OwnerForm()
    if is_saved(form, lambda s: add_owner(s, municipality, form.draft(), now=now())):
        return done("staff.owners", _("Saved."))
    return form_page(form, _("Add a role or a unit"), _back(), tab="plans")


@blueprint.route(f"{ROOT}<int:owner_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_one_owner(owner_id: int) -> Answer:
    """Change title, party or address."""
    municipality, owner = current_municipality(), _owner(owner_id)
    form = OwnerForm(owner)
    if is_saved(form, lambda s: edit_owner(s, municipality, owner_id, form.draft())):
        return done("staff.owners", _("Saved."))
    return form_page(form, owner.title, _back(), tab="plans")


@blueprint.route(f"{ROOT}<int:owner_id>/slutar", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def owner_leaves(owner_id: int) -> Answer:
    """Say that an owner leaves, and hand over everything in one step."""
    municipality, owner, day = current_municipality(), _owner(owner_id), today()
    choices = list_owner_choices(db.session(), municipality, day)
    heirs = [(id_, title) for id_, title in choices if id_ != owner_id]
    form, moved = LeavingForm(day, heirs, owner.left_on), list[int]()
    if is_saved(
        form, lambda s: moved.append(leave(s, municipality, owner_id, form.draft(), today=day))
    ):
        return done("staff.owners", _left_words(moved[0]))
    return form_page(
        form,
        _("%(who)s leaves", who=owner.title),
        _back(),
        tab="plans",
        lead=_("What nobody takes over is listed for the coordinator, who is reminded of it."),
    )


@blueprint.post(f"{ROOT}<int:owner_id>/tillbaka")
@requires(Permission.WRITE_PLAN)
def owner_comes_back(owner_id: int) -> Answer:
    """Take back that an owner has left."""
    municipality = current_municipality()
    with unit_of_work() as session:
        come_back(session, municipality, owner_id)
    return done("staff.owners", _("Saved."))


def _owner(owner_id: int) -> Owner:
    return get_owner(db.session(), current_municipality(), owner_id)


def _back() -> tuple[str, str]:
    return url_for("staff.owners"), _("Who answers for what")


def _left_words(n: int) -> str:
    if not n:
        return _("Saved.")
    return ngettext("%(num)s thing is handed over.", "%(num)s things are handed over.", n)
