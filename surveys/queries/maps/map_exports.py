"""The files of a map: which there are, and one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from surveys.errors import NotFound
from surveys.models.map_export import ExportFormat, MapExport
from surveys.models.municipality import Municipality


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file as it is sent."""

    run_id: int
    content: bytes


def list_exports(
    session: Session, municipality: Municipality, run_id: int
) -> Mapping[ExportFormat, int]:
    """The bytes of each file of a run that has been asked for; 0 for one that is being made."""
    statement = select(MapExport.format, MapExport.n_bytes).where(
        MapExport.municipality_id == municipality.id, MapExport.run_id == run_id
    )
    found = {row.format: row.n_bytes for row in session.execute(statement)}
    return {kind: found[kind] for kind in ExportFormat if kind in found}


def get_export(
    session: Session, municipality: Municipality, run_id: int, kind: ExportFormat
) -> ExportFile:
    """A file that is made; raise NotFound."""
    export = session.scalar(
        select(MapExport)
        .where(
            MapExport.municipality_id == municipality.id,
            MapExport.run_id == run_id,
            MapExport.format == kind,
        )
        .options(undefer(MapExport.content))
    )
    if export is None or export.content is None:
        raise NotFound(f"{kind.value} of run {run_id}")
    return ExportFile(export.run_id, export.content)


def list_waiting_exports(session: Session) -> list[tuple[int, int]]:
    """Municipality and run of each map whose files are not made yet, for the worker's round."""
    statement = (
        select(MapExport.municipality_id, MapExport.run_id)
        .where(MapExport.n_bytes == 0)
        .distinct()
        .order_by(MapExport.run_id)
    )
    return [(municipality_id, run_id) for municipality_id, run_id in session.execute(statement)]
