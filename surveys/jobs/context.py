"""What each job is given, and how it finds its municipality."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.drafts.mail import OpenMail
from surveys.drafts.subscriptions import WrittenMail
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.queries.readers.subscriptions import Digest
from surveys.services.editions.edition_files import DocumentMaker
from surveys.services.maps.map_export_making import MapWriter
from surveys.services.progress.reminders import WriteReminder


@dataclass(frozen=True, slots=True)
class JobContext:
    """What jobs are given: sessions to read in and to commit, the time, and the queue."""

    reading: Callable[[], AbstractContextManager[Session]]
    writing: Callable[[], AbstractContextManager[Session]]
    clock: Callable[[], datetime]
    enqueue: Callable[..., None]
    map_writer: MapWriter | None = None  # None: no printed map is made
    write_digest: Callable[[Digest], WrittenMail] | None = None  # None: no mail is written
    make_document: DocumentMaker | None = None  # None: no document is made
    write_reminder: WriteReminder | None = None  # None: nobody is reminded
    open_mail: OpenMail | None = None  # None: this installation sends no mail


def find_municipality(session: Session, municipality_id: int) -> Municipality:
    """The municipality that a job's first id names; raise NotFound."""
    municipality = session.get(Municipality, municipality_id)
    if municipality is None:
        raise NotFound(f"municipality {municipality_id}")
    return municipality
