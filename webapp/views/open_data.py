"""Open data under /api/v1: what has been published, for programs, and the page that explains it."""

import json
from collections.abc import Callable

from flask import Response, abort, render_template, request

from surveys.errors import NotFound
from surveys.languages import SWEDISH
from surveys.queries.municipalities.municipalities import list_municipalities
from webapp.api.answers import OPEN_TO_ALL, answer_rows, formats_of, open_answer
from webapp.api.catalog import describe_catalog
from webapp.api.description import ROOT, address, describe
from webapp.api.fields import Asked, Resource
from webapp.api.problems import init_problems
from webapp.api.resources import RESOURCES
from webapp.extensions import csrf, db
from webapp.tenancy import current_municipality, tenant_blueprint
from webapp.writing import written_in

blueprint = tenant_blueprint("api", __name__, url_prefix=None)
init_problems(blueprint)
csrf.exempt(blueprint)  # it only reads, and says so to whoever tries to write

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


@blueprint.get(f"{ROOT}/")
def documentation() -> str:
    """What there is, field by field, with addresses to try."""
    municipalities = list_municipalities(db.session())
    return render_template(
        "public/open_data.html",
        resources=[(resource, address(resource), formats_of(resource)) for resource in RESOURCES],
        root=ROOT,
        example=municipalities[0].slug if municipalities else "kommun",
    )


@blueprint.get(f"{ROOT}/openapi.json")
def openapi() -> Response:
    """The same for programs (OpenAPI 3.1)."""
    with written_in(SWEDISH):
        document = describe()
    return open_answer(json.dumps(document, ensure_ascii=False), "application/json")


@blueprint.get(f"{ROOT}/catalog.jsonld")
def catalog() -> Response:
    """The catalogue that a data portal reads (DCAT-AP-SE)."""
    with written_in(SWEDISH):
        document = describe_catalog(list_municipalities(db.session()))
    return open_answer(json.dumps(document, ensure_ascii=False), "application/ld+json")


@blueprint.route(f"{ROOT}/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing(rest: str) -> Response:
    """Any other address or method under the root: an answer for programs, not a page."""
    if request.method not in {"GET", "HEAD"}:
        abort(405)
    raise NotFound(rest)


@blueprint.after_request
def allow_reading(response: Response) -> Response:
    """Tell a browser on another site that it may ask."""
    if request.method == "OPTIONS":
        response.headers.update(OPEN_TO_ALL | PREFLIGHT)
    return response


def _view(resource: Resource) -> Callable[..., Response]:
    def read(slug: str | None = None) -> Response:
        here = current_municipality() if resource.is_of_municipality else None
        return answer_rows(resource, resource.rows(Asked(db.session(), here, slug)))

    read.__doc__ = str(resource.key)
    return read


for _resource in RESOURCES:
    blueprint.add_url_rule(
        ROOT + _resource.path,
        endpoint=_resource.key.replace("-", "_"),
        view_func=_view(_resource),
        methods=["GET"],
    )
