"""Closing judgements: what each party says of a promise once its period is over."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.party import Party
from surveys.models.promise import Promise, PromisePoint


class Verdict(enum.Enum):
    """How a promise, or a point of it, was kept. What each means stands in the rubric."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"
    NOT_ASSESSABLE = "not_assessable"


class CarryOver(enum.Enum):
    """What becomes of it in the next period. Nothing of its count goes along."""

    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"


class Judgement(Base):
    """One party's judgement with its reason. Added, never edited: the latest one holds."""

    __tablename__ = "judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("promise_point.id"), index=True)
    party: Mapped[Party]
    for_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))  # None: the police
    verdict: Mapped[Verdict]
    rubric_version: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    ground: Mapped[str] = mapped_column(Text, default="")  # what it rests on
    carry_over: Mapped[CarryOver | None]
    role: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    judged_at: Mapped[datetime]

    promise: Mapped[Promise] = relationship()
    point: Mapped[PromisePoint | None] = relationship()
