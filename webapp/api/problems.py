"""What went wrong, for programs (RFC 9457): a status and a sentence, never a page."""

import json

from flask import Blueprint, Response, current_app
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from surveys.errors import DomainError, NotFound, StorageUnavailable
from webapp.errors import WAITS_S


class BadRequest(DomainError):
    """A parameter cannot be read; the text says what it may be."""


def init_problems(blueprint: Blueprint) -> None:
    """Answer every error of ``blueprint`` as ``application/problem+json``."""
    blueprint.register_error_handler(HTTPException, _on_http_error)
    blueprint.register_error_handler(DomainError, _on_domain_error)
    blueprint.register_error_handler(OperationalError, _on_storage_error)


def problem(status: int, sentence: str) -> Response:
    """A problem document. ``Retry-After`` stands where waiting helps."""
    body = {"type": "about:blank", "title": sentence, "status": status}
    response = Response(
        json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json"
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store"
    if status in WAITS_S:
        response.headers["Retry-After"] = str(WAITS_S[status])
    return response


def _on_domain_error(error: DomainError) -> Response:
    if isinstance(error, BadRequest):
        return problem(400, str(error))
    if isinstance(error, NotFound):
        return problem(404, _nothing_here())
    if isinstance(error, StorageUnavailable):
        return _on_storage_error(error)
    return problem(400, _("The address cannot be read."))


def _on_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    words = {404: _nothing_here(), 405: _("The data can only be read.")}
    answer = problem(status, words.get(status, error.name))
    if status == 405:
        answer.headers["Allow"] = "GET, HEAD, OPTIONS"
    return answer


def _on_storage_error(error: Exception) -> Response:
    current_app.logger.error("the database cannot be used", exc_info=error)
    return problem(503, _("The data cannot be read just now. Try again in half a minute."))


def _nothing_here() -> str:
    return _("There is nothing published at this address.")
