"""What the page frames need besides the page's own content."""

from flask import Flask, g, request

from surveys.models.dialogue import Dialogue
from surveys.queries.dialogues import get_open_dialogue
from webapp.clock import now
from webapp.extensions import db

READERS_PAGES = frozenset({"public", "survey"})


def init_navigation(app: Flask) -> None:
    """Tell the readers' pages which dialogue takes answers now, for the tab that leads to it."""

    @app.context_processor
    def open_dialogue() -> dict[str, Dialogue | None]:
        municipality = g.get("municipality")
        if municipality is None or request.blueprint not in READERS_PAGES:
            return {}
        return {"open_dialogue": get_open_dialogue(db.session(), municipality, now())}
