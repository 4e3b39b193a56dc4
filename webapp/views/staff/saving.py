"""What every staff form does: check, save in one transaction, or show itself again."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.models.party import Party
from surveys.permissions import StaffRole
from surveys.services.editions.revisions import ChangedMeanwhile
from webapp.access import signed_in_account
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.changed import show_differences
from webapp.words.rules import hide_unasked, put_on_form

UNPROCESSABLE = 422
CONFLICT = 409
SEE_OTHER = 303

Answer = str | Response | tuple[str, int]


def is_saved(
    form: FlaskForm,
    work: Callable[[Session], Any],
    saved: Callable[[], FlaskForm] | None = None,
) -> bool:
    """Whether the form was sent, was right and has been saved by ``work``.

    A rule of the domain that refuses the input is put on the field it belongs to. Where somebody
    else saved first, the form shows how it differs from ``saved``, itself as it now stands.
    """
    if not form.validate_on_submit():
        return False
    try:
        with unit_of_work() as session:
            work(session)
    except InvalidInput as error:
        put_on_form(form, error)
        return False
    except ChangedMeanwhile as error:
        if saved is None:
            raise
        show_differences(form, error, saved)
        return False
    return True


def form_page(form: FlaskForm, heading: str, back: tuple[str, str], **options: Any) -> Answer:
    """The form on a page of its own; ``back`` is where it belongs, as (address, words).

    ``options``: ``lead``, ``above``, ``submit``, ``tab``, and what else the template takes.
    """
    options.setdefault("submit", _("Save"))
    hide_unasked(form)
    page = render_template(
        "staff/promises/form.html",
        form=form,
        heading=heading,
        back_href=back[0],
        back_text=back[1],
        **options,
    )
    if not form.is_submitted():
        return page
    return page, CONFLICT if getattr(form, "changed", None) else UNPROCESSABLE


def done(endpoint: str, message: str, **values: Any) -> Response:
    """Go on to ``endpoint`` with a line that says what happened."""
    flash(message)
    return redirect(url_for(endpoint, **values), SEE_OTHER)


def own_party() -> Party:
    """The party that the signed-in account speaks for in this municipality."""
    membership = signed_in_account().membership_in(current_municipality())
    is_police = membership is not None and membership.role is StaffRole.POLICE
    return Party.POLICE if is_police else Party.MUNICIPALITY
