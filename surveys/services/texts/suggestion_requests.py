"""Asking for suggested themes. Apart from the learning itself, which pages must never import."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.models.coding import SuggestionRun
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.queries.texts.suggestions import (
    SuggestionState,
    list_suggestion_states,
    list_waiting_runs,
)

SUGGEST_THEMES = "suggest_themes"  # the job, enqueued with (municipality id, run id)
# Learning takes seconds of the machine that residents answer on.
REST = timedelta(hours=1)
GROWN_BY = 20  # new codings that are worth learning from
GROWN_SHARE = 0.1  # of those learnt from before


def request_suggestions(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, now: datetime
) -> SuggestionRun:
    """Queue a round of suggestions; one that already waits is returned instead.

    After the commit the worker must be told of SUGGEST_THEMES with both ids.
    """
    waiting = session.scalar(
        select(SuggestionRun)
        .where(
            SuggestionRun.municipality_id == municipality.id,
            SuggestionRun.dialogue_id == dialogue.id,
            SuggestionRun.state == RunState.QUEUED,
        )
        .order_by(SuggestionRun.id)
        .limit(1)
    )
    if waiting is not None:
        return waiting
    run = SuggestionRun(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        state=RunState.QUEUED,
        requested_at=whole_hour(now),
    )
    session.add(run)
    session.flush()
    return run


def request_stale_suggestions(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """Queue a round where answers have come or codings have grown, at most once an hour.

    Returns (municipality id, run id) of those and of rounds that were left waiting. Only dialogues
    that somebody codes or has asked suggestions for are looked at.
    """
    waiting = list_waiting_runs(session)
    asked = [
        (state.municipality.id, run.id)
        for state in stale_states(list_suggestion_states(session), now)
        for run in [request_suggestions(session, state.municipality, state.dialogue, now=now)]
    ]
    return sorted({*waiting, *asked})


def stale_states(states: Sequence[SuggestionState], now: datetime) -> list[SuggestionState]:
    """Those whose last round is behind, and an hour old."""
    return [state for state in states if _is_rested(state, now) and _is_behind(state)]


def _is_rested(state: SuggestionState, now: datetime) -> bool:
    return state.computed_at is None or now - state.computed_at >= REST


def _is_behind(state: SuggestionState) -> bool:
    grown = state.n_codings - state.n_trained
    enough = max(GROWN_BY, GROWN_SHARE * state.n_trained)
    return state.n_counted != state.n_counted_then or grown >= enough
