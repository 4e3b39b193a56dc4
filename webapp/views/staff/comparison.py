"""Two rounds held against each other, and longer series where rounds may stand in one."""

from flask import render_template, request
from flask_security import current_user

from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue, list_dialogues
from surveys.queries.results.comparison import compare_rounds
from surveys.queries.results.rounds import list_series
from surveys.statistics.proportions import FEW_ANSWERS
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.looks import log_looks
from webapp.navigation import dialogue_tabs
from webapp.round_figures import panel, round_rows, series_figure
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.words.round import BREAKS


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/jamfor")
@requires(Permission.READ_RESULTS)
def comparison(slug: str) -> str:
    """This round and another one, chosen with ``med``; without it, the rounds to choose among."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    others = [d for d in list_dialogues(session, here) if d.id != dialogue.id]
    chosen = request.args.get("med", "").strip()
    if not chosen or chosen == slug:
        return render_template(
            "staff/comparison_choice.html",
            dialogue=dialogue,
            choices=[(other, ()) for other in others],
            **_frame(dialogue),
        )
    other = get_dialogue(session, here, chosen)
    sees_rows = current_user.can(Permission.READ_ROWS, here)
    found = compare_rounds(session, here, dialogue, other, sees_rows=sees_rows)
    series = list_series(
        session,
        here,
        [d for d in (dialogue, *others) if d.opens_at <= now()],
        sees_rows=sees_rows,
    )
    page = render_template(
        "staff/comparison.html",
        dialogue=dialogue,
        others=others,
        chosen=other.slug,
        found=found,
        rounds=round_rows(found),
        questions=[panel(measure) for measure in found.questions],
        families=[panel(measure) for measure in found.families if measure.rows],
        series=[series_figure(each) for each in series],
        breaks=[str(BREAKS[each]) for each in found.breaks],
        few_answers=FEW_ANSWERS,
        **_frame(dialogue),
    )
    log_looks((dialogue, other), has_below=found.has_below)
    return page


def _frame(dialogue: Dialogue) -> dict[str, object]:
    return {"staff_tabs": dialogue_tabs(dialogue), "staff_label": dialogue.title}
