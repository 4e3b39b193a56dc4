"""Files made of an analysis: for QGIS, for spreadsheets and for the wall."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from surveys.db import Base
from surveys.models.hotspot import HotspotRun


class ExportFormat(enum.Enum):
    """What can be had of a map; the value is the end of the file's name."""

    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"
    CSV = "csv"
    PDF = "pdf"


class MapExport(Base):
    """One file of one analysis. It holds what the map shows and nothing more."""

    __tablename__ = "map_export"
    __table_args__ = (UniqueConstraint("run_id", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("hotspot_run.id"))
    format: Mapped[ExportFormat]
    requested_at: Mapped[datetime]
    n_bytes: Mapped[int] = mapped_column(default=0)  # 0 until it is made
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    run: Mapped[HotspotRun] = relationship()
