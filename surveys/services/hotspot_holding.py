"""Whether a new drawing of an open dialogue may be told beside the one before (decision 32).

Whoever has seen the map of yesterday and sees that of today sees where those are who came between.
So a new one is told when at least the limit have come, and the last one stays until then.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.distinct import count_distinct
from surveys.models.dialogue import DialoguePhase
from surveys.models.hotspot import PLACE_MARKED, HotspotRun, RunState
from surveys.services.hotspot_input import RunInput

N_CHOSEN, N_ALL = "n_persons", "n_persons_of_all"


def counted_persons(data: RunInput) -> dict[str, int]:
    """How many persons the drawing rests on, and how many the map of all marks would today."""
    everybody = data.everybody.located if data.everybody is not None else data.marks.located
    return {
        N_CHOSEN: count_distinct(data.marks.located.person),
        N_ALL: count_distinct(everybody.person),
    }


def is_held(session: Session, run: HotspotRun, data: RunInput, *, now: datetime) -> bool:
    """Whether too few have come since the drawing last told, or since that of all marks."""
    if run.dialogue.phase(now) is not DialoguePhase.OPEN:
        return False
    counted = counted_persons(data)
    before = _last_told(session, run, run.filter_key)
    has_changed = before is not None and before.settings.get("fingerprint") != data.fingerprint
    if has_changed and _is_few(counted[N_CHOSEN], before, data.min_respondents):
        return True
    if not run.filter_key:
        return False
    of_all = _last_told(session, run, "")
    is_later = of_all is not None and of_all.settings.get(N_CHOSEN) != counted[N_ALL]
    return is_later and _is_few(counted[N_ALL], of_all, data.min_respondents)


def _is_few(n: int, before: HotspotRun | None, least: int) -> bool:
    """Whether fewer than ``least`` have come; never beside one from before they were counted."""
    n_before = None if before is None else before.settings.get(N_CHOSEN)
    return n_before is not None and n - int(n_before) < least


def _last_told(session: Session, run: HotspotRun, filter_key: str) -> HotspotRun | None:
    """The drawing that was seen last: also one that is void because of a place that it named.

    One that an answer has left is none: what is drawn after it must lack that answer.
    """
    last = session.scalar(
        select(HotspotRun)
        .where(
            HotspotRun.municipality_id == run.municipality_id,
            HotspotRun.dialogue_id == run.dialogue_id,
            HotspotRun.filter_key == filter_key,
            HotspotRun.id < run.id,
            HotspotRun.state.in_((RunState.DONE, RunState.VOID)),
            HotspotRun.computed_at.is_not(None),
        )
        .order_by(HotspotRun.id.desc())
        .limit(1)
    )
    if last is None or (last.state is RunState.VOID and last.failure != PLACE_MARKED):
        return None
    return last
