"""The codebook: the themes by which a municipality sorts what residents write, with its history."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality


class Polarity(enum.Enum):
    """The two axes of a theme in an answer: something that is wrong, or something wished for."""

    PROBLEM = "problem"
    WISH = "wish"


class ThemeChangeKind(enum.Enum):
    """What was done to a codebook."""

    CREATED = "created"
    EDITED = "edited"
    MERGED = "merged"  # its codings went over to another theme
    SPLIT = "split"  # some of its codings went over to a new theme
    RETIRED = "retired"
    RESTORED = "restored"
    IMPORTED = "imported"


class Theme(Base):
    """One code of a municipality's codebook. It is retired, never deleted: codings point at it."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[dict[str, str]]  # language -> text, Swedish always present
    definition: Mapped[str] = mapped_column(Text, default="")
    counts: Mapped[str] = mapped_column(Text, default="")  # what belongs under it
    does_not_count: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    # A broader theme over this one; never in a circle.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    # "No theme": never used together with another code.
    is_exclusive: Mapped[bool] = mapped_column(default=False, server_default=false())
    retired_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))

    municipality: Mapped[Municipality] = relationship()
    parent: Mapped["Theme | None"] = relationship(remote_side="Theme.id", foreign_keys=[parent_id])
    merged_into: Mapped["Theme | None"] = relationship(
        remote_side="Theme.id", foreign_keys=[merged_into_id]
    )

    def title(self, language: str = "sv") -> str:
        """The name in ``language``, in Swedish where there is none in it."""
        return self.name.get(language) or self.name["sv"]


class ThemeChange(Base):
    """One change of a codebook. Added, never edited."""

    __tablename__ = "theme_change"
    __table_args__ = (Index("ix_theme_change_tenant", "municipality_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    kind: Mapped[ThemeChangeKind]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(120))  # the role, never a person
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    municipality: Mapped[Municipality] = relationship()
    theme: Mapped[Theme] = relationship()
