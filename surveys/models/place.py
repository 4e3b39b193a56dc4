"""The municipality's place register."""

import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality


class PlaceKind(enum.Enum):
    """Kinds of place that residents name, after the codebook of place types."""

    LOCALITY = "locality"
    SQUARE = "square"
    STATION = "station"
    BUS_STOP = "bus_stop"
    PARK = "park"
    TUNNEL = "tunnel"
    PATH = "path"
    TRAIL = "trail"
    SCHOOL = "school"
    YOUTH_CENTRE = "youth_centre"
    PARKING = "parking"
    SHOP = "shop"
    NIGHTLIFE = "nightlife"
    HOUSING = "housing"
    HOME = "home"  # somebody's own home: never kept as a point
    SPORT = "sport"
    LIBRARY = "library"
    ROAD = "road"
    DISTRICT = "district"
    OTHER = "other"


class NamedPlace(Base):
    """A place that residents can choose by name, with the extent that the name covers.

    No page changes a name. Whoever does so with the database's own means keeps the old one among
    ``aliases`` if residents may go on finding it: then what was made under it loses it, too, when
    the place is marked as sensitive.
    """

    __tablename__ = "named_place"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PlaceKind]
    lat: Mapped[float]
    lon: Mapped[float]
    radius_m: Mapped[int] = mapped_column(default=200)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(String(200))
    population: Mapped[int | None]
    # Homes and premises that a public map could stigmatise: generalised or left out of it.
    is_sensitive: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Why it is, or why it is not though a rule asks; None: nobody has said.
    sensitive_reason: Mapped[str | None] = mapped_column(String(200))
    # A street of the municipality's network: found by search, never listed. Its run as a GeoJSON
    # MultiLineString in WGS 84, and its name as it is searched for; None of any other place.
    line: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    search_key: Mapped[str | None] = mapped_column(String(140))

    municipality: Mapped[Municipality] = relationship()
