"""Which themes an answer is about: what people have coded, and what the machine suggests.

The unit is one response: all that one person wrote, with several themes on it.
"""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.response import IN_RANDOM_ORDER, Response
from surveys.models.theme import Polarity, Theme


class CodingPurpose(enum.Enum):
    """Why a response was coded."""

    CODED = "coded"  # the ordinary work: one person's reading
    SETTLED = "settled"  # what coders who differed agreed upon
    IMPORTED = "imported"


class Coding(Base):
    """One coder's reading of one response.

    ``is_current`` marks the one that counts in figures: the settled one, else the first or what a
    later reader put in its place. A second reading of a drawn sample stands beside it and is for
    reliability only.
    """

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("response_id", "coder_id", "purpose"),
        Index("ix_coding_tenant", "municipality_id", "dialogue_id", "is_current", "response_id"),
        Index("ix_coding_current", "response_id", "is_current"),
        IN_RANDOM_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"))
    coder_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: from a file
    coder_title: Mapped[str] = mapped_column(String(120))  # the role, never a person
    purpose: Mapped[CodingPurpose] = mapped_column(default=CodingPurpose.CODED)
    is_current: Mapped[bool]
    coded_on: Mapped[date]
    # Whether the coder had seen the machine's suggestions before deciding.
    saw_suggestions: Mapped[bool]

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
    response: Mapped[Response] = relationship()
    themes: Mapped[list["CodingTheme"]] = relationship(
        back_populates="coding", cascade="all, delete-orphan"
    )


class CodingTheme(Base):
    """A theme in a coding, on one of the two axes."""

    __tablename__ = "coding_theme"
    __table_args__ = (IN_RANDOM_ORDER,)

    coding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("coding.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
    polarity: Mapped[Polarity] = mapped_column(primary_key=True)

    coding: Mapped[Coding] = relationship(back_populates="themes")
    theme: Mapped[Theme] = relationship()


class CodingSample(Base):
    """Responses drawn to be coded twice, so that agreement between coders can be measured."""

    __tablename__ = "coding_sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str] = mapped_column(String(120))
    seed: Mapped[int]
    size: Mapped[int]

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
    members: Mapped[list["CodingSampleMember"]] = relationship(
        back_populates="sample", cascade="all, delete-orphan"
    )


class CodingSampleMember(Base):
    """A response of a drawn sample."""

    __tablename__ = "coding_sample_member"
    __table_args__ = (IN_RANDOM_ORDER,)

    sample_id: Mapped[int] = mapped_column(ForeignKey("coding_sample.id"), primary_key=True)
    response_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("response.id"), primary_key=True, index=True
    )

    sample: Mapped[CodingSample] = relationship(back_populates="members")
    response: Mapped[Response] = relationship()


class SuggestionRun(Base):
    """One round of the machine: trained on the codings so far, then suggesting for a dialogue."""

    __tablename__ = "suggestion_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    state: Mapped[RunState]
    failure: Mapped[str | None] = mapped_column(String(40))
    requested_at: Mapped[datetime]
    computed_at: Mapped[datetime | None]
    n_responses: Mapped[int] = mapped_column(default=0)
    n_trained: Mapped[int] = mapped_column(default=0)  # the municipality's own codings learnt from
    method: Mapped[str] = mapped_column(Text, default="")
    # Agreement by cross-validation on the municipality's own codings, where there are enough.
    measures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()


class ThemeSuggestion(Base):
    """A theme that the machine suggests for a response: a help to who codes, in no figure."""

    __tablename__ = "theme_suggestion"
    __table_args__ = (
        Index("ix_theme_suggestion_tenant", "municipality_id", "dialogue_id"),
        IN_RANDOM_ORDER,
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("suggestion_run.id"), index=True)
    rank: Mapped[int]
    score: Mapped[float]
    # Whether the machine would set the code; what it would not stands as a further proposal.
    is_likely: Mapped[bool]
    why: Mapped[list[str]]  # words of the masked text

    theme: Mapped[Theme] = relationship()
    run: Mapped[SuggestionRun] = relationship()
