"""The points of a promise, who signs it, and when they did."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.activities import list_activities
from surveys.queries.promises import get_promise
from surveys.services.promise_points import (
    add_point,
    choose_activities,
    edit_point,
    find_point,
    remove_point,
)
from surveys.services.promise_signatures import (
    add_signatory,
    find_signatory,
    remove_signatory,
    sign_promise,
)
from webapp.access import requires
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.promises import (
    ActivitiesForm,
    PointForm,
    SignatoryForm,
    SignatureForm,
    point_values,
)
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.promises import ROOT, back_to
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.route(f"{ROOT}<slug:slug>/punkter/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def new_point(slug: str) -> Answer:
    """Add a point."""
    found, municipality = _promise(slug), current_municipality()
    form = PointForm(_activity_choices(), data=point_values(None))
    if is_saved(form, lambda s: add_point(s, municipality, slug, form.draft(), now=now())):
        return done("staff.promise", _("The point is saved."), slug=slug)
    return form_page(form, _("Add a point"), back_to(found))


@blueprint.route(f"{ROOT}<slug:slug>/punkter/<int:point_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def edit_promise_point(slug: str, point_id: int) -> Answer:
    """Change a point."""
    found, municipality = _promise(slug), current_municipality()
    form = PointForm(_activity_choices(), data=point_values(find_point(found, point_id)))

    if is_saved(
        form, lambda s: edit_point(s, municipality, slug, point_id, form.draft(), now=now())
    ):
        return done("staff.promise", _("The point is saved."), slug=slug)
    return form_page(form, _("Change the point"), back_to(found))


@blueprint.post(f"{ROOT}<slug:slug>/punkter/<int:point_id>/ta-bort")
@requires(Permission.WRITE_PROMISE)
def remove_promise_point(slug: str, point_id: int) -> Response:
    """Take a point out of a draft."""
    municipality = current_municipality()
    with unit_of_work() as session:
        remove_point(session, municipality, slug, point_id)
    return done("staff.promise", _("The point is taken out."), slug=slug)


@blueprint.route(f"{ROOT}<slug:slug>/punkter/<int:point_id>/aktiviteter", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def choose_point_activities(slug: str, point_id: int) -> Answer:
    """Choose what a point counts, also once the promise is published."""
    found, municipality = _promise(slug), current_municipality()
    point = find_point(found, point_id)
    form = ActivitiesForm(data={"activities": [str(a.id) for a in point.activities]})
    form.activities.choices = [(str(id_), name) for id_, name in _activity_choices()]
    if is_saved(
        form,
        lambda s: choose_activities(s, municipality, slug, point_id, form.activities.ids),
    ):
        return done("staff.promise", _("Saved."), slug=slug)
    return form_page(form, _("Activities that are counted"), back_to(found), above=point.title)


@blueprint.route(f"{ROOT}<slug:slug>/undertecknare/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def new_signatory(slug: str) -> Answer:
    """Name a role that is to sign."""
    found, municipality = _promise(slug), current_municipality()
    form = SignatoryForm([p.municipality for p in found.parties], found.police_area.name)
    if is_saved(form, lambda s: add_signatory(s, municipality, slug, form.draft())):
        return done("staff.promise", _("Saved."), slug=slug)
    return form_page(form, _("Who signs"), back_to(found))


@blueprint.route(f"{ROOT}<slug:slug>/undertecknare/<int:signatory_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def sign(slug: str, signatory_id: int) -> Answer:
    """Record where and when a role signed."""
    found, municipality = _promise(slug), current_municipality()
    signatory = find_signatory(found, signatory_id)
    form = SignatureForm(obj=signatory)

    def record(session: Session) -> None:
        signature = (form.place.data, form.signed_on.data)
        sign_promise(session, municipality, slug, signatory_id, signature, today=today())

    if is_saved(form, record):
        return done("staff.promise", _("The signing is recorded."), slug=slug)
    return form_page(
        form,
        _("Record the signing"),
        back_to(found),
        above=signatory.title,
        lead=_("The signing itself is done on the document. Here you only record it."),
    )


@blueprint.post(f"{ROOT}<slug:slug>/undertecknare/<int:signatory_id>/ta-bort")
@requires(Permission.WRITE_PROMISE)
def remove_promise_signatory(slug: str, signatory_id: int) -> Response:
    """Take a role off a draft."""
    municipality = current_municipality()
    with unit_of_work() as session:
        remove_signatory(session, municipality, slug, signatory_id)
    return done("staff.promise", _("The role is taken off."), slug=slug)


def _promise(slug: str) -> Promise:
    return get_promise(db.session(), current_municipality(), slug)


def _activity_choices() -> list[tuple[int, str]]:
    rows = list_activities(db.session(), current_municipality())
    return [(row.id, f"{row.name} ({', '.join(row.counted_in)})") for row in rows]
