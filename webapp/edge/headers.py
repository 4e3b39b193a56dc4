"""Security headers on every answer."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

# "same-origin" and not "no-referrer": the CSRF check of a form sent over HTTPS reads the referrer.
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
}

# What may stand in a frame of another site: a promise's card, which sets no cookie and has no form.
FRAMED = frozenset({"public.embedded_promise"})
FRAMED_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}

# A style sheet or a script is no document: only these mean something on it, and each of the others
# would cost bytes in the first view of a slow phone.
FILES = frozenset({"built_asset", "tinted_asset"})
FILE_HEADERS = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")


def init_headers(app: Flask) -> None:
    """Put the headers on every answer, errors included."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _headers_of(request.endpoint, response.status_code).items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def _headers_of(endpoint: str | None, status: int) -> dict[str, str]:
    if endpoint in FILES:
        return {name: HEADERS[name] for name in FILE_HEADERS}
    if endpoint in FRAMED and status < 400:
        framed = HEADERS | FRAMED_HEADERS
        del framed["X-Frame-Options"]  # it knows no way to say yes
        return framed
    return HEADERS
