"""The coding of one answer as it is sent: ticked boxes, each a theme on an axis."""

import uuid
from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MultiDict

from surveys.drafts.coding import Codes, CodingDraft
from surveys.models.theme import Polarity, Theme

CODES_FIELD, ANSWER_FIELD, BASE_FIELD, SAW_FIELD = "koder", "svar", "grund", "sag"
MAX_DIGITS = 9
MAX_BASE = 40
# Keys in order: digits first, then letters. B, N and Z go back, on and undo.
KEYS = "1234567890acdefghijklmopqrstuvwxy"


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme on the form, with its key; an exclusive one has one box."""

    id: int
    name: str
    hint: str
    key: str
    axes: tuple[Polarity, ...]


def theme_rows(themes: list[Theme]) -> list[ThemeRow]:
    """The rows of the form; themes beyond the keys have none."""
    return [
        ThemeRow(
            theme.id,
            theme.title(),
            theme.definition,
            KEYS[number] if number < len(KEYS) else "",
            (Polarity.PROBLEM,) if theme.is_exclusive else (Polarity.PROBLEM, Polarity.WISH),
        )
        for number, theme in enumerate(themes)
    ]


def read_answer_id(typed: str | None) -> uuid.UUID | None:
    """The id of an answer, None for anything else."""
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def read_draft(request: Request) -> CodingDraft | None:
    """The coding that was sent; None where it names no answer."""
    response_id = read_answer_id(request.form.get(ANSWER_FIELD))
    if response_id is None:
        return None
    return CodingDraft(
        response_id=response_id,
        codes=read_codes(request.form),
        base=request.form.get(BASE_FIELD, "")[:MAX_BASE],
        saw_suggestions=request.form.get(SAW_FIELD) == "1",
    )


def read_codes(form: MultiDict[str, str]) -> Codes:
    """The ticked boxes, "12:problem"; what no box of ours says is passed over."""
    found: set[tuple[int, Polarity]] = set()
    for typed in form.getlist(CODES_FIELD):
        theme_id, _colon, axis = typed.partition(":")
        if theme_id.isascii() and theme_id.isdigit() and len(theme_id) <= MAX_DIGITS:
            found |= {(int(theme_id), member) for member in Polarity if member.value == axis}
    return frozenset(found)
