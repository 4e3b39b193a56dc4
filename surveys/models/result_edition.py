"""The figures that readers see: a fixed set of tables, published once and never edited."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.models.municipality import Municipality


class ResultEdition(Base):
    """One published set of tables of a dialogue, suppressed, and held to the editions before."""

    __tablename__ = "result_edition"
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
    min_respondents: Mapped[int]
    min_crossed: Mapped[int]
    n_respondents: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # staff only
    method: Mapped[str] = mapped_column(Text)
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    content_hash: Mapped[str] = mapped_column(String(64), default="")  # of what readers get
    # Whose answers it rests on, as digests of their random ids: the next edition is held to it.
    # Never shown; emptied once a later edition is published.
    ledger: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
