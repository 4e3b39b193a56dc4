"""Asking for an analysis. Apart from the analysis itself, which pages must never import."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.queries.maps.stale_maps import list_queued, list_stale_dialogues
from surveys.queries.results.filters import NO_FILTERS, Filters

METHOD = "density_gi_star"
SCAN_METHOD = "density_gi_star_scan"  # where it is known how many people live where
COMPUTE_HOTSPOTS = "compute_hotspots"  # the job, enqueued with (municipality id, run id)


def request_run(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
    *,
    now: datetime,
) -> HotspotRun:
    """Queue an analysis of ``municipality``'s marks, or of a part of them.

    One that already waits is returned instead. After the commit the worker must be told of
    COMPUTE_HOTSPOTS with both ids.
    """
    waiting = session.scalar(
        select(HotspotRun)
        .where(
            HotspotRun.municipality_id == municipality.id,
            HotspotRun.dialogue_id == dialogue.id,
            HotspotRun.state == RunState.QUEUED,
            HotspotRun.filter_key == filters.key,
        )
        .order_by(HotspotRun.id)
        .limit(1)
    )
    if waiting is not None:
        return waiting
    run = HotspotRun(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        state=RunState.QUEUED,
        requested_at=whole_hour(now),
        method=METHOD,
        filters=filters.as_json(),
        filter_key=filters.key,
    )
    session.add(run)
    session.flush()
    return run


def request_stale_runs(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """Queue an analysis for each dialogue whose marks have changed since its last one.

    Returns (municipality id, run id) of those and of runs that were left waiting, so that a job
    lost with the queue is found again. For the worker's own round over all municipalities.
    """
    waiting = list_queued(session)
    asked = [
        (municipality.id, request_run(session, municipality, dialogue, now=now).id)
        for municipality, dialogue in list_stale_dialogues(session, now=now)
    ]
    return sorted({*waiting, *asked})
