"""Readers' pages are sent compressed: on a slow line the bytes are what a person waits for.

Staff pages are not. They carry a secret (the CSRF token) beside text that others have typed, and
the length of a compressed page tells how alike the two are (the BREACH attack).
"""

from flask import Flask, Response, request
from flask_compress import Compress

from webapp.languages import READERS_PAGES


def init_compression(app: Flask) -> None:
    """Compress what readers get, with brotli where the browser takes it, else gzip."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=["text/html", "application/json", "application/geo+json"],
        COMPRESS_BR_LEVEL=5,
    )
    compress = Compress()
    compress.init_app(app)

    @app.after_request
    def compress_readers_pages(response: Response) -> Response:
        if request.blueprint not in READERS_PAGES:
            return response
        return compress.after_request(response)
