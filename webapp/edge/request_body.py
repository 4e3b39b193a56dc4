"""Faults of a request's body that must be found before any form reads it.

The form parser replaces bytes that are no UTF-8 and hands on NUL bytes, which PostgreSQL refuses
to store. Both are looked for in the raw body, so that the page can say what was wrong.
"""

from urllib.parse import parse_qsl, unquote_to_bytes

from flask import Flask, abort, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

FORM_BESIDE_BYTES = 64 * 1024  # what a form holds beside its file
_URL_ENCODED = "application/x-www-form-urlencoded"


def init_request_body(app: Flask) -> None:
    """Look through each sent body once; see ``body_fault``."""

    @app.before_request
    def look_through() -> None:
        if any("\x00" in part for part in (request.path, *request.args.values())):
            abort(400)
        if request.method == "POST":
            limit = app.extensions["takes_documents"].get(request.endpoint)
            if limit is not None:
                request.max_content_length = limit
            _refuse_heaps(request.get_data(cache=True), app.config["MAX_FORM_PARTS"])
            g.body_fault = _find_fault(request.get_data(cache=True))
            if g.body_fault and request.endpoint not in app.extensions["keeps_faulty_body"]:
                abort(400)


def _refuse_heaps(body: bytes, most: int) -> None:
    """Refuse more fields than any form of ours has before anybody spends seconds on reading them.

    The form parser bounds the parts of a multipart body only.
    """
    if request.mimetype == _URL_ENCODED and body.count(b"&") >= most:
        request.form = ImmutableMultiDict()  # the page that says so must not read them either
        abort(413)


def body_fault() -> str | None:
    """``"nul"``, ``"encoding"`` or None. Only views that show the form again need to ask."""
    fault = g.get("body_fault")
    return fault if isinstance(fault, str) else None


def readable_form() -> MultiDict[str, str]:
    """The sent form, for showing it again: a text that is no UTF-8 is read as Windows-1252.

    That is what old browsers and programs send; the form parser would turn its å into ``%E5``.
    """
    if body_fault() != "encoding" or request.mimetype != _URL_ENCODED:
        return request.form
    # In Latin-1 each byte is one character, so the parser can be run before the bytes are read.
    body = request.get_data(cache=True).decode("latin-1")
    pairs = parse_qsl(body, keep_blank_values=True, encoding="latin-1")
    return MultiDict((_decode(name), _decode(text)) for name, text in pairs)


def _decode(text: str) -> str:
    raw = text.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _find_fault(body: bytes) -> str | None:
    decoded = body
    if request.mimetype == _URL_ENCODED:
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


def take_documents(app: Flask, endpoint: str, n_bytes: int) -> None:
    """Let ``endpoint`` be sent a file of ``n_bytes``, beyond what other pages take."""
    app.extensions["takes_documents"][endpoint] = n_bytes + FORM_BESIDE_BYTES
    keep_faulty_body(app, endpoint)
