"""All marks of a respondent as one row: five marks at a place are one person's."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)

from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace
from surveys.queries.results.groups import MARK_AREAS, Group
from surveys.queries.results.measures import MARK_MEMBERS, MeasureKind

# Written into the statement: as parameters they take SQLite twice the time.
_ZERO, _ONE = literal_column("0", Integer), literal_column("1", Integer)


def fold_marks(
    municipality: Municipality,
    dialogue: Dialogue,
    kinds: Sequence[MeasureKind],
    by: Group | None,
) -> Select[Any]:
    """One row for each respondent with unsafe marks (and area, where ``by`` is one).

    Columns: response_id, and for each kind ``<kind>_said`` and ``<kind>_<i>`` for its members in
    order, 1 where any of the marks says so.
    """
    mine = (
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        MarkedPlace.feeling == Feeling.UNSAFE,
    )
    columns: list[Any] = [MarkedPlace.response_id]
    for kind in kinds:
        said, members = _member_columns(kind)
        named = [("said", said), *((str(i), member) for i, member in enumerate(members))]
        columns += [
            func.max(case((is_so, _ONE), else_=_ZERO)).label(f"{kind.value}_{name}")
            for name, is_so in named
        ]
    if by not in MARK_AREAS:
        return select(*columns).where(*mine).group_by(MarkedPlace.response_id)
    return (
        select(*columns, Area.code.label("area"))
        .join(MarkArea, MarkArea.mark_id == MarkedPlace.id)
        .join(Area, Area.id == MarkArea.area_id)
        .where(
            *mine,
            Area.municipality_id == municipality.id,
            Area.kind == MARK_AREAS[by],
        )
        .group_by(MarkedPlace.response_id, Area.code)
    )


def _member_columns(
    kind: MeasureKind,
) -> tuple[ColumnElement[bool], Iterable[ColumnElement[bool]]]:
    """Whether a mark says anything of the kind, and whether it says each member."""
    if kind is MeasureKind.PLACE_KINDS:
        kinds = [MarkedPlace.kind == member for member in MARK_MEMBERS[kind]]
        return MarkedPlace.kind.is_not(None), kinds
    stored = {
        MeasureKind.REASONS: MarkedPlace.reasons,
        MeasureKind.TIMES: MarkedPlace.times,
        MeasureKind.SEASONS: MarkedPlace.seasons,
    }
    mask = type_coerce(stored[kind], Integer)
    bits = [
        mask.op("&")(literal_column(str(1 << i), Integer)) != _ZERO
        for i, _ in enumerate(MARK_MEMBERS[kind])
    ]
    return mask != _ZERO, bits
