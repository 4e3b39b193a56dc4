"""What the municipality has decided that the police may see."""

from flask import url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.services.municipalities.safeguards import save_police
from webapp.access import requires
from webapp.forms.safeguards import PoliceForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.route("/<slug:kommun>/handlaggning/installningar/polisen", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_police() -> Answer:
    """Two switches, and the decision that each of them needs."""
    here = current_municipality()
    form = PoliceForm(
        data={
            "reads_unmasked": here.police_reads_unmasked,
            "reads_points": here.police_reads_points,
            "decision": here.police_decision,
        }
    )
    if is_saved(form, lambda session: save_police(session, here, form.draft())):
        return done("staff.settings", _("What the police may see is saved."))
    return form_page(
        form,
        _("What the police see"),
        (url_for("staff.settings"), _("Settings")),
        tab="settings",
        lead=_(
            "Without a decision the police see figures and masked text. What the police hold is"
            " police data, so this is for the municipality to decide."
        ),
    )
