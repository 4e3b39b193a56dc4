"""The maps that readers see: published once, with what was left out of them, and never edited."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality


class EditionState(enum.Enum):
    """How far an edition has come. What has been published once is remembered for ever."""

    QUEUED = "queued"
    PREVIEW = "preview"  # staff see what would be public
    FAILED = "failed"  # nothing to publish; ``failure`` says why
    PUBLISHED = "published"
    REPLACED = "replaced"  # by a later edition
    WITHDRAWN = "withdrawn"  # taken down by staff, with a reason
    VOID = "void"  # taken down because an answer that it needed was taken out


class MapEdition(Base):
    """One published map of a dialogue: cells with enough respondents and nobody's position."""

    __tablename__ = "map_edition"
    __table_args__ = (UniqueConstraint("municipality_id", "dialogue_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    number: Mapped[int]
    state: Mapped[EditionState]
    failure: Mapped[str | None] = mapped_column(String(40))
    requested_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(120))  # the role, never a person
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(300))
    cell_m: Mapped[int]
    min_respondents: Mapped[int]
    n_respondents: Mapped[int] = mapped_column(default=0)  # rounded down: "at least"
    n_marks: Mapped[int] = mapped_column(default=0)  # for staff only
    left_out: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # marks by why; staff only
    method: Mapped[str] = mapped_column(Text)
    cells: Mapped[dict[str, Any]]  # GeoJSON FeatureCollection, WGS 84; classes of persons only
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # generalised
    content_hash: Mapped[str] = mapped_column(String(64), default="")  # of what readers get
    # Whom each cell's class rests on, as digests of their answers' random ids: the next edition
    # is held to it, and a withdrawal. Never shown; emptied once a later edition is published.
    ledger: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
