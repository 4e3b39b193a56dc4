"""What a municipality must tell: how it handles answers, and how accessible its pages are."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality


class Conformance(enum.Enum):
    """How far the pages meet the law on accessibility (2018:1937)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class PrivacyNotice(Base):
    """What differs between municipalities in the notice of articles 13 and 14 of the GDPR."""

    __tablename__ = "privacy_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), unique=True)
    controllers: Mapped[str] = mapped_column(
        Text
    )  # who decides over the data, and how it is shared
    data_protection_contact: Mapped[str | None] = mapped_column(String(200))
    legal_basis: Mapped[str | None] = mapped_column(Text)  # None = the text that the law suggests
    retention: Mapped[str | None] = mapped_column(Text)
    destruction_decision: Mapped[str | None] = mapped_column(String(200))  # gallringsbeslut, dnr
    # How many months after a dialogue's last day staff may read what was written unmasked; None =
    # until it is destroyed.
    originals_months: Mapped[int | None]

    municipality: Mapped[Municipality] = relationship()


class AccessibilityStatement(Base):
    """The municipality's own part of its tillgänglighetsredogörelse."""

    __tablename__ = "accessibility_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), unique=True)
    conformance: Mapped[Conformance]
    shortcomings: Mapped[str | None] = mapped_column(Text)
    burdens: Mapped[str | None] = mapped_column(Text)  # left out as an unreasonable burden, and why
    outside_law: Mapped[str | None] = mapped_column(Text)
    method: Mapped[str] = mapped_column(Text)
    assessed_on: Mapped[date]
    updated_on: Mapped[date]
    contact_email: Mapped[str | None] = mapped_column(String(200))
    contact_phone: Mapped[str | None] = mapped_column(String(60))

    municipality: Mapped[Municipality] = relationship()
