"""Two rounds' maps beside each other: shown as the job process last drew them."""

from hashlib import sha256

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import quote_etag

from surveys.errors import InvalidInput
from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue, list_dialogues
from surveys.queries.maps.round_maps import (
    RoundMaps,
    get_round_map_part,
    get_round_maps,
    list_choices,
)
from surveys.services.evidence.table_evidence import freeze_place as freeze
from surveys.services.maps.round_map_requests import COMPUTE_ROUNDS, request_round_map
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.looks import log_looks
from webapp.navigation import dialogue_tabs
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.words.figure import figure_words
from webapp.words.round import BREAKS
from webapp.words.round_map import (
    area_rows,
    area_summary,
    class_words,
    place_panels,
    settings_notes,
)
from webapp.words.rules import rule_text

_PAGE = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta/jamfor"
_SIDES = ("fore", "efter")
_TYPES = {"js": ("script", "text/javascript"), "css": ("style", "text/css")}


@blueprint.get(_PAGE)
@requires(Permission.READ_MAP)
def round_maps(slug: str) -> str:
    """This round and another, chosen with ``med``; without it, the rounds to choose among."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    others = [each for each in list_dialogues(session, here) if each.id != dialogue.id]
    chosen = request.args.get("med", "").strip()
    choices = list_choices(dialogue, others)
    frame = {"dialogue": dialogue, "choices": choices, **_frame(dialogue)}
    if not chosen or chosen == slug:
        return render_template("staff/round_maps_choice.html", **frame)
    other = get_dialogue(session, here, chosen)
    state = get_round_maps(session, here, dialogue, other)
    page = render_template(
        "staff/round_maps.html",
        state=state,
        found=state.found,
        chosen=other.slug,
        breaks=[str(BREAKS[each]) for each in state.breaks],
        **_drawn(state.found),
        **frame,
    )
    log_looks((dialogue, other), has_below=False)
    return page


@blueprint.post(f"{_PAGE}/rita")
@requires(Permission.RUN_ANALYSIS)
def draw_round_maps(slug: str) -> ResponseReturnValue:
    """Ask the job process for the maps of this round and another."""
    here = current_municipality()
    with unit_of_work() as session:
        dialogue = get_dialogue(session, here, slug)
        other = get_dialogue(session, here, request.form.get("med", "").strip())
        drawing_id = request_round_map(session, here, (dialogue, other), now=now()).id
        chosen = other.slug
    job_queue().enqueue(COMPUTE_ROUNDS, here.id, drawing_id)
    flash(_("The maps are being drawn. It takes a few seconds; load the page again then."))
    return redirect(url_for("staff.round_maps", slug=slug, med=chosen), 303)


@blueprint.post(f"{_PAGE}/underlag")
@requires(Permission.WRITE_EVIDENCE)
def freeze_place(slug: str) -> ResponseReturnValue:
    """Freeze one place before and after; go to the page of what was saved."""
    here, other = current_municipality(), request.form.get("med", "")
    place_id = request.form.get("plats", 0, type=int)
    words, role = figure_words(here), signed_in_account().title
    try:
        with unit_of_work() as session:
            made = freeze(session, here, (slug, other, place_id), words, by=role, now=now()).id
    except InvalidInput as refused:
        flash(rule_text(refused.code), "warning")
        return redirect(url_for("staff.round_maps", slug=slug, med=other), 303)
    flash(_("Saved as evidence. It stays as it is now."))
    return redirect(url_for("staff.evidence", evidence_id=made), 303)


@blueprint.get(f"{_PAGE}/<int:drawing_id>/<any({', '.join(_SIDES)}):side>.<any(js, css):part>")
@requires(Permission.READ_MAP)
def round_map_part(slug: str, drawing_id: int, side: str, part: str) -> Response:
    """The script or the style sheet of one of the two maps, of our own origin."""
    session, here = db.session(), current_municipality()
    get_dialogue(session, here, slug)
    drawing, parts = get_round_map_part(session, here, drawing_id, _SIDES.index(side))
    log_looks((drawing.earlier, drawing.later), has_below=False)
    name, mimetype = _TYPES[part]
    response = Response(parts[name], mimetype=mimetype)
    # A drawing that was dropped may have had the same number.
    response.headers["ETag"] = quote_etag(f"{drawing_id}-{side}-{part}-{_sum(parts[name])}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _sum(content: str) -> str:
    return sha256(content.encode()).hexdigest()[:16]


def _drawn(found: RoundMaps | None) -> dict[str, object]:
    """The maps and what is said of them; empty before they have been drawn."""
    if found is None:
        return {}
    here = current_municipality()
    parts = [get_round_map_part(db.session(), here, found.id, side)[1] for side in range(2)]
    return {
        "maps": list(zip(_SIDES, found.sides, parts, strict=True)),
        "classes": class_words(found.class_limits),
        "areas": area_rows(found),
        "summary": area_summary(found),
        "places": place_panels(found),
        "notes": settings_notes(found),
    }


def _frame(dialogue: Dialogue) -> dict[str, object]:
    return {"staff_tabs": dialogue_tabs(dialogue), "staff_label": dialogue.title}
