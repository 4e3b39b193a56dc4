"""Who signs a promise, when they did, and whether a document is the one that was signed."""

from flask import render_template
from flask_babel import gettext as _
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.drafts.promises import SignatureDraft, SignedDocument
from surveys.errors import InvalidInput
from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.promises.drafts import signature_draft
from surveys.queries.promises.promises import get_promise
from surveys.services.promises.signatures import (
    SignatoryAddress,
    add_signatory,
    find_signatory,
    list_signed_by,
    read_document,
    remove_signatory,
    sign_promise,
)
from webapp.access import requires, signed_in_account
from webapp.clock import today
from webapp.edition_documents import ask_for_documents
from webapp.extensions import db
from webapp.forms.promise_signatures import DocumentForm, SignatoryForm, SignatureForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.promises import ROOT, back_to
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved
from webapp.views.staff.two_editors import Stored, open_form, save_or_compare
from webapp.words.rules import put_on_form


@blueprint.route(f"{ROOT}<slug:slug>/undertecknare/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def new_signatory(slug: str) -> Answer:
    """Name a role that is to sign."""
    found, municipality = _promise(slug), current_municipality()
    form = SignatoryForm([p.municipality for p in found.parties], found.police_area.name)
    if is_saved(form, lambda s: add_signatory(s, municipality, slug, form.draft())):
        return done("staff.promise", _("Saved."), slug=slug)
    return form_page(form, _("Who signs"), back_to(found))


@blueprint.route(f"{ROOT}<slug:slug>/undertecknare/<int:signatory_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_PROMISE)
def sign(slug: str, signatory_id: int) -> Answer:
    """Record where and when a role signed, and by which document."""
    found, municipality = _promise(slug), current_municipality()
    signatory = find_signatory(found, signatory_id)
    form = SignatureForm(obj=signatory)
    open_form(form, signature_draft(signatory))

    def record(session: Session) -> None:
        document = _sent_document(form.document)
        draft = SignatureDraft(form.place.data, form.signed_on.data, document)
        address = SignatoryAddress(slug, signatory_id, form.seen.data)
        role = signed_in_account().title
        sign_promise(session, municipality, address, draft, role=role, today=today())

    def stored() -> Stored:
        signatory = find_signatory(found, signatory_id)
        return Stored(signature_draft(signatory), SignatureForm(obj=signatory, formdata=None))

    if save_or_compare(form, stored, record):
        ask_for_documents(municipality)
        return done("staff.promise", _("The signing is recorded."), slug=slug)
    return form_page(
        form,
        _("Record the signing"),
        back_to(found),
        above=signatory.title,
        lead=_("The signing itself is done on the document. Here you only record it."),
    )


@blueprint.route(f"{ROOT}<slug:slug>/undertecknat", methods=["GET", "POST"])
@requires(Permission.VIEW_STAFF)
def compare_document(slug: str) -> Answer:
    """Tell whether a document is the one that was signed."""
    found, form, same_as = _promise(slug), DocumentForm(), None
    status = 200
    if form.is_submitted():
        status = UNPROCESSABLE
        if form.validate():
            try:
                same_as = list_signed_by(found, _read(form.document))
                status = 200
            except InvalidInput as error:
                put_on_form(form, error)
    page = render_template(
        "staff/promises/document.html", form=form, promise=found, same_as=same_as
    )
    return page, status


@blueprint.post(f"{ROOT}<slug:slug>/undertecknare/<int:signatory_id>/ta-bort")
@requires(Permission.WRITE_PROMISE)
def remove_promise_signatory(slug: str, signatory_id: int) -> Response:
    """Take a role off a draft."""
    municipality = current_municipality()
    with unit_of_work() as session:
        remove_signatory(session, municipality, slug, signatory_id)
    return done("staff.promise", _("The role is taken off."), slug=slug)


def _promise(slug: str) -> Promise:
    return get_promise(db.session(), current_municipality(), slug)


def _sent_document(field: FileField) -> SignedDocument | None:
    return _read(field) if field.data else None


def _read(field: FileField) -> SignedDocument:
    return read_document(field.data.filename or "", field.data.read())
