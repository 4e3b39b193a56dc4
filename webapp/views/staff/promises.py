"""Writing promises: the list, the promise itself, its diary number and its ground."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.pictures.claim_choices import list_claim_choices
from surveys.queries.promises.choices import list_agreements, list_earlier_promises
from surveys.queries.promises.drafts import promise_draft
from surveys.queries.promises.promises import get_promise, list_promises
from surveys.services.promises.parties import choose_parties
from surveys.services.promises.promises import (
    choose_claims,
    create_promise,
    edit_promise,
    register_promise,
)
from webapp.access import requires
from webapp.clock import now, today
from webapp.edition_documents import ask_for_documents
from webapp.extensions import db
from webapp.forms.promises import (
    ClaimsForm,
    NewPromiseForm,
    PartiesForm,
    PromiseForm,
    RegistrationForm,
    promise_values,
)
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.views.staff.two_editors import Stored, open_form, save_or_compare

ROOT = "/<slug:kommun>/handlaggning/loften/"


@blueprint.get(ROOT)
@requires(Permission.VIEW_STAFF)
def promises() -> str:
    """All promises, drafts too."""
    rows = list_promises(db.session(), current_municipality(), today())
    return render_template("staff/promises/list.html", promises=rows, today=today())


@blueprint.route(f"{ROOT}nytt", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def new_promise() -> Answer:
    """Begin a promise."""
    municipality = current_municipality()
    areas = list(municipality.police_areas)
    earlier = list_earlier_promises(db.session(), municipality, None)
    form = NewPromiseForm(municipality, areas, earlier)
    made: list[Promise] = []

    def create(session: Session) -> None:
        area = next((a for a in municipality.police_areas if a.id == form.police_area_id), None)
        if area is None:
            raise InvalidInput("police_area_missing", "police_area")
        parties = form.party_drafts()
        made.append(create_promise(session, municipality, form.draft(), parties, area, now=now()))

    if is_saved(form, create):
        return done("staff.promise", _("The promise is saved as a draft."), slug=made[0].slug)
    return form_page(
        form,
        _("Write a promise"),
        back_to_list(),
        lead=_("Nobody else sees it until it is published."),
    )


@blueprint.route(f"{ROOT}<slug:slug>/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def edit_promise_words(slug: str) -> Answer:
    """Change what the promise says."""
    municipality = current_municipality()
    found = get_promise(db.session(), municipality, slug)
    form = _promise_form(found)
    open_form(form, promise_draft(found))

    def save(session: Session) -> None:
        edit_promise(session, municipality, slug, form.draft(), seen=form.seen.data)

    def stored() -> Stored:
        return Stored(promise_draft(found), _promise_form(found, formdata=None))

    if save_or_compare(form, stored, save):
        return done("staff.promise", _("Saved."), slug=slug)
    return form_page(form, _("Change the promise"), back_to(found))


@blueprint.route(f"{ROOT}<slug:slug>/diarienummer", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def register_promise_number(slug: str) -> Answer:
    """Record this municipality's diary number."""
    municipality = current_municipality()
    found = get_promise(db.session(), municipality, slug)
    own = next(p for p in found.parties if p.municipality_id == municipality.id)
    form = RegistrationForm(obj=own)
    if is_saved(form, lambda s: register_promise(s, municipality, slug, form.draft(municipality))):
        ask_for_documents(municipality)
        return done("staff.promise", _("Saved."), slug=slug)
    return form_page(form, _("Diary number"), back_to(found))


@blueprint.route(f"{ROOT}<slug:slug>/kommuner", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def choose_promise_parties(slug: str) -> Answer:
    """Change who gives a promise that nobody has said yes to yet."""
    municipality = current_municipality()
    found = get_promise(db.session(), municipality, slug)
    giving = {party.municipality_id for party in found.parties}
    form = PartiesForm(data={"parties": [str(id_) for id_ in giving]})
    form.parties.choices = [
        (str(other.id), other.name)
        for other in found.police_area.municipalities
        if other.id != found.municipality_id
    ]
    if is_saved(form, lambda s: choose_parties(s, municipality, slug, form.parties.ids)):
        return done("staff.promise", _("Saved."), slug=slug)
    lead = _("Can be changed until a party has approved the promise.")
    return form_page(form, _("Who gives the promise"), back_to(found), lead=lead)


@blueprint.route(f"{ROOT}<slug:slug>/underlag", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def choose_promise_claims(slug: str) -> Answer:
    """Choose what the promise builds on."""
    municipality = current_municipality()
    found = get_promise(db.session(), municipality, slug)
    choices = list_claim_choices(db.session(), municipality)
    form = ClaimsForm(data={"claims": [str(claim.id) for claim in found.claims]})
    form.claims.choices = [(str(c.id), f"{c.text} ({c.picture})") for c in choices]
    if is_saved(form, lambda s: choose_claims(s, municipality, slug, form.claims.ids)):
        return done("staff.promise", _("Saved."), slug=slug)
    lead = _("Only sentences of published pictures are shown on the promise's page.")
    if not choices:
        lead = _("There is no problem picture to choose from yet. Write one first.")
    return form_page(form, _("What the promise builds on"), back_to(found), lead=lead)


def back_to(found: Promise) -> tuple[str, str]:
    """The promise's staff page, as (address, words)."""
    return url_for("staff.promise", slug=found.slug), found.title


def back_to_list() -> tuple[str, str]:
    """The list of promises, as (address, words)."""
    return url_for("staff.promises"), _("All promises")


def _promise_form(found: Promise, **options: Any) -> PromiseForm:
    session, municipality = db.session(), current_municipality()
    agreements = list_agreements(session, municipality, found.police_area_id)
    return PromiseForm(
        list_earlier_promises(session, municipality, found),
        [(agreement.id, agreement.title) for agreement in agreements],
        data=promise_values(promise_draft(found)),
        **options,
    )
