"""The ground under all maps, from our own origin: the imported base map, or a source's pictures."""

from flask import Blueprint, Response, abort, current_app, request, send_file
from shapely.geometry import shape
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from surveys.queries.municipalities.municipalities import list_outlines
from webapp.assets import YEAR
from webapp.base_map import base_map_folder, raster_source, stored_map
from webapp.extensions import db
from webapp.raster_source import Bounds, NoPicture, is_wanted

blueprint = Blueprint("base_map", __name__)

PMTILES = "application/vnd.pmtiles"
_BEYOND = 0.15  # degrees round a municipality: a map shows what lies next to it
_AREAS_S = 600
_DAY_S = 86_400


@blueprint.get("/grundkarta/<slug:stamp>.pmtiles")
def tiles(stamp: str) -> Response:
    """The base map, or the bytes of it that were asked for.

    The address changes with the content, so a browser need never ask for the same bytes again.
    """
    stored = stored_map()
    if stored is None:
        abort(404)
    path = base_map_folder() / f"{stamp}.pmtiles"  # the one before, for a page that lies open
    if not path.is_file():
        abort(404)
    try:
        response = send_file(path, mimetype=PMTILES, conditional=True, etag=stamp, max_age=YEAR)
    except RequestedRangeNotSatisfiable:  # for a script, which reads the length and no page
        size = path.stat().st_size
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@blueprint.get("/grundkarta/bild/<int:z>/<int:x>/<int:y>")
def picture(z: int, x: int, y: int) -> Response:
    """One picture of the operator's source; 503 without one while the source cannot be reached."""
    source = raster_source()
    if source is None or not is_wanted(z, x, y, _areas()):
        abort(404)
    try:
        content, kind = source.picture(z, x, y)
    except NoPicture:
        response = Response(status=503)
        response.headers["Retry-After"] = "30"
        response.headers["Cache-Control"] = "no-store"
        return response
    response = Response(content, mimetype=kind)
    response.headers["Cache-Control"] = f"public, max-age={_DAY_S}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _areas() -> list[Bounds]:
    """Where the municipalities lie, with a rim; looked up again every ten minutes."""
    clock = current_app.extensions["clock"]
    kept = current_app.extensions.get("ground_areas")
    if kept is None or (clock() - kept[0]).total_seconds() > _AREAS_S:
        found = [shape(outline).bounds for outline in list_outlines(db.session())]
        wide = [
            (w - _BEYOND * 2, s - _BEYOND, e + _BEYOND * 2, n + _BEYOND) for w, s, e, n in found
        ]
        kept = (clock(), wide)
        current_app.extensions["ground_areas"] = kept
    areas: list[Bounds] = kept[1]
    return areas
