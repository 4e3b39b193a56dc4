"""When owners are reminded, and when silence is told of."""

from flask import url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.services.progress.reminders import save_reminder_settings
from webapp.access import requires
from webapp.forms.reminders import ReminderForm
from webapp.mail.sending import mail_is_on
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.route("/<slug:kommun>/handlaggning/installningar/paminnelser", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_reminders() -> Answer:
    """Days before and after what is due, and days without a word."""
    here = current_municipality()
    form = ReminderForm(here)
    if is_saved(form, lambda session: save_reminder_settings(session, here, form.draft())):
        return done("staff.settings", _("The reminders are saved."))
    lead = _(
        "Reminders go by e-mail to those who answer for something. Without an address, or when"
        " somebody has left, the coordinator gets them."
    )
    off = (
        "" if mail_is_on() else _("No mail is sent from this installation, so nobody is reminded.")
    )
    return form_page(
        form,
        _("Reminders"),
        (url_for("staff.settings"), _("Settings")),
        tab="settings",
        lead=f"{lead} {off}".strip(),
    )
