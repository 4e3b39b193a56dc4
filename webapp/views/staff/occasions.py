"""What was done, told in seconds: one occasion, a month of them, or that none was needed."""

from datetime import date

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.models.party import Party
from surveys.permissions import Permission
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.progress.activities import (
    ActivityContext,
    Whose,
    get_activity,
    get_activity_context,
    get_occasion,
    list_due_activities,
)
from surveys.queries.progress.month_sheets import get_month_sheet
from surveys.queries.progress.occasions import occasion_view
from surveys.queries.progress.owners import list_owner_choices
from surveys.queries.progress.taking_part import list_taking_part
from surveys.schedule.periods import add_months
from surveys.services.progress.occasions import (
    log_occasion,
    log_occasions,
    note_check,
    remove_occasion,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.formatters import date_long
from webapp.forms.occasions import CheckForm, OccasionForm, RemovalForm, month_form, occasion_form
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved, own_party
from webapp.words.rules import hide_unasked

ROOT = "/<slug:kommun>/handlaggning/tillfallen/"
MAX_OWNER_DIGITS = 12


@blueprint.get(ROOT)
@requires(Permission.LOG_PROGRESS)
def activities() -> str:
    """Everything that an occasion can be logged for: one's own first, what is due first."""
    session, here, day = db.session(), current_municipality(), today()
    owners = list_owner_choices(session, here, day)
    asked = request.args.get("vems", "")
    is_id = asked.isdigit() and len(asked) < MAX_OWNER_DIGITS
    owner_id = int(asked) if is_id and int(asked) in dict(owners) else None
    whose = _whose(asked)
    return render_template(
        "staff/progress/activities.html",
        activities=list_due_activities(session, here, day, whose, owner_id),
        owners=owners,
        owner_id=owner_id,
        whose=whose,
        today=day,
    )


@blueprint.route(f"{ROOT}aktivitet/<int:activity_id>", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def log_activity_occasion(activity_id: int) -> Answer:
    """Log one occasion. Its earlier occasions stand below the form."""
    municipality, role = current_municipality(), signed_in_account().title
    context = get_activity_context(db.session(), municipality, activity_id)
    form = _occasion_form(context)
    if is_saved(
        form,
        lambda s: log_occasion(s, municipality, activity_id, form.draft(), role=role, now=now()),
    ):
        message = _("Saved: %(day)s.", day=date_long(form.day))
        return done("staff.log_activity_occasion", message, activity_id=activity_id)
    context = get_activity_context(db.session(), municipality, activity_id)
    form.ask_again(same_day=any(o.held_on == form.day for o in context.occasions))
    hide_unasked(form)
    page = render_template(
        "staff/progress/occasion.html", form=form, context=context, today=today()
    )
    return (page, UNPROCESSABLE) if form.is_submitted() else page


@blueprint.route(f"{ROOT}aktivitet/<int:activity_id>/manad/<month:month>", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def log_month(activity_id: int, month: date) -> Answer:
    """Tell of all days of a month at once: held, missed or excused."""
    municipality, role = current_municipality(), signed_in_account().title
    sheet = get_month_sheet(db.session(), municipality, activity_id, month, today())
    form, added = month_form([(it.day, it.holiday) for it in sheet.open_days])(), list[int]()
    if is_saved(
        form,
        lambda s: added.append(
            log_occasions(s, municipality, activity_id, form.drafts(), role=role, now=now())
        ),
    ):
        message = ngettext("%(num)s day is saved.", "%(num)s days are saved.", added[0])
        return done("staff.log_month", message, activity_id=activity_id, month=month)
    hide_unasked(form)
    page = render_template(
        "staff/progress/month.html",
        form=form,
        sheet=get_month_sheet(db.session(), municipality, activity_id, month, today()),
        earlier=add_months(sheet.month, -1),
        later=add_months(sheet.month, 1) if add_months(sheet.month, 1) <= today() else None,
    )
    return (page, UNPROCESSABLE) if form.is_submitted() else page


@blueprint.route(f"{ROOT}aktivitet/<int:activity_id>/provad", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def check_activity(activity_id: int) -> Answer:
    """Say that somebody looked whether the activity was needed, and that it was not."""
    municipality, role = current_municipality(), signed_in_account().title
    context = get_activity_context(db.session(), municipality, activity_id)
    if not context.asks_looks:
        abort(404)
    form = CheckForm(today())
    if is_saved(
        form,
        lambda s: note_check(s, municipality, activity_id, form.draft(), role=role, now=now()),
    ):
        return done("staff.activities", _("Saved: looked at, and not needed."))
    return form_page(
        form,
        _("Looked at, not needed"),
        (url_for("staff.log_activity_occasion", activity_id=activity_id), context.name),
        above=context.name,
        lead=_("Readers see how often it was looked at and when that was last."),
    )


@blueprint.route(f"{ROOT}<int:occasion_id>/ta-bort", methods=["GET", "POST"])
@requires(Permission.LOG_PROGRESS)
def remove_logged_occasion(occasion_id: int) -> Answer:
    """Take back an occasion that was logged by mistake, with the reason on the page."""
    municipality = current_municipality()
    occasion = get_occasion(db.session(), municipality, occasion_id)
    activity_id, day = occasion.activity_id, occasion_view(occasion).held_on
    name = occasion.activity.name
    author = (signed_in_account().title, own_party())
    form = RemovalForm()
    if is_saved(
        form,
        lambda s: remove_occasion(
            s, municipality, occasion_id, form.reason.data, author=author, now=now()
        ),
    ):
        message = _("The occasion is taken back.")
        return done("staff.log_activity_occasion", message, activity_id=activity_id)
    return form_page(
        form,
        _("Take back %(day)s", day=date_long(day)),
        (url_for("staff.log_activity_occasion", activity_id=activity_id), name),
        above=name,
        submit=_("Take back the occasion"),
    )


def _whose(asked: str) -> Whose:
    """What the address asks for, or those of the party that the account speaks for."""
    if asked in {each.value for each in Whose}:
        return Whose(asked)
    return Whose.POLICE if own_party() is Party.POLICE else Whose.MUNICIPALITY


def _occasion_form(context: ActivityContext) -> OccasionForm:
    session, here = db.session(), current_municipality()
    activity = get_activity(session, here, context.id)
    places = [(place.id, place.name) for place in list_named_places(session, here)]
    bodies = list_taking_part(session, here, activity)
    return occasion_form([(it.point_id, it.text) for it in context.conditions])(
        today(), bodies, places
    )
