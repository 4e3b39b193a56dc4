"""Answers with text as those who code see them: masked, one response at a time.

A text that is not masked yet is shown to nobody, and its answer waits.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from surveys.models.coding import Coding, CodingTheme
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, MarkedPlace, Response

MAX_SPLIT = 200  # answers on one page of a split


@dataclass(frozen=True, slots=True)
class CodedText:
    """One response with all that was written in it, on one line."""

    response_id: uuid.UUID
    text: str


def has_text() -> ColumnElement[bool]:
    """That a response has masked words, in an answer or about a place."""
    return or_(
        exists().where(Answer.response_id == Response.id, *_filled(Answer.masked_text)),
        exists().where(MarkedPlace.response_id == Response.id, *_filled(MarkedPlace.masked_words)),
    )


def has_words(search: str) -> ColumnElement[bool]:
    """That the masked words of a response hold ``search``; any case, å, ä and ö too."""
    return or_(
        exists().where(Answer.response_id == Response.id, _holds(Answer.masked_text, search)),
        exists().where(
            MarkedPlace.response_id == Response.id, _holds(MarkedPlace.masked_words, search)
        ),
    )


def with_words(statement: Select[Response]) -> Select[Response]:
    """Let ``statement`` bring what a response's masked words are read from."""
    return statement.options(
        selectinload(Response.answers).joinedload(Answer.question),
        selectinload(Response.places).joinedload(MarkedPlace.named_place),
    )


def list_coded_with(
    session: Session, municipality: Municipality, theme_id: int, search: str = ""
) -> list[CodedText]:
    """The first MAX_SPLIT counted answers whose coding carries the theme, of all dialogues."""
    carries = (
        exists()
        .where(Coding.response_id == Response.id, Coding.is_current.is_(True))
        .where(CodingTheme.coding_id == Coding.id, CodingTheme.theme_id == theme_id)
    )
    statement = (
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.is_counted.is_(True),
            has_text(),
            carries,
        )
        .order_by(Response.id)
        .limit(MAX_SPLIT)
    )
    if search:
        statement = statement.where(has_words(search))
    return [
        CodedText(r.id, " · ".join(words_of(r))) for r in session.scalars(with_words(statement))
    ]


def words_of(response: Response) -> list[str]:
    """The masked words of a response in the order of the questions, then of its places."""
    answers = sorted(response.answers, key=lambda answer: answer.question.position)
    texts = [answer.masked_text for answer in answers] + [p.masked_words for p in response.places]
    return [text for text in texts if text]


def _filled(column: InstrumentedAttribute[str | None]) -> tuple[ColumnElement[bool], ...]:
    return column.is_not(None), column != ""


def _holds(column: InstrumentedAttribute[str | None], search: str) -> ColumnElement[bool]:
    # SQLite folds the case of a-z only, so that "älg" would not find "Älgar": try both cases.
    spellings = {search, search.lower(), search.upper(), search.capitalize()}
    return or_(*(column.icontains(text, autoescape=True) for text in sorted(spellings)))
