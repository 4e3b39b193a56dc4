"""The imported areas of a municipality, division by division, with their outlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality


@dataclass(frozen=True, slots=True)
class Division:
    """The areas of one kind by code, with their outlines as they were imported (GeoJSON)."""

    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    populations: tuple[int | None, ...]
    geometries: tuple[Mapping[str, Any], ...]
    source: str = ""


def list_divisions(session: Session, municipality: Municipality) -> list[Division]:
    """The divisions that ``municipality`` has imported, the finest first."""
    statement = (
        select(Area).where(Area.municipality_id == municipality.id).order_by(Area.code, Area.id)
    )
    areas = list(session.scalars(statement))
    divisions = []
    for kind in AreaKind:
        chosen = [area for area in areas if area.kind is kind]
        if chosen:
            divisions.append(
                Division(
                    kind=kind.value,
                    codes=tuple(area.code for area in chosen),
                    names=tuple(area.name for area in chosen),
                    populations=tuple(area.population for area in chosen),
                    geometries=tuple(area.geometry for area in chosen),
                    source=chosen[0].source,
                )
            )
    return divisions
