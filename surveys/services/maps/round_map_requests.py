"""Asking for the maps of two rounds, and dropping them. Apart from the drawing itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.round_map import RoundMap
from surveys.queries.maps.round_maps import in_order

COMPUTE_ROUNDS = "compute_rounds"  # the job, enqueued with (municipality id, drawing id)


def request_round_map(
    session: Session, municipality: Municipality, rounds: Sequence[Dialogue], *, now: datetime
) -> RoundMap:
    """Queue the maps of two rounds; what already waits is returned instead.

    Raise NotFound where both are the same round. After the commit the worker must be told of
    COMPUTE_ROUNDS with both ids.
    """
    earlier, later = in_order(*rounds)
    if earlier.id == later.id:
        raise NotFound(later.slug)
    waiting = session.scalar(
        select(RoundMap)
        .where(
            RoundMap.municipality_id == municipality.id,
            RoundMap.earlier_id == earlier.id,
            RoundMap.later_id == later.id,
            RoundMap.state == RunState.QUEUED,
        )
        .order_by(RoundMap.id)
        .limit(1)
    )
    if waiting is not None:
        return waiting
    drawing = RoundMap(
        municipality_id=municipality.id,
        earlier_id=earlier.id,
        later_id=later.id,
        state=RunState.QUEUED,
        requested_at=whole_hour(now),
    )
    session.add(drawing)
    session.flush()
    return drawing


def drop_round_maps(session: Session, municipality_id: int, dialogue_id: int) -> None:
    """Let no drawing go on showing a dialogue of which an answer has been taken out.

    One that waits goes too: it may be under way with the answer already read.
    """
    session.execute(
        delete(RoundMap)
        .where(
            RoundMap.municipality_id == municipality_id,
            (RoundMap.earlier_id == dialogue_id) | (RoundMap.later_id == dialogue_id),
        )
        .execution_options(synchronize_session="fetch")
    )
