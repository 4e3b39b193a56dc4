"""Keeping the documents of published editions, as they are handed out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from json import dumps

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.document_edition import DocumentEdition, EditionFile
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.editions.edition_files import DocumentSource, list_made_keys

MAKE_DOCUMENTS = "make_documents"  # the job, enqueued with (municipality id, edition id)

DocumentMaker = Callable[[DocumentSource, str], bytes]
"""Makes one document in a format, "pdf" or "docx"."""


def store_edition_files(
    session: Session,
    municipality: Municipality,
    edition_id: int,
    files: Mapping[tuple[int, str], bytes],
    *,
    now: datetime,
) -> int:
    """Keep documents by (municipality id, format); returns how many were new.

    One that is there already stays. Raise NotFound where ``municipality`` has no such edition.
    """
    edition = session.get(DocumentEdition, edition_id)
    if edition is None or edition.municipality_id != municipality.id:
        raise NotFound(str(edition_id))
    there = list_made_keys(session, edition_id)
    new = {key: content for key, content in files.items() if key not in there}
    session.add_all(
        EditionFile(
            municipality_id=municipality.id,
            edition_id=edition_id,
            kommun_id=kommun_id,
            format=form,
            content=content,
            n_bytes=len(content),
            sha256=sha256(content).hexdigest(),
            made_at=now,
        )
        for (kommun_id, form), content in new.items()
    )
    session.flush()
    return len(new)


def hold_edition(session: Session, edition_id: int) -> None:
    """Let nobody drop the edition's documents until the transaction ends, nor others keep any."""
    session.execute(
        select(DocumentEdition.id).where(DocumentEdition.id == edition_id).with_for_update()
    )


def drop_promise_files(session: Session, promise: Promise) -> None:
    """Let the documents of a promise be made anew: they are to show who has signed, and the number.

    The edition and its control sum stay: they are of its words.
    """
    editions = select(DocumentEdition.id).where(DocumentEdition.promise_id == promise.id)
    session.execute(delete(EditionFile).where(EditionFile.edition_id.in_(editions)))


def drop_files_naming(session: Session, municipality: Municipality, name: str) -> None:
    """Let the documents of every edition that names a place be made anew: what may be told of it
    has changed. Those of joint promises go too, whoever registered them.
    """
    given = select(PromiseMunicipality.promise_id).where(
        PromiseMunicipality.municipality_id == municipality.id
    )
    rows = session.execute(
        select(DocumentEdition.id, DocumentEdition.content).where(
            or_(
                DocumentEdition.municipality_id == municipality.id,
                DocumentEdition.promise_id.in_(given),
            )
        )
    )
    naming = [id_ for id_, content in rows if name in dumps(content, ensure_ascii=False)]
    for id_ in sorted(naming):
        hold_edition(session, id_)
    session.execute(delete(EditionFile).where(EditionFile.edition_id.in_(naming)))
