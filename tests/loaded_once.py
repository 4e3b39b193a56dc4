"""Data that takes long to load: loaded by one of a run's workers, and copied by the others."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE_S = 280  # a little less than a test's own limit, so that it tells what it waited for


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One worker at a time; a file of SQLite's is a lock on every system."""
    connection = sqlite3.connect(lock, timeout=PATIENCE_S, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def loaded_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, load: Callable[[Path], None]
) -> Path:
    """A folder of the caller's own with what ``load(folder)`` leaves; loaded once a run.

    What ``load`` starts must have ended when it returns, so that its files are whole.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with _alone(shared / f"{name}.lock"):
        loaded, loading = shared / f"{name} loaded", shared / f"{name} loading"
        if not loaded.exists():
            shutil.rmtree(loading, ignore_errors=True)  # of a worker that failed
            loading.mkdir(mode=0o700)
            load(loading)
            loading.rename(loaded)
    own = tmp_path_factory.mktemp(name)
    shutil.copytree(loaded, own, dirs_exist_ok=True)
    return own
