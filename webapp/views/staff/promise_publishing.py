"""Publishing a promise, opening it for change, and taking it down."""

from flask import render_template
from flask_babel import gettext as _

from surveys.errors import Conflict, InvalidInput
from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.editions.document_editions import last_content
from surveys.queries.promises.changes import Difference, list_differences
from surveys.queries.promises.choices import list_overlaps
from surveys.queries.promises.content import promise_content
from surveys.queries.promises.gate import list_gaps, list_missing
from surveys.queries.promises.page import get_promise_page
from surveys.queries.promises.promises import get_promise
from surveys.services.promises.publishing import (
    close_change,
    open_for_change,
    publish_promise,
    take_down,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.edition_documents import ask_for_documents
from webapp.extensions import db
from webapp.forms.promises import PublishForm, TakeDownForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.editorial import editorial_page
from webapp.views.staff.promises import ROOT, back_to
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved
from webapp.words.rules import put_on_form, rule_text

CONFLICT = 409


@blueprint.get(f"{ROOT}<slug:slug>")
@requires(Permission.VIEW_STAFF)
def promise(slug: str) -> str:
    """One promise with everything that can be done to it."""
    return _promise_page(slug)


@blueprint.post(f"{ROOT}<slug:slug>/publicera")
@requires(Permission.PUBLISH_PROMISE)
def publish(slug: str) -> Answer:
    """Give readers the promise as each party has approved it, with the role that did it."""
    municipality, role = current_municipality(), signed_in_account().title
    form = _publish_form(get_promise(db.session(), municipality, slug))
    if not form.validate():
        return _promise_page(slug, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            publish_promise(session, municipality, slug, form.draft(), role=role, now=now())
    except InvalidInput as error:
        put_on_form(form, error)
        return _promise_page(slug, form), UNPROCESSABLE
    except Conflict:
        form.form_errors.append(rule_text("text_changed"))
        return _promise_page(slug, form), CONFLICT
    ask_for_documents(municipality)
    return done("staff.promise", _("The promise is published."), slug=slug)


@blueprint.post(f"{ROOT}<slug:slug>/andra")
@requires(Permission.WRITE_PROMISE)
def change_promise(slug: str) -> Answer:
    """Open the words of a published promise for change."""
    municipality = current_municipality()
    with unit_of_work() as session:
        open_for_change(session, municipality, slug, now=now())
    return done(
        "staff.promise",
        _("The promise can be changed. Readers keep the words they have until it is published."),
        slug=slug,
    )


@blueprint.post(f"{ROOT}<slug:slug>/andra/avsluta")
@requires(Permission.WRITE_PROMISE)
def end_promise_change(slug: str) -> Answer:
    """End a change that changed nothing."""
    municipality = current_municipality()
    try:
        with unit_of_work() as session:
            close_change(session, municipality, slug, now=now())
    except InvalidInput as error:
        return _promise_page(slug, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.promise", _("Nothing was changed, and the words stand."), slug=slug)


@blueprint.route(f"{ROOT}<slug:slug>/ta-ned", methods=["GET", "POST"])
@requires(Permission.PUBLISH_PROMISE)
def take_promise_down(slug: str) -> Answer:
    """Take the promise from its readers, with a reason that they are shown."""
    municipality, role = current_municipality(), signed_in_account().title
    found, form = get_promise(db.session(), municipality, slug), TakeDownForm()
    reason = form.reason

    if is_saved(
        form, lambda s: take_down(s, municipality, slug, reason.data, role=role, now=now())
    ):
        return done("staff.promise", _("Readers can no longer read the promise."), slug=slug)
    return form_page(
        form,
        _("Take the promise down"),
        back_to(found),
        above=found.title,
        lead=_("To put words right, open the promise for change instead: then it stays readable."),
        submit=_("Take it down"),
    )


def _publish_form(found: Promise) -> PublishForm:
    """The form with what has to be said: a reason where something is missing, and what changed."""
    # The page names the revision; one that is not sent is none, and not the latest.
    form = PublishForm(data={"gate_reason": found.gate_reason})
    if not list_gaps(found, today()):
        del form.gate_reason
    if last_content(db.session(), found) is None:
        del form.change_note
    return form


def _open_differences(found: Promise) -> tuple[Difference, ...]:
    """What the promise says now and its readers have not."""
    session = db.session()
    last = last_content(session, found)
    if last is None or (found.published_at is not None and found.changing_since is None):
        return ()
    return list_differences(last, promise_content(session, found, today()))


def _promise_page(slug: str, form: PublishForm | None = None, error: str | None = None) -> str:
    session, municipality = db.session(), current_municipality()
    found = get_promise(session, municipality, slug)
    return render_template(
        "staff/promises/promise.html",
        page=get_promise_page(session, municipality, slug, today()),
        found=found,
        way=editorial_page(found),
        form=form or _publish_form(found),
        missing=list_missing(found),
        overlaps=list_overlaps(session, found),
        differences=_open_differences(found),
        rule_text=rule_text,
        error=error,
        today=today(),
    )
