"""The job queue: the web process puts in a name and ids, the worker takes them out.

Pages never import what a job does: the worker hands the functions in (``webapp.worker``), so that
a web process does not pay for the geography libraries.
"""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime

import psycopg
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey

JobFunction = Callable[..., None]

logger = logging.getLogger(__name__)


class JobQueue:
    """One queue with one task, which looks the job up by its name."""

    def __init__(self, jobs_url: str) -> None:
        self.huey = _open_queue(jobs_url)
        self.functions: dict[str, JobFunction] = {}
        self._task = self.huey.task(name="run_job", retries=2, retry_delay=30)(self._run)

    def enqueue(self, name: str, *ids: int) -> None:
        """Ask the worker to run ``name`` with ``ids``. Call after the commit that made the ids.

        A queue that cannot be written just now is no fault of the person who asked: what waits is
        stored already, and the worker's sweep finds it within minutes.
        """
        try:
            self._task(name, *ids)
        except (sqlite3.OperationalError, psycopg.OperationalError):
            logger.warning("the queue is busy; the sweep will find %s %s", name, ids)

    def serve(self, functions: Mapping[str, JobFunction]) -> None:
        """Take on the jobs of this process."""
        self.functions.update(functions)

    def every(self, moment: Callable[[datetime], bool], name: str) -> None:
        """Run ``name`` in this process at each minute for which ``moment`` is true."""
        self.huey.periodic_task(moment, name=f"every_{name}")(lambda: self._run(name))

    def _run(self, name: str, *ids: int) -> None:
        self.functions[name](*ids)


def _open_queue(jobs_url: str) -> Huey:
    # Nobody asks for a job's result, so none is kept: failures would pile up for ever.
    if jobs_url.startswith("sqlite:///"):
        file = jobs_url.removeprefix("sqlite:///")
        return SqliteHuey("trygghetsdialog", results=False, filename=file)
    dsn = jobs_url.replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey("trygghetsdialog", results=False, dsn=dsn)


def init_queue(app: Flask, jobs_url: str) -> None:
    """Open the queue of this installation."""
    app.extensions["job_queue"] = JobQueue(jobs_url)


def job_queue() -> JobQueue:
    """The queue of the current application."""
    queue = current_app.extensions["job_queue"]
    if not isinstance(queue, JobQueue):
        raise LookupError("the application has no job queue")
    return queue
