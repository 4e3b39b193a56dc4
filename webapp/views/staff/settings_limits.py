"""How few respondents may be told."""

from flask import url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.services.municipalities.safeguards import save_limits
from webapp.access import requires
from webapp.forms.safeguards import LimitsForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.route("/<slug:kommun>/handlaggning/installningar/sma-tal", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_limits() -> Answer:
    """Two numbers that hold on every page and in every file."""
    here = current_municipality()
    form = LimitsForm(
        data={"min_respondents": here.min_respondents, "min_crossed": here.min_crossed}
    )
    if is_saved(form, lambda session: save_limits(session, here, form.draft())):
        return done("staff.settings", _("The limits are saved."))
    return form_page(
        form,
        _("Small numbers"),
        (url_for("staff.settings"), _("Settings")),
        tab="settings",
        lead=_(
            "Numbers of fewer persons are not told, nor numbers that would give them away. What is"
            " already published keeps the limits that it was made by."
        ),
    )
