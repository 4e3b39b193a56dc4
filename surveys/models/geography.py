"""What an operator imports about the ground: areas of statistics and where people live."""

import enum
import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality
from surveys.models.response import IN_RANDOM_ORDER


class AreaKind(enum.Enum):
    """A division of a municipality into areas."""

    DESO = "deso"
    REGSO = "regso"
    DISTRICT = "district"  # the municipality's own


class Area(Base):
    """One area of a division, with its outline and, where it is known, how many live there."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("municipality_id", "kind", "code"),
        Index("ix_area_tenant", "municipality_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    kind: Mapped[AreaKind]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    geometry: Mapped[dict[str, Any]]  # GeoJSON Polygon or MultiPolygon, WGS 84
    population: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    dated_on: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship()


class MarkArea(Base):
    """The area of a division that a marked place lies in, found once and not in each table."""

    __tablename__ = "mark_area"
    __table_args__ = (IN_RANDOM_ORDER,)

    mark_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marked_place.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)


class PopulationGrid(Base):
    """Inhabitants by square, packed: read whole by the analysis and never row by row."""

    __tablename__ = "population_grid"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), unique=True)
    source: Mapped[str] = mapped_column(String(300))
    dated_on: Mapped[date | None]
    cell_m: Mapped[int]
    n_cells: Mapped[int]
    population: Mapped[int]
    # Little-endian float64: longitude, latitude (middles, WGS 84) and inhabitants, cell by cell.
    cells: Mapped[bytes] = mapped_column(LargeBinary)

    municipality: Mapped[Municipality] = relationship()
