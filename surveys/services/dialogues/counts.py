"""Kept counts: what the dashboards show is counted when it is stored, not when it is shown."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Channel
from surveys.models.response import NONE_VALUE, TEXT_VALUE, Response

_ROWS_A_STATEMENT = 1000  # SQLite takes 32 766 values in one statement
_KEY = ("municipality_id", "dialogue_id", "question_id", "value", "channel", "day", "gender")


def count_response(session: Session, response: Response, *, sign: int = 1) -> None:
    """Add ``response`` to the kept counts, or take it out again with ``sign=-1``.

    Call in the transaction that stores (or removes) the response, after its answers are in place.
    """
    count_responses(session, [(response, sign)])


def count_responses(session: Session, signed: Iterable[tuple[Response, int]]) -> None:
    """The same for many responses at once, each with its sign."""
    total: Counter[tuple[int, int, int, str, str, str, str]] = Counter()
    for response, sign in signed:
        day = response.answered_on.isoformat() if response.answered_on else ""
        gender = response.gender.value if response.gender else ""
        for (question_id, value), n in tally_response(response).items():
            owner = (response.municipality_id, response.dialogue_id)
            total[(*owner, question_id, value, response.channel.value, day, gender)] += sign * n
    # In one fixed order: two writers that took the rows crosswise would wait for each other.
    rows = [
        dict(zip(_KEY, (*key[:4], Channel(key[4]), *key[5:]), strict=True)) | {"n": n}
        for key, n in sorted(total.items())
        if n
    ]
    add_counts(session, rows)


def tally_response(response: Response) -> Counter[tuple[int, str]]:
    """What ``response`` adds to the counts: (question id, value) -> 1."""
    by_question = {answer.question_id: answer for answer in response.answers}
    tally: Counter[tuple[int, str]] = Counter()
    for question in response.dialogue.questions:
        answer = by_question.get(question.id)
        if answer is not None and answer.value is not None:
            tally[question.id, answer.value] += 1
        if answer is not None and answer.text:
            tally[question.id, TEXT_VALUE] += 1
        if answer is None or (answer.value is None and not answer.text):
            tally[question.id, NONE_VALUE] += 1
    return tally


def add_counts(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Add ``rows`` (columns of ``AnswerCount`` by name, each key once) to the kept counts."""
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        session.execute(_upsert(session, list(rows[start : start + _ROWS_A_STATEMENT])))


def _upsert(session: Session, rows: list[dict[str, object]]) -> Insert:
    if session.get_bind().dialect.name == "postgresql":
        on_postgresql = postgresql.insert(AnswerCount).values(rows)
        return on_postgresql.on_conflict_do_update(
            index_elements=_KEY, set_={"n": AnswerCount.n + on_postgresql.excluded.n}
        )
    on_sqlite = sqlite.insert(AnswerCount).values(rows)
    return on_sqlite.on_conflict_do_update(
        index_elements=_KEY, set_={"n": AnswerCount.n + on_sqlite.excluded.n}
    )
