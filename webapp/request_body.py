"""Faults of a request's text that must be found before any form reads it.

The form parser replaces bytes that are no UTF-8 and hands on NUL bytes, which PostgreSQL refuses
to store. Both are looked for in the raw body, so that the page can say what was wrong.
"""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, g, request


def init_request_body(app: Flask) -> None:
    """Look through each sent body once; see ``body_fault``."""

    @app.before_request
    def look_through() -> None:
        if any("\x00" in part for part in (request.path, *request.args.values())):
            abort(400)
        if request.method == "POST":
            g.body_fault = _find_fault(request.get_data(cache=True))
            if g.body_fault and request.endpoint not in app.extensions["keeps_faulty_body"]:
                abort(400)


def body_fault() -> str | None:
    """``"nul"``, ``"encoding"`` or None. Only views that show the form again need to ask."""
    fault = g.get("body_fault")
    return fault if isinstance(fault, str) else None


def _find_fault(body: bytes) -> str | None:
    decoded = body
    if request.mimetype == "application/x-www-form-urlencoded":
        decoded = unquote_to_bytes(body.replace(b"+", b" "))
    if b"\x00" in decoded:
        return "nul"
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding"
    return None


def keep_faulty_body(app: Flask, endpoint: str) -> None:
    """Let ``endpoint`` answer a faulty body itself, with the form filled in."""
    app.extensions["keeps_faulty_body"].add(endpoint)
