"""Files of documents on pages: which there are, what a link to one says, and how one is sent."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from flask import Flask, Response, current_app, request
from flask_babel import gettext as _
from werkzeug.http import quote_etag

from surveys.models.municipality import Municipality
from surveys.queries.editions.edition_files import (
    DOCX,
    PDF,
    EditionFiles,
    FileView,
    list_edition_files,
    list_waiting_files,
)
from surveys.queries.editions.edition_subjects import get_public_subject
from surveys.queries.plans.yearly import years_of
from surveys.schedule.periods import Window
from surveys.services.editions.edition_files import MAKE_DOCUMENTS
from webapp.clock import today
from webapp.documents.blocks import Document
from webapp.documents.edition_document import written
from webapp.extensions import db
from webapp.formatters import NO_BREAK, number
from webapp.queue import job_queue
from webapp.tenancy import current_municipality

MIMETYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_KB = 1000
KEPT_DOCUMENTS = 16


class KeptDocuments:
    """Files that are made when somebody asks, the latest asked for last.

    A document is made once for what it says: many readers of one cost as much as one reader.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Document, str], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, document: Document, form: str) -> bytes:
        """The file."""
        key = (document, form)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = written(document, form)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT_DOCUMENTS:
                self._kept.popitem(last=False)
        return made


def ask_for_documents(municipality: Municipality) -> None:
    """Tell the worker of editions without documents. Call after the commit that made them."""
    for municipality_id, edition_id in list_waiting_files(db.session(), municipality):
        job_queue().enqueue(MAKE_DOCUMENTS, municipality_id, edition_id)


def edition_files(kind: str, slug: str) -> tuple[EditionFiles, ...]:
    """The editions of a published text with their files, for its page."""
    session, here = db.session(), current_municipality()
    return list_edition_files(session, here, get_public_subject(session, here, kind, slug))


def begun_years(window: Window | None) -> tuple[int, ...]:
    """Years of a period that can be followed up, the latest first."""
    return years_of(window, today())


def file_words(file: FileView) -> str:
    """PDF, 42 kB."""
    size = max(1, round(file.n_bytes / _KB))
    return _("%(format)s, %(size)s", format=file.format.upper(), size=f"{number(size)}{NO_BREAK}kB")


def sent_file(content: bytes, form: str, name: str, *, etag: str = "", public: bool) -> Response:
    """A file to keep under ``name``; unchanged by ``etag`` it is not sent again."""
    response = Response(content, mimetype=MIMETYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    # Asked for again each time: what it was made of may be taken down at any moment.
    response.headers["Cache-Control"] = f"{'public' if public else 'private'}, no-cache"
    if etag:
        response.headers["ETag"] = quote_etag(etag)
        response.make_conditional(request)
    return response


def counted_file(document: Document, form: str, name: str, *, public: bool) -> Response:
    """A document of what is counted now, made when somebody asks for it."""
    kept = current_app.extensions["kept_documents"]
    content: bytes = kept.get(document, form)
    return sent_file(content, form, name, etag=sha256(content).hexdigest(), public=public)


def init_edition_documents(app: Flask) -> None:
    """Keep made documents in the memory of this process, and make files known to templates."""
    app.extensions["kept_documents"] = KeptDocuments()
    app.add_template_global(edition_files, "edition_files")
    app.add_template_global(file_words, "file_words")
    app.add_template_global(begun_years, "begun_years")
