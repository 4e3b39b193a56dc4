"""Rows in the format that was asked for, a page at a time, with what caches need."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, request
from flask_babel import gettext as _

from webapp.api.fields import Field, Resource, Row
from webapp.api.problems import BadRequest
from webapp.exports.csv_files import neutral

DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
MAX_OFFSET = 10_000_000
TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}
# Reading is open to every page of every site: there is no cookie and nothing that is not public.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a list that was asked for."""

    limit: int
    offset: int
    total: int

    @property
    def next_offset(self) -> int | None:
        """Where the next part begins; None after the last."""
        after = self.offset + self.limit
        return after if after < self.total else None


def answer_rows(resource: Resource, rows: Sequence[Row]) -> Response:
    """The asked part of ``rows`` in the asked format."""
    kind = asked_format(resource)
    part = Slice(_number("limit", DEFAULT_LIMIT, MAX_LIMIT), _number("offset", 0), len(rows))
    shown = rows[part.offset : part.offset + part.limit]
    following = _next_address(part)
    if kind == "csv":
        body = csv_of(resource, shown)
    elif kind == "geojson":
        body = _dump(_features(resource, shown) | _members(part, following))
    else:
        body = _dump({"data": [_told(resource, row) for row in shown]} | _members(part, following))
    response = open_answer(body, TYPES[kind])
    response.headers["X-Total-Count"] = str(part.total)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    if kind == "csv":
        response.headers["Content-Disposition"] = f"attachment; filename={resource.key}.csv"
    return response


def open_answer(body: str, mimetype: str) -> Response:
    """An answer that anybody may read and a cache may keep, as long as it asks again each time."""
    response = make_response(body)
    response.mimetype = mimetype
    response.headers.update(OPEN_TO_ALL)
    # Asked for again each time: an edition may be taken down at any moment.
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Accept")
    response.add_etag()
    response.make_conditional(request)
    return response


def asked_format(resource: Resource) -> str:
    """json, csv or geojson: what the address says, else what the reader accepts, else json."""
    offered = list(formats_of(resource))
    named = request.args.get("format")
    if named is not None:
        if named not in offered:
            raise BadRequest(_("format is one of: %(formats)s", formats=", ".join(offered)))
        return named
    wanted = request.accept_mimetypes.best_match([TYPES[kind] for kind in offered])
    return next((kind for kind in offered if TYPES[kind] == wanted), "json")


def formats_of(resource: Resource) -> tuple[str, ...]:
    """The formats of a resource; only what has a place is a map too."""
    return ("json", "csv", "geojson") if resource.has_place else ("json", "csv")


def csv_of(resource: Resource, rows: Sequence[Row]) -> str:
    """The rows as CSV (UTF-8, comma, a head): lists are joined by " | ", objects are JSON."""
    body = StringIO()
    writer = csv.writer(body)
    writer.writerow(resource.names)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in resource.names])
    return body.getvalue()


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return neutral(" | ".join(value))
    return neutral(value) if isinstance(value, str) else _dump(value)


def _features(resource: Resource, rows: Sequence[Row]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": row.get("geometry"),
            "properties": _told(resource, row),
        }
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _told(resource: Resource, row: Row) -> Mapping[str, Any]:
    return {field.name: row.get(field.name) for field in resource.fields}


def _members(part: Slice, following: str | None) -> dict[str, Any]:
    return {
        "total": part.total,
        "limit": part.limit,
        "offset": part.offset,
        "next": following,
    }


def _next_address(part: Slice) -> str | None:
    if part.next_offset is None:
        return None
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("limit", "offset")]
    query = [*kept, ("limit", str(part.limit)), ("offset", str(part.next_offset))]
    return f"{request.path}?{urlencode(query)}"


def _number(name: str, default: int, most: int = MAX_OFFSET) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    least = 1 if name == "limit" else 0
    if not (text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most):
        raise BadRequest(
            _("%(name)s is a number from %(least)s to %(most)s", name=name, least=least, most=most)
        )
    return int(text)


def _dump(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def field_schema(field: Field) -> dict[str, Any]:
    """The field as JSON Schema (2020-12), for the OpenAPI document."""
    kinds: dict[str, dict[str, Any]] = {
        "date": {"type": "string", "format": "date"},
        "date-time": {"type": "string", "format": "date-time"},
        "uri": {"type": "string", "format": "uri-reference"},
        "strings": {"type": "array", "items": {"type": "string"}},
        "objects": {"type": "array", "items": {"type": "object"}},
    }
    schema = dict(kinds.get(field.kind, {"type": field.kind}))
    if field.values:
        schema["enum"] = [*field.values, *([None] if field.is_nullable else [])]
    if field.is_nullable:
        schema["type"] = [schema["type"], "null"]
    return schema | {"description": str(field.about)}
