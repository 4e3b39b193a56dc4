"""What went wrong -> status, heading and sentence. Nothing that was typed is lost.

An answer to a failed POST shows the typed texts in fields that can be copied, so that nobody has
to write a thing twice because of a closed dialogue, an old page or our own mistake.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from surveys.errors import (
    Conflict,
    DialogueClosed,
    DomainError,
    InvalidInput,
    KeyReused,
    NotFound,
    PermissionDenied,
    StorageUnavailable,
)
from surveys.text.typed import clean_text
from webapp.failure_log import WithoutWords

RETRY_AFTER_S = 30
SLOW_DOWN_S = 60  # every rate limit counts by the minute
# Never shown back: secrets, and fields that only machines read.
UNSHOWN_FIELDS = frozenset({"csrf_token", "password", "key", "next", "step", "submit"})
MAX_SHOWN_FIELDS = 200


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A status with the words that go with it."""

    status: int
    heading: str
    message: str


# The words are lazy strings: they are translated when the page is made.
_PAGES: dict[int, tuple[str, str]] = {
    400: (
        _l("We could not read what was sent"),
        _l("Go back, check what you wrote and send it again."),
    ),
    401: (_l("Sign in first"), _l("Sign in and try again.")),
    403: (
        _l("Your account may not open this page"),
        _l("Ask the person who manages accounts in your municipality if you need it."),
    ),
    404: (
        _l("There is no such page"),
        _l("Check the address, or go to the start page and look for it there."),
    ),
    405: (_l("This page cannot be used that way"), _l("Go back and try from the page's own form.")),
    409: (
        _l("Somebody else was here first"),
        _l("Load the page again, compare, and send what is still right."),
    ),
    413: (
        _l("That was too much to send at once"),
        _l("Shorten the text or send it in parts. Your browser's back button brings it back."),
    ),
    429: (
        _l("Too many attempts in a short time"),
        _l("Wait a minute and try again."),
    ),
    500: (
        _l("Something broke on our side"),
        _l("It is not your fault. Try again in a while."),
    ),
    503: (
        _l("We cannot store anything right now"),
        _l("Nothing was saved. Wait half a minute and send again."),
    ),
}

WAITS_S = {429: SLOW_DOWN_S, 503: RETRY_AFTER_S}

_DOMAIN_STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    PermissionDenied: 403,
    DialogueClosed: 409,
    KeyReused: 409,
    Conflict: 409,
    InvalidInput: 422,
    StorageUnavailable: 503,
}


def init_errors(app: Flask) -> None:
    """Answer every error with a page in the reader's language."""
    app.logger.addFilter(WithoutWords())
    app.after_request(_redirect_within)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(OperationalError, _on_storage_error)
    app.register_error_handler(IntegrityError, _on_broken_constraint)


def error_response(page: ErrorPage) -> Response:
    """The error page itself, with what was typed."""
    _ask_no_absent_database_who_reads()
    body = render_template(
        "errors/error.html",
        status=page.status,
        heading=page.heading,
        message=page.message,
        typed=typed_texts(),
        # Two slashes at the beginning would be another site's address.
        here="/" + request.path.lstrip("/\\"),
    )
    response = make_response(body, page.status)
    response.headers["Cache-Control"] = "no-store"  # it may hold what somebody typed
    if page.status in WAITS_S:
        response.headers["Retry-After"] = str(WAITS_S[page.status])
    return response


def _ask_no_absent_database_who_reads() -> None:
    """Every page is made for somebody, and looking up who signed in may be what failed."""
    try:
        current_user._get_current_object()
    except OperationalError:
        current_app.login_manager._update_request_context_with_user()  # type: ignore[attr-defined]


def typed_texts() -> list[str]:
    """The texts of a sent form, for showing back. Never secrets."""
    if request.method != "POST":
        return []
    try:
        items = list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return []
    shown = (clean_text(text) for name, text in items if name not in UNSHOWN_FIELDS)
    return [text for text in shown if text][:MAX_SHOWN_FIELDS]


def _page(status: int) -> ErrorPage:
    heading, message = _PAGES.get(status) or _PAGES[500 if status >= 500 else 400]
    return ErrorPage(status, str(heading), str(message))


def _on_http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    response = error_response(_page(status))
    if isinstance(error.get_response(), Response) and "Allow" in error.get_response().headers:
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _redirect_within(response: Response) -> Response:
    """Lead to an address with its missing slash by path alone.

    The router names the host that the request claimed to be for, which could be anybody's, and a
    browser or a cache keeps such an answer for long.
    """
    redirect = request.routing_exception
    if isinstance(redirect, RequestRedirect):
        parts = urlsplit(redirect.new_url)
        response.location = urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, ""))
    return response


def _on_csrf_error(_error: CSRFError) -> Response:
    return error_response(
        ErrorPage(
            400,
            _("The page had been open too long"),
            _("Nothing was saved. Go back, load the page again and send once more."),
        )
    )


def _on_domain_error(error: DomainError) -> Response:
    status = next((s for kind, s in _DOMAIN_STATUS.items() if isinstance(error, kind)), 400)
    if isinstance(error, StorageUnavailable):
        current_app.logger.error("nothing can be stored", exc_info=error)
    return error_response(_page(status))


def _on_storage_error(error: OperationalError) -> Response:
    current_app.logger.error("the database cannot be used", exc_info=error)
    return error_response(_page(503))


def _on_broken_constraint(error: IntegrityError) -> Response:
    """Two wrote the same thing at once, and no service foresaw it: the later one is told."""
    current_app.logger.error("a constraint of the database was broken", exc_info=error)
    return error_response(_page(409))
