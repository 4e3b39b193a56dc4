"""What themes are learnt from and suggested for: the masked words of many answers at once."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, MarkedPlace, Response
from surveys.models.theme import Theme

MOST_EXAMPLES = 4000


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words of one answer: what feels unsafe, places with it, and what is wished for."""

    response_id: uuid.UUID
    problems: str
    wishes: str


@dataclass(frozen=True, slots=True)
class CodedWords:
    """An answer's words with the codes that people gave it, how it came and in what language."""

    words: AnswerWords
    codes: frozenset[str]
    language: str
    channel: Channel


def list_words(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[AnswerWords]:
    """Each counted answer of ``dialogue`` with text, in the order of their random ids."""
    conditions = (
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.is_counted.is_(True),
    )
    return _words(session, conditions)


def list_coded_words(session: Session, municipality: Municipality) -> list[CodedWords]:
    """Answers whose coding counts, with text: MOST_EXAMPLES at most, of all dialogues.

    Codes of themes that are out of use are left out, and so is an answer that has no other.
    """
    ids = (
        select(Coding.response_id)
        .join(Response, Response.id == Coding.response_id)
        .where(
            Coding.municipality_id == municipality.id,
            Coding.is_current.is_(True),
            Response.is_counted.is_(True),
        )
        .order_by(Coding.response_id)
        .limit(MOST_EXAMPLES)
    )
    codes = _codes(session, ids)
    about = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(Response.id, Response.language, Response.channel).where(Response.id.in_(ids))
        )
    }
    return [
        CodedWords(words, frozenset(codes[words.response_id]), *about[words.response_id])
        for words in _words(session, (Response.id.in_(ids),))
        if codes[words.response_id]
    ]


def _codes(session: Session, ids: Select[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    statement = (
        select(Coding.response_id, Theme.code)
        .join(CodingTheme, CodingTheme.coding_id == Coding.id)
        .join(Theme, Theme.id == CodingTheme.theme_id)
        .where(
            Coding.is_current.is_(True),
            Coding.response_id.in_(ids),
            Theme.retired_at.is_(None),
        )
    )
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for response_id, code in session.execute(statement):
        found[response_id].add(code)
    return found


def _words(session: Session, conditions: tuple[ColumnElement[bool], ...]) -> list[AnswerWords]:
    problems: dict[uuid.UUID, list[str]] = defaultdict(list)
    wishes: dict[uuid.UUID, list[str]] = defaultdict(list)
    answers = (
        select(Answer.response_id, Question.kind, Answer.masked_text)
        .join(Response, Response.id == Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(*conditions, Answer.masked_text.is_not(None), Answer.masked_text != "")
        .order_by(Answer.response_id, Question.position)
    )
    for response_id, kind, text in session.execute(answers):
        (wishes if kind is QuestionKind.TEXT else problems)[response_id].append(text or "")
    places = (
        select(MarkedPlace.response_id, MarkedPlace.masked_words)
        .join(Response, Response.id == MarkedPlace.response_id)
        .where(*conditions, MarkedPlace.masked_words.is_not(None), MarkedPlace.masked_words != "")
        .order_by(MarkedPlace.response_id, MarkedPlace.position)
    )
    for response_id, text in session.execute(places):
        problems[response_id].append(text or "")
    return [
        AnswerWords(key, "\n".join(problems[key]), "\n".join(wishes[key]))
        for key in sorted(problems.keys() | wishes.keys())
    ]
