"""The map of places that feel unsafe: shown as the job process last drew it, never drawn here."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import quote_etag

from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues import get_dialogue
from surveys.queries.hotspots import RunSummary, get_map_parts, get_map_state
from surveys.queries.map_exports import list_exports
from surveys.queries.suspicions import summarise_left_out
from surveys.services.hotspot_requests import COMPUTE_HOTSPOTS, request_run
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.looks import log_looks
from webapp.navigation import dialogue_tabs
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta")
@requires(Permission.READ_MAP)
def hotspot_map(slug: str) -> str:
    """The latest map with its settings, and the same content as a list."""
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    log_looks([dialogue], has_below=False)
    state = get_map_state(session, municipality, dialogue)
    run = state.latest
    return render_template(
        "staff/hotspot_map.html",
        dialogue=dialogue,
        left_out=summarise_left_out(session, municipality, dialogue),
        state=state,
        run=run,
        map_html=_map_html(dialogue, run) if run and run.has_map else "",
        classes=class_words(run) if run else [],
        files=list_exports(session, municipality, run.id) if run else {},
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta/berakna")
@requires(Permission.RUN_ANALYSIS)
def run_hotspots(slug: str) -> ResponseReturnValue:
    """Ask the job process for a new map."""
    municipality = current_municipality()
    with unit_of_work() as session:
        dialogue = get_dialogue(session, municipality, slug)
        run_id = request_run(session, municipality, dialogue, now=now()).id
    job_queue().enqueue(COMPUTE_HOTSPOTS, municipality.id, run_id)
    flash(_("The map is being computed. It takes a few seconds; load the page again then."))
    return redirect(url_for("staff.hotspot_map", slug=slug), 303)


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta/<int:run_id>/karta.js")
@requires(Permission.READ_MAP)
def map_script(slug: str, run_id: int) -> Response:
    """The map's script, of our own origin as the content security policy asks."""
    return _map_part(slug, run_id, "script", "text/javascript")


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta/<int:run_id>/karta.css")
@requires(Permission.READ_MAP)
def map_style(slug: str, run_id: int) -> Response:
    """The map's style sheet."""
    return _map_part(slug, run_id, "style", "text/css")


def _map_html(dialogue: Dialogue, run: RunSummary) -> str:
    return get_map_parts(db.session(), current_municipality(), dialogue, run.id).html


def class_words(run: RunSummary) -> list[str]:
    """The classes of cells in persons, "5–6", "7–9", "10–", from their lowest numbers."""
    lows = [int(low) for low in run.settings.get("class_limits", [])]
    ends = [high - 1 for high in lows[1:]]
    closed = [
        str(low) if low == end else f"{low}–{end}" for low, end in zip(lows, ends, strict=False)
    ]
    return closed + [f"{low}–" for low in lows[-1:]]


def _map_part(slug: str, run_id: int, part: str, mimetype: str) -> Response:
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    parts = get_map_parts(session, municipality, dialogue, run_id)
    log_looks([dialogue], has_below=False)
    response = Response(getattr(parts, part), mimetype=mimetype)
    # The same data give the same map; asked for again each time, because permissions change.
    response.headers["ETag"] = quote_etag(f"{run_id}-{part}-{parts.data_hash[:16]}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
