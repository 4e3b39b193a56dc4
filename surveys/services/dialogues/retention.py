"""What of an answer is kept for a while only: its key's hash, which knows a second sending."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from surveys.models.response import Response

KEY_DAYS = 7


def has_old_keys(session: Session, *, today: date) -> bool:
    """Whether any key's hash is past its time, without taking the lock that writing takes."""
    return bool(session.scalar(select(exists().where(*_is_old(today)))))


def drop_old_keys(session: Session, *, today: date) -> int:
    """Forget the hashes of keys older than ``KEY_DAYS`` days, all at once; return how many.

    Afterwards an answer that is sent again is known by its receipt, which is made of the same key.
    """
    dropped = session.execute(
        update(Response)
        .where(*_is_old(today))
        .values(key_hash=None)
        .execution_options(synchronize_session=False)
        .returning(Response.id)
    )
    return len(dropped.all())


def _is_old(today: date) -> tuple[ColumnElement[bool], ...]:
    last_day = today - timedelta(days=KEY_DAYS)
    return (Response.key_hash.is_not(None), Response.answered_on < last_day)
