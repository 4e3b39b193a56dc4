"""Where people live, as the analysis takes it: what has been imported for a municipality.

Only the job process and commands import this: it uses numpy and the geography libraries.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.engine.expected import Baseline
from maps.engine.people import AreaPeople, People, PlacePeople, SquarePeople
from surveys.models.geography import Area, AreaKind, PopulationGrid
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.queries.ground.divisions import OUTLINE
from surveys.queries.ground.population import get_population


@dataclass(frozen=True, slots=True, eq=False)
class PeopleSource:
    """One source of expected counts, with where it comes from."""

    people: People
    source: str
    dated_on: date | None = None


def list_people(session: Session, municipality: Municipality) -> tuple[PeopleSource, ...]:
    """What ``municipality``'s marks can be held to, the best first; empty without anything.

    An imported grid; then the finest division of which every area has a count; then the places of
    the register that have one.
    """
    found = (
        _grid(session, municipality),
        _areas(session, municipality),
        _places(session, municipality),
    )
    return tuple(source for source in found if source is not None)


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """How many live in a municipality by another source than that which its marks are held to.

    ``is_whole`` is false where the source leaves people out: then there are at least so many.
    """

    n: int
    source: str
    is_whole: bool


def get_known_people(session: Session, municipality: Municipality) -> KnownPeople | None:
    """What an imported grid can be held to, the best first; None where there is nothing.

    Counts by age; then areas that all have a count; then the places of the register, which leave
    out those who live elsewhere.
    """
    counts = get_population(session, municipality)
    if counts is not None:
        youngest = min(band.ages[0] for band, _ in counts.groups)
        return KnownPeople(counts.n_people, counts.source, is_whole=youngest == 0)
    areas, places = _areas(session, municipality), _places(session, municipality)
    if areas is not None and isinstance(areas.people, AreaPeople):
        return KnownPeople(round(sum(areas.people.number)), areas.source, is_whole=True)
    if places is not None and isinstance(places.people, PlacePeople):
        return KnownPeople(round(places.people.number_in_all()), places.source, is_whole=False)
    return None


def source_of(sources: tuple[PeopleSource, ...], baseline: Baseline) -> PeopleSource:
    """The source of this kind."""
    return next(source for source in sources if source.people.baseline is baseline)


def _grid(session: Session, municipality: Municipality) -> PeopleSource | None:
    grid = session.scalar(
        select(PopulationGrid).where(PopulationGrid.municipality_id == municipality.id)
    )
    if grid is None:
        return None
    lon, lat, number = np.frombuffer(grid.cells, dtype="<f8").reshape(-1, 3).T.astype(np.float64)
    return PeopleSource(SquarePeople(lon, lat, number), grid.source, grid.dated_on)


def _areas(session: Session, municipality: Municipality) -> PeopleSource | None:
    areas = session.execute(
        select(Area.kind, Area.population, Area.source, Area.dated_on, OUTLINE)
        .where(Area.municipality_id == municipality.id)
        .order_by(Area.code, Area.id)
    ).all()
    for kind in AreaKind:  # the finest first
        chosen = [area for area in areas if area.kind is kind]
        numbers = tuple(float(a.population) for a in chosen if a.population is not None)
        # Areas without a count would be held to nobody, and every mark there be a wonder.
        if len(numbers) == len(chosen) and sum(numbers) > 0:
            outlines = shapely.from_geojson([area[-1] for area in chosen])
            shapes = tuple(shapely.make_valid(outlines))
            return PeopleSource(AreaPeople(shapes, numbers), chosen[0].source, chosen[0].dated_on)
    return None


def _places(session: Session, municipality: Municipality) -> PeopleSource | None:
    rows = session.execute(
        select(
            NamedPlace.lat,
            NamedPlace.lon,
            NamedPlace.radius_m,
            NamedPlace.population,
            NamedPlace.source,
        )
        .where(NamedPlace.municipality_id == municipality.id, NamedPlace.population > 0)
        .order_by(NamedPlace.name)
    ).all()
    if not rows:
        return None
    lat, lon, radius_m, number = np.array([tuple(row)[:4] for row in rows], dtype=np.float64).T
    sources = sorted({source for row in rows for source in row.source.split("; ")})
    return PeopleSource(PlacePeople(lat, lon, radius_m, number), "; ".join(sources))
