"""How a picture, a promise or a plan comes to readers: review, each party's yes, comments.

The pages of the three show the way with ``components/editorial.html`` and ``editorial_page``; what
is pressed there is answered here. A yes always names the revision that the page showed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import Conflict, InvalidInput
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.editions.approvals import (
    EditorialView,
    PartyApproval,
    Subject,
    list_sentences,
    own_party,
    view_editorial,
)
from surveys.queries.pictures.pictures import get_picture_row
from surveys.queries.plans.plans import get_plan
from surveys.queries.promises.promises import get_promise
from surveys.services.editions import approvals
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.editorial import CommentForm
from webapp.forms.pictures import read_revision
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import SEE_OTHER, Answer, form_page, is_saved
from webapp.words.rules import rule_text

ANCHOR = "vag"
_TEXT = (
    "/<slug:kommun>/handlaggning/<any(problembilder, loften, handlingsplaner):subject>/<slug:slug>"
)
_FIND: dict[str, Callable[[Session, Municipality, str], Subject]] = {
    "problembilder": get_picture_row,
    "loften": get_promise,
    "handlingsplaner": get_plan,
}
_PAGES = {
    "problembilder": "staff.picture",
    "loften": "staff.promise",
    "handlingsplaner": "staff.plan",
}
_TABS = {"problembilder": "pictures", "loften": "promises", "handlingsplaner": "plans"}


@dataclass(frozen=True, slots=True)
class EditorialPage:
    """What ``components/editorial.html`` shows. ``own``: the party that the account speaks for."""

    view: EditorialView
    own: PartyApproval | None
    form: CommentForm
    subject: str  # "problembilder", "loften" or "handlingsplaner"
    slug: str
    is_writing: bool  # whether there is anything to approve: not once it is published

    def is_own(self, party: PartyApproval) -> bool:
        """Whether ``party`` is the one that the account speaks for."""
        return self.own is not None and (self.own.party, self.own.for_id) == (
            party.party,
            party.for_id,
        )


def editorial_page(found: Subject) -> EditorialPage:
    """How far ``found`` has come, for its own page; it has been fetched for this municipality."""
    here = current_municipality()
    view = view_editorial(db.session(), here, found)
    return EditorialPage(
        view=view,
        own=own_party(here, found, signed_in_account()),
        form=CommentForm(list_sentences(found), formdata=None),
        subject=_name_of(found),
        slug=found.slug,
        is_writing=view.state.value != "published",
    )


@blueprint.post(_TEXT + "/granskning")
@requires(Permission.APPROVE)
def ask_for_review(subject: str, slug: str) -> Response:
    """Say that the text is ready to be read."""
    return _do(
        subject,
        slug,
        lambda s, _here, found: approvals.ask_for_review(s, found, signed_in_account(), now=now()),
        _("Both parties can now read it and approve it."),
    )


@blueprint.post(_TEXT + "/granskning/avsluta")
@requires(Permission.APPROVE)
def end_review(subject: str, slug: str) -> Response:
    """Take the text back to its writers."""
    return _do(
        subject,
        slug,
        lambda _s, _here, found: approvals.end_review(found),
        _("The text is a draft again. Nobody is asked to approve it."),
    )


@blueprint.post(_TEXT + "/godkannande")
@requires(Permission.APPROVE)
def approve(subject: str, slug: str) -> Response:
    """Say yes, for one's own party, to the revision that the page showed."""
    revision = read_revision(request.form.get("revision"))
    return _do(
        subject,
        slug,
        lambda s, here, found: approvals.approve(
            s, here, found, signed_in_account(), revision=revision, now=now()
        ),
        _("You have approved the text as it stands."),
    )


@blueprint.post(_TEXT + "/godkannande/ta-tillbaka")
@requires(Permission.APPROVE)
def take_back_approval(subject: str, slug: str) -> Response:
    """Take back one's own party's yes."""
    return _do(
        subject,
        slug,
        lambda s, here, found: approvals.take_back_approval(s, here, found, signed_in_account()),
        _("Your approval is taken back."),
    )


@blueprint.route(_TEXT + "/kommentarer", methods=["GET", "POST"])
@requires(Permission.APPROVE)
def comment(subject: str, slug: str) -> Answer:
    """Say something of the text. The form stands on its page; what is refused comes back here."""
    here = current_municipality()
    found = _FIND[subject](db.session(), here, slug)
    form = CommentForm(list_sentences(found))

    def write(session: Session) -> None:
        account = signed_in_account()
        approvals.add_comment(session, here, found, account, form.draft(), now=now())

    if is_saved(form, write):
        flash(_("The comment is saved."))
        return _back(subject, slug)
    back = (url_for(_PAGES[subject], slug=slug), found.title)
    return form_page(form, _("Write a comment"), back, tab=_TABS[subject])


@blueprint.post(_TEXT + "/kommentarer/<int:comment_id>/klar")
@requires(Permission.APPROVE)
def settle_comment(subject: str, slug: str, comment_id: int) -> Response:
    """Mark a comment as seen to."""
    return _do(
        subject,
        slug,
        lambda s, _here, found: approvals.settle_comment(
            s, found, comment_id, signed_in_account(), now=now()
        ),
        _("The comment is seen to."),
    )


def _do(
    subject: str,
    slug: str,
    write: Callable[[Session, Municipality, Subject], Any],
    message: str,
) -> Response:
    """Store what a small form asks for; a rule that refuses it is told on the text's page."""
    here = current_municipality()
    try:
        with unit_of_work() as session:
            write(session, here, _FIND[subject](session, here, slug))
        flash(message)
    except (InvalidInput, Conflict) as refused:
        flash(rule_text(str(refused.args[0])), "warning")
    return _back(subject, slug)


def _back(subject: str, slug: str) -> Response:
    return redirect(url_for(_PAGES[subject], slug=slug, _anchor=ANCHOR), SEE_OTHER)


def _name_of(found: Subject) -> str:
    if isinstance(found, ProblemPicture):
        return "problembilder"
    return "loften" if isinstance(found, Promise) else "handlingsplaner"
