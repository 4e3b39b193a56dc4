"""The ground under the resident's map, from our own origin."""

from flask import Response, request

from maps.geojson import dumps
from surveys.queries.ground.base_maps import get_base_map
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.survey.blueprint import blueprint

DAY_S = 86_400


@blueprint.get("/karta.geojson")
def base_map() -> Response:
    """The schematic map and the named places; unchanged it is not sent again."""
    document = get_base_map(db.session(), current_municipality())
    response = Response(dumps(document), mimetype="application/geo+json")
    response.headers["Cache-Control"] = f"public, max-age={DAY_S}"
    response.add_etag()
    response.make_conditional(request)
    return response
