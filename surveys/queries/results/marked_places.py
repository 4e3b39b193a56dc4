"""Which places respondents pointed out, and why and when they feel unsafe there.

Everything is counted in respondents: one person who sets five marks at a place is one person. A
number is None where it is withheld, as in the crossed tables.
"""

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import Feeling, MarkedPlace
from surveys.privacy import Limits, is_either_sensitive, limits_of
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL
from surveys.queries.results.measures import MARK_MEMBERS, MeasureKind
from surveys.queries.results.tallies import Scope, Tally, tally_all_marks

_KINDS = (MeasureKind.REASONS, MeasureKind.TIMES, MeasureKind.SEASONS)


@dataclass(frozen=True, slots=True)
class NamedPlaceCount:
    """A place of the register, with at least and at most how many chose it.

    None where that is withheld. Exact for those who may see rows; to others in steps of the limit,
    because a hotspot of the map tells how many have marked the same ground.
    """

    name: str
    n_respondents: int | None
    at_most: int | None


@dataclass(frozen=True, slots=True)
class MemberCount:
    """A reason, a time of day or a season; ``n_respondents`` is None where it is withheld."""

    member: enum.Enum  # of PlaceReason, TimeOfDay or Season
    n_respondents: int | None


@dataclass(frozen=True, slots=True)
class PlacesSummary:
    """All unsafe marks of a dialogue, and apart from them the safe places.

    Marks add up by how they were given; respondents do not. ``n_marks`` is told to those who may
    see rows: the map says which marks are not on it. ``is_empty``: there are none at all.
    """

    is_empty: bool
    n_marks: int | None
    n_respondents: int | None
    n_on_map: int | None  # a position was given, or a name with a position
    n_words_only: int | None
    n_outside: int | None  # outside the municipality's outline, and on the map
    named: tuple[NamedPlaceCount, ...]  # most respondents first, the withheld by name
    reasons: tuple[MemberCount, ...]
    times: tuple[MemberCount, ...]
    seasons: tuple[MemberCount, ...]
    n_with_reason: int | None  # respondents who gave any reason
    n_with_time: int | None
    safe: "SafePlaces"


@dataclass(frozen=True, slots=True)
class SafePlaces:
    """Places that respondents called safe: never counted among the unsafe ones."""

    is_empty: bool
    n_respondents: int | None  # None where the number is withheld
    named: tuple[NamedPlaceCount, ...]


def summarise_places(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, sees_rows: bool = False
) -> PlacesSummary:
    """The places that ``municipality``'s respondents marked in ``dialogue``."""
    reading = _Reading(session, municipality, dialogue, sees_rows)
    n_marks, n_respondents, n_on_map, n_outside = reading.totals()
    tallies = tally_all_marks(session, Scope(municipality, dialogue, Filters()), _KINDS)
    members = {kind: reading.members(kind, tallies[kind]) for kind in _KINDS}
    return PlacesSummary(
        is_empty=n_marks == 0,
        n_marks=n_marks if sees_rows or n_marks == 0 else None,
        n_respondents=reading.total(n_respondents),
        n_on_map=reading.part(n_on_map, n_marks),
        n_words_only=reading.part(n_marks - n_on_map, n_marks),
        n_outside=reading.part(n_outside, n_marks),
        named=reading.named(Feeling.UNSAFE),
        reasons=members[MeasureKind.REASONS][0],
        times=members[MeasureKind.TIMES][0],
        seasons=members[MeasureKind.SEASONS][0],
        n_with_reason=members[MeasureKind.REASONS][1],
        n_with_time=members[MeasureKind.TIMES][1],
        safe=reading.safe(),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    session: Session
    municipality: Municipality
    dialogue: Dialogue
    sees_rows: bool

    @property
    def limits(self) -> Limits:
        return limits_of(self.municipality)

    def tells(self, count: int, base: int) -> bool:
        """Whether ``count`` of ``base`` respondents may be told."""
        low = self.limits.min_respondents
        return self.sees_rows or not (0 < base < low or is_either_sensitive(count, base, low))

    def total(self, count: int) -> int | None:
        """How many respondents, where they are enough to be told."""
        told = count == 0 or count >= self.limits.min_respondents
        return count if self.sees_rows or told else None

    def part(self, count: int, total: int) -> int | None:
        """A part of the marks; a few of them, or all but a few, may be one person's."""
        low = self.limits.min_respondents
        is_few = 0 < count < low or 0 < total - count < low or 0 < total < low
        return count if self.sees_rows or not is_few else None

    def totals(self) -> tuple[int, int, int, int]:
        """Marks, respondents, marks with a position and marks outside."""
        located = MarkedPlace.lat.is_not(None) | MarkedPlace.named_place_id.is_not(None)
        row = self.session.execute(
            select(
                func.count(),
                func.count(MarkedPlace.response_id.distinct()),
                func.coalesce(func.sum(case((located, 1), else_=0)), 0),
                func.coalesce(func.sum(case((MarkedPlace.outside_m > 0, 1), else_=0)), 0),
            ).where(*self._marks(Feeling.UNSAFE))
        ).one()
        return int(row[0]), int(row[1]), int(row[2]), int(row[3])

    def members(
        self, kind: MeasureKind, found: Tally
    ) -> tuple[tuple[MemberCount, ...], int | None]:
        """Members that anybody named, the most first, and how many named any."""
        base = found.said[ALL]
        rows = []
        for member in MARK_MEMBERS[kind]:
            n = found.cells[member.value, ALL]
            if n > 0:
                rows.append(MemberCount(member, n if self.tells(n, base) else None))
        rows.sort(key=lambda row: -(row.n_respondents or 0))
        return tuple(rows), self.total(base)

    def named(self, feeling: Feeling) -> tuple[NamedPlaceCount, ...]:
        """Places of the register that anybody chose."""
        counts = self._count_named(feeling)
        rows = [NamedPlaceCount(name, *self._in_steps(n)) for name, n in counts.items()]
        # Sorted by what is shown: the order of the withheld must not tell which is the larger.
        return tuple(sorted(rows, key=lambda row: (-(row.n_respondents or 0), row.name)))

    def _in_steps(self, n: int) -> tuple[int | None, int | None]:
        """The lowest and the highest number that ``n`` may be."""
        step = self.limits.min_respondents
        if self.sees_rows:
            return n, n
        return (None, None) if n < step else (n - n % step, n - n % step + step - 1)

    def safe(self) -> SafePlaces:
        """The places that feel safe."""
        n = self.session.scalar(
            select(func.count(MarkedPlace.response_id.distinct())).where(*self._marks(Feeling.SAFE))
        )
        n_respondents = int(n or 0)
        return SafePlaces(
            is_empty=n_respondents == 0,
            n_respondents=self.total(n_respondents),
            named=self.named(Feeling.SAFE) if n_respondents else (),
        )

    def _count_named(self, feeling: Feeling) -> Counter[str]:
        statement = (
            select(NamedPlace.name, func.count(MarkedPlace.response_id.distinct()))
            .join(NamedPlace, NamedPlace.id == MarkedPlace.named_place_id)
            .where(NamedPlace.municipality_id == self.municipality.id, *self._marks(feeling))
            .group_by(NamedPlace.id, NamedPlace.name)
        )
        return Counter({name: int(n) for name, n in self.session.execute(statement)})

    def _marks(self, feeling: Feeling) -> Iterable[ColumnElement[bool]]:
        return (
            MarkedPlace.municipality_id == self.municipality.id,
            MarkedPlace.dialogue_id == self.dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == feeling,
        )
