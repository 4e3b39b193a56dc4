"""Asking for the files of a map, and taking them away. Pages import this; the making is apart."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.map_export import ExportFormat, MapExport
from surveys.models.municipality import Municipality
from surveys.queries.maps.hotspots import get_latest_run
from surveys.queries.results.filters import NO_FILTERS, Filters

MAKE_EXPORTS = "make_exports"  # the job, enqueued with (municipality id, run id)


def request_exports(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
    *,
    now: datetime,
) -> int:
    """Ask for all files of the latest map; returns its run. Raises NotFound where there is none.

    Asked for again, what is made stays. The files of earlier maps of the same marks go, since
    nobody can see those.
    After the commit the worker must be told of MAKE_EXPORTS with both ids.
    """
    run = get_latest_run(session, municipality, dialogue, filters)
    if run is None:
        raise NotFound(f"a map of {dialogue.slug}")
    statement = select(MapExport).where(MapExport.municipality_id == municipality.id)
    for export in session.scalars(statement):
        other = export.run
        of_the_same = other.dialogue_id == dialogue.id and other.filter_key == filters.key
        if export.run_id != run.id and of_the_same:
            session.delete(export)
    made = set(session.scalars(select(MapExport.format).where(MapExport.run_id == run.id)))
    session.add_all(
        MapExport(
            municipality_id=municipality.id,
            run_id=run.id,
            format=kind,
            requested_at=whole_hour(now),
        )
        for kind in ExportFormat
        if kind not in made
    )
    session.flush()
    return run.id


def drop_exports(session: Session, municipality_id: int, run_ids: list[int]) -> None:
    """Take away the files of runs that stand no more: an answer in them has been withdrawn."""
    session.execute(
        delete(MapExport).where(
            MapExport.municipality_id == municipality_id, MapExport.run_id.in_(run_ids)
        )
    )
