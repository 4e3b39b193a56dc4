"""What makes the survey work without a line, and stand on a phone like an app of its own.

The service worker stands inside the municipality's address, since it may only look after what lies
below it. Its page of answers that wait is the same for everybody: what waits is known to the
device alone.
"""

from flask import Response, jsonify, make_response, render_template

from webapp.assets import built_asset, hashed_name
from webapp.icons import ICON_SIZES, mark_icon
from webapp.tenancy import current_municipality
from webapp.views.survey.blueprint import blueprint

DAY_S = 86_400


@blueprint.get("/sw.js")
def service_worker() -> Response:
    """The service worker, asked for anew each time: an old one would keep old files."""
    response = built_asset(hashed_name("sw.js"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/vantar")
def waiting() -> Response:
    """The answers on this device that have not been sent: filled in by script."""
    response = make_response(render_template("survey/waiting.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/app.webmanifest")
def manifest() -> Response:
    """Name, colours and icons for the home screen."""
    municipality = current_municipality()
    home = f"/{municipality.slug}/"
    icons = [
        {"src": f"{home}ikon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    response = jsonify(
        id=home,
        name=f"Trygghetsdialog {municipality.name}",
        short_name=municipality.name,
        lang="sv",
        start_url=home,
        scope=home,
        display="minimal-ui",
        background_color="#F4F6F4",
        theme_color="#FFFFFF",
        icons=[icon | {"purpose": purpose} for icon in icons for purpose in ("any", "maskable")],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = f"public, max-age={DAY_S}"
    return response


@blueprint.get("/ikon-192.png", endpoint="icon_192", defaults={"size": 192})
@blueprint.get("/ikon-512.png", endpoint="icon_512", defaults={"size": 512})
def icon(size: int) -> Response:
    """The mark in the municipality's colour."""
    response = Response(mark_icon(size, current_municipality().brand_color), mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={DAY_S}"
    return response
