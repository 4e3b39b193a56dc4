"""The rounds of the machine: which wait, which are behind, and what the last one was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.coding import Coding, CodingPurpose, SuggestionRun
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Response

COUNTED = "n_counted"  # in a run's measures: how many answers counted when it was made


@dataclass(frozen=True, slots=True)
class SuggestionState:
    """A municipality's part of a dialogue now, and when its last round was made."""

    municipality: Municipality
    dialogue: Dialogue
    n_counted: int
    n_counted_then: int | None
    n_codings: int  # of the municipality, in all dialogues
    n_trained: int
    computed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunView:
    """A round as staff see it. ``measures`` come of answers that were not learnt from."""

    id: int
    state: RunState
    requested_at: datetime
    computed_at: datetime | None
    n_responses: int
    n_trained: int
    measures: dict[str, Any]


def get_latest_run(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[RunView | None, bool]:
    """The last finished round, and whether one waits."""
    statement = (
        select(SuggestionRun)
        .where(
            SuggestionRun.municipality_id == municipality.id,
            SuggestionRun.dialogue_id == dialogue.id,
        )
        .order_by(SuggestionRun.id.desc())
        .limit(20)
    )
    runs = session.scalars(statement).all()
    done = next((run for run in runs if run.state is not RunState.QUEUED), None)
    return (_view(done) if done else None), any(run.state is RunState.QUEUED for run in runs)


def list_waiting_runs(session: Session) -> list[tuple[int, int]]:
    """(municipality id, run id) of every round that waits, of all municipalities."""
    statement = select(SuggestionRun.municipality_id, SuggestionRun.id).where(
        SuggestionRun.state == RunState.QUEUED
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def list_suggestion_states(session: Session) -> list[SuggestionState]:
    """Every dialogue that a person codes or has asked suggestions for, in all municipalities."""
    pairs = select(SuggestionRun.municipality_id, SuggestionRun.dialogue_id).union(
        select(Coding.municipality_id, Coding.dialogue_id).where(
            Coding.purpose == CodingPurpose.CODED
        )
    )
    return [
        _state(session, municipality_id, dialogue_id)
        for municipality_id, dialogue_id in sorted(tuple(row) for row in session.execute(pairs))
    ]


def count_codings(session: Session, municipality_id: int) -> int:
    """How many answers of the municipality have a coding that counts."""
    statement = select(func.count(Coding.id)).where(
        Coding.municipality_id == municipality_id, Coding.is_current.is_(True)
    )
    return session.scalar(statement) or 0


def count_counted(session: Session, municipality_id: int, dialogue_id: int) -> int:
    """How many answers of a municipality count in a dialogue."""
    statement = select(func.count(Response.id)).where(
        Response.municipality_id == municipality_id,
        Response.dialogue_id == dialogue_id,
        Response.is_counted.is_(True),
    )
    return session.scalar(statement) or 0


def _state(session: Session, municipality_id: int, dialogue_id: int) -> SuggestionState:
    done = session.scalar(
        select(SuggestionRun)
        .where(
            SuggestionRun.municipality_id == municipality_id,
            SuggestionRun.dialogue_id == dialogue_id,
            SuggestionRun.state != RunState.QUEUED,
        )
        .order_by(SuggestionRun.id.desc())
        .limit(1)
    )
    return SuggestionState(
        municipality=session.get_one(Municipality, municipality_id),
        dialogue=session.get_one(Dialogue, dialogue_id),
        n_counted=count_counted(session, municipality_id, dialogue_id),
        n_counted_then=done.measures.get(COUNTED) if done else None,
        n_codings=count_codings(session, municipality_id),
        n_trained=done.n_trained if done else 0,
        computed_at=done.computed_at if done else None,
    )


def _view(run: SuggestionRun) -> RunView:
    return RunView(
        run.id,
        run.state,
        run.requested_at,
        run.computed_at,
        run.n_responses,
        run.n_trained,
        run.measures,
    )
