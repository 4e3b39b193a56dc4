"""The places of the survey beyond the form itself: still maps, and what the script asks for.

A pin is a place that a person marked, so it stands in no address that could be logged or kept:
the still map is drawn into the page that shows it, as a data address.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from flask import Response, json, render_template, request, url_for

from maps.drawing.static import Pin
from maps.drawing.still import PIN_ZOOM, draw_still, is_in_water, look_at
from maps.ground.basemap import Basemap
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.questionnaires import get_questionnaire
from surveys.queries.ground.streets import has_streets, list_streets
from webapp.assets import asset
from webapp.base_map import GroundOf, page_ground, picture_ground
from webapp.extensions import db
from webapp.forms.place_names import PlaceNames
from webapp.forms.place_reading import place_form
from webapp.forms.survey_places import PlaceForm
from webapp.tenancy import current_municipality
from webapp.views.survey.blueprint import blueprint
from webapp.words.place import script_words

# In a blank place that the browser copies; it puts the place's number here.
PLACE_NUMBER = "__N__"
KEPT_S = 600


@blueprint.get("/dialoger/<slug:slug>/plats")
def blank_place(slug: str) -> Response:
    """A place to fill in, the place list and the script's words: fetched when they are needed."""
    municipality = current_municipality()
    dialogue = get_dialogue(db.session(), municipality, slug)
    names = PlaceNames.of(get_questionnaire(db.session(), municipality, dialogue))
    form = place_form(PLACE_NUMBER, {}, names)
    document = {
        "html": render_template("survey/blank_place.html", form=form),
        "places": [
            [p.name, list(p.aliases), p.lat, p.lon, p.radius_m, p.is_housing] for p in names.places
        ],
        "words": script_words(),
        "map": _map_data(names),
    }
    if has_streets(db.session(), municipality):
        document["streets"] = url_for("survey.streets", start="aa").replace("aa.json", "")
    return _kept(document)


@blueprint.get("/gator/<letters:start>.json")
def streets(start: str) -> Response:
    """The streets that begin so, or have a word that does: the script searches among them.

    No more than two letters of what somebody types come here, so that no log holds it.
    """
    page = list_streets(
        db.session(), current_municipality(), start, page=request.args.get("sida", 1, type=int)
    )
    document = {
        "streets": [[s.name, [], s.lat, s.lon, s.radius_m, False] for s in page.streets],
        "more": page.has_more,
    }
    return _kept(document)


def _kept(document: Mapping[str, object]) -> Response:
    response = Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_S}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _map_data(names: PlaceNames) -> dict[str, object]:
    lat, lon = names.center or (None, None)
    return {
        "mapSrc": asset("map.js"),
        "mapCss": asset("map.css"),
        "ground": url_for("survey.base_map"),
        "base": page_ground(),
        "cell": names.pin_cell_m,
        "lat": lat,
        "lon": lon,
    }


def draw_place_maps(places: Sequence[PlaceForm]) -> None:
    """Draw the still map of each place that shows one, with every marked place on it."""
    if not any(form.has_open_map for form in places):
        return
    ground_of = picture_ground(current_municipality())
    pins = [pin for n, form in enumerate(places, start=1) if (pin := _pin(n, form))]
    for number, form in enumerate(places, start=1):
        if not form.has_open_map:
            continue
        own = form.shown_pin
        ground = ground_of(form.view.edges)
        form.is_in_water = own is not None and is_in_water(_around(ground_of, own), *own)
        # The place's own pin comes last: it lies above the others, in its glow.
        others = [pin for pin in pins if pin.number != number]
        mine = [pin for pin in pins if pin.number == number and own]
        svg = draw_still(
            ground,
            form.view,
            places=form.names.points,
            pins=[*others, *mine],
            glow_m=form.names.pin_cell_m if mine else 0,
        )
        form.picture = f"data:image/svg+xml,{quote(svg)}"


def _around(ground_of: GroundOf, pin: tuple[float, float]) -> Basemap:
    """The ground where the pin stands, which may lie outside the picture."""
    return ground_of(look_at(*pin, PIN_ZOOM).edges)


def _pin(number: int, form: PlaceForm) -> Pin | None:
    named = form.names.point(form.name.data or "")
    where = form.shown_pin or ((named.lat, named.lon) if named else None)
    return Pin(number, *where) if where else None
