"""Which areas the staff map closes: a table must not tell what the map withholds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.geography import AreaKind
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality


def list_closed_areas(
    session: Session, municipality: Municipality, dialogue: Dialogue, kind: AreaKind
) -> frozenset[str]:
    """The codes of the areas of ``kind`` whose number the last drawn map of all marks withholds.

    None of them where nothing has been drawn yet. Numbers by area are told in steps anyway, so
    that a map that is drawn later may tell whatever it finds (docs/decisions/0031).
    """
    layers = session.scalar(
        select(HotspotRun.layers)
        .where(
            HotspotRun.municipality_id == municipality.id,
            HotspotRun.dialogue_id == dialogue.id,
            HotspotRun.filter_key == "",
            HotspotRun.state == RunState.DONE,
        )
        .order_by(HotspotRun.id.desc())
        .limit(1)
    )
    rows = (layers or {}).get(f"area-{kind.value}", {}).get("rows", ())
    return frozenset(str(row["code"]) for row in rows if row["n"] is None and "code" in row)
