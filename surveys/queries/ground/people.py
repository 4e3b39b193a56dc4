"""Where people live, as the analysis takes it: what has been imported for a municipality.

Only the job process and commands import this: it uses numpy and the geography libraries.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from shapely.geometry import shape
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.engine.expected import Baseline
from maps.engine.people import AreaPeople, People, PlacePeople, SquarePeople
from surveys.models.geography import Area, AreaKind, PopulationGrid
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace


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
    areas = session.scalars(
        select(Area).where(Area.municipality_id == municipality.id).order_by(Area.code)
    ).all()
    for kind in AreaKind:  # the finest first
        chosen = [area for area in areas if area.kind is kind]
        numbers = tuple(float(a.population) for a in chosen if a.population is not None)
        # Areas without a count would be held to nobody, and every mark there be a wonder.
        if len(numbers) == len(chosen) and sum(numbers) > 0:
            shapes = tuple(shapely.make_valid(shape(area.geometry)) for area in chosen)
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
