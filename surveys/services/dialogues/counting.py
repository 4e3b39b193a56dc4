"""Which answers are in figures, maps and texts: the only place that takes one out or back in.

An answer counts unless it is withdrawn, staff have left it out, or it is suspicious in a way that
leaves it out until staff have decided. ``Response.is_counted`` keeps that decision, its marked
places repeat it, and the kept counts follow it, all in one transaction.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.response import Response, Suspicion, SuspicionReview
from surveys.services.dialogues.counts import count_response, count_responses
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.map_edition_steps import leave_editions
from surveys.services.maps.map_exports import drop_exports
from surveys.services.maps.round_map_requests import drop_round_maps
from surveys.services.results.result_editions import drop_unpublished_results
from surveys.services.texts.coding_traces import drop_suggestions

# Each of these leaves an answer out until staff have decided.
LEAVING_OUT = frozenset({Suspicion.HONEYPOT, Suspicion.REPEATED})
# A school class comes as a burst, and an old phone brings no proof. Both at once are left out.
LEAVING_OUT_TOGETHER = frozenset({Suspicion.BURST, Suspicion.NO_PROOF})


def is_to_be_counted(response: Response) -> bool:
    """Whether ``response`` belongs in figures, as its own columns say."""
    if response.withdrawn_on is not None:
        return False
    if response.suspicion_review is not None:
        return response.suspicion_review is SuspicionReview.COUNTED
    if not response.suspicions.isdisjoint(LEAVING_OUT):
        return False
    return not response.suspicions >= LEAVING_OUT_TOGETHER


def count_new(session: Session, response: Response) -> None:
    """Count a response that has just been stored, or store with it that it does not count."""
    response.is_counted = is_to_be_counted(response)
    for mark in response.places:
        mark.is_counted = response.is_counted
    session.flush()
    if response.is_counted:
        count_response(session, response)


def settle_counting(session: Session, response: Response, *, now: datetime) -> bool:
    """Take ``response`` out of the figures or back in, as its columns now say.

    Call after changing ``withdrawn_on``, ``suspicions`` or ``suspicion_review``. Returns whether
    anything changed: asked twice, or by two at once, the counts move once.
    """
    session.flush()
    # Under the row's lock the columns are read anew: another may have decided in the meantime.
    session.refresh(
        response,
        ["withdrawn_on", "suspicions", "suspicion_review", "is_counted"],
        with_for_update=True,
    )
    return settle_all(session, [response], now=now) == 1


def settle_all(session: Session, responses: Iterable[Response], *, now: datetime) -> int:
    """The same for many responses of one municipality and dialogue; returns how many moved.

    Their rows must be locked and read under the lock.
    """
    moved = [r for r in responses if r.is_counted is not is_to_be_counted(r)]
    for response in moved:
        response.is_counted = not response.is_counted
        for mark in response.places:
            mark.is_counted = response.is_counted
    session.flush()
    count_responses(session, ((r, 1 if r.is_counted else -1) for r in moved))
    gone = [r for r in moved if not r.is_counted]
    if gone:
        drop_unpublished_results(session, gone[0].municipality_id, gone[0].dialogue_id)
    drop_suggestions(session, [r.id for r in moved if not r.is_counted])
    off_the_map = [r for r in moved if r.places and not r.is_counted]
    if off_the_map:
        void_runs(session, off_the_map[0], now=now)
        drop_round_maps(session, off_the_map[0].municipality_id, off_the_map[0].dialogue_id)
        leave_editions(session, off_the_map, now=now)
    return len(moved)


def void_runs(session: Session, response: Response, *, now: datetime) -> None:
    """Let no map go on showing the marks of ``response``, and ask for a new one.

    A run that waits is void too: it may be under way with the marks already read. The new run is
    found by the worker's next round, so that no job of its own tells when an answer left.
    """
    voided = session.execute(
        update(HotspotRun)
        .where(
            HotspotRun.municipality_id == response.municipality_id,
            HotspotRun.dialogue_id == response.dialogue_id,
            HotspotRun.state.in_((RunState.DONE, RunState.QUEUED)),
        )
        .values(state=RunState.VOID, map_html=None, map_script=None, map_style=None)
        .execution_options(synchronize_session="fetch")
        .returning(HotspotRun.id)
    ).all()
    if voided:
        drop_exports(session, response.municipality_id, [run_id for (run_id,) in voided])
        request_run(session, response.municipality, response.dialogue, now=now)
