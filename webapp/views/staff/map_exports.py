"""The files of the map: asked for here, made by the job process, fetched when they are there."""

from hashlib import sha256
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import quote_etag

from surveys.models.map_export import ExportFormat
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.hotspots import get_filters, get_map_parts
from surveys.queries.maps.map_exports import get_export
from surveys.services.maps.map_exports import MAKE_EXPORTS, request_exports
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.looks import log_looks
from webapp.map_choice import is_too_fine, kept_layer, read_map_choice
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.words.filter import write_filters

MIMETYPES = {
    ExportFormat.GEOPACKAGE: "application/geopackage+sqlite3",
    ExportFormat.GEOJSON: "application/geo+json",
    ExportFormat.CSV: "text/csv",
    ExportFormat.PDF: "application/pdf",
}
_MAP = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/karta"


@blueprint.post(f"{_MAP}/filer")
@requires(Permission.READ_MAP)
def make_map_files(slug: str) -> ResponseReturnValue:
    """Ask the job process for the files of the latest map of what the form chooses."""
    municipality = current_municipality()
    filters, refused = read_map_choice(request.form)
    if refused:
        abort(400)
    with unit_of_work() as session:
        dialogue = get_dialogue(session, municipality, slug)
        run_id = request_exports(session, municipality, dialogue, filters, now=now())
    job_queue().enqueue(MAKE_EXPORTS, municipality.id, run_id)
    flash(_("The files are being made. It takes a few seconds; load the page again then."))
    chosen: dict[str, Any] = write_filters(filters) | kept_layer(request.form)
    return redirect(url_for("staff.hotspot_map", slug=slug, _anchor="filer", **chosen), 303)


@blueprint.get(f"{_MAP}/<int:run_id>/karta.gpkg", defaults={"kind": "gpkg"})
@blueprint.get(f"{_MAP}/<int:run_id>/karta.geojson", defaults={"kind": "geojson"})
@blueprint.get(f"{_MAP}/<int:run_id>/karta.csv", defaults={"kind": "csv"})
@blueprint.get(f"{_MAP}/<int:run_id>/karta.pdf", defaults={"kind": "pdf"})
@requires(Permission.READ_MAP)
def map_file(slug: str, run_id: int, kind: str) -> Response:
    """One file of a map."""
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    get_map_parts(session, municipality, dialogue, run_id)  # the run is this dialogue's, or 404
    if is_too_fine(get_filters(session, municipality, dialogue, run_id)):
        abort(403)
    chosen = ExportFormat(kind)
    export = get_export(session, municipality, run_id, chosen)
    log_looks([dialogue], has_below=False)
    response = Response(export.content, mimetype=MIMETYPES[chosen])
    name = f"{municipality.slug}-{dialogue.slug}-karta.{chosen.value}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    # By what is in it: a file that is made anew may be just as long.
    response.headers["ETag"] = quote_etag(sha256(export.content).hexdigest())
    response.make_conditional(request)
    return response
