"""Problembild and lägesbild: one class, in editions, whose claims cite evidence."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality


class PictureKind(enum.Enum):
    """The yearly ground for promises, or the monthly public picture."""

    PROBLEM_PICTURE = "problem_picture"
    SITUATION_REPORT = "situation_report"


class Party(enum.Enum):
    """Who carries a promise, a source or an activity."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    BOTH = "both"
    OTHER = "other"


class ProblemPicture(Base):
    """One edition of the joint picture of a municipality."""

    __tablename__ = "problem_picture"
    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    kind: Mapped[PictureKind]
    title: Mapped[str] = mapped_column(String(200))
    period: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text, default="")
    next_edition: Mapped[str | None] = mapped_column(String(200))
    # Goes up with each change: a form that was opened before somebody else's change is refused.
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(120))

    municipality: Mapped[Municipality] = relationship()
    areas: Mapped[list["ProblemArea"]] = relationship(
        back_populates="picture", order_by="ProblemArea.rank", cascade="all, delete-orphan"
    )


class ProblemArea(Base):
    """A subject in the picture ("Narkotika"), in rank order."""

    __tablename__ = "problem_area"
    __table_args__ = (UniqueConstraint("picture_id", "rank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("problem_picture.id"), index=True)
    rank: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")

    picture: Mapped[ProblemPicture] = relationship(back_populates="areas")
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="area", order_by="Claim.position", cascade="all, delete-orphan"
    )


class Claim(Base):
    """A sentence of the picture. It cites evidence, or says that it is a judgement and whose."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("area_id", "position"),
        CheckConstraint(
            "is_judgement = false or judged_by is not null", name="judgement_has_judge"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("problem_area.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    is_judgement: Mapped[bool] = mapped_column(default=False)
    judged_by: Mapped[str | None] = mapped_column(String(120))
    dated_on: Mapped[date | None]

    area: Mapped[ProblemArea] = relationship(back_populates="claims")
    citations: Mapped[list["Citation"]] = relationship(
        back_populates="claim", order_by="Citation.evidence_id", cascade="all, delete-orphan"
    )
    evidence: AssociationProxy[list[Evidence]] = association_proxy(
        "citations", "evidence", creator=lambda evidence: Citation(evidence=evidence)
    )


class Citation(Base):
    """Evidence cited by a claim. Evidence that says otherwise is cited too, and marked so."""

    __tablename__ = "claim_evidence"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id"), primary_key=True, index=True
    )
    disagrees: Mapped[bool] = mapped_column(default=False)

    claim: Mapped[Claim] = relationship(back_populates="citations")
    evidence: Mapped[Evidence] = relationship()
