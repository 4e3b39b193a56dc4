"""The server's answer to a device that sends what waited: a state, where a browser gets a page."""

from flask import Response, jsonify, request


def asks_for_state() -> bool:
    """Whether a script sent the form and reads the answer."""
    return request.accept_mimetypes.best == "application/json"


def stored_state(code: str) -> Response:
    """The answer is stored; ``code`` is its receipt's."""
    return _kept_nowhere(jsonify(state="stored", code=code))


def refused_state(status: int, message: str) -> Response:
    """The answer is not stored, and why, in the reader's language. The device keeps the text."""
    response = jsonify(state="refused", message=message)
    response.status_code = status
    return _kept_nowhere(response)


def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
