"""Dated, authored reports on a promise. They are added, never edited."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.party import Party
from surveys.models.promise import Promise, PromisePoint


class ProgressUpdate(Base):
    """What one party reports about a promise, or about one point of it, at a date."""

    __tablename__ = "progress_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("promise_point.id"), index=True)
    dated_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    party: Mapped[Party]
    author: Mapped[str] = mapped_column(String(120))  # the role
    created_at: Mapped[datetime]

    promise: Mapped[Promise] = relationship()
    point: Mapped[PromisePoint | None] = relationship()
