"""Whom to tell when an answer says that somebody may be in danger."""

from flask import url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.services.municipalities.safeguards import save_routing
from webapp.access import requires
from webapp.forms.safeguards import RoutingForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.route("/<slug:kommun>/handlaggning/installningar/larm", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_safety() -> Answer:
    """One text for each kind of danger; an empty one is the product's own again."""
    here = current_municipality()
    form = RoutingForm(here)
    if is_saved(form, lambda session: save_routing(session, here, form.draft())):
        return done("staff.settings", _("Whom to tell is saved."))
    return form_page(
        form,
        _("Safety queue"),
        (url_for("staff.settings"), _("Settings")),
        tab="settings",
        lead=_("Whom those who read the queue tell, with telephone numbers. Functions, no names."),
    )
