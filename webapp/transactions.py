"""The only commit in the web process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.orm import Session

from surveys.db import BUSY_MS, WRITE_OPTION
from surveys.errors import StorageUnavailable
from webapp.extensions import db

# SQLite lets one connection write at a time, and those who wait for it ask again at intervals: in
# a crowd some ask too late until their time is up. Threads that stand in line are let in in turn.
_line = threading.RLock()


@contextmanager
def _own_turn() -> Iterator[None]:
    """Hold the only place to write, where there is only one; raise StorageUnavailable."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _line.acquire(timeout=BUSY_MS / 1000):
        raise StorageUnavailable
    try:
        yield
    finally:
        _line.release()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """One writing transaction: commit at the end, roll back on any error.

    What the request has read so far is let go first, because a SQLite transaction that began by
    reading cannot become a writer once somebody else has written. Rows fetched before are read
    again when they are next used.
    """
    session = db.session()
    session.rollback()
    with _own_turn():
        try:
            session.connection(execution_options={WRITE_OPTION: True})
            yield session
            session.commit()
        # PostgreSQL calls a database that only reads (a standby, say) an error of its own inside.
        except (OperationalError, InternalError) as error:
            session.rollback()
            raise StorageUnavailable from error
        except DBAPIError as error:
            session.rollback()
            if error.connection_invalidated:
                raise StorageUnavailable from error
            raise
        except BaseException:
            session.rollback()
            raise
