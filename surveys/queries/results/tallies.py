"""Respondents counted by what they said and by who they are: true numbers, not yet to be told.

Only ``surveys.queries.results.crosstabs`` reads these, and applies the limits; ``group_sizes`` does
for those who may see rows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import (
    NONE_VALUE,
    TEXT_VALUE,
    Answer,
    Response,
)
from surveys.models.theme import Polarity, Theme
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL, MARK_AREAS, Group, column_of, key_of
from surveys.queries.results.mark_folding import fold_marks
from surveys.queries.results.measures import MARK_MEMBERS, Measure, MeasureKind

Key = str


@dataclass(slots=True)
class Tally:
    """Distinct respondents. ``sizes`` by column; ``said`` by column, the base of the shares."""

    sizes: Counter[Key] = field(default_factory=Counter)
    said: Counter[Key] = field(default_factory=Counter)
    cells: Counter[tuple[Key, Key]] = field(default_factory=Counter)  # row, column


@dataclass(frozen=True, slots=True)
class Scope:
    """One municipality's counted answers to a dialogue, by filters."""

    municipality: Municipality
    dialogue: Dialogue
    filters: Filters

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """What a counted response of the scope fulfils."""
        return (
            Response.municipality_id == self.municipality.id,
            Response.dialogue_id == self.dialogue.id,
            Response.is_counted.is_(True),
            *self.filters.conditions(self.municipality, self.dialogue),
        )

    def key(self, by: Group | None, value: object) -> Key:
        """A stored value of ``by`` as the key of its column; an occasion by its code."""
        if by is Group.EVENT and value is not None:
            return next(each.code for each in self.dialogue.events if each.id == value)
        return key_of(by, value)


def tally(session: Session, scope: Scope, measure: Measure, by: Group | None) -> Tally:
    """Count ``measure`` by ``by`` (None: all in one column, whose key is the empty string)."""
    if measure.kind is MeasureKind.QUESTION:
        return _tally_question(session, scope, measure, by)
    if measure.kind is MeasureKind.THEMES:
        return _tally_themes(session, scope, measure, by)
    return tally_marks(session, scope, measure.kind, by)


def tally_sizes(session: Session, scope: Scope, by: Group | None) -> Counter[Key]:
    """Respondents by column."""
    if by is Group.THEME:
        return _tally_by_theme(session, scope)
    column = column_of(by)
    statement = select(column, func.count()).select_from(Response).where(*scope.conditions())
    statement = _grouped(statement, by)
    sizes: Counter[Key] = Counter()
    for value, n in session.execute(statement):
        sizes[scope.key(by, value)] += n
    return sizes


def _grouped(
    statement: Select[Any], by: Group | None, *columns: SQLColumnExpression[Any]
) -> Select[Any]:
    """Grouped by the column of ``by`` too; everybody is no group to a database."""
    return statement.group_by(*([] if by is None else [column_of(by)]), *columns)


def _tally_by_theme(session: Session, scope: Scope) -> Counter[Key]:
    return Counter({code: int(n) for code, n in session.execute(_by_theme(scope, [], []))})


def _by_theme(
    scope: Scope, columns: Sequence[SQLColumnExpression[Any]], joins: Sequence[tuple[Any, Any]]
) -> Select[Any]:
    """Respondents by theme of either axis, and by ``columns``."""
    mine = _themed(scope)
    statement = select(mine.c.code, *columns, func.count()).select_from(Response)
    statement = statement.join(mine, mine.c.response_id == Response.id)
    for target, on in joins:
        statement = statement.outerjoin(target, on)
    return statement.where(*scope.conditions()).group_by(mine.c.code, *columns)


def _themed(scope: Scope) -> Subquery:
    """Which respondents have which theme, on whichever axis: response_id, coding_id and code.

    A theme on both axes is taken once, by its row on the first: sorting a whole dialogue's rows to
    find the same twice would take longer than all the rest.
    """
    first, other = Polarity.PROBLEM, aliased(CodingTheme)
    is_on_first = (
        select(other.coding_id)
        .where(
            other.coding_id == CodingTheme.coding_id,
            other.theme_id == CodingTheme.theme_id,
            other.polarity == first,
        )
        .exists()
    )
    return (
        select(Coding.response_id, Coding.id.label("coding_id"), Theme.code)
        .join(CodingTheme, CodingTheme.coding_id == Coding.id)
        .join(Theme, Theme.id == CodingTheme.theme_id)
        .where(*_current(scope), or_(CodingTheme.polarity == first, ~is_on_first))
        .subquery()
    )


