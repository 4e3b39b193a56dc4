"""Saving somebody's words as a quote, from the page of free text."""

import uuid

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from surveys.errors import NotFound
from surveys.permissions import Permission
from surveys.services.quotes import QuoteAddress, freeze_quote
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.quote_words import quote_words
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/citat")
@requires(Permission.WRITE_EVIDENCE)
@requires(Permission.READ_FREE_TEXT)
def save_quote(slug: str) -> Response:
    """Freeze the words that the button names, and go back to the texts."""
    here = current_municipality()
    address = _address(slug)
    with unit_of_work() as session:
        role = signed_in_account().title
        freeze_quote(session, here, address, quote_words(here), by=role, now=now())
    flash(_("Saved as a quote. You find it among the evidence."))
    return redirect(url_for("staff.free_text", slug=slug), 303)


def _address(slug: str) -> QuoteAddress:
    """The button's value is the answer's id and the question's number; raise NotFound."""
    response_id, _sep, position = request.form.get("quote", "").partition("-")
    if not (position.isascii() and position.isdigit() and len(position) <= 3):
        raise NotFound("quote")
    try:
        return QuoteAddress(slug, uuid.UUID(hex=response_id), int(position))
    except ValueError as error:
        raise NotFound("quote") from error
