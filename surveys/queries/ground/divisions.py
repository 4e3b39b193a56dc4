"""The imported areas of a municipality, division by division, with their outlines.

Only the job process and commands import this: it uses numpy and the geography libraries.
"""

from dataclasses import dataclass

import shapely
from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from maps.divisions import Shapes
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """The areas of one kind by code; ``shapes`` are their outlines as imported, in WGS 84."""

    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    populations: tuple[int | None, ...]
    shapes: Shapes
    source: str = ""


# Areas are read as the text that is stored: hundreds of them with a hundred corners each are then
# shapes in a fifth of the time.
OUTLINE = cast(Area.geometry, String)


def list_divisions(session: Session, municipality: Municipality) -> list[Division]:
    """The divisions that ``municipality`` has imported, the finest first.

    In one statement: an import beside it never gives the names of one division to another's areas.
    """
    rows = session.execute(
        select(Area.kind, Area.code, Area.name, Area.population, Area.source, OUTLINE)
        .where(Area.municipality_id == municipality.id)
        .order_by(Area.code, Area.id)
    ).all()
    divisions = []
    for kind in AreaKind:
        chosen = [row for row in rows if row.kind is kind]
        if chosen:
            divisions.append(
                Division(
                    kind=kind.value,
                    codes=tuple(row.code for row in chosen),
                    names=tuple(row.name for row in chosen),
                    populations=tuple(row.population for row in chosen),
                    shapes=shapely.from_geojson([row[-1] for row in chosen]),
                    source=chosen[0].source,
                )
            )
    return divisions