def _current(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (
        Coding.municipality_id == scope.municipality.id,
        Coding.dialogue_id == scope.dialogue.id,
        Coding.is_current.is_(True),
    )


def _tally_question(session: Session, scope: Scope, measure: Measure, by: Group | None) -> Tally:
    question = measure.question
    if question is None:
        raise LookupError("a question's measure knows its question")
    # An answer without a value is a text: nothing else is stored. So an index holds all that is
    # read here, and 50 000 texts lie still.
    columns: list[SQLColumnExpression[Any]] = [
        Answer.value,
        case((Answer.response_id.is_not(None), 1), else_=0),
    ]
    join = (Answer, and_(Answer.response_id == Response.id, Answer.question_id == question.id))
    statement: Select[Any]
    if by is Group.THEME:
        statement = _by_theme(scope, columns, [join])
    else:
        everybody = select(column_of(by), *columns, func.count()).select_from(Response)
        everybody = everybody.outerjoin(*join).where(*scope.conditions())
        statement = _grouped(everybody, by, *columns)
    found = Tally()
    for value, said, wrote, n in session.execute(statement):
        column_key = scope.key(by, value)
        row = _answer_key(said, bool(wrote), measure)
        found.sizes[column_key] += n
        found.cells[row, column_key] += n
        if row in measure.main:
            found.said[column_key] += n
    return found


def _answer_key(value: str | None, wrote: bool, measure: Measure) -> str:
    if measure.is_text:
        return TEXT_VALUE if wrote else NONE_VALUE
    if value is not None:
        return value
    return TEXT_VALUE if wrote else NONE_VALUE


def _tally_themes(session: Session, scope: Scope, measure: Measure, by: Group | None) -> Tally:
    found = Tally(sizes=tally_sizes(session, scope, by))
    coded = (Coding, Coding.response_id == Response.id)
    if by is Group.THEME:
        found.said = Counter(found.sizes)  # who has a theme has been coded
        cells = _theme_by_theme(scope, measure)
    else:
        column = column_of(by)
        base = select(column, func.count()).select_from(Response).join(*coded)
        said = _grouped(base.where(*scope.conditions(), *_current(scope)), by)
        for value, n in session.execute(said):
            found.said[scope.key(by, value)] += n
        cells = select(column, Theme.code, func.count()).select_from(Response).join(*coded)
        cells = cells.join(CodingTheme, CodingTheme.coding_id == Coding.id)
        cells = cells.join(Theme, Theme.id == CodingTheme.theme_id)
        cells = cells.where(CodingTheme.polarity == measure.polarity)
        cells = cells.where(*scope.conditions(), *_current(scope))
        cells = _grouped(cells, by, Theme.code)
    for value, code, n in session.execute(cells):
        found.cells[code, scope.key(by, value)] += n
    return found


def _theme_by_theme(scope: Scope, measure: Measure) -> Select[Any]:
    """Respondents by theme of either axis and by theme of the measure's own.

    Both from one coding: joined by the response, a database looks through all of the dialogue's
    codings for each.
    """
    mine = _themed(scope)
    statement = select(mine.c.code, Theme.code, func.count()).select_from(Response)
    statement = statement.join(mine, mine.c.response_id == Response.id)
    statement = statement.join(CodingTheme, CodingTheme.coding_id == mine.c.coding_id)
    statement = statement.join(Theme, Theme.id == CodingTheme.theme_id)
    statement = statement.where(*scope.conditions(), CodingTheme.polarity == measure.polarity)
    return statement.group_by(mine.c.code, Theme.code)


def tally_all_marks(
    session: Session, scope: Scope, kinds: Sequence[MeasureKind]
) -> dict[MeasureKind, Tally]:
    """Each of ``kinds`` of everybody's marks, whatever the filters, read through once."""
    per_person = fold_marks(scope.municipality, scope.dialogue, kinds, None).subquery()
    names = [c.name for c in per_person.columns if c.name != "response_id"]
    sums = [func.coalesce(func.sum(per_person.c[name]), 0).label(name) for name in names]
    n, *numbers = session.execute(select(func.count(), *sums).select_from(per_person)).one()
    counted = dict(zip(names, numbers, strict=True))
    tallies = {}
    for kind in kinds:
        found = Tally(sizes=Counter({ALL: int(n)}))
        found.said[ALL] = int(counted[f"{kind.value}_said"])
        for i, member in enumerate(MARK_MEMBERS[kind]):
            found.cells[member.value, ALL] = int(counted[f"{kind.value}_{i}"])
        tallies[kind] = found
    return tallies


def tally_marks(session: Session, scope: Scope, kind: MeasureKind, by: Group | None) -> Tally:
    """What marks say of one kind: each respondent's marks are folded together first."""
    per_person = fold_marks(scope.municipality, scope.dialogue, [kind], by).subquery()
    said_column = per_person.c[f"{kind.value}_said"]
    members = [per_person.c[f"{kind.value}_{i}"] for i, _ in enumerate(MARK_MEMBERS[kind])]
    sums = [func.coalesce(func.sum(column), 0) for column in [said_column, *members]]
    column = per_person.c.area if by in MARK_AREAS else column_of(by)
    counted = select(column, func.count(), *sums).select_from(Response)
    statement: Select[Any]
    if by is None and not scope.filters.of_respondents:
        # Marks repeat whether they count: nothing has to be asked of the responses.
        statement = select(column, func.count(), *sums).select_from(per_person)
    elif by is Group.THEME:
        statement = _by_theme(scope, [], [])
        statement = statement.add_columns(*sums).join(
            per_person, per_person.c.response_id == Response.id
        )
    else:
        statement = counted.join(per_person, per_person.c.response_id == Response.id)
        statement = statement.where(*scope.conditions())
        if by is not None:
            statement = statement.group_by(column)
    found = Tally()
    for value, n, said, *numbers in session.execute(statement):
        key = scope.key(by, value)
        found.sizes[key] += int(n)
        found.said[key] += int(said)
        for member, count in zip(MARK_MEMBERS[kind], numbers, strict=True):
            found.cells[member.value, key] += int(count)
    if by not in MARK_AREAS:
        found.sizes = tally_sizes(session, scope, by)
    return found
