"""Whether a new drawing of a dialogue may be told beside those before (docs/decisions/0032).

Whoever has seen the map of yesterday and sees that of today sees where those are who came between.
So a new one is told when at least the limit have come, and the last one stays until then. A map of
two rounds is a drawing of each of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.engine.distinct import count_distinct
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.models.hotspot import OLD_RULE, PLACE_MARKED, HotspotRun, RunState
from surveys.models.round_map import RoundMap
from surveys.services.maps.hotspot_input import RunInput

N_CHOSEN, N_ALL = "n_persons", "n_persons_of_all"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a drawing rests on that was told; no ``n`` of one from before persons were counted."""

    n: int | None
    fingerprint: str | None
    computed_at: datetime

    def is_few_less_than(self, n: int, least: int) -> bool:
        """Whether fewer than ``least`` have come since."""
        return self.n is not None and n - self.n < least


def counted_persons(data: RunInput) -> dict[str, int]:
    """How many persons the drawing rests on, and how many the map of all marks would today."""
    everybody = data.everybody.located if data.everybody is not None else data.marks.located
    return {
        N_CHOSEN: count_distinct(data.marks.located.person),
        N_ALL: count_distinct(everybody.person),
    }


def told_of_round(data: RunInput) -> dict[str, Any]:
    """What is kept of a round that is drawn beside another: as of a map of its own."""
    return {
        "fingerprint": data.fingerprint,
        N_CHOSEN: count_distinct(data.marks.located.person),
    }


def is_held(session: Session, run: HotspotRun, data: RunInput, *, now: datetime) -> bool:
    """Whether too few have come since the drawing last told, or since those of all marks."""
    counted, least = counted_persons(data), data.min_respondents
    of_all = list(_told_of_all(session, run.municipality_id, run.dialogue, now, before=run.id))
    same = _last_run(session, run.municipality_id, run.dialogue, run.filter_key, before=run.id)
    before = _that_bind([same], run.dialogue, now) if run.filter_key else of_all
    if any(
        each.fingerprint != data.fingerprint and each.is_few_less_than(counted[N_CHOSEN], least)
        for each in before
    ):
        return True
    return bool(run.filter_key) and any(
        each.n != counted[N_ALL] and each.is_few_less_than(counted[N_ALL], least) for each in of_all
    )


def are_rounds_held(
    session: Session,
    drawing: RoundMap,
    rounds: Sequence[Mapping[str, Any]],
    *,
    least: int,
    now: datetime,
) -> bool:
    """Whether too few have come to one of the two ``rounds`` (``told_of_round``, in order)."""
    return any(
        each.fingerprint != found["fingerprint"] and each.is_few_less_than(found[N_CHOSEN], least)
        for dialogue, found in zip((drawing.earlier, drawing.later), rounds, strict=True)
        for each in _told_of_all(session, drawing.municipality_id, dialogue, now)
    )


def _told_of_all(
    session: Session,
    municipality_id: int,
    dialogue: Dialogue,
    now: datetime,
    before: int | None = None,
) -> Iterator[_Told]:
    """The drawings of all marks that bind a new one: the dialogue's own, and beside other rounds.

    ``before``: of its own those that were asked for before this one.
    """
    told = [_last_run(session, municipality_id, dialogue, "", before=before)]
    drawings = session.scalars(
        select(RoundMap).where(
            RoundMap.municipality_id == municipality_id,
            (RoundMap.earlier_id == dialogue.id) | (RoundMap.later_id == dialogue.id),
            RoundMap.state.in_((RunState.DONE, RunState.VOID)),
        )
    )
    for drawing in drawings:  # a void one named a place: an answer that leaves takes them along
        side = 0 if drawing.earlier_id == dialogue.id else 1
        if drawing.computed_at is not None:
            found = drawing.findings["rounds"][side]
            told.append(_Told(found.get(N_CHOSEN), found.get("fingerprint"), drawing.computed_at))
    return iter(_that_bind(told, dialogue, now))


def _that_bind(told: Sequence[_Told | None], dialogue: Dialogue, now: datetime) -> list[_Told]:
    """Once it has closed, those that were drawn while it was open bind no more: it is finished."""
    is_open = dialogue.phase(now) is DialoguePhase.OPEN
    return [each for each in told if each and (is_open or each.computed_at >= dialogue.closes_at)]


def _last_run(
    session: Session,
    municipality_id: int,
    dialogue: Dialogue,
    filter_key: str,
    *,
    before: int | None,
) -> _Told | None:
    """The drawing that was seen last: also one that is void because of a place that it named,
    or of what it told.

    One that an answer has left is none: what is drawn after it must lack that answer.
    """
    statement = select(HotspotRun).where(
        HotspotRun.municipality_id == municipality_id,
        HotspotRun.dialogue_id == dialogue.id,
        HotspotRun.filter_key == filter_key,
        HotspotRun.state.in_((RunState.DONE, RunState.VOID)),
        HotspotRun.computed_at.is_not(None),
    )
    if before is not None:
        statement = statement.where(HotspotRun.id < before)
    last = session.scalar(statement.order_by(HotspotRun.id.desc()).limit(1))
    if last is None or last.computed_at is None:
        return None
    if last.state is RunState.VOID and last.failure not in (PLACE_MARKED, OLD_RULE):
        return None
    return _Told(last.settings.get(N_CHOSEN), last.settings.get("fingerprint"), last.computed_at)
