"""Settings of the municipality: the overview, contacts and what it must tell."""

from flask import render_template, url_for
from flask_babel import gettext as _

from surveys.models.notice import AccessibilityStatement, PrivacyNotice
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import list_dialogues
from surveys.queries.ground.population import get_population
from surveys.queries.municipalities.notices import get_accessibility_statement, get_privacy_notice
from surveys.queries.pictures.situations import get_cadence
from surveys.services.municipalities.settings import (
    save_accessibility_statement,
    save_contacts,
    save_privacy_notice,
)
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.settings import ContactForm, NoticeForm, StatementForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.get("/<slug:kommun>/handlaggning/installningar/")
@requires(Permission.MANAGE_SETTINGS)
def settings() -> str:
    """What the municipality has said of itself, and where to change it."""
    session, here = db.session(), current_municipality()
    dialogues = list_dialogues(session, here)
    return render_template(
        "staff/settings/overview.html",
        notice=get_privacy_notice(session, here),
        statement=get_accessibility_statement(session, here),
        own_dialogues=[it for it in dialogues if it.municipality_id == here.id],
        population=get_population(session, here),
        cadence=get_cadence(session, here),
        now=now(),
    )


@blueprint.route("/<slug:kommun>/handlaggning/installningar/kontakt", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_contacts() -> Answer:
    """Whom residents turn to."""
    here = current_municipality()
    form = ContactForm(
        data={
            "municipal": here.municipal_contact,
            "police": here.police_contact,
            "email": here.contact_email,
        }
    )
    if is_saved(form, lambda session: save_contacts(session, here, form.draft())):
        return done("staff.settings", _("The contacts are saved."))
    return form_page(form, _("Contacts"), _back(), tab="settings")


@blueprint.route(
    "/<slug:kommun>/handlaggning/installningar/personuppgifter", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_SETTINGS)
def settings_privacy() -> Answer:
    """The municipality's part of the page on how answers are handled."""
    here = current_municipality()
    form = NoticeForm(data=_notice_values(get_privacy_notice(db.session(), here)))
    if is_saved(form, lambda session: save_privacy_notice(session, here, form.draft())):
        return done("staff.settings", _("The text on personal data is saved."))
    return form_page(
        form,
        _("How we handle the answers"),
        _back(),
        tab="settings",
        lead=_("Everything else on the page is true of the service and is not written here."),
    )


@blueprint.route(
    "/<slug:kommun>/handlaggning/installningar/tillganglighet", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_SETTINGS)
def settings_accessibility() -> Answer:
    """The municipality's own assessment of how accessible its pages are."""
    here = current_municipality()
    form = StatementForm(data=_statement_values(get_accessibility_statement(db.session(), here)))
    if is_saved(
        form,
        lambda session: save_accessibility_statement(session, here, form.draft(), now=now()),
    ):
        return done("staff.settings", _("The accessibility statement is saved."))
    return form_page(
        form,
        _("Accessibility statement"),
        _back(),
        tab="settings",
        lead=_("From this the page with the eleven parts that Digg asks for is made."),
    )


def _back() -> tuple[str, str]:
    return url_for("staff.settings"), _("Settings")


def _notice_values(notice: PrivacyNotice | None) -> dict[str, object]:
    if notice is None:
        return {}
    return {
        "controllers": notice.controllers,
        "data_protection_contact": notice.data_protection_contact,
        "legal_basis": notice.legal_basis,
        "retention": notice.retention,
        "destruction_decision": notice.destruction_decision,
        "originals_months": notice.originals_months,
    }


def _statement_values(statement: AccessibilityStatement | None) -> dict[str, object]:
    if statement is None:
        return {}
    return {
        "conformance": statement.conformance.value,
        "shortcomings": statement.shortcomings,
        "assessed_on": statement.assessed_on,
        "method": statement.method,
        "contact_email": statement.contact_email,
        "contact_phone": statement.contact_phone,
        "burdens": statement.burdens,
        "outside_law": statement.outside_law,
    }
