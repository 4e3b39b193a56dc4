"""The map of places that feel unsafe: shown as the job process last drew it, never drawn here."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from shapely.geometry import shape
from werkzeug.http import quote_etag

from maps.drawing.spots import signs_outside, with_spots
from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.suspicions import summarise_left_out
from surveys.queries.maps.hotspots import RunSummary, get_filters, get_map_parts, get_map_state
from surveys.queries.maps.map_exports import list_exports
from surveys.queries.maps.place_work import WorkMap, get_work_map, spot_at
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.queries.results.table_choices import list_map_choices
from surveys.services.maps.hotspot_requests import COMPUTE_HOTSPOTS, request_run
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.filter_fields import chosen_words, filter_fields
from webapp.looks import log_looks, sees_rows
from webapp.map_choice import LAYER, UNKNOWN, is_offered, is_too_fine, kept_layer, read_map_choice
from webapp.navigation import dialogue_tabs
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.words.coverage import coverage_words
from webapp.words.filter import write_filters
from webapp.words.map_layer import off_map_words, view_layers
from webapp.words.work_map import view_work

_MAP = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta"


@blueprint.get(_MAP)
@requires(Permission.READ_MAP)
def hotspot_map(slug: str) -> tuple[str, int]:
    """The latest map of all marks, or of those that the address chooses, and its lists."""
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    log_looks([dialogue], has_below=False)
    filters, refused = read_map_choice(request.args)
    state = get_map_state(session, municipality, dialogue, filters)
    run = state.latest
    fields = filter_fields(list_map_choices(session, municipality, dialogue), filters)
    layers = view_layers(run.layers, municipality.min_respondents) if run else []
    keys = [layer.key for layer in layers]
    layer = kept_layer(request.args)
    work = get_work_map(session, municipality)
    map_html = _map_html(dialogue, run, work) if run and run.has_map else ""
    page = render_template(
        "staff/hotspot_map.html",
        dialogue=dialogue,
        left_out=summarise_left_out(session, municipality, dialogue),
        state=state,
        run=run,
        map_html=map_html,
        outside=_signs_outside(map_html, run, work) if run else [],
        work=view_work(work, dialogue),
        fields=fields,
        chosen=chosen_words(fields),
        address=write_filters(filters),
        refused=refused,
        sees_rows=sees_rows(),
        layers=layers,
        coverage=coverage_words(run.settings) if run else "",
        off_map=off_map_words(run.off_map, municipality.min_respondents) if run else "",
        layer=layer,
        shown=layer[LAYER] if layer.get(LAYER) in keys else next(iter(keys), ""),
        files=list_exports(session, municipality, run.id) if run else {},
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )
    return page, 400 if refused == UNKNOWN else 200


@blueprint.post(f"{_MAP}/berakna")
@requires(Permission.RUN_ANALYSIS)
def run_hotspots(slug: str) -> ResponseReturnValue:
    """Ask the job process for a new map of all marks."""
    return _ask_for_run(slug, NO_FILTERS)


@blueprint.post(f"{_MAP}/urval")
@requires(Permission.READ_MAP)
def run_part(slug: str) -> ResponseReturnValue:
    """Ask the job process for a map of the marks that the form chooses."""
    filters, refused = read_map_choice(request.form)
    session, here = db.session(), current_municipality()
    choices = list_map_choices(session, here, get_dialogue(session, here, slug))
    if refused or not filters.key or not is_offered(filters, choices):
        return redirect(url_for("staff.hotspot_map", slug=slug), 303)
    return _ask_for_run(slug, filters)


def _ask_for_run(slug: str, filters: Filters) -> ResponseReturnValue:
    municipality = current_municipality()
    with unit_of_work() as session:
        dialogue = get_dialogue(session, municipality, slug)
        run_id = request_run(session, municipality, dialogue, filters, now=now()).id
    job_queue().enqueue(COMPUTE_HOTSPOTS, municipality.id, run_id)
    flash(_("The map is being computed. It takes a few seconds; load the page again then."))
    chosen: dict[str, Any] = write_filters(filters) | kept_layer(request.form)
    return redirect(url_for("staff.hotspot_map", slug=slug, **chosen), 303)


@blueprint.get(f"{_MAP}/<int:run_id>/karta.js")
@requires(Permission.READ_MAP)
def map_script(slug: str, run_id: int) -> Response:
    """The map's script, of our own origin as the content security policy asks."""
    return _map_part(slug, run_id, "script", "text/javascript")


@blueprint.get(f"{_MAP}/<int:run_id>/karta.css")
@requires(Permission.READ_MAP)
def map_style(slug: str, run_id: int) -> Response:
    """The map's style sheet."""
    return _map_part(slug, run_id, "style", "text/css")


def _map_html(dialogue: Dialogue, run: RunSummary, work: WorkMap) -> str:
    parts = get_map_parts(db.session(), current_municipality(), dialogue, run.id)
    return with_spots(parts.html, [spot_at(each.letter, each.place) for each in work.spots])


def _signs_outside(map_html: str, run: RunSummary, work: WorkMap) -> list[str]:
    """The numbers and letters that stand in the lists and not on the picture without script."""
    middles = [(str(each.rank), shape(each.geometry).centroid) for each in run.hotspots]
    signs = [(rank, middle.y, middle.x) for rank, middle in middles]
    signs += [(spot.letter, spot.place.lat, spot.place.lon) for spot in work.spots]
    return signs_outside(map_html, signs)


def _map_part(slug: str, run_id: int, part: str, mimetype: str) -> Response:
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    parts = get_map_parts(session, municipality, dialogue, run_id)
    if is_too_fine(get_filters(session, municipality, dialogue, run_id)):
        abort(403)
    log_looks([dialogue], has_below=False)
    response = Response(getattr(parts, part), mimetype=mimetype)
    # The same data give the same map; asked for again each time, because permissions change.
    response.headers["ETag"] = quote_etag(f"{run_id}-{part}-{parts.data_hash[:16]}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
