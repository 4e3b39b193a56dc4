"""Which places respondents pointed out, and why and when they feel unsafe there.

Everything is counted in respondents: one person who sets five marks at a place is one person.
Counts of fewer than five respondents are withheld (``surveys.privacy``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import Feeling, MarkedPlace, PlaceReason, Season, TimeOfDay
from surveys.privacy import shown_count


@dataclass(frozen=True, slots=True)
class NamedPlaceCount:
    """A place of the register; ``n_respondents`` is None where the number is withheld."""

    name: str
    n_respondents: int | None


@dataclass(frozen=True, slots=True)
class MemberCount:
    """A reason, a time of day or a season; ``n_respondents`` is None where it is withheld."""

    member: PlaceReason | TimeOfDay | Season
    n_respondents: int | None


@dataclass(frozen=True, slots=True)
class PlacesSummary:
    """All unsafe marks of a dialogue, and apart from them the safe places.

    Marks add up by how they were given; respondents do not.
    """

    n_marks: int
    n_respondents: int
    n_on_map: int  # a position was given, or a name with a position
    n_words_only: int
    n_outside: int  # outside the municipality's outline, and on the map
    named: tuple[NamedPlaceCount, ...]  # most respondents first, the withheld by name
    reasons: tuple[MemberCount, ...]
    times: tuple[MemberCount, ...]
    seasons: tuple[MemberCount, ...]
    n_with_reason: int  # respondents who gave any reason
    n_with_time: int
    safe: "SafePlaces"


@dataclass(frozen=True, slots=True)
class SafePlaces:
    """Places that respondents called safe: never counted among the unsafe ones."""

    n_marks: int
    n_respondents: int | None  # None where the number is withheld
    named: tuple[NamedPlaceCount, ...]


def summarise_places(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> PlacesSummary:
    """The places that ``municipality``'s respondents marked in ``dialogue``."""
    mine = _marks_of(municipality, dialogue, Feeling.UNSAFE)
    located = MarkedPlace.lat.is_not(None) | MarkedPlace.named_place_id.is_not(None)
    totals = session.execute(
        select(
            func.count(),
            func.count(MarkedPlace.response_id.distinct()),
            func.coalesce(func.sum(case((located, 1), else_=0)), 0),
            func.coalesce(func.sum(case((MarkedPlace.outside_m > 0, 1), else_=0)), 0),
        ).where(*mine)
    ).one()
    n_marks, n_respondents, n_on_map, n_outside = (int(value) for value in totals)
    reasons, n_with_reason = _count_members(session, mine, MarkedPlace.reasons, PlaceReason)
    times, n_with_time = _count_members(session, mine, MarkedPlace.times, TimeOfDay)
    seasons, _n_with_season = _count_members(session, mine, MarkedPlace.seasons, Season)
    return PlacesSummary(
        n_marks=n_marks,
        n_respondents=n_respondents,
        n_on_map=n_on_map,
        n_words_only=n_marks - n_on_map,
        n_outside=n_outside,
        named=_count_named(session, municipality, mine),
        reasons=reasons,
        times=times,
        seasons=seasons,
        n_with_reason=n_with_reason,
        n_with_time=n_with_time,
        safe=_summarise_safe(session, municipality, dialogue),
    )


def _summarise_safe(session: Session, municipality: Municipality, dialogue: Dialogue) -> SafePlaces:
    safe = _marks_of(municipality, dialogue, Feeling.SAFE)
    n_marks, n_respondents = session.execute(
        select(func.count(), func.count(MarkedPlace.response_id.distinct())).where(*safe)
    ).one()
    return SafePlaces(
        n_marks=int(n_marks),
        n_respondents=shown_count(int(n_respondents)),
        named=_count_named(session, municipality, safe),
    )


def _marks_of(
    municipality: Municipality, dialogue: Dialogue, feeling: Feeling
) -> tuple[ColumnElement[bool], ...]:
    return (
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        MarkedPlace.feeling == feeling,
    )


def _count_named(
    session: Session, municipality: Municipality, mine: Iterable[ColumnElement[bool]]
) -> tuple[NamedPlaceCount, ...]:
    statement = (
        select(NamedPlace.name, func.count(MarkedPlace.response_id.distinct()))
        .join(NamedPlace, NamedPlace.id == MarkedPlace.named_place_id)
        .where(NamedPlace.municipality_id == municipality.id, *mine)
        .group_by(NamedPlace.id, NamedPlace.name)
    )
    counted = [NamedPlaceCount(name, shown_count(int(n))) for name, n in session.execute(statement)]
    # Sorted by what is shown: the order of the withheld must not tell which is the larger.
    return tuple(sorted(counted, key=lambda row: (-(row.n_respondents or 0), row.name)))


def _count_members(
    session: Session,
    mine: Iterable[ColumnElement[bool]],
    column: InstrumentedAttribute[Any],
    members: type[PlaceReason] | type[TimeOfDay] | type[Season],
) -> tuple[tuple[MemberCount, ...], int]:
    """Respondents per member in one pass: each respondent's marks are folded together first."""
    mask = type_coerce(column, Integer)
    bits = [
        func.max(case((mask.op("&")(1 << i) != 0, 1), else_=0)).label(f"bit{i}")
        for i, _ in enumerate(members)
    ]
    any_bit = func.max(case((mask != 0, 1), else_=0)).label("any_bit")
    per_person = select(*bits, any_bit).where(*mine).group_by(MarkedPlace.response_id).subquery()
    sums = [func.coalesce(func.sum(column_), 0) for column_ in per_person.columns]
    row = [int(value) for value in session.execute(select(*sums)).one()]
    counted = _shown_members(list(members), row[:-1])
    return counted, row[-1]


def _shown_members(members: list[Any], numbers: list[int]) -> tuple[MemberCount, ...]:
    """Members that anybody named: most respondents first, the withheld in their own order."""
    rows = [
        MemberCount(member, shown_count(n))
        for member, n in zip(members, numbers, strict=True)
        if n > 0
    ]
    return tuple(sorted(rows, key=lambda row: -(row.n_respondents or 0)))
