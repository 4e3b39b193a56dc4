"""Agreements between municipalities and the police, as each municipality that is part sees them."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.permissions import Permission
from surveys.queries.municipalities.agreements import AgreementView, view_agreement
from surveys.services.municipalities.agreements import create_agreement, edit_agreement
from webapp.access import requires
from webapp.extensions import db
from webapp.forms.bodies import AgreementForm, NewAgreementForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved

ROOT = "/<slug:kommun>/handlaggning/overenskommelser/"
TAB = "law"


@blueprint.route(f"{ROOT}ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def new_agreement() -> Answer:
    """Keep an agreement."""
    here = current_municipality()
    form = NewAgreementForm(here, list(here.police_areas))

    def save(session: Session) -> None:
        wanted = form.police_area.data
        area = next((a for a in here.police_areas if str(a.id) == wanted), None)
        if area is None:
            raise InvalidInput("police_area_missing", "police_area")
        create_agreement(session, here, form.draft(), area, form.other_ids)

    if is_saved(form, save):
        return done("staff.bodies", _("The agreement is saved."))
    lead = _("The parties sign it outside this service. Here is what it says and where it is.")
    return form_page(form, _("Add an agreement"), _back(), tab=TAB, lead=lead)


@blueprint.route(f"{ROOT}<int:agreement_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_agreement_words(agreement_id: int) -> Answer:
    """Change what an agreement says."""
    here = current_municipality()
    found = view_agreement(db.session(), here, agreement_id)
    form = AgreementForm(data=_values(found))
    if is_saved(form, lambda s: edit_agreement(s, here, agreement_id, form.draft())):
        return done("staff.bodies", _("The agreement is saved."))
    lead = _("What you change is changed for each municipality that is part of it.")
    several = len(found.parts) > 1
    heading = _("Change the agreement")
    return form_page(form, heading, _back(), tab=TAB, lead=lead if several else "")


def _back() -> tuple[str, str]:
    return url_for("staff.bodies"), _("Bodies and agreements")


def _values(agreement: AgreementView) -> dict[str, object]:
    return {
        "title": agreement.title,
        "purpose": agreement.purpose,
        "areas": "\n".join(agreement.areas),
        "signed_on": agreement.signed_on,
        "ends_on": agreement.ends_on,
        "dnr": agreement.dnr,
    }
