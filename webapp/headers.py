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


# A style sheet or a script is no document: only these mean something on it, and each of the others
# would cost bytes in the first view of a slow phone.
FILES = frozenset({"built_asset", "tinted_asset"})
FILE_HEADERS = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")


def init_headers(app: Flask) -> None:
    """Put the headers on every answer, errors included."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        names = FILE_HEADERS if request.endpoint in FILES else tuple(HEADERS)
        for name in names:
            response.headers.setdefault(name, HEADERS[name])
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
