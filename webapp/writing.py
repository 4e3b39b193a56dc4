"""Which language texts, days and numbers are written in right now.

It is the reader's, but for what ``written_in`` holds. Formatters and forms ask here: they need no
database to know it, and what the reader's language is they leave to ``webapp.languages``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import current_app, g

from surveys.languages import SWEDISH, Language

CHOOSER = "readers_language"


def text_language() -> Language:
    """The language that is being written now; Swedish outside an application."""
    if not g:
        return SWEDISH
    chosen: Language | None = g.get("text_language")
    if chosen is not None:
        return chosen
    choose: Callable[[], Language] = current_app.extensions.get(CHOOSER, lambda: SWEDISH)
    return choose()


@contextmanager
def written_in(language: Language) -> Iterator[None]:
    """Write texts, days and numbers in ``language`` meanwhile; addresses stay the reader's."""
    before = g.get("text_language")
    g.text_language = language
    try:
        yield
    finally:
        g.text_language = before
