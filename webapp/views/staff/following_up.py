"""The year's follow-up: each promise as it stands, planned follow-ups, and what is given up."""

from flask import abort, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.models.plan import FollowUp
from surveys.permissions import Permission
from surveys.queries.plans.year_overview import list_year, list_years
from surveys.queries.progress.activities import get_activity
from surveys.queries.progress.follow_ups import get_follow_up, list_follow_ups
from surveys.queries.progress.owners import list_orphans, list_owner_choices
from surveys.services.progress.follow_ups import (
    finish_follow_up,
    give_up_activity,
    reopen_follow_up,
    take_up_activity,
)
from surveys.services.progress.owners import choose_owner
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.following_up import GiveUpForm, OutcomeForm, owners_form
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved

ROOT = "/<slug:kommun>/handlaggning/uppfoljning/"
ACTIVITY = "/<slug:kommun>/handlaggning/tillfallen/aktivitet/<int:activity_id>"
FIRST_YEAR, LAST_YEAR = 1990, 2100


@blueprint.get(f"{ROOT}<int:year>")
@requires(Permission.VIEW_STAFF)
def follow_up_of_year(year: int) -> str:
    """Each promise of the year with counts, what is left of its time, and what does not add up."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    session, here, day = db.session(), current_municipality(), today()
    planned = list_follow_ups(session, here)
    return render_template(
        "staff/progress/year.html",
        year=year,
        years=list_years(session, here, day),
        promises=list_year(session, here, year, day),
        follow_ups=[it for it in planned if it.due_on and it.due_on.year == year],
        undated=[it for it in planned if it.due_on is None and it.done_on is None],
        orphans=list_orphans(session, here, day),
        today=day,
    )


@blueprint.route(f"{ROOT}planerad/<int:follow_up_id>", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def finish_planned_follow_up(follow_up_id: int) -> Answer:
    """Say that a planned follow-up was made and what it came to."""
    municipality, role = current_municipality(), signed_in_account().title
    found = get_follow_up(db.session(), municipality, follow_up_id)
    name, back = found.link.activity.name, _year_of(found)
    form = OutcomeForm(today(), found.done_on, found.outcome)
    if is_saved(
        form,
        lambda s: finish_follow_up(
            s, municipality, follow_up_id, form.draft(), role=role, now=now()
        ),
    ):
        return done("staff.follow_up_of_year", _("The follow-up is saved."), year=back)
    reopen = url_for("staff.reopen_planned_follow_up", follow_up_id=follow_up_id)
    return form_page(
        form,
        _("Follow-up made"),
        (url_for("staff.follow_up_of_year", year=back), _("Follow-up %(year)s", year=back)),
        above=name,
        lead=found.text,
        removal=(reopen, _("It was not made")) if found.done_on else None,
    )


@blueprint.post(f"{ROOT}planerad/<int:follow_up_id>/inte-gjord")
@requires(Permission.LOG_PROGRESS)
def reopen_planned_follow_up(follow_up_id: int) -> Answer:
    """Take back that a follow-up was made."""
    municipality = current_municipality()
    with unit_of_work() as session:
        year = _year_of(reopen_follow_up(session, municipality, follow_up_id))
    return done("staff.follow_up_of_year", _("Saved."), year=year)


@blueprint.route(f"{ACTIVITY}/avbryt", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def give_up(activity_id: int) -> Answer:
    """Say that an activity is given up, and why."""
    municipality, role = current_municipality(), signed_in_account().title
    name = get_activity(db.session(), municipality, activity_id).name
    form = GiveUpForm()
    if is_saved(
        form,
        lambda s: give_up_activity(
            s, municipality, activity_id, form.reason.data, role=role, now=now()
        ),
    ):
        return done("staff.log_activity_occasion", _("Saved."), activity_id=activity_id)
    return form_page(
        form,
        _("Give up the activity"),
        (url_for("staff.log_activity_occasion", activity_id=activity_id), name),
        above=name,
        lead=_("What was done still counts. Readers see the reason, your role and the day."),
    )


@blueprint.post(f"{ACTIVITY}/ateruppta")
@requires(Permission.WRITE_PLAN)
def take_up(activity_id: int) -> Answer:
    """Take up an activity again."""
    municipality = current_municipality()
    with unit_of_work() as session:
        take_up_activity(session, municipality, activity_id)
    return done("staff.log_activity_occasion", _("Saved."), activity_id=activity_id)


@blueprint.route(f"{ACTIVITY}/ansvarig", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def choose_activity_owner(activity_id: int) -> Answer:
    """Who answers for an activity, and for its follow-up under each area."""
    municipality = current_municipality()
    activity = get_activity(db.session(), municipality, activity_id)
    name, places = activity.name, _follow_ups_of(activity_id)
    chosen = {activity.owner_id, *(owner for _id, _area, owner in places)}
    choices = {
        choice
        for owner_id in chosen
        for choice in list_owner_choices(db.session(), municipality, today(), owner_id)
    }
    form = owners_form([(id_, area) for id_, area, _owner in places])(
        sorted(choices, key=lambda choice: choice[1]),
        activity.owner_id,
        {id_: owner for id_, _area, owner in places},
    )

    def save(session: Session) -> None:
        here = get_activity(session, municipality, activity_id)
        choose_owner(session, municipality, here, form.owner_id)
        for link in here.links:
            if link.follow_up is not None:
                owner_id = form.owner_of(link.follow_up.id)
                choose_owner(session, municipality, link.follow_up, owner_id)

    if is_saved(form, save):
        return done("staff.log_activity_occasion", _("Saved."), activity_id=activity_id)
    return form_page(
        form,
        _("Who answers for it"),
        (url_for("staff.log_activity_occasion", activity_id=activity_id), name),
        above=name,
        lead=_("Roles and units are added under Who answers for what, on the page of plans."),
    )


def _follow_ups_of(activity_id: int) -> list[tuple[int, str, int | None]]:
    activity = get_activity(db.session(), current_municipality(), activity_id)
    return [
        (link.follow_up.id, link.area.name, link.follow_up.owner_id)
        for link in activity.links
        if link.follow_up is not None
    ]


def _year_of(follow_up: FollowUp) -> int:
    return (follow_up.due_on or follow_up.done_on or today()).year
