"""How many live in a municipality, by the survey's own age groups."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.population import PopulationCount
from surveys.models.response import AgeBand, Gender

Groups = Mapping[tuple[AgeBand, Gender], int]


@dataclass(frozen=True, slots=True)
class Population:
    """Inhabitants by age group and gender, in all and by area, with where the figures are from."""

    source: str
    dated_on: date | None
    groups: Groups
    areas: Mapping[str, Groups]

    @property
    def n_people(self) -> int:
        """All who live there."""
        return sum(self.groups.values())


def get_population(session: Session, municipality: Municipality) -> Population | None:
    """The counts that were imported for ``municipality``; None where there are none.

    Where there are counts by area only, all of it is their sum.
    """
    rows = session.scalars(
        select(PopulationCount)
        .where(PopulationCount.municipality_id == municipality.id)
        .order_by(PopulationCount.id)
    ).all()
    if not rows:
        return None
    by_area: dict[str, dict[tuple[AgeBand, Gender], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        by_area[row.area][band_of(row.age_from), row.gender] += row.n
    whole = by_area.pop("", None) or _sum(by_area)
    return Population(
        source=rows[0].source,
        dated_on=rows[0].dated_on,
        groups=dict(whole),
        areas={area: dict(groups) for area, groups in by_area.items()},
    )


def band_of(age: int) -> AgeBand:
    """The survey's age group that an age of 0 or more lies in."""
    return next(band for band in reversed(AgeBand) if band.ages[0] <= age)


def _sum(by_area: Mapping[str, Groups]) -> dict[tuple[AgeBand, Gender], int]:
    total: dict[tuple[AgeBand, Gender], int] = defaultdict(int)
    for groups in by_area.values():
        for group, n in groups.items():
            total[group] += n
    return total
