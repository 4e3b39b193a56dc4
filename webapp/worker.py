"""The job process: takes jobs from the queue and, every few minutes, looks for lost ones.

Runs anywhere Python does: one thread for the jobs beside the main thread, which waits for the
signal to stop. The only importer of ``surveys.jobs``, and so of the geography libraries.
"""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from flask import Flask
from flask_babel import force_locale
from huey import crontab
from sqlalchemy.orm import Session

from surveys.jobs.context import JobContext
from surveys.jobs.digests import WRITE_DIGESTS
from surveys.jobs.mail import SEND_MAIL
from surveys.jobs.registry import job_functions
from surveys.jobs.reminding import REMIND
from surveys.jobs.sweeping import DROP_KEYS, SWEEP
from surveys.queries.editions.edition_files import DocumentSource
from surveys.services.maps.map_export_making import ExportInput, MapWriter, PrintMap
from webapp.documents.edition_document import make_document
from webapp.documents.map_facts import map_facts
from webapp.documents.map_print import printed_map
from webapp.extensions import db
from webapp.failure_log import keep_words_out_of_logs
from webapp.mail.reminders import write_reminder
from webapp.mail.sending import mail_is_on, open_mail
from webapp.mail.subscriptions import write_digest
from webapp.queue import JobQueue
from webapp.transactions import unit_of_work

SWEEP_MINUTES = 5
DROP_KEYS_MINUTE = "7"  # of every hour
DIGESTS_MINUTE = "3"  # of every hour: those of a morning that was missed are written late
REMIND_MINUTE = "11"  # of every hour: a morning that the worker missed is made up for
STOP_WITHIN_S = 30  # a job that is under way may end first; a lost one is found by the sweep
HEALTH_CHECK_S = 1.0  # short: a waiting main thread hears no Ctrl-C on Windows
# How long an idle worker waits before it looks again: a coordinator watches the page meanwhile.
POLL_S = 1.0
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # each system has some of these

log = logging.getLogger("trygghetsdialog.worker")


def run_worker(app: Flask) -> None:
    """Work until a signal asks to stop; a job that is under way ends first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    keep_words_out_of_logs()
    logging.getLogger("huey").setLevel(logging.WARNING)
    queue = serve_jobs(app)
    queue.every(crontab(minute=f"*/{SWEEP_MINUTES}"), SWEEP)
    queue.every(crontab(minute=DROP_KEYS_MINUTE), DROP_KEYS)
    queue.every(crontab(minute="*"), SEND_MAIL)
    queue.every(crontab(minute=DIGESTS_MINUTE), WRITE_DIGESTS)
    queue.every(crontab(minute=REMIND_MINUTE), REMIND)
    consumer = queue.huey.create_consumer(
        workers=1, worker_type="thread", max_delay=POLL_S, shutdown_timeout=STOP_WITHIN_S
    )
    stopping = threading.Event()
    consumer.start()
    _stop_on_signals(stopping)  # after start(), which sets handlers that restart on SIGHUP
    queue.enqueue(SWEEP)
    queue.enqueue(DROP_KEYS)
    log.info("ready")
    while not stopping.wait(HEALTH_CHECK_S):
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("stopped")


def serve_jobs(app: Flask) -> JobQueue:
    """Let this process run the jobs, each in the application's context; returns its queue."""
    queue = app.extensions["job_queue"]
    if not isinstance(queue, JobQueue):
        raise LookupError("the application has no job queue")
    queue.serve(job_functions(job_context(app)))
    return queue


def job_context(app: Flask) -> JobContext:
    """What this application hands its jobs."""
    queue = app.extensions["job_queue"]
    return JobContext(
        reading=lambda: _reading(app),
        writing=lambda: _writing(app),
        clock=lambda: app.extensions["clock"](),
        enqueue=queue.enqueue,
        map_writer=MapWriter(
            about=lambda source: _told(app, source), printed=lambda page: _printed(app, page)
        ),
        write_digest=(lambda digest: write_digest(app, digest)) if mail_is_on(app) else None,
        write_reminder=(lambda it: write_reminder(app, it)) if mail_is_on(app) else None,
        open_mail=(lambda: open_mail(app)) if mail_is_on(app) else None,
        make_document=lambda source, form: _made(app, source, form),
    )


def _printed(app: Flask, page: PrintMap) -> bytes:
    with app.app_context(), force_locale("sv"):
        return printed_map(page)


def _told(app: Flask, source: ExportInput) -> tuple[str, ...]:
    with app.app_context(), force_locale("sv"):
        return map_facts(source)


def _made(app: Flask, source: DocumentSource, form: str) -> bytes:
    with app.app_context():
        return make_document(source, form)


@contextmanager
def _reading(app: Flask) -> Iterator[Session]:
    with app.app_context():
        session = db.session()
        try:
            yield session
        finally:
            session.rollback()


@contextmanager
def _writing(app: Flask) -> Iterator[Session]:
    with app.app_context(), unit_of_work() as session:
        yield session


def _stop_on_signals(stopping: threading.Event) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for name in STOP_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, stop)
