"""Who answered against who lives there, group by group. Never one score for all of them.

Only groups whose number may be told are compared, and with the same groups of the population: a
base that held the others too would give their number away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender
from surveys.queries.ground.population import Population, get_population
from surveys.queries.results.crosstabs import Group
from surveys.queries.results.group_sizes import get_group_sizes
from surveys.queries.results.weighting import BANDS, GENDERS, fold_area
from surveys.statistics.weighting import Representation, represent


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group; ``found`` is None where its number is withheld or nobody's is told."""

    key: str  # a band, a gender or an area's name
    found: Representation | None


@dataclass(frozen=True, slots=True)
class Division:
    """All groups of one division. ``n`` respondents are the base of their shares."""

    by: Group
    n: int
    groups: tuple[GroupShare, ...]


def list_representation(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, sees_rows: bool
) -> tuple[Division, ...]:
    """Ages, genders and, where the population is known by area, areas; nothing without one."""
    population = get_population(session, municipality)
    if population is None or not dialogue.questions:
        return ()
    found = []
    for by, people in _divisions(population).items():
        told = get_group_sizes(session, municipality, dialogue, by, sees_rows=sees_rows)
        found.append(_division(by, people, {fold_area(key): n for key, n in told.items()}))
    return tuple(found)


def _divisions(population: Population) -> dict[Group, dict[str, int]]:
    grown = {key: n for key, n in population.groups.items() if key[0] in BANDS}
    found = {
        Group.AGE_BAND: {band.value: _sum(grown, band=band) for band in BANDS},
        Group.GENDER: {gender.value: _sum(grown, gender=gender) for gender in GENDERS},
    }
    if population.areas:
        found[Group.AREA] = {
            area: sum(n for (band, _), n in groups.items() if band in BANDS)
            for area, groups in population.areas.items()
        }
    return found


def _sum(
    groups: Mapping[tuple[AgeBand, Gender], int],
    band: AgeBand | None = None,
    gender: Gender | None = None,
) -> int:
    return sum(
        n for key, n in groups.items() if band in (None, key[0]) and gender in (None, key[1])
    )


def _division(by: Group, people: Mapping[str, int], told: Mapping[str, int | None]) -> Division:
    counts = {key: told.get(fold_area(key), 0) for key, n in people.items() if n > 0}
    known = {key: n for key, n in counts.items() if n is not None}
    base, whole = sum(known.values()), sum(people[key] for key in known)
    return Division(
        by,
        base,
        tuple(
            GroupShare(
                key,
                represent(known[key], base, people[key] / whole) if base and key in known else None,
            )
            for key in counts
        ),
    )
