"""Which municipality an address speaks for.

Every blueprint of a municipality stands under ``/<slug:kommun>``. The first part of the path is
taken out of the view's arguments here, turned into ``g.municipality`` and put back into every
address that the page builds.
"""

from datetime import date
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g
from werkzeug.routing import BaseConverter, IntegerConverter

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.queries.municipalities.municipalities import get_municipality
from webapp.extensions import db


class SlugConverter(BaseConverter):
    """Lower-case letters, digits and hyphens: the only form an address part has."""

    regex = r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?"


class IdConverter(IntegerConverter):
    """A row's number: as many digits as any database's integer holds, so no address can break."""

    regex = r"\d{1,9}"


class TypedWordConverter(BaseConverter):
    """A word as people type it, from a poster or by ear: with capitals, å, ä, ö and spaces too."""

    regex = r"[^/]{1,80}"
    part_isolating = True


class LettersConverter(BaseConverter):
    """The two first letters of what is searched for."""

    regex = r"[^\W_]{2}"


class MonthConverter(BaseConverter):
    """A month as ``2023-10``: the first day of it."""

    regex = r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


def init_tenancy(app: Flask) -> None:
    """Register the converters and fill ``kommun`` into addresses built inside a municipality."""
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["int"] = IdConverter
    app.url_map.converters["typed"] = TypedWordConverter
    app.url_map.converters["letters"] = LettersConverter
    app.url_map.converters["month"] = MonthConverter
    app.url_defaults(_fill_in_municipality)
    app.context_processor(_municipality_for_templates)


def tenant_blueprint(
    name: str, import_name: str, url_prefix: str | None = "/<slug:kommun>"
) -> Blueprint:
    """A blueprint whose pages belong to one municipality.

    With ``url_prefix=None`` each route spells its whole path, and those without ``kommun`` in it
    belong to no municipality.
    """
    blueprint = Blueprint(name, import_name, url_prefix=url_prefix)
    blueprint.url_value_preprocessor(_take_out_municipality)
    return blueprint


def current_municipality() -> Municipality:
    """The municipality of this request; only inside a tenant blueprint."""
    municipality = g.get("municipality")
    if not isinstance(municipality, Municipality):
        raise LookupError("this page belongs to no municipality")
    return municipality


def _take_out_municipality(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    slug = (values or {}).pop("kommun", None)
    if slug is None:
        return
    try:
        g.municipality = get_municipality(db.session(), slug)
    except NotFound:
        abort(404)


def _fill_in_municipality(endpoint: str, values: dict[str, Any]) -> None:
    municipality = g.get("municipality")
    if municipality is None or "kommun" in values:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "kommun"):
        values["kommun"] = municipality.slug


def _municipality_for_templates() -> dict[str, Any]:
    return {"municipality": g.get("municipality")}
