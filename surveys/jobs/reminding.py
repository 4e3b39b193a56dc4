"""The job that reminds: once a day, municipality by municipality."""

from sqlalchemy import select

from surveys.days import SWEDEN
from surveys.jobs.context import JobContext, find_municipality
from surveys.models.municipality import Municipality
from surveys.services.progress.reminders import queue_reminders

REMIND = "remind"
FIRST_HOUR = 7  # in Sweden


def remind(context: JobContext) -> None:
    """Store the day's reminders, from seven in the morning: it may run every hour.

    Without a mail server nobody is reminded, and nothing is noted.
    """
    write, now = context.write_reminder, context.clock()
    if write is None or now.astimezone(SWEDEN).hour < FIRST_HOUR:
        return
    with context.reading() as session:
        ids = session.scalars(select(Municipality.id).order_by(Municipality.id)).all()
    for municipality_id in ids:
        with context.writing() as session:
            here = find_municipality(session, municipality_id)
            queue_reminders(session, here, write, now=now)
