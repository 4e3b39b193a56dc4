"""Who looked at what needs a reason: exact points, running results, rows and unmasked text."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality


class AccessKind(enum.Enum):
    """What was looked at."""

    EXACT_POINTS = "exact_points"
    RUNNING_RESULTS = "running_results"
    UNSUPPRESSED = "unsuppressed"  # figures below the limit, with the row-level right
    UNMASKED_TEXT = "unmasked_text"
    ROWS_EXPORTED = "rows_exported"


class AccessRecord(Base):
    """One look by one account. Written in the transaction that hands out what is looked at."""

    __tablename__ = "access_record"
    __table_args__ = (Index("ix_access_record_tenant", "municipality_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    title: Mapped[str] = mapped_column(String(120))  # the account's role as it was then
    kind: Mapped[AccessKind]
    response_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("response.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[datetime]

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue | None] = relationship()
