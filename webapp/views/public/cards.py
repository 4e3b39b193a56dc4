"""Share cards of the public pages, and what robots are told."""

from flask import Response

from surveys.queries.promises.page import get_public_promise
from surveys.queries.promises.promises import list_public_promises
from webapp.cards import card_response, municipality_card, promise_card
from webapp.clock import today
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint

# Those who draw previews are robots too, so everything that is spread is open to them.
ROBOTS = """User-agent: *
Disallow: /*/handlaggning/
Disallow: /*/kvitto
Disallow: /logga-in
"""


@blueprint.get("/<slug:kommun>/kort.png")
def municipality_picture() -> Response:
    """How the promises go. While a dialogue is open, the pages show that one's card."""
    here = current_municipality()
    running = [p for p in list_public_promises(db.session(), here, today()) if p.time.is_running]
    return card_response(municipality_card(here, len(running)))


@blueprint.get("/<slug:kommun>/loften/<slug:slug>/kort.png")
def promise_picture(slug: str) -> Response:
    """How far a promise has come."""
    page = get_public_promise(db.session(), current_municipality(), slug, today())
    return card_response(promise_card(current_municipality(), page.summary))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What search engines leave alone."""
    return Response(ROBOTS, mimetype="text/plain")
