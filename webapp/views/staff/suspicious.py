"""Suspicious answers: how many are in no figure and why, and the decision whether they count."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from surveys.errors import InvalidInput
from surveys.models.response import Suspicion, SuspicionReview
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.suspicions import list_decisions, list_suspicious, summarise_left_out
from surveys.services.dialogues.suspicions import DecisionDraft, decide
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.looks import log_looks, sees_rows
from webapp.navigation import dialogue_tabs
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint

PAGE_FIELD = "sida"


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/misstankta")
@requires(Permission.READ_RESULTS)
def suspicious(slug: str) -> str:
    """The marks with their counts, the marked answers for those who may read them, and the log.

    What somebody chose beside their words is a row, for those who may see rows.
    """
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    typed = request.args.get(PAGE_FIELD, "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
    page = list_suspicious(session, municipality, dialogue, page=number)
    shows_rows = sees_rows()
    log_looks([dialogue], has_below=shows_rows and bool(page.entries))
    return render_template(
        "staff/suspicious.html",
        dialogue=dialogue,
        left_out=summarise_left_out(session, municipality, dialogue),
        page=page,
        shows_rows=shows_rows,
        decisions=list_decisions(session, municipality, dialogue),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/misstankta")
@requires(Permission.MANAGE_DIALOGUE)
def decide_suspicious(slug: str) -> ResponseReturnValue:
    """Count one marked answer, or all of a kind, or leave them out."""
    draft = _draft(request.form.get("decision", ""))
    municipality = current_municipality()
    with unit_of_work() as session:
        n = decide(
            session,
            municipality,
            get_dialogue(session, municipality, slug),
            draft,
            decided_by=signed_in_account().title,
            now=now(),
        )
    if draft.review is SuspicionReview.COUNTED:
        flash(ngettext("%(num)s answer is counted.", "%(num)s answers are counted.", n))
    else:
        flash(ngettext("%(num)s answer is left out.", "%(num)s answers are left out.", n))
    return redirect(url_for("staff.suspicious", slug=slug), 303)


def _draft(typed: str) -> DecisionDraft:
    """``counted:burst`` or ``left_out:<id of an answer>``."""
    review, _colon, meant = typed.partition(":")
    try:
        decided = SuspicionReview(review)
        if meant in {suspicion.value for suspicion in Suspicion}:
            return DecisionDraft(decided, suspicion=Suspicion(meant))
        return DecisionDraft(decided, response_id=uuid.UUID(meant))
    except ValueError:
        raise InvalidInput("choice", "decision") from None
