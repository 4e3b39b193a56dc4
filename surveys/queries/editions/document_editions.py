"""Readers for published editions of pictures, promises and plans."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.document_edition import DocumentEdition
from surveys.queries.editions.approvals import Subject, of_subject


@dataclass(frozen=True, slots=True)
class DocumentEditionView:
    """One edition as readers were given it."""

    id: int
    number: int
    content: dict[str, Any]
    content_hash: str
    approvals: tuple[dict[str, Any], ...]
    change_note: str | None
    published_at: datetime
    published_by: str


def list_editions(session: Session, subject: Subject) -> tuple[DocumentEditionView, ...]:
    """All editions of a text that the caller fetched through its municipality, latest first."""
    statement = (
        select(DocumentEdition)
        .where(of_subject(DocumentEdition, subject))
        .order_by(DocumentEdition.number.desc())
    )
    return tuple(map(_view, session.scalars(statement)))


def get_edition(session: Session, subject: Subject, number: int) -> DocumentEditionView:
    """One edition of a text that the caller fetched through its municipality; raise NotFound."""
    statement = select(DocumentEdition).where(
        of_subject(DocumentEdition, subject), DocumentEdition.number == number
    )
    row = session.scalar(statement)
    if row is None:
        raise NotFound(str(number))
    return _view(row)


def last_content(session: Session, subject: Subject) -> dict[str, Any] | None:
    """The content of the text's last edition; None before the first."""
    return session.scalar(
        select(DocumentEdition.content)
        .where(of_subject(DocumentEdition, subject))
        .order_by(DocumentEdition.number.desc())
        .limit(1)
    )


def _view(row: DocumentEdition) -> DocumentEditionView:
    return DocumentEditionView(
        id=row.id,
        number=row.number,
        content=row.content,
        content_hash=row.content_hash,
        approvals=tuple(row.approvals),
        change_note=row.change_note,
        published_at=row.published_at,
        published_by=row.published_by,
    )
