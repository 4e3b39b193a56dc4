"""Answers that somebody must look at now: a person may be in danger."""

import enum
import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base, EnumSet
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import IN_RANDOM_ORDER, Response


class SafetyKind(enum.Enum):
    """Why an answer needs a person's eyes at once. Stored by position: new members go last."""

    DANGER_NOW = "danger_now"
    CHILD = "child"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"


class SafetyState(enum.Enum):
    """What has been done about it. The case itself is handled outside this system."""

    OPEN = "open"
    ROUTED = "routed"  # told on to whoever acts, outside the system
    NO_ACTION = "no_action"  # read, and nothing to act on


class SafetyFlag(Base):
    """A response in the safety queue. Nothing about the person is written here."""

    __tablename__ = "safety_flag"
    __table_args__ = (
        Index("ix_safety_flag_tenant", "municipality_id", "state"),
        IN_RANDOM_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    kinds: Mapped[frozenset[SafetyKind]] = mapped_column(EnumSet(SafetyKind))
    raised_on: Mapped[date]
    raised_by: Mapped[str | None] = mapped_column(String(120))  # a role; None = found by its words
    state: Mapped[SafetyState] = mapped_column(default=SafetyState.OPEN)
    routed_to: Mapped[str | None] = mapped_column(String(200))  # a function, never a person
    closed_on: Mapped[date | None]
    closed_by: Mapped[str | None] = mapped_column(String(120))

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
    response: Mapped[Response] = relationship()
