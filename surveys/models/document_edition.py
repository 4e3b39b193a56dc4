"""What readers were given, edition by edition, and the documents made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.approval import ONE_SUBJECT


class DocumentEdition(Base):
    """One published edition of a picture, a promise or a plan, frozen. Never changed.

    ``content`` holds the words and targets, not how far they have come: that is told of today.
    """

    __tablename__ = "document_edition"
    __table_args__ = (
        UniqueConstraint("picture_id", "number"),
        UniqueConstraint("promise_id", "number"),
        UniqueConstraint("plan_id", "number"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("problem_picture.id"), index=True)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))  # SHA-256 of the canonical JSON
    # Who approved it: party, municipality, role and day of each.
    approvals: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    change_note: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(120))  # the role

    files: Mapped[list["EditionFile"]] = relationship(
        back_populates="edition", cascade="all, delete-orphan"
    )


class EditionFile(Base):
    """A document made of an edition, as it is handed out."""

    __tablename__ = "edition_file"
    __table_args__ = (UniqueConstraint("edition_id", "kommun_id", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("document_edition.id"), index=True)
    # In whose look and with whose diary number: a joint promise has a document for each.
    kommun_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    format: Mapped[str] = mapped_column(String(10))  # "pdf", "docx"
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    n_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]

    edition: Mapped[DocumentEdition] = relationship(back_populates="files")
