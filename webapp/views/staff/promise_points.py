"""The points of a promise, and what they count."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.models.promise import Promise, PromisePoint
from surveys.permissions import Permission
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.progress.activities import list_activities
from surveys.queries.progress.owners import list_owner_choices
from surveys.queries.promises.drafts import point_draft
from surveys.queries.promises.promises import get_promise
from surveys.queries.promises.targets import due_day_of, read_words, target_of
from surveys.queries.promises.time import window_of
from surveys.services.promises.points import (
    PointAddress,
    add_point,
    choose_activities,
    edit_point,
    find_point,
    put_back_point,
    remove_point,
)
from webapp.access import requires
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.promise_points import ActivitiesForm, PointChoices, PointForm, point_values
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.promises import ROOT, back_to
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.views.staff.two_editors import Stored, open_form, save_or_compare
from webapp.words.schedule import reading_words


@blueprint.route(f"{ROOT}<slug:slug>/punkter/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def new_point(slug: str) -> Answer:
    """Add a point."""
    found, municipality = _promise(slug), current_municipality()
    form = PointForm(_choices(found, None), data=point_values(None))
    reading = _read_back(form, found)
    if reading is None and is_saved(
        form, lambda s: add_point(s, municipality, slug, form.draft(), now=now())
    ):
        return done("staff.promise", _("The point is saved."), slug=slug)
    return form_page(form, _("Add a point"), back_to(found), reading=reading)


@blueprint.route(f"{ROOT}<slug:slug>/punkter/<int:point_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def edit_promise_point(slug: str, point_id: int) -> Answer:
    """Change a point."""
    found, municipality = _promise(slug), current_municipality()
    point = find_point(found, point_id)
    form = _point_form(found, point)
    open_form(form, point_draft(point))
    reading = _read_back(form, found)

    def save(session: Session) -> None:
        address = PointAddress(slug, point_id, form.seen.data)
        edit_point(session, municipality, address, form.draft(), now=now())

    def stored() -> Stored:
        point = find_point(found, point_id)
        return Stored(point_draft(point), _point_form(found, point, formdata=None))

    if reading is None and save_or_compare(form, stored, save):
        return done("staff.promise", _("The point is saved."), slug=slug)
    return form_page(form, _("Change the point"), back_to(found), reading=reading)


@blueprint.post(f"{ROOT}<slug:slug>/punkter/<int:point_id>/ta-bort")
@requires(Permission.WRITE_PROMISE)
def remove_promise_point(slug: str, point_id: int) -> Response:
    """Take a point out. One that readers have had is ended and kept."""
    municipality = current_municipality()
    with unit_of_work() as session:
        remove_point(session, municipality, slug, point_id, today=today())
    return done("staff.promise", _("The point is taken out."), slug=slug)


@blueprint.post(f"{ROOT}<slug:slug>/punkter/<int:point_id>/lagg-tillbaka")
@requires(Permission.WRITE_PROMISE)
def put_back_promise_point(slug: str, point_id: int) -> Response:
    """Let a point that was taken out stand again."""
    municipality = current_municipality()
    with unit_of_work() as session:
        put_back_point(session, municipality, slug, point_id)
    return done("staff.promise", _("The point stands again."), slug=slug)


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


def _promise(slug: str) -> Promise:
    return get_promise(db.session(), current_municipality(), slug)


def _point_form(found: Promise, point: PromisePoint, **options: Any) -> PointForm:
    values = point_values(point_draft(point))
    return PointForm(_choices(found, point), data=values, **options)


def _choices(found: Promise, point: PromisePoint | None) -> PointChoices:
    session, municipality = db.session(), current_municipality()
    chosen = point.owner_id if point else None
    places = list_named_places(session, municipality)
    return PointChoices(
        activities=_activity_choices(),
        owners=list_owner_choices(session, municipality, today(), chosen),
        places=[(place.id, place.name) for place in places],
        claims=[(claim.id, claim.text) for claim in found.claims],
    )


def _read_back(form: PointForm, found: Promise) -> str | None:
    """What the words of the target were read as, where nobody has seen the reading yet."""
    if not form.is_submitted() or form.is_read_back or not form.validate():
        return None
    window = window_of(found)
    schedule = read_words(form.words.data, window)
    if schedule is None:
        return None
    form.fill_target(target_of(schedule), due_day_of(schedule, window))
    return reading_words(schedule, window)


def _activity_choices() -> list[tuple[int, str]]:
    rows = list_activities(db.session(), current_municipality())
    return [(row.id, f"{row.name} ({', '.join(row.counted_in)})") for row in rows]
