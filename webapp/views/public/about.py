"""Who answers for the service and what it does with answers: what the footer links to."""

from flask import render_template

from webapp.accessibility import ACCESSIBILITY
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get("/<slug:kommun>/sa-hanterar-vi-svar")
def privacy() -> str:
    """What is kept of an answer, why, and which rights one has."""
    return render_template("public/privacy.html", police_area=_police_area())


@blueprint.get("/<slug:kommun>/tillganglighet")
def accessibility() -> str:
    """The statement that the law on accessible public services asks for."""
    return render_template("public/accessibility.html", statement=ACCESSIBILITY)


@blueprint.get("/<slug:kommun>/kontakt")
def contact() -> str:
    """Whom to ask, by role."""
    return render_template("public/contact.html", police_area=_police_area())


def _police_area() -> str | None:
    return next((area.name for area in current_municipality().police_areas), None)
