"""Taking down the maps that may name a place which has been marked as sensitive."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.models.hotspot import PLACE_MARKED, HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.round_map import RoundMap
from surveys.services.maps.map_exports import drop_exports

_STANDING = (RunState.DONE, RunState.QUEUED)


def void_maps_with_names(session: Session, municipality: Municipality) -> None:
    """Let no map of ``municipality`` go on showing names, with their files.

    One that waits goes too: it may be under way with the names already read. How many persons
    were told stays, so that the next drawing is held to it (docs/decisions/0032).
    """
    voided = session.scalars(
        update(HotspotRun)
        .where(HotspotRun.municipality_id == municipality.id, HotspotRun.state.in_(_STANDING))
        .values(
            state=RunState.VOID,
            failure=PLACE_MARKED,
            map_html=None,
            map_script=None,
            map_style=None,
        )
        .execution_options(synchronize_session="fetch")
        .returning(HotspotRun.id)
    ).all()
    drop_exports(session, municipality.id, list(voided))
    drawings = select(RoundMap).where(
        RoundMap.municipality_id == municipality.id, RoundMap.state.in_(_STANDING)
    )
    for drawing in session.scalars(drawings):
        drawing.state, drawing.failure, drawing.maps = RunState.VOID, PLACE_MARKED, None
        drawing.findings = {"rounds": drawing.findings.get("rounds", [])}
    session.flush()
