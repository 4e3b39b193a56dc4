"""The check over all documents: what contradicts what, both places, and what is noted of it."""

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from surveys.errors import NotFound
from surveys.permissions import Permission
from surveys.queries.consistency.check import Listed, list_findings
from surveys.queries.consistency.findings import Severity
from surveys.services.editions.consistency import note_finding, take_back_note
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.consistency import NoteForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.words.consistency import finding_words

ROOT = "/<slug:kommun>/handlaggning/dokumentkontroll/"
TAB = "plans"


@blueprint.get(ROOT)
@requires(Permission.WRITE_PLAN)
def consistency() -> str:
    """Every finding, those that ask for something first."""
    listed = list_findings(db.session(), current_municipality(), today())
    return render_template(
        "staff/consistency.html",
        listed=listed,
        n_open=sum(row.asks_for_something for row in listed),
        severities=list(Severity),
        today=today(),
    )


@blueprint.route(f"{ROOT}<slug:digest>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def note_consistency(digest: str) -> Answer:
    """Say that a finding is as it should be, and why."""
    here, listed = current_municipality(), _find(digest)
    role = signed_in_account().title
    form = NoteForm(data={"reason": listed.note.reason if listed.note else ""})
    if is_saved(
        form,
        lambda s: note_finding(s, here, digest, form.reason.data, role=role, now=now()),
    ):
        return done("staff.consistency", _("The reason is saved. The finding stays in the list."))
    back = (url_for("staff.consistency"), _("Check of the documents"))
    heading, lead = _("Say why it is as it should be"), finding_words(listed.finding)
    return form_page(form, heading, back, tab=TAB, lead=lead)


@blueprint.post(f"{ROOT}<slug:digest>/ta-bort")
@requires(Permission.WRITE_PLAN)
def take_back_consistency_note(digest: str) -> Response:
    """Take a reason back."""
    here = current_municipality()
    with unit_of_work() as session:
        take_back_note(session, here, digest)
    return done("staff.consistency", _("The reason is taken away."))


def _find(digest: str) -> Listed:
    for listed in list_findings(db.session(), current_municipality(), today()):
        if listed.finding.digest == digest:
            return listed
    raise NotFound(digest)
