"""A question's tally from the kept counts: what the results page shows is not counted anew."""

from collections import Counter
from typing import Any

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from surveys.models.answer_count import AnswerCount
from surveys.models.response import NONE_VALUE, TEXT_VALUE
from surveys.queries.results.groups import ALL, Group
from surveys.queries.results.measures import Measure
from surveys.queries.results.tallies import Key, Scope, Tally, tally, tally_sizes

_COLUMNS: dict[Group | None, SQLColumnExpression[Any]] = {
    Group.GENDER: AnswerCount.gender,
    Group.CHANNEL: AnswerCount.channel,
}


def quick_tally(
    session: Session,
    scope: Scope,
    measure: Measure,
    by: Group | None,
    *,
    sizes: Counter[Key] | None = None,
) -> Tally:
    """``tally``, from the kept counts where they hold the answer: no filter, by gender or none.

    ``sizes`` are the columns' where they have been counted already.
    """
    is_kept = by is None or by in _COLUMNS
    if measure.question is None or not is_kept or scope.filters.of_respondents:
        return tally(session, scope, measure, by)
    found = Tally(sizes=Counter(tally_sizes(session, scope, by) if sizes is None else sizes))
    for column, by_value in _kept(session, scope, measure.question.id, by).items():
        coded = {value: n for value, n in by_value.items() if not value.startswith("*")}
        none = by_value[NONE_VALUE]
        if measure.is_text:
            # Whatever else was answered, a text is one.
            coded = {}
            words = by_value[TEXT_VALUE]
            none = found.sizes[column] - words
        else:
            words = found.sizes[column] - sum(coded.values()) - none
        for row, n in {**coded, TEXT_VALUE: words, NONE_VALUE: none}.items():
            found.cells[row, column] += n
            if row in measure.main:
                found.said[column] += n
    _add_uncounted(found, measure)
    return found


def _add_uncounted(found: Tally, measure: Measure) -> None:
    """A question that no count knows of was answered by nobody."""
    known = {column for _, column in found.cells}
    for column, n in found.sizes.items():
        if column not in known:
            found.cells[NONE_VALUE, column] += n
            if NONE_VALUE in measure.main:
                found.said[column] += n


def _kept(
    session: Session, scope: Scope, question_id: int, by: Group | None
) -> dict[Key, Counter[str]]:
    split = [] if by is None else [_COLUMNS[by]]
    statement = (
        select(AnswerCount.value, func.sum(AnswerCount.n), *split)
        .where(
            AnswerCount.municipality_id == scope.municipality.id,
            AnswerCount.dialogue_id == scope.dialogue.id,
            AnswerCount.question_id == question_id,
        )
        .group_by(AnswerCount.value, *split)
    )
    kept: dict[Key, Counter[str]] = {}
    for value, n, *column in session.execute(statement):
        key = scope.key(by, column[0]) if column else ALL
        kept.setdefault(key, Counter())[value] += int(n)
    return kept
