"""Two rounds' maps drawn alike, with what was counted at the same places in both."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState


class RoundMap(Base):
    """One drawing of two rounds of a municipality. Gone as soon as an answer of it is taken out."""

    __tablename__ = "round_map"
    __table_args__ = (Index("ix_round_map_tenant", "municipality_id", "earlier_id", "later_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    earlier_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    later_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    state: Mapped[RunState]
    requested_at: Mapped[datetime]
    computed_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(200))
    # Of the marks of both rounds and the places where something was done.
    fingerprint: Mapped[str] = mapped_column(String(500), default="")
    # What was counted, before small numbers are withheld: read it through ``queries.round_maps``.
    findings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The two maps, the earlier first: {"html", "script", "style"}.
    maps: Mapped[list[dict[str, str]] | None] = deferred(mapped_column(JSON(none_as_null=True)))

    earlier: Mapped[Dialogue] = relationship(foreign_keys=[earlier_id])
    later: Mapped[Dialogue] = relationship(foreign_keys=[later_id])
