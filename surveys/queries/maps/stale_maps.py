"""Which maps wait or are to be drawn anew, over all municipalities: for the worker's round."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import TOO_FEW_NEW, HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.queries.maps.marks import NO_MARKS, count_fingerprints

# What a map may tell (docs/decisions/0031, 0032): one drawn under another rule is drawn anew.
TELLING_RULE = 31

_OF_FINGERPRINTS = (
    HotspotRun.municipality_id,
    HotspotRun.dialogue_id,
    HotspotRun.state,
    HotspotRun.computed_at,
    HotspotRun.failure,
    HotspotRun.settings,
)


def list_queued(session: Session) -> list[tuple[int, int]]:
    """(municipality id, run id) of all runs that wait, for the worker's round."""
    statement = (
        select(HotspotRun.municipality_id, HotspotRun.id)
        .where(HotspotRun.state == RunState.QUEUED)
        .order_by(HotspotRun.id)
    )
    return [(municipality_id, run_id) for municipality_id, run_id in session.execute(statement)]


def list_stale_dialogues(
    session: Session, *, now: datetime | None = None
) -> list[tuple[Municipality, Dialogue]]:
    """Municipalities and dialogues whose marks differ from those of their last run.

    A failed run counts: the same marks would fail again. One that was held back because too few
    had come while its dialogue was open is made when that has closed before ``now``.
    """
    last_ids = (
        select(func.max(HotspotRun.id))
        .where(HotspotRun.state != RunState.QUEUED, HotspotRun.filter_key == "")
        .group_by(HotspotRun.municipality_id, HotspotRun.dialogue_id)
    )
    analysed = {
        (run.municipality_id, run.dialogue_id): _fingerprint(run, now)
        for run in session.scalars(
            select(HotspotRun)
            .where(HotspotRun.id.in_(last_ids))
            .options(load_only(*_OF_FINGERPRINTS))
        )
    }
    current = count_fingerprints(session)
    stale = sorted(
        key
        for key in current.keys() | analysed.keys()
        if current.get(key, NO_MARKS) != analysed.get(key)
    )
    pairs = [(session.get(Municipality, m), session.get(Dialogue, d)) for m, d in stale]
    return [(m, d) for m, d in pairs if m is not None and d is not None]


def _fingerprint(run: HotspotRun, now: datetime | None) -> str | None:
    """Of the marks that the run stands for; a void one stands for none that can be, and one that
    was drawn under another rule is to be drawn anew.
    """
    if run.state is RunState.VOID:
        return None
    if run.failure == TOO_FEW_NEW and now is not None and _has_closed_since(run, now):
        return None
    if run.state is RunState.DONE and run.settings.get("telling_rule") != TELLING_RULE:
        return None
    return run.settings.get("fingerprint")


def _has_closed_since(run: HotspotRun, now: datetime) -> bool:
    """Whether the dialogue has closed after the run was held back, and before ``now``."""
    closes_at = run.dialogue.closes_at
    return run.computed_at is not None and run.computed_at < closes_at < now
