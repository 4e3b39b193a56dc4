"""Compare the kept counts with the stored answers, and count everything again."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, delete, func, literal, not_, select
from sqlalchemy.orm import Session

from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Channel, Dialogue, Question
from surveys.models.response import NONE_VALUE, TEXT_VALUE, Answer, Gender, Response
from surveys.services.dialogues.counts import add_counts

# municipality, question, value, channel, day, gender
CountKey = tuple[int, int, str, Channel, str, str]


@dataclass(frozen=True, slots=True)
class CountDifference:
    """One kept count that is not what the answers say."""

    municipality_id: int
    question_id: int
    value: str
    channel: Channel
    day: str
    gender: str
    kept: int
    counted: int


def verify_counts(session: Session, dialogue: Dialogue) -> list[CountDifference]:
    """The kept counts of ``dialogue`` that differ from its answers; empty when all is well."""
    kept, counted = _kept(session, dialogue), _counted(session, dialogue)
    keys = sorted({*kept, *counted}, key=lambda key: (*key[:3], key[3].value, *key[4:]))
    return [
        CountDifference(*key, kept=kept[key], counted=counted[key])
        for key in keys
        if kept[key] != counted[key]
    ]


def rebuild_counts(session: Session, dialogue: Dialogue) -> int:
    """Count all answers of ``dialogue`` again; return how many counts were wrong before."""
    # No answer may be stored between the counting and the writing.
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    wrong = len(verify_counts(session, dialogue))
    session.execute(delete(AnswerCount).where(AnswerCount.dialogue_id == dialogue.id))
    rows: list[dict[str, object]] = [
        {
            "municipality_id": municipality_id,
            "dialogue_id": dialogue.id,
            "question_id": question_id,
            "value": value,
            "channel": channel,
            "day": day,
            "gender": gender,
            "n": n,
        }
        for (municipality_id, question_id, value, channel, day, gender), n in _counted(
            session, dialogue
        ).items()
    ]
    add_counts(session, rows)
    return wrong


def _kept(session: Session, dialogue: Dialogue) -> Counter[CountKey]:
    statement = select(AnswerCount).where(AnswerCount.dialogue_id == dialogue.id)
    kept: Counter[CountKey] = Counter()
    for row in session.scalars(statement.execution_options(populate_existing=True)):
        key = (row.municipality_id, row.question_id, row.value, row.channel, row.day, row.gender)
        kept[key] += row.n
    return kept


def _counted(session: Session, dialogue: Dialogue) -> Counter[CountKey]:
    """What the answers say, question by question; the rules are those of ``tally_response``."""
    has_value = Answer.value.is_not(None)
    has_text = func.length(func.coalesce(Answer.text, "")) > 0
    parts = (
        (Answer.value, has_value),
        (literal(TEXT_VALUE), has_text),
        (literal(NONE_VALUE), and_(not_(has_value), not_(has_text))),
    )
    counted: Counter[CountKey] = Counter()
    for value, belongs in parts:
        statement = _every_item(dialogue, value).where(belongs)
        for row in session.execute(statement):
            municipality_id, question_id, said, channel, day, gender, n = row
            key = (municipality_id, question_id, said, channel, _day(day), _gender(gender))
            counted[key] += n
    return counted


def _every_item(
    dialogue: Dialogue, value: SQLColumnExpression[Any]
) -> Select[int, int, str, Channel, date | None, Gender | None, int]:
    """Every response against every question, answered or not, as grouped counts."""
    columns = (
        Response.municipality_id,
        Question.id,
        value,
        Response.channel,
        Response.answered_on,
        Response.gender,
    )
    return (
        select(*columns, func.count())
        .select_from(Response)
        .join(Question, Question.dialogue_id == Response.dialogue_id)
        .outerjoin(
            Answer, and_(Answer.response_id == Response.id, Answer.question_id == Question.id)
        )
        .where(Response.dialogue_id == dialogue.id, Response.is_counted.is_(True))
        .group_by(*columns)
    )


def _day(answered_on: date | None) -> str:
    return answered_on.isoformat() if answered_on else ""


def _gender(gender: Gender | None) -> str:
    return gender.value if gender else ""
