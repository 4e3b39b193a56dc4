"""The rhythm of the lägesbild: the months, which of them ask for something, and the settings."""

from datetime import date

from babel.dates import get_month_names
from flask import render_template, url_for
from flask_babel import gettext as _

from surveys.errors import NotFound
from surveys.permissions import Permission
from surveys.queries.pictures.situations import (
    MonthView,
    get_cadence,
    list_months,
    list_waiting,
    list_years,
)
from surveys.services.pictures.situations import explain_missed_month, set_cadence
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.formatters import date_month
from webapp.forms.situations import CadenceForm, MissedForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved

_MONTHS = "/<slug:kommun>/handlaggning/lagesbilder/"
# What most municipalities agree on: each month but July, out by the tenth.
_USUAL = {"every_months": 1, "pauses": ["7"], "due_day": 10}


@blueprint.get(_MONTHS)
@requires(Permission.READ_RESULTS)
def situations() -> str:
    """The months with what became of each, and those that ask for something first."""
    session, here = db.session(), current_municipality()
    return render_template(
        "staff/pictures/months.html",
        cadence=get_cadence(session, here),
        years=list_years(session, here, today()),
        waiting=list_waiting(session, here, today()),
    )


@blueprint.route(_MONTHS + "<int:year>/<int:month>", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def explain_month(year: int, month: int) -> Answer:
    """Say why a month had no lägesbild."""
    here = current_municipality()
    found = _find(year, month)
    form = MissedForm(data={"reason": found.reason or ""})
    role = signed_in_account().title
    if is_saved(
        form,
        lambda session: explain_missed_month(
            session, here, found.month, form.reason.data, by=role, now=now()
        ),
    ):
        return done("staff.situations", _("The reason is saved."))
    return form_page(
        form,
        _("Why there was none for %(month)s", month=date_month(found.month)),
        (url_for("staff.situations"), _("Month by month")),
        tab="pictures",
        lead=_("The month stays missed. Now it says why."),
    )


@blueprint.route("/<slug:kommun>/handlaggning/installningar/lagesbild", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_situations() -> Answer:
    """How often the lägesbild comes."""
    here = current_municipality()
    form = CadenceForm(_month_names(), data=_values())
    if is_saved(form, lambda session: set_cadence(session, here, form.draft())):
        return done("staff.settings", _("The rhythm of the lägesbild is saved."))
    return form_page(
        form,
        _("How often the lägesbild comes"),
        (url_for("staff.settings"), _("Settings")),
        tab="settings",
        lead=_("Readers see which months are out. A month that is late is told here and to staff."),
    )


def _find(year: int, month: int) -> MonthView:
    months = list_months(db.session(), current_municipality(), today())
    found = next((m for m in months if (m.month.year, m.month.month) == (year, month)), None)
    if found is None:
        raise NotFound(f"{year}-{month}")
    return found


def _values() -> dict[str, object]:
    cadence = get_cadence(db.session(), current_municipality())
    if cadence is None:
        return {"starts_on": date(today().year, today().month, 1), **_USUAL}
    return {
        "starts_on": cadence.starts_on,
        "ends_on": cadence.ends_on,
        "every_months": cadence.every_months,
        "pauses": [str(month) for month in cadence.pauses],
        "due_day": cadence.due_day,
        "purpose": cadence.purpose,
    }


def _month_names() -> list[tuple[int, str]]:
    """The months of the year in Swedish, which is the language of staff."""
    names = get_month_names("wide", "stand-alone", "sv")
    return [(number, names[number].capitalize()) for number in range(1, 13)]
