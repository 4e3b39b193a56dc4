"""Jobs with a database of their own, without a queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveys.db import WRITE_OPTION
from surveys.jobs import maps, sweeping
from surveys.jobs.context import JobContext
from surveys.jobs.maps import compute_hotspots
from surveys.jobs.sweeping import MASK_TEXTS, drop_keys, mask_texts, sweep
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.services.maps.hotspot_requests import request_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import make_cluster


class Queue:
    """Remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | int, ...]] = []

    def enqueue(self, name: str, *ids: int) -> None:
        self.asked.append((name, *ids))


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def context(engine: Engine, queue: Queue) -> JobContext:
    @contextmanager
    def reading() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    @contextmanager
    def writing() -> Iterator[Session]:
        with Session(engine) as session:
            session.connection(execution_options={WRITE_OPTION: True})
            yield session
            session.commit()

    return JobContext(reading, writing, lambda: NOW, queue.enqueue)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def run(session: Session, dialogue: Dialogue) -> HotspotRun:
    make_cluster(session, dialogue)
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    session.commit()
    return run


def state_of(session: Session, run: HotspotRun) -> tuple[RunState, str | None]:
    session.rollback()
    return run.state, run.failure


def test_a_requested_map_is_computed_and_committed(
    context: JobContext, session: Session, run: HotspotRun
) -> None:
    compute_hotspots(context, run.municipality_id, run.id)
    assert state_of(session, run) == (RunState.DONE, None)
    assert run.computed_at == NOW
    assert run.map_script
    compute_hotspots(context, run.municipality_id, run.id)  # delivered twice
    assert state_of(session, run) == (RunState.DONE, None)


def test_residents_can_answer_while_a_map_is_computed(
    context: JobContext,
    engine: Engine,
    session: Session,
    run: HotspotRun,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = maps.analyse_run
    answered = []

    def analyse_while_somebody_writes(data: object) -> object:
        with engine.connect().execution_options(**{WRITE_OPTION: True}) as other, other.begin():
            answered.append(True)
        return real(data)  # type: ignore[arg-type]

    monkeypatch.setattr(maps, "analyse_run", analyse_while_somebody_writes)
    compute_hotspots(context, run.municipality_id, run.id)
    assert answered
    assert state_of(session, run)[0] is RunState.DONE


def test_a_run_that_breaks_is_marked_and_the_fault_is_told(
    context: JobContext, session: Session, run: HotspotRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_data: object) -> object:
        raise RuntimeError("broken")

    monkeypatch.setattr(maps, "analyse_run", break_off)
    with pytest.raises(RuntimeError, match="broken"):
        compute_hotspots(context, run.municipality_id, run.id)
    assert state_of(session, run) == (RunState.FAILED, "unexpected")


def test_a_busy_database_leaves_the_run_waiting(
    context: JobContext, session: Session, run: HotspotRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_data: object) -> object:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(maps, "analyse_run", busy)
    with pytest.raises(OperationalError):
        compute_hotspots(context, run.municipality_id, run.id)
    assert state_of(session, run) == (RunState.QUEUED, None)


def test_the_round_asks_for_what_was_lost(
    context: JobContext, queue: Queue, session: Session, run: HotspotRun
) -> None:
    sweep(context)
    assert ("compute_hotspots", run.municipality_id, run.id) in queue.asked
    stored = session.scalars(select(HotspotRun.id).where(HotspotRun.state == RunState.QUEUED))
    asked = {run_id for name, _, run_id in queue.asked if name == "compute_hotspots"}
    assert asked == set(stored)


def test_old_keys_are_forgotten_a_whole_day_at_once(
    context: JobContext, session: Session, dialogue: Dialogue
) -> None:
    for number, day in enumerate((date(2023, 7, 20), date(2023, 7, 20), date(2023, 7, 30))):
        make_response(session, dialogue, answered_on=day, key_hash=f"{number:064}")
    session.commit()
    for _ in range(2):  # safe to run twice
        drop_keys(context)
    kept = session.scalars(select(Response.key_hash).where(Response.dialogue_id == dialogue.id))
    assert sorted(kept, key=str) == [f"{2:064}", None, None]


def test_the_sweep_masks_texts_from_before_the_upgrade(
    context: JobContext, session: Session, dialogue: Dialogue
) -> None:
    response = make_response(session, dialogue, {3: (None, "Mejla anna.berg@exempel.se")})
    response.answers[0].masked_text, response.answers[0].mask_version = None, 0
    session.commit()
    sweep(context)
    session.rollback()
    assert response.answers[0].masked_text == "Mejla [e-postadress]"


def test_many_texts_are_masked_a_turn_at_a_time(
    context: JobContext,
    queue: Queue,
    session: Session,
    dialogue: Dialogue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    response = make_response(session, dialogue, {3: (None, "Mer ljus")})
    response.answers[0].masked_text, response.answers[0].mask_version = None, 0
    session.commit()
    monkeypatch.setattr(sweeping, "MASK_BATCHES", 1)
    mask_texts(context)
    assert queue.asked == [(MASK_TEXTS,)]
    mask_texts(context)
    assert queue.asked == [(MASK_TEXTS,)]
