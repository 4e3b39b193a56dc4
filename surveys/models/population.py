"""How many live in a municipality by age, gender and area: what answers are weighted to."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality
from surveys.models.response import Gender


class PopulationCount(Base):
    """Inhabitants of one gender in one span of ages, in one area or in the whole municipality."""

    __tablename__ = "population_count"
    __table_args__ = (UniqueConstraint("municipality_id", "area", "gender", "age_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    area: Mapped[str] = mapped_column(String(120), default="")  # empty: the whole municipality
    gender: Mapped[Gender]
    age_from: Mapped[int]
    age_to: Mapped[int | None]  # included; None: and older
    n: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    dated_on: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship()
