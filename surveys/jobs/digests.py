"""The job that writes subscribers their mail: once a morning, of what has been told since."""

from datetime import datetime, time, timedelta

from surveys.days import SWEDEN
from surveys.jobs.context import JobContext
from surveys.queries.readers.subscriptions import list_digests
from surveys.services.readers.subscriptions import drop_unconfirmed, queue_digest

WRITE_DIGESTS = "write_digests"
HOUR = time(7)  # in Sweden: what happens in a day comes in one mail the next morning
DIGESTS_A_ROUND = 200


def write_digests(context: JobContext) -> None:
    """Store the mails of this morning, the number of a round at a time.

    What is told after the hour waits for the next one, however often this runs.
    """
    now = context.clock()
    until = last_morning(now)
    with context.writing() as session:
        drop_unconfirmed(session, now=now)
    write = context.write_digest
    if write is None:
        return
    with context.reading() as session:
        digests = list_digests(session, until, DIGESTS_A_ROUND)
        written = [(d, write(d) if d.news else None) for d in digests]
    if not written:
        return
    with context.writing() as session:
        for digest, mail in written:
            queue_digest(session, digest, mail, now)
    if len(written) == DIGESTS_A_ROUND:
        context.enqueue(WRITE_DIGESTS)


def last_morning(now: datetime) -> datetime:
    """The latest time that it was seven in the morning in Sweden."""
    here = now.astimezone(SWEDEN)
    morning = datetime.combine(here.date(), HOUR, tzinfo=SWEDEN)
    if morning > here:
        morning = datetime.combine(here.date() - timedelta(days=1), HOUR, tzinfo=SWEDEN)
    return morning
