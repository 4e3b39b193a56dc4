"""Writing promises: the list, the promise itself, its diary number and its ground."""

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.claim_choices import list_claim_choices
from surveys.queries.promise_gate import list_missing
from surveys.queries.promise_page import get_promise_page
from surveys.queries.promises import get_promise, list_promises
from surveys.services.promises import (
    choose_claims,
    create_promise,
    edit_promise,
    publish_promise,
    register_promise,
    withdraw_promise,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.promises import ClaimsForm, NewPromiseForm, PromiseForm, RegistrationForm
from webapp.rules import rule_text
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved

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
    form = NewPromiseForm(municipality, areas)
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


@blueprint.get(f"{ROOT}<slug:slug>")
@requires(Permission.VIEW_STAFF)
def promise(slug: str) -> str:
    """One promise with everything that can be done to it."""
    return _promise_page(slug)


@blueprint.route(f"{ROOT}<slug:slug>/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def edit_promise_words(slug: str) -> Answer:
    """Change what the promise says."""
    municipality = current_municipality()
    found = get_promise(db.session(), municipality, slug)
    form = PromiseForm(data=_promise_values(found))
    if is_saved(form, lambda s: edit_promise(s, municipality, slug, form.draft())):
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
        return done("staff.promise", _("Saved."), slug=slug)
    return form_page(form, _("Diary number"), back_to(found))


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


@blueprint.post(f"{ROOT}<slug:slug>/publicera")
@requires(Permission.PUBLISH_PROMISE)
def publish(slug: str) -> Answer:
    """Make the promise public, with the role that did it."""
    municipality, role = current_municipality(), signed_in_account().title
    try:
        with unit_of_work() as session:
            publish_promise(session, municipality, slug, role=role, now=now())
    except InvalidInput as error:
        return _promise_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.promise", _("The promise is published."), slug=slug)


@blueprint.post(f"{ROOT}<slug:slug>/ta-tillbaka")
@requires(Permission.PUBLISH_PROMISE)
def withdraw(slug: str) -> Answer:
    """Make the promise a draft again."""
    municipality = current_municipality()
    with unit_of_work() as session:
        withdraw_promise(session, municipality, slug)
    return done(
        "staff.promise",
        _("The promise is a draft again and is no longer shown to readers."),
        slug=slug,
    )


def back_to(found: Promise) -> tuple[str, str]:
    """The promise's staff page, as (address, words)."""
    return url_for("staff.promise", slug=found.slug), found.title


def back_to_list() -> tuple[str, str]:
    """The list of promises, as (address, words)."""
    return url_for("staff.promises"), _("All promises")


def _promise_page(slug: str, error: str | None = None) -> str:
    session, municipality = db.session(), current_municipality()
    found = get_promise(session, municipality, slug)
    return render_template(
        "staff/promises/promise.html",
        page=get_promise_page(session, municipality, slug, today()),
        missing=list_missing(found),
        rule_text=rule_text,
        error=error,
        today=today(),
    )


def _promise_values(found: Promise) -> dict[str, object]:
    names = (
        "title",
        "label",
        "said",
        "said_ground",
        "pledge",
        "is_verbatim",
        "vision",
        "follow_up_text",
        "months_from_signing",
    )
    values: dict[str, object] = {name: getattr(found, name) for name in names}
    if found.months_from_signing is None:  # else the days follow from the signatures
        values |= {"starts_on": found.starts_on, "ends_on": found.ends_on}
    return values
