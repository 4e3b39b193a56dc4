"""JSON of the same table, with the note on method as a member."""

import json
from typing import Any

from webapp.exports.sheets import Book


def write_json(book: Book) -> bytes:
    """``titel``, ``tabell`` and ``metod``: the table's keys are the codes of the domain."""
    whole: dict[str, Any] = {
        "titel": book.title,
        "tabell": dict(book.record),
        "metod": [{"vad": note.term, "hur": note.text} for note in book.notes],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
