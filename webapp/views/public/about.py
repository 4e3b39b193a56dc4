"""Who answers for the service and what it does with answers: what the footer links to."""

from flask import render_template

from surveys.models.municipality import LocalPoliceArea
from surveys.queries.municipalities.notices import get_accessibility_statement, get_privacy_notice
from webapp.accessibility import ACCESSIBILITY
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get("/<slug:kommun>/sa-hanterar-vi-svar")
def privacy() -> str:
    """What is kept of an answer, why, and which rights one has."""
    notice = get_privacy_notice(db.session(), current_municipality())
    area = _police_area()
    return render_template(
        "public/privacy.html", notice=notice, police_area=area.name if area else None
    )


@blueprint.get("/<slug:kommun>/for-barn")
def privacy_for_children() -> str:
    """The same in a few plain words."""
    return render_template("public/for_children.html")


@blueprint.get("/<slug:kommun>/tillganglighet")
def accessibility() -> str:
    """The statement that the law on accessible public services asks for."""
    return render_template(
        "public/accessibility.html",
        statement=get_accessibility_statement(db.session(), current_municipality()),
        product=ACCESSIBILITY,
    )


@blueprint.get("/<slug:kommun>/kontakt")
def contact() -> str:
    """Whom to ask, by role."""
    return render_template("public/contact.html", police_area=_police_area())


def _police_area() -> LocalPoliceArea | None:
    return next(iter(current_municipality().police_areas), None)
