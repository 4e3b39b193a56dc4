"""Less for those who asked for less: browsers say ``Save-Data: on`` for whoever has chosen it."""

from flask import Flask, Response, g, request


def saves_data() -> bool:
    """Whether this reader asked for light pages. The page then depends on it, and says so."""
    g.asked_to_save_data = True
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def init_save_data(app: Flask) -> None:
    """Give templates ``saves_data`` and tell caches which pages differ by it."""
    app.add_template_global(saves_data, "saves_data")

    @app.after_request
    def tell_caches(response: Response) -> Response:
        if g.get("asked_to_save_data"):
            response.vary.add("Save-Data")
        return response
