"""What somebody has said of a contradiction between a municipality's documents."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.db import Base


class ConsistencyNote(Base):
    """Why a contradiction that was found is as it should be. It is still found, and now told so."""

    __tablename__ = "consistency_note"
    __table_args__ = (UniqueConstraint("municipality_id", "finding"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    finding: Mapped[str] = mapped_column(String(64))  # digest of the rule and of both places
    reason: Mapped[str] = mapped_column(Text)
    noted_by: Mapped[str] = mapped_column(String(120))  # the role
    noted_at: Mapped[datetime]
