"""A promise on somebody else's page: a small page of ours in a frame of theirs.

It sets no cookie, runs no script and tells nothing of who reads it. It is the only address that
may stand in another site's frame.
"""

from flask import Response, make_response, render_template

from surveys.queries.promises.edition import get_published
from surveys.queries.promises.page import get_public_promise
from webapp.clock import today
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint

FRESH_S = 600  # a page that many read asks ten minutes later again


@blueprint.get("/<slug:kommun>/loften/<slug:slug>/kort")
def embedded_promise(slug: str) -> Response:
    """How the promise stands today, small enough for a column beside a text."""
    page = get_public_promise(db.session(), current_municipality(), slug, today())
    response = make_response(
        render_template("public/embedded_promise.html", promise=page.summary, today=today())
    )
    response.headers["Cache-Control"] = f"public, max-age={FRESH_S}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/<slug:kommun>/loften/<slug:slug>/kort/kod")
def embed_code(slug: str) -> str:
    """What to paste, and how it will look."""
    promise = get_published(db.session(), current_municipality(), slug)
    return render_template("public/embed_code.html", promise=promise)
