"""The OpenAPI 3.1 document, made of the same descriptions as the answers."""

import re
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from flask_babel import gettext as _

from webapp.api.answers import DEFAULT_LIMIT, MAX_LIMIT, TYPES, field_schema, formats_of
from webapp.api.fields import Resource
from webapp.api.resources import RESOURCES

ROOT = "/api/v1"
PROBLEM = "Problem"


def describe() -> dict[str, Any]:
    """The whole document, in the language that is being written."""
    spec = APISpec(
        title=_("Open data of Trygghetsdialog"),
        version=version("trygghetsdialog"),
        openapi_version="3.1.0",
        info={
            "description": _(
                "What municipalities and police have published: dialogues, figures, maps,"
                " problem pictures, promises and how they go. Only what a published edition"
                " holds. No key is needed."
            ),
            "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
        },
        servers=[{"url": ROOT}],
        tags=[{"name": _("Data")}],
    )
    _add_components(spec)
    for resource in RESOURCES:
        spec.components.schema(schema_name(resource), _schema(resource))
        spec.path(address(resource), operations={"get": _operation(resource)})
    return dict(spec.to_dict())


def address(resource: Resource) -> str:
    """The resource's path with its parameters in braces, after ``ROOT``."""
    return re.sub(r"<\w+:(\w+)>", r"{\1}", resource.path)


def schema_name(resource: Resource) -> str:
    """The name of a row's schema: "MapCells"."""
    return "".join(part.capitalize() for part in resource.key.split("-"))


def parameters(resource: Resource) -> list[dict[str, Any] | str]:
    """The parts of the address, then format, limit and offset; a name is a shared component."""
    parts: list[dict[str, Any] | str] = []
    if resource.is_of_municipality:
        parts.append("kommun")
    if resource.is_of_one:
        parts.append("slug")
    offered = {
        "name": "format",
        "in": "query",
        "description": _("The format; without it what the request accepts."),
        "schema": {"type": "string", "enum": list(formats_of(resource)), "default": "json"},
    }
    return [*parts, offered, "limit", "offset"]


def _add_components(spec: APISpec) -> None:
    word = {"type": "string", "pattern": "^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$"}
    for name, about in (
        ("kommun", _("The municipality's part of each address.")),
        ("slug", _("The part of the address that names the dialogue or the picture.")),
    ):
        spec.components.parameter(name, "path", {"description": about, "schema": word})
    for name, about, schema in (
        (
            "limit",
            _("How many rows at most."),
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        ),
        ("offset", _("How many rows to pass over."), {"type": "integer", "minimum": 0}),
    ):
        spec.components.parameter(name, "query", {"description": about, "schema": schema})
    spec.components.schema(
        PROBLEM,
        {
            "type": "object",
            "description": _("What went wrong (RFC 9457)."),
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
            },
            "required": ["type", "title", "status"],
        },
    )
    for name, about in (
        ("BadRequest", _("A parameter cannot be read.")),
        ("NotFound", _("There is nothing published at this address.")),
        ("Unavailable", _("The data cannot be read just now.")),
    ):
        schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
        content = {"application/problem+json": {"schema": schema}}
        spec.components.response(name, {"description": about, "content": content})


def _schema(resource: Resource) -> dict[str, Any]:
    return {
        "type": "object",
        "description": str(resource.title),
        "properties": {field.name: field_schema(field) for field in resource.fields},
        "required": list(resource.names),
        "additionalProperties": False,
    }


def _operation(resource: Resource) -> dict[str, Any]:
    row = {"$ref": f"#/components/schemas/{schema_name(resource)}"}
    content: dict[str, Any] = {
        TYPES["json"]: {"schema": _list_schema("data", {"type": "array", "items": row})},
        TYPES["csv"]: {"schema": {"type": "string"}},
    }
    if resource.has_place:
        content[TYPES["geojson"]] = {"schema": _collection(row)}
    return {
        "operationId": resource.key.replace("-", "_"),
        "summary": str(resource.title),
        "description": str(resource.about),
        "tags": [_("Data")],
        "parameters": parameters(resource),
        "responses": {
            "200": {
                "description": str(resource.title),
                "headers": {
                    "ETag": {
                        "description": _("Send it as If-None-Match to ask whether it has changed."),
                        "schema": {"type": "string"},
                    },
                    "Link": {
                        "description": _("The address of the next part, where there is one."),
                        "schema": {"type": "string"},
                    },
                    "X-Total-Count": {
                        "description": _("How many rows there are in all."),
                        "schema": {"type": "integer"},
                    },
                },
                "content": content,
            },
            "304": {"description": _("It has not changed.")},
            "400": "BadRequest",
            "404": "NotFound",
            "503": "Unavailable",
        },
    }


def _list_schema(name: str, items: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            name: items,
            "total": {"type": "integer"},
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "next": {"type": ["string", "null"], "format": "uri-reference"},
        },
        "required": [name, "total", "limit", "offset", "next"],
    }


def _collection(row: dict[str, Any]) -> dict[str, Any]:
    feature = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "geometry": {"type": ["object", "null"]},
            "properties": row,
        },
        "required": ["type", "geometry", "properties"],
    }
    schema = _list_schema("features", {"type": "array", "items": feature})
    schema["properties"]["type"] = {"const": "FeatureCollection"}
    return schema
