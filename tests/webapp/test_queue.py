"""The job queue as the web process uses it."""

import sqlite3
from pathlib import Path

import pytest

from webapp.queue import JobQueue


def test_a_job_that_is_put_in_comes_out_with_its_ids(tmp_path: Path) -> None:
    queue = JobQueue(f"sqlite:///{tmp_path / 'jobs.sqlite3'}")
    done: list[tuple[int, ...]] = []
    queue.serve({"count": lambda *ids: done.append(ids)})
    queue.enqueue("count", 3, 7)
    queue.huey.execute(queue.huey.dequeue())
    assert done == [(3, 7)]


def test_a_locked_queue_does_not_stop_the_person_who_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue = JobQueue(f"sqlite:///{tmp_path / 'jobs.sqlite3'}")

    def refuse(*_words: object, **_options: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(queue.huey.storage, "enqueue", refuse)
    queue.enqueue("count", 3)
    assert "the sweep will find count (3,)" in caplog.text
