"""Stores what an operator imports about the ground, whole or not at all.

A division, a population grid and an outline replace the one before: each is one publication by
somebody else. The place register is the municipality's own and is added to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys.drafts.geography import AreaDraft, Origin, PlaceDraft
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind, MarkArea, PopulationGrid
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.maps.marks import count_fingerprints
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.services.ground.mark_areas import place_marks_in_areas
from surveys.services.maps.hotspot_requests import request_run

USUAL_RADIUS_M = {PlaceKind.LOCALITY: 800, PlaceKind.DISTRICT: 700}
OTHER_RADIUS_M = 200


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """How many places were new, got something new, and were there already as they are."""

    added: int
    changed: int
    same: int


def replace_areas(
    session: Session,
    municipality: Municipality,
    kind: AreaKind,
    drafts: Sequence[AreaDraft],
    origin: Origin,
) -> int:
    """Store a division in place of the one before; returns how many areas that had."""
    own = (Area.municipality_id == municipality.id, Area.kind == kind)
    before = session.scalar(select(func.count()).select_from(Area).where(*own)) or 0
    session.execute(delete(MarkArea).where(MarkArea.area_id.in_(select(Area.id).where(*own))))
    session.execute(delete(Area).where(*own))
    session.add_all(
        Area(
            municipality_id=municipality.id,
            kind=kind,
            code=draft.code,
            name=draft.name,
            geometry=draft.geometry,
            population=draft.population,
            source=origin.source,
            dated_on=origin.dated_on,
        )
        for draft in drafts
    )
    session.flush()
    place_marks_in_areas(session, municipality, kind)
    return before


def replace_population(
    session: Session,
    municipality: Municipality,
    cells: npt.NDArray[np.float64],
    origin: Origin,
    *,
    cell_m: int,
) -> bool:
    """Store inhabitants by square, rows of lon, lat and number; tells whether some were there."""
    grid = session.scalar(
        select(PopulationGrid).where(PopulationGrid.municipality_id == municipality.id)
    )
    was_there = grid is not None
    grid = grid or PopulationGrid(municipality_id=municipality.id)
    grid.source, grid.dated_on = origin.source, origin.dated_on
    grid.cell_m, grid.n_cells = cell_m, len(cells)
    grid.population = round(float(cells[:, 2].sum()))
    grid.cells = np.ascontiguousarray(cells, dtype="<f8").tobytes()
    session.add(grid)
    session.flush()
    return was_there


def merge_places(
    session: Session, municipality: Municipality, drafts: Sequence[PlaceDraft], source: str
) -> PlaceReport:
    """Add places by name to ``municipality``'s register.

    A place that is there gets the file's population and its new aliases. Its position, extent and
    kind stay: residents have chosen it as it is, and their marks stand there.
    """
    register = {place.name.casefold(): place for place in list_named_places(session, municipality)}
    added = changed = 0
    for draft in drafts:
        place = register.get(draft.name.casefold())
        if place is None:
            register[draft.name.casefold()] = _add(session, municipality, draft, source)
            added += 1
        elif _merge(place, draft):
            changed += 1
    session.flush()
    return PlaceReport(added, changed, len(drafts) - added - changed)


def set_outline(session: Session, municipality: Municipality, geometry: dict[str, Any]) -> bool:
    """Store the outline; tells whether there was one."""
    was_there = municipality.outline is not None
    municipality.outline = geometry
    session.flush()
    return was_there


def request_runs_again(session: Session, municipality: Municipality, *, now: datetime) -> int:
    """Queue an analysis for each dialogue with marks, since what they are held to has changed."""
    dialogues = [d for m, d in count_fingerprints(session) if m == municipality.id]
    for dialogue_id in sorted(dialogues):
        dialogue = session.get(Dialogue, dialogue_id)
        if dialogue is not None:
            request_run(session, municipality, dialogue, now=now)
    return len(dialogues)


def _add(
    session: Session, municipality: Municipality, draft: PlaceDraft, source: str
) -> NamedPlace:
    kind = draft.kind or PlaceKind.OTHER
    place = NamedPlace(
        municipality_id=municipality.id,
        name=draft.name,
        kind=kind,
        lat=draft.lat,
        lon=draft.lon,
        radius_m=draft.radius_m or USUAL_RADIUS_M.get(kind, OTHER_RADIUS_M),
        population=draft.population,
        aliases=list(draft.aliases),
        source=source,
        is_sensitive=kind is PlaceKind.HOME,
    )
    session.add(place)
    return place


def _merge(place: NamedPlace, draft: PlaceDraft) -> bool:
    known = {place.name.casefold(), *(alias.casefold() for alias in place.aliases)}
    new = [alias for alias in draft.aliases if alias.casefold() not in known]
    if new:
        place.aliases = [*place.aliases, *new]
    counts = draft.population is not None and draft.population != place.population
    if counts:
        place.population = draft.population
    return bool(new) or counts
