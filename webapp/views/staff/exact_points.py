"""Marks as single points: behind a right of their own and a reason, each look in the log."""

from typing import Any

from flask import abort, make_response, render_template, request, url_for
from flask_babel import gettext as _

from maps.drawing.point_picture import draw_points
from surveys.errors import InvalidInput
from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.exact_points import ExactPoints
from surveys.queries.maps.hotspots import get_latest_run, get_map_parts
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.results.filters import Filters
from surveys.queries.results.table_choices import list_map_choices
from surveys.services.maps.exact_points import show_points
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.filter_fields import chosen_words, filter_fields
from webapp.forms.points import PointsForm
from webapp.map_choice import UNKNOWN, kept_layer, read_map_choice
from webapp.navigation import dialogue_tabs
from webapp.public_maps import label_of, still_ground
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, form_page
from webapp.words.filter import write_filters
from webapp.words.rules import put_on_form


@blueprint.route(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta/punkter", methods=["GET", "POST"]
)
@requires(Permission.READ_POINTS)
@requires(Permission.READ_MAP)
def exact_points(slug: str) -> Answer:
    """Ask for the reason; then show the points once, on the page that answers."""
    dialogue = get_dialogue(db.session(), current_municipality(), slug)
    filters, refused = read_map_choice(request.args)
    if refused:  # never more than was asked for
        abort(400 if refused == UNKNOWN else 403)
    form = PointsForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                found = show_points(
                    session,
                    current_municipality(),
                    signed_in_account(),
                    dialogue,
                    filters,
                    form.draft(),
                    now=now(),
                )
            return _points_page(dialogue, filters, found)
        except InvalidInput as error:
            put_on_form(form, error)
    return form_page(
        form,
        _("Marks as single points"),
        (url_for("staff.hotspot_map", slug=slug, **_address(filters)), _("The map")),
        tab="map",
        action=request.full_path,
        above=dialogue.title,
        lead=_("The look is written into the log with your role, the time and the reason."),
        submit=_("Show the points"),
    )


def _address(filters: Filters) -> dict[str, Any]:
    """Of the map that one came from: its part of the marks and its layer."""
    return write_filters(filters) | kept_layer(request.args)


def _points_page(dialogue: Dialogue, filters: Filters, found: ExactPoints) -> Answer:
    session, municipality = db.session(), current_municipality()
    run = get_latest_run(session, municipality, dialogue)
    has_map = run is not None and run.has_map
    fields = filter_fields(list_map_choices(session, municipality, dialogue), filters)
    page = render_template(
        "staff/exact_points.html",
        dialogue=dialogue,
        found=found,
        chosen=chosen_words(fields),
        address=_address(filters),
        run=run if has_map else None,
        map_html=_map_html(dialogue, run.id, found)
        if run is not None and has_map and found.points
        else "",
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _map_html(dialogue: Dialogue, run_id: int, found: ExactPoints) -> str:
    """The live map, and for browsers without script the points where it has squares and rings."""
    session, municipality = db.session(), current_municipality()
    live, _still, _rest = get_map_parts(session, municipality, dialogue, run_id).html.partition(
        "<noscript"
    )
    # As on the live map, where a sensitive place is no name that others are found by.
    register = [p for p in list_named_places(session, municipality) if not p.is_sensitive]
    picture = draw_points(
        [(point.lat, point.lon) for point in found.points],
        still_ground(municipality),
        [label_of(place) for place in sorted(register, key=lambda place: -place.radius_m)],
        title=_("Marks as single points"),
    )
    return f"{live}<noscript>{picture}</noscript>"
