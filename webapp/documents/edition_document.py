"""The document of an edition or a draft, in the format that is asked for."""

from collections.abc import Callable

from surveys.queries.editions.edition_files import DOCX, PICTURE, PLAN, PROMISE, DocumentSource
from webapp.cards import font_folder
from webapp.documents.blocks import Document
from webapp.documents.document_docx import document_docx
from webapp.documents.document_parts import in_swedish
from webapp.documents.document_pdf import document_pdf
from webapp.documents.picture_document import picture_document
from webapp.documents.plan_document import plan_document
from webapp.documents.promise_document import promise_document

_BUILDERS: dict[str, Callable[[DocumentSource], Document]] = {
    PICTURE: picture_document,
    PROMISE: promise_document,
    PLAN: plan_document,
}


def make_document(source: DocumentSource, form: str) -> bytes:
    """The file, "pdf" or "docx", in Swedish; inside an application context."""
    with in_swedish():
        return written(_BUILDERS[source.kind](source), form)


def written(document: Document, form: str) -> bytes:
    """``document`` as a file."""
    if form == DOCX:
        return document_docx(document)
    return document_pdf(document, font_folder())
