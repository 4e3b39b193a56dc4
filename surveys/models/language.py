"""Which translations a municipality has approved for its residents."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality


class ReviewScope(enum.Enum):
    """What of a translation was read: the pages' words, or the legal texts as well as those."""

    INTERFACE = "interface"
    LEGAL = "legal"


class LanguageReview(Base):
    """An approval by a role on a day. A language without a row is a draft."""

    __tablename__ = "language_review"
    __table_args__ = (UniqueConstraint("municipality_id", "language", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    scope: Mapped[ReviewScope]
    approved_by: Mapped[str] = mapped_column(String(120))  # the role, never a person
    approved_on: Mapped[date]

    municipality: Mapped[Municipality] = relationship()
