"""A local police area: what the police promise together with each municipality of it."""

from flask import render_template

from surveys.queries.municipalities.police_areas import get_police_area
from webapp.clock import today
from webapp.extensions import db
from webapp.views.public.blueprint import blueprint


@blueprint.get("/polisomraden/<slug:slug>")
def police_area(slug: str) -> str:
    """The municipalities side by side; nothing of one stands under another."""
    page = get_police_area(db.session(), slug, today())
    return render_template("public/police_area.html", page=page, today=today())
