"""The maps that readers see: published once, with what was left out of them, and never edited."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality


class MapEdition(Base):
    """One published map of a dialogue: cells with enough respondents and nobody's position."""

    __tablename__ = "map_edition"
    __table_args__ = (UniqueConstraint("municipality_id", "dialogue_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    number: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(120))  # the role, never a person
    cell_m: Mapped[int]
    min_respondents: Mapped[int]
    n_respondents: Mapped[int]
    n_marks: Mapped[int]
    method: Mapped[str] = mapped_column(Text)
    cells: Mapped[dict[str, Any]]  # GeoJSON FeatureCollection, WGS 84; classes of persons only
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # generalised
    content_hash: Mapped[str] = mapped_column(String(64))

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
