"""The municipality's dialogues, open and closed."""

from flask import render_template

from surveys.models.dialogue import DialoguePhase
from surveys.queries.dialogues.dialogues import list_dialogues
from webapp.clock import now
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.survey.blueprint import blueprint


@blueprint.get("/dialoger/")
def dialogues() -> str:
    """All rounds, what can be answered now first."""
    every = list_dialogues(db.session(), current_municipality())
    by_phase = {
        phase: [dialogue for dialogue in every if dialogue.phase(now()) is phase]
        for phase in DialoguePhase
    }
    return render_template(
        "survey/dialogues.html",
        open=by_phase[DialoguePhase.OPEN],
        upcoming=by_phase[DialoguePhase.UPCOMING],
        closed=by_phase[DialoguePhase.CLOSED],
    )
