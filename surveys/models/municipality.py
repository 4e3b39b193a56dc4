"""The tenant and the parties around it: municipalities, police areas and their agreements."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.permissions import Permission

police_area_municipality = Table(
    "police_area_municipality",
    Base.metadata,
    Column("police_area_id", ForeignKey("local_police_area.id"), primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), primary_key=True),
)


class Municipality(Base):
    """A municipality: the tenant that owns dialogues, pictures, promises and plans."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(4), unique=True)  # SCB's four digits
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))  # "Söderhamn"
    genitive: Mapped[str] = mapped_column(String(80))  # "Söderhamns"
    official_name: Mapped[str] = mapped_column(String(120))  # "Söderhamns kommun"
    # GeoJSON geometry (Polygon or MultiPolygon, WGS 84); None = no outline known, nothing refused.
    outline: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # GeoJSON FeatureCollection drawn under the markings where no base map is set up.
    schematic: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    center_lat: Mapped[float | None]
    center_lon: Mapped[float | None]
    municipal_contact: Mapped[str | None] = mapped_column(String(200))  # a role, never a person
    police_contact: Mapped[str | None] = mapped_column(String(200))
    # When the plan is to be decided for the first time, the picture updated and the plan followed
    # up again: months between (2023:196, 6 § asks for 24 at most).
    statutory_months: Mapped[int] = mapped_column(default=24, server_default="24")
    # Days before and after something is due when its owner is reminded, and the coordinator told.
    remind_days_before: Mapped[int] = mapped_column(default=14, server_default="14")
    remind_days_after: Mapped[int] = mapped_column(default=7, server_default="7")
    escalate_days_after: Mapped[int] = mapped_column(default=14, server_default="14")
    # Days without a word after which something is told to be quiet, and then silent.
    quiet_after_days: Mapped[int] = mapped_column(default=90, server_default="90")
    silent_after_days: Mapped[int] = mapped_column(default=180, server_default="180")
    # When the work was last reported to fullmäktige (13 §), and where that is registered.
    reported_on: Mapped[date | None]
    reported_dnr: Mapped[str | None] = mapped_column(String(60))
    contact_email: Mapped[str | None] = mapped_column(String(200))
    brand_color: Mapped[str | None] = mapped_column(
        String(7)
    )  # "#17535A"; None = the product's own
    # Languages that nobody has approved are offered with a mark; for demos and for reviewers.
    shows_draft_languages: Mapped[bool] = mapped_column(default=False, server_default=false())

    # Fewer respondents than this are not told: in a figure, and in a cell of a crossed table.
    min_respondents: Mapped[int] = mapped_column(default=5, server_default="5")
    min_crossed: Mapped[int] = mapped_column(default=10, server_default="10")
    # What the municipality has decided that the police may see, and by which decision.
    police_reads_unmasked: Mapped[bool] = mapped_column(default=False, server_default=false())
    police_reads_points: Mapped[bool] = mapped_column(default=False, server_default=false())
    police_decision: Mapped[str | None] = mapped_column(String(300))
    # Kind of danger -> whom to tell, outside the system; see SafetyKind.
    safety_routing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    police_areas: Mapped[list["LocalPoliceArea"]] = relationship(
        secondary=police_area_municipality,
        back_populates="municipalities",
        order_by="LocalPoliceArea.name",
    )

    @property
    def decided_for_police(self) -> frozenset[Permission]:
        """What the municipality has decided that its police may see besides their role."""
        decided = (
            (self.police_reads_unmasked, Permission.READ_UNMASKED),
            (self.police_reads_points, Permission.READ_POINTS),
        )
        return frozenset(permission for is_decided, permission in decided if is_decided)


class LocalPoliceArea(Base):
    """A lokalpolisområde with its place in the police's organisation."""

    __tablename__ = "local_police_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)  # "Hälsingland"
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    police_district: Mapped[str | None] = mapped_column(String(120))  # polisområde
    police_region: Mapped[str | None] = mapped_column(String(120))

    municipalities: Mapped[list[Municipality]] = relationship(
        secondary=police_area_municipality,
        back_populates="police_areas",
        order_by="Municipality.name",
    )


class Agreement(Base):
    """A samverkansöverenskommelse: the parties behind joint dialogues and promises."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    police_area_id: Mapped[int] = mapped_column(ForeignKey("local_police_area.id"))
    signed_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # What a written agreement is to hold at least (2023:196, 9 §).
    purpose: Mapped[str] = mapped_column(Text, default="", server_default="")
    areas: Mapped[list[str]] = mapped_column(default=list, server_default="[]")

    police_area: Mapped[LocalPoliceArea] = relationship()
    municipalities: Mapped[list["AgreementMunicipality"]] = relationship(
        back_populates="agreement", cascade="all, delete-orphan"
    )


class AgreementMunicipality(Base):
    """One municipality's part in an agreement, with its own diary number."""

    __tablename__ = "agreement_municipality"
    __table_args__ = (UniqueConstraint("agreement_id", "municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dnr: Mapped[str | None] = mapped_column(String(60))

    agreement: Mapped[Agreement] = relationship(back_populates="municipalities")
    municipality: Mapped[Municipality] = relationship()
